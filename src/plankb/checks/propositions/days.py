"""By or from which day something is done: 2028年底前完成防波堤加固, 2027年1月1日起执行新标准; rows of tables too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules, times
from plankb.checks.propositions.alignment import aligned
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Passage, Said, pairs_of, passages
from plankb.checks.responsibility import only_plan_end
from plankb.document import Row, text_rows
from plankb.in_force import annual, years
from plankb.model import Plan, Severity

_NEAR, _MANY, _AGAIN, _AGAIN_OF_LONGER = 0.7, 2, 0.75, 0.6
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Day:
    """A day (ISO), whether something begins to hold then or is done by then, whether a month is said, if in a table, at
    which steps a work then is (`means` of `steps.toml`), and whether the clause means all places or all of a thing."""

    day: str
    begins: bool
    exact: bool
    row: bool
    steps: frozenset[str] = frozenset()
    everywhere: bool = False


def read(plan: Plan, text: str) -> Iterator[Said[Day]]:
    """What the sentences and then the rows of a text date."""
    yield from _in_sentences(plan, text)
    for table in text_rows.rows(text):
        for row in table:
            yield from _in_row(plan, row)


def _in_sentences(plan: Plan, text: str) -> Iterator[Said[Day]]:
    span = years(plan)
    own = f"{span[1]}年" if span and annual(plan) else ""
    for passage, match in _dated(plan, text):
        groups = match.groupdict()
        begins = groups.get("from") is not None
        found = [time for time in times.find(_with_year(match["when"], own)) if time.end]
        what = match["what"] + groups.get("done", "")
        if len(found) != 1 or _NUMBER.search(what):
            continue
        day = (found[0].start if begins else found[0].end) or ""
        exact = "月" in match["when"] or "半年" in match["when"]
        if day and (exact or begins or not only_plan_end(plan, day)) and not _told(plan, day):
            everywhere = rules.pattern("propositions", "everywhere").search(f"{passage.before}{what}") is not None
            value = Day(day, begins, exact, row=False, steps=_steps(what), everywhere=everywhere or begins)
            yield passage.said(value, match["when"], what, match.span("all"))


def _dated(plan: Plan, text: str) -> Iterator[tuple[Passage, re.Match[str]]]:
    """What is done by a day, said before it or behind."""
    for form in ("dated", "dated_behind", *(("dated_in_year",) if annual(plan) else ())):
        yield from passages(plan, text, rules.pattern("propositions", form))


def _with_year(when: str, own: str) -> str:
    """A time with the year of a plan of one year, where it names none itself."""
    return when if "20" in when else own + when.removeprefix("年")


def _steps(words: str) -> frozenset[str]:
    """The steps of a work that some words name; 建成 and 完成 are the end, as are words without a step."""
    found = (form.means for form in rules.many("steps", "step") if form.search(words))
    begun = rules.pattern("propositions", "begun").search(words)
    return frozenset(("begun",) if begun else found)


def _told(plan: Plan, day: str) -> bool:
    span = years(plan)
    return span is not None and int(day[:4]) < span[0]


def _in_row(plan: Plan, row: Row) -> Iterator[Said[Day]]:
    cells = row.texts
    whens = [cell for cell in cells if rules.pattern("propositions", "date_cell").fullmatch(cell)]
    names = [cell for cell in cells if len(pairs_of(cell)) > _MANY]
    found = [time for time in times.find(whens[0]) if time.end] if len(whens) == 1 and names else []
    if len(found) == 1:
        pairs = pairs_of(names[0])
        day = Day(found[0].end or "", begins=False, exact="月" in whens[0], row=True)
        yield Said(plan, row.span, pairs, pairs, day, whens[0], names[0])


def unlike(pair: Pair[Day]) -> Severity | None:
    """Whether one thing has two days; of the plan below only a later one counts, of a row only beside its own text."""
    first, second = pair.first.value, pair.second.value
    whole_year = first.day[:4] == second.day[:4] and not (first.exact and second.exact)
    if first.begins != second.begins or first.day == second.day or whole_year:
        return None
    if first.row and second.row:
        return None
    if annual(pair.first.plan) != annual(pair.second.plan) and not _put_off(pair):
        return None
    if pair.relation == "below" and (second.day < first.day or not (first.everywhere or second.everywhere)):
        return None
    in_table = first.row or second.row
    if (first.steps != second.steps and not in_table) or (in_table and pair.relation != "inside"):
        return None
    like = pair.likeness
    if pair.relation == "inside":
        row = pair.first if first.row else pair.second
        beside = pair.second if first.row else pair.first
        if not (first.row or second.row):
            return "warning" if _once_more(pair) else None
        return "warning" if first.row != second.row and row.subject <= beside.about and like.least >= _NEAR else None
    near = like.many >= _MANY and like.one
    named = (first.exact or second.exact) and aligned(pair) is not None  # a vision of 2035 is no date
    return "warning" if (near or named) and not _part_first(pair) else None


def _put_off(pair: Pair[Day]) -> bool:
    """Whether a plan of one year has later in it what a plan above dates to a month of that year, for all."""
    first, second = pair.first.value, pair.second.value
    later = first.exact and second.day > first.day and second.day[:4] == first.day[:4]
    return pair.relation == "below" and later and first.everywhere and not (first.begins or first.row or second.row)


def _part_first(pair: Pair[Day]) -> bool:
    """Whether the clause that says more, and so may be on a part, is due before the other: a part first, the whole
    later (主干道路灯 by 2023, 路灯 by 2025)."""
    less, more = sorted((pair.first, pair.second), key=lambda one: len(one.subject))
    return pair.likeness.contrast == 0 and len(less.subject) < len(more.subject) and more.value.day < less.value.day


def _once_more(pair: Pair[Day]) -> bool:
    """Whether a plan says of all of one thing in nearly the same words again by when it is done."""
    like, first, second = pair.likeness, pair.first, pair.second
    if first.value.begins or not (first.value.everywhere and second.value.everywhere) or like.contrast:
        return False
    chars = [{char for two in one.subject for char in two} for one in (first, second)]
    narrowed = rules.pattern("propositions", "narrows").search("".join(chars[0] ^ chars[1]))
    return narrowed is None and like.many > _MANY and like.most >= _AGAIN and like.least >= _AGAIN_OF_LONGER
