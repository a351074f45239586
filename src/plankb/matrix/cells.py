"""What stands in the cells of a task, and how names, roles and times are read back from one that a person changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from plankb import rules, times
from plankb.errors import Language
from plankb.model import ROLES, Role, Task
from plankb.rules.kinds import CellRole
from plankb.words import say, table

SYMBOLS: Mapping[Role, str] = MappingProxyType({"lead": "●", "support": "○", "joint": "△"})
_COLUMN = "column."
_SEPARATOR = re.compile(r"[、，,；;\s/]+")
_NAME = re.compile(r"(?:（[^（）]*）|\([^()]*\)|[^、，,；;\s/])+")
"""A name; what stands in brackets belongs to it: 各县（市、区）."""


@cache
def _written() -> tuple[Mapping[str, Role], re.Pattern[str]]:
    """Every form in which people write a role into a cell, and the pattern of them all."""
    written = rules.many("cells", "role", CellRole)
    forms: dict[str, Role] = {form: rule.means for rule in written for form in rule.words}
    longest_first = sorted(map(re.escape, forms), key=len, reverse=True)
    return forms, re.compile("|".join(longest_first))


def heading(key: str, lang: Language) -> str:
    """The heading of a column."""
    return say(f"tables.column.{key}", lang)


def heading_key(text: str) -> str | None:
    """The key of a heading in either language, or of one of its other names; None for one that is not ours."""
    wanted = text.strip()
    found = (key for key, words in table("tables").items() if key.startswith(_COLUMN) and wanted in words)
    earlier = (rule.means for rule in rules.many("cells", "heading") if wanted in rule.vocabulary)
    return next((key.removeprefix(_COLUMN) for key in found), None) or next(earlier, None)


def roles_text(roles: Iterable[Role]) -> str:
    """The symbols of a cell, "" for none."""
    return "".join(SYMBOLS[role] for role in roles)


def read_roles(text: str) -> tuple[Role, ...] | None:
    """The roles that a cell names, in the order of `ROLES`; () for an empty cell, None where it is not understood."""
    forms, pattern = _written()
    found = {forms[match.group()] for match in pattern.finditer(text)}
    rest = _SEPARATOR.sub("", pattern.sub("", text))
    return None if rest else tuple(role for role in ROLES if role in found)


def time_text(by: Iterable[str]) -> str:
    """Times as an office writes them: 2025年、2030年6月; "" for none."""
    return "、".join(map(times.in_words, by))


def times_text(times: Sequence[str], annual: str | None, lang: Language) -> str:
    """The words of a task's deadlines in one cell; the year of the list where it has none of its own."""
    if not times and annual:
        return say("tables.remark.annual", lang, year=annual)
    return "、".join(times)


def read_times(text: str) -> tuple[str, ...] | None:
    """The times that a cell names as "2025", "2025-06" or "2025-06-30"; None where something else stands in it."""
    if _beside_times(text):
        return _told_times(text)
    found = rules.one("days", "cell.time").finditer(text)
    times = ("-".join([m["year"], *(f"{int(m[p]):02}" for p in ("month", "day") if m[p])]) for m in found)
    return tuple(dict.fromkeys(times))


def _beside_times(text: str) -> str:
    """What a text says besides times in figures."""
    return rules.one("days", "cell.around").sub(rules.one("days", "cell.time").sub(text))


def is_time(text: str) -> bool:
    """Whether a text is a time without a day of its own: 持续推进, 每年12月底前, 第三季度."""
    rest = text.strip()
    sections = ("recurring", "repeated", "yearless")
    for rule in (*(one for name in sections for one in rules.many("ledger", name)), rules.one("cells", "ongoing")):
        rest = rule.regex.sub("", rest)
    return bool(text.strip()) and not _beside_times(rest)


def _told_times(text: str) -> tuple[str, ...] | None:
    """Times in words that name a year (“十四五”末) or the end of a part of one (一季度); None where one does not, or
    something else is said."""
    found, rest = times.find(text), text
    for time in reversed(found):
        rest = rest[: time.span[0]] + rest[time.span[1] :]
    if not found or not all(time.by and time.end for time in found) or rules.one("days", "cell.around").sub(rest):
        return None
    ends = [str(time.end)[:7] for time in found]
    return tuple(dict.fromkeys(end.removesuffix("-12") for end in ends))


def read_names(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The names in a cell; one of `known` is taken whole even where it holds a separator."""
    names: dict[str, None] = {}
    by_length = sorted((name for name in known if name), key=len, reverse=True)
    rest = text.strip()
    while rest:
        name = next((n for n in by_length if rest.startswith(n) and _ends(rest, len(n))), None)
        if name is None:
            match = _NAME.match(rest)
            name = match[0] if match else ""
        if name:
            names[name] = None
        rest = _SEPARATOR.sub("", rest[len(name) :], count=1) if name else _SEPARATOR.sub("", rest, count=1)
    return tuple(names)


def _ends(text: str, position: int) -> bool:
    return position == len(text) or _SEPARATOR.match(text, position) is not None


_CLAUSE = re.compile(r"[^。；;，,：:\n]+")
_END = "。；;.　 "


def title_of(task: Task) -> str:
    """The title; the first words of a task whose title is a number (that of its row in a table)."""
    if not rules.pattern("cells", "number_alone").search(task.title):
        return task.title
    clause = _CLAUSE.search(task.text)
    return clause[0].strip() if clause else task.title


def measures_of(task: Task) -> str:
    """The text; "" where it says no more than the title, as in lists of tasks of one sentence each."""
    return "" if is_same(task.text, task.title) else task.text


def is_same(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever their white space and the sign at their end."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return "".join(text.split()).strip(_END)
