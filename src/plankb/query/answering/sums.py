"""Amounts of several targets added up, where they can be: of one plan and one time, in units that convert."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from plankb.errors import Language
from plankb.late import dataclass
from plankb.model import Number, Target
from plankb.numbers import plain
from plankb.phrases import number, value
from plankb.quantities import converted
from plankb.query.answering import select
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say, target_words
from plankb.query.library import Library
from plankb.query.model import Understood

_RATES = ("%", "‰", "百分点", "/")
"""What a unit holds whose values are shares or rates: they add up to nothing."""
_FEW, _END = 6, 3


@dataclass(frozen=True, slots=True)
class Sum:
    """Targets with what they come to, in the unit of the first."""

    parts: tuple[Target, ...]
    total: Number
    unit: str


def total(query: Understood, library: Library, lang: Language) -> Result | None:
    """What the targets of a query come to, the parts named; None where there are no two to add."""
    found = [t for t in select.targets(query, library).facts if isinstance(t, Target) and t.value is not None]
    sums = [one for group in _groups(found) if (one := added(group)) is not None]
    if sums:
        facts = tuple(target for one in sums for target in one.parts)
        rest = tuple(target for target in found if target not in facts)
        text = say("join", "parts", lang).join(sum_words(one, library, lang) for one in sums)
        return Result(text=say("sentence", "targets_few", lang, list=text), facts=(*facts, *rest))
    if len(found) < 2:
        return None
    plans = library.vocabulary.plans
    listed = joined((target_words(target, plans, lang) for target in found), lang, limit=_FEW, mark="parts")
    return Result(text=say("sentence", "no_sum", lang, list=listed), facts=tuple(found))


def _groups(found: Sequence[Target]) -> list[list[Target]]:
    """The targets that may be added: of one plan, one time and one kind of change, each indicator once."""
    groups: dict[tuple[str, str | None, str | None], dict[str, Target]] = defaultdict(dict)
    for target in found:
        groups[target.plan, target.by, target.change].setdefault(target.indicator_id, target)
    return [list(group.values()) for group in groups.values() if len(group) > 1]


def added(parts: Sequence[Target]) -> Sum | None:
    """What targets come to; None where their units do not add up."""
    unit = parts[0].unit or ""
    if not unit or (any(mark in unit for mark in _RATES) and not _is_of_one_whole(parts)):
        return None
    values = [converted(float(part.value or 0), part.unit or "", unit) for part in parts]
    if any(one is None for one in values):
        return None
    return Sum(tuple(parts), plain(float(f"{sum(one or 0 for one in values):.12g}")), unit)


def _is_of_one_whole(parts: Sequence[Target]) -> bool:
    """Whether shares are called alike (煤炭消费比重, 天然气消费比重), so that they may be of one whole."""
    ends = {part.indicator[-_END:] for part in parts}
    return len(ends) == 1 and all(part.unit == "%" and part.change is None for part in parts)


def sum_words(one: Sum, library: Library, lang: Language) -> str:
    """A sum with its parts."""
    first = one.parts[0]
    titles = {plan.id: plan.title for plan in library.vocabulary.plans}
    parts = joined((f"{part.indicator}{value(part, lang)}" for part in one.parts), lang)
    by = say("sentence", "by_year", lang, year=first.by) if first.by else ""
    amount = number(one.total) + one.unit
    key = "sum_of_shares" if one.unit == "%" else "sum"
    return say("sentence", key, lang, by=by, total=amount, list=parts, plan=titles.get(first.plan, first.plan))
