"""An indicator, its predicate, the value: 森林覆盖率达到64%, 能耗降低18%, 由10项提高到15项."""

from __future__ import annotations

import re
from dataclasses import replace

from plankb import quantities, rules
from plankb.extractors import phrases
from plankb.extractors.bases import cut_base, cut_baseline
from plankb.extractors.shape_parts import ends, is_count, operator, predicates, requirement
from plankb.extractors.statements import Context, Statement
from plankb.model import Change, Span
from plankb.quantities import Quantity

_MULTIPLE_OF = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年(?:底|末)?|现有|目前|全国平均水平|全省平均水平)(?:水平)?的\Z")


_PER_HEAD = re.compile(r"每(?:十万|百万|千|万|百)?[^，。；\d]{1,6}\Z")


def predicate(context: Context, edge: int, index: int, *, listed: bool = False) -> Statement | None:
    """An indicator, its predicate, the value."""
    quantity = context.values[index]
    left, right = context.before(edge, quantity), context.right(index)
    per_head = _PER_HEAD.search(left)
    if per_head and _predicate_at(left[: per_head.start()]) and per_head.start() > 2:
        left = left[: per_head.start()]
    else:
        per_head = None
    multiple = _MULTIPLE_OF.search(left) if quantities.dimension(quantity.unit) == "multiple" else None
    if multiple:
        left = left[: multiple.start()]
    found = _predicate_at(left)
    if found is None and quantity.span[0] < quantity.core[0]:
        found = None if right.startswith("的") and not listed else (len(left), None)
    if found is None or not (listed or ends(right)):
        return None
    if per_head:
        quantity, per_head = _per_area(quantity, per_head)
    at, change = found
    if change and quantity.unit and is_count(quantity) and phrases.make_verbs().match(left.strip("，、")):
        change = None
    end, baseline = cut_baseline(context, edge, edge + at, unit=quantity.unit)
    end, base_year = cut_base(context, edge, end)
    prefix, phrase = phrases.yearly(context.text, *phrases.tidy(context.text, _past_outcome(context, edge, end), end))
    noun = None if listed else _noun_after(quantity, right)
    pieces = tuple(piece for piece in (phrase, noun) if piece and piece[0] < piece[1])
    start = pieces[0][0] if pieces else phrases.strip_times(context.text, edge, quantity.span[0])[0]
    prefix = per_head.group() if per_head else prefix
    base_year = multiple["year"] if multiple else base_year
    return Statement(
        quantity, pieces, start, operator(context, edge, quantity), "predicate", change, base_year, baseline,
        prefix=prefix, suffix=_yearly(left[at:]) if change else _share_suffix(left[at:]),
    )  # fmt: skip


def _share_suffix(words: str) -> str:
    """What a predicate adds to the indicator: 租赁型住房占60% is 租赁型住房占比."""
    found = (entry["suffix"] for entry in rules.load("changes")["level"] if "suffix" in entry)
    return next((suffix for suffix in found if words.startswith(suffix[0])), "")


def _past_outcome(context: Context, edge: int, end: int) -> int:
    """Where the phrase starts after an outcome in words that a 、 closes (应免尽免、抗体合格率保持在70%)."""
    from plankb.extractors.qualitative import ends_in_outcome

    for index in range(end - 1, edge, -1):
        if index + 1 < end and context.text[index] == "、" and ends_in_outcome(context.text, edge, index):
            return index + 1
    return edge


def _per_area(quantity: Quantity, per_head: re.Match[str]) -> tuple[Quantity, re.Match[str] | None]:
    """每平方公里1万人 is 1万人/平方公里; what a number of people or things has stays with the indicator."""
    unit = per_head.group()[1:]
    if quantities.dimension(unit) in ("area", "length", "volume"):
        return replace(quantity, unit=f"{quantity.unit}/{unit}"), None
    return quantity, per_head


def _predicate_at(left: str) -> tuple[int, Change | None] | None:
    """(offset of the predicate that ends `left`, its change); the longest one counts."""
    best: tuple[int, Change | None] | None = None
    for kind in ("level", "change"):
        for pattern, change in predicates(kind):
            match = pattern.search(left)
            if match and (best is None or match.start() < best[0]):
                best = match.start(), change
    return best


def _noun_after(quantity: Quantity, right: str) -> Span | None:
    """达到83%节能要求: the noun after the value completes the indicator; None when there is none."""
    match = requirement().match(right)
    return (quantity.span[1], quantity.span[1] + match.end()) if match and match.end() > 2 else None


def _yearly(words: str) -> str:
    """年均增长 belongs to the indicator: a yearly change is another measure than one by the end."""
    match = re.search(r"年均(?:增长|提高|提升|降低|下降|减少|增加|递增)", words)
    return match.group() if match else ""
