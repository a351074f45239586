"""Numbers that say what an indicator shall reach: the quantities of a clause and the statements that they make.

What counts as a quantity here stands outside brackets, names in quotation marks and times. The shapes in which a
quantity states something are in `shapes.py`; a quantity in none of them describes a noun or belongs to a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from plankb import quantities, rules
from plankb.extractors.clauses import Clause
from plankb.model import Baseline, Change, Operator, Span
from plankb.quantities import Quantity
from plankb.times import Time

SHARES = ("%", "％", "‰", "个百分点", "百分点")
JOINT = r"(?:、|和|及|与|以及)"
_HIDDEN = re.compile(r"（(?!.{1,2}）)[^（）]*）|\([^()]*\)|《[^》]*》|〔[^〕]*〕|［[^］]*］|“[^”，。；]{1,14}”|‘[^’]*’")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a quantity says.

    `pieces` are the spans that make the indicator phrase, () when it is elided; `start` is where the quotation begins;
    `part`: it speaks of a part of what was counted before (其中…); `prefix`, `suffix` and `link` (between the pieces)
    complete the phrase; `group` is (index, size) in a 分别 list.
    """

    quantity: Quantity
    pieces: tuple[Span, ...]
    start: int
    op: Operator
    shape: str
    change: Change | None = None
    base_year: str | None = None
    baseline: Baseline | None = None
    group: tuple[int, int] = (0, 1)
    prefix: str = ""
    part: bool = False
    link: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """A clause with its quantities and times (spans in the whole text).

    `anchored`: a time or an earlier number of the sentence makes a bare count (服务点600个) a statement; `verb`: the
    making verb that the sentence has said (选拔 in 选拔10名…、60名…); `op`: the operator before an earlier number of
    the list (不少于500所…、1000家…).
    """

    text: str
    clause: Clause
    values: tuple[Quantity, ...]
    mentions: tuple[Time, ...]
    anchored: bool = False
    verb: str = ""
    op: Operator | None = None

    def before(self, edge: int, quantity: Quantity) -> str:
        """The words between an edge and a quantity."""
        return self.text[edge : quantity.span[0]]

    def after(self, quantity: Quantity) -> str:
        """The words from a quantity to the end of the clause."""
        return self.text[quantity.span[1] : self.clause.span[1]]

    def right(self, index: int) -> str:
        """What follows a quantity, up to the next one's own words or the end of the clause."""
        if index + 1 == len(self.values):
            return self.after(self.values[index])
        between = self.text[self.values[index].span[1] : self.values[index + 1].span[0]]
        joints = [match.start() for match in re.finditer(JOINT, between)]
        return between[: joints[-1]] if joints else between


@cache
def counters() -> frozenset[str]:
    """Units that count things."""
    return frozenset(name for entry in rules.load("units")["counter"] for name in entry["names"])


@cache
def ranks() -> frozenset[str]:
    """Units that order or measure out a thing rather than count it (三级, 18层, 11年)."""
    return frozenset(rules.load("units")["ranks"]["names"])


def usable(text: str, clause: Clause, mentions: Iterable[Time]) -> tuple[Quantity, ...]:
    """The quantities of a clause that may say something."""
    start, end = clause.span
    times_at = [time.span for time in mentions]
    found: list[Quantity] = []
    for quantity in quantities.find(_masked(text[start:end])):
        shifted = replace(
            quantity,
            span=(start + quantity.span[0], start + quantity.span[1]),
            core=(start + quantity.core[0], start + quantity.core[1]),
        )
        before = found[-1] if found else None
        if before and before.span[1] == shifted.span[0] and _names_kind(before, shifted):
            continue
        inside_time = any(a < shifted.core[1] and shifted.core[0] < b for a, b in times_at)
        if not inside_time and not _spoken(shifted):
            found.append(shifted)
    return tuple(q for i, q in enumerate(found) if not (i and _describes_counted(text, found[i - 1], q)))


def _describes_counted(text: str, count: Quantity, following: Quantity) -> bool:
    """Whether a quantity says what the counted things must have (30个总产值超10亿元的产业集群)."""
    between = text[count.span[1] : following.span[0]]
    apart = not between or re.search(r"[、，；。]|和|及", between) or between.startswith("的")
    return _is_counter(count) and not apart and text.startswith("的", following.span[1])


def _is_counter(quantity: Quantity) -> bool:
    unit = quantities.split_unit(quantity.unit)[1]
    return unit in counters() and unit not in ranks()


def _names_kind(count: Quantity, following: Quantity) -> bool:
    """Whether what follows a count at once names the kind of thing counted (20个500千伏输变电工程)."""
    return _is_counter(count) and quantities.split_unit(following.unit)[1] not in counters()


def _spoken(quantity: Quantity) -> bool:
    """Whether a numeral in words is a way of speaking (一批, 三级, 一倍)."""
    unit = quantities.split_unit(quantity.unit)[1]
    return quantity.in_words and (
        (quantity.small and quantity.value < 2) or unit in ranks() or unit in rules.load("units")["spoken"]["names"]
    )


def _masked(clause: str) -> str:
    """The clause with what stands in brackets and names blotted out, at its length."""
    return _HIDDEN.sub(lambda match: match.group()[0] + "□" * (len(match.group()) - 2) + match.group()[-1], clause)


def told_as_past(clause: str) -> bool:
    """Whether a clause tells what has been or is."""
    return bool(signs("told").search(clause))


@cache
def signs(kind: str) -> re.Pattern[str]:
    """The signs of one kind in `rules/past.toml` as one pattern."""
    return re.compile("|".join(f"(?:{entry['pattern']})" for entry in rules.load("past")[kind]))
