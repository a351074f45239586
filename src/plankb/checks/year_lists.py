"""Amounts of years in a row (2026年400公里、2027年500公里、…) beside a total that the plan gives elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plankb import quantities, rules
from plankb.checks import levels
from plankb.checks.amounts import number
from plankb.checks.asked import pairs_of, share_said
from plankb.checks.compare import Placed
from plankb.checks.wording import of_targets
from plankb.in_force import years
from plankb.model import Conflict, Plan, Span, Target

_FEW, _FAR, _NAMED, _EXACT, _COMMON = 3, 0.15, 0.6, 1e-6, 40
"""Years that are a row; how far, as a share, their sum may lie from a total that is theirs; share of the total's name
that the words around the row must say; totals up to which a pair of characters tells whose a row is."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The amounts of years of a list, in a canonical unit, where it stands and the words around it."""

    plan: Plan
    span: Span
    first: int
    last: int
    values: tuple[float, ...]
    unit: str
    around: str


def wrong_year_lists(
    plans: Mapping[str, Plan], known: Iterable[Placed], texts: Mapping[str, str], found: Iterable[Conflict]
) -> Iterator[Conflict]:
    """One conflict for each total of a plan that a list of its years, somewhere else in the plan, does not come to;
    totals that `found` conflicts of the plan hold to be wrong already are left out."""
    told = {fact.id for conflict in found if conflict.type == "internal" for fact in conflict.facts}
    totals: dict[tuple[str, str, str], list[Placed]] = defaultdict(list)
    for one in known:
        if one.level and one.level.op == "=" and not one.change and not one.yearly and one.target.per is None:
            for pair in pairs_of(one.target.indicator):
                totals[one.plan.id, one.level.unit, pair].append(one)
    for plan, text in texts.items():
        for row in _rows(plans[plan], text) if plan in plans else ():
            near = [totals.get((plan, row.unit, pair), ()) for pair in pairs_of(row.around)]
            named = {id(one): one for ones in near if len(ones) <= _COMMON for one in ones}
            beside = [one for one in named.values() if _is_of(row, one)]
            if beside and not any(_fits(row, one) or one.target.id in told for one in beside):
                total = min(beside, key=lambda one: abs(sum(row.values) - (one.level.value if one.level else 0)))
                added = levels.in_unit_of(total.target, sum(row.values))
                listed = Placed(_as_target(row, text), row.plan, total.place, None, "", total.indicator, total.home)
                yield of_targets("internal", "warning", (total, listed), "E336", sum=added)


def _rows(plan: Plan, text: str) -> Iterator[_Row]:
    span = years(plan)
    for match in rules.pattern("parameters", "years_in_a_row").finditer(text) if span else ():
        found = [*rules.pattern("parameters", "year_of_row").finditer(match.group())]
        named = [int(each["year"]) for each in found]
        units = {each["unit"].lstrip("万亿") for each in found}
        if len(found) < _FEW or len(units) > 1 or named != [*range(named[0], named[0] + len(named))]:
            continue
        normal = [quantities.normal(number(each["value"]), each["unit"]) for each in found]
        line = text.rfind("\n", 0, match.start()) + 1
        yield _Row(
            plan, match.span(), named[0], named[-1], tuple(float(each.value) for each in normal), normal[0].unit,
            text[line : match.start()],
        )  # fmt: skip


def _is_of(row: _Row, total: Placed) -> bool:
    """Whether a total is of the row's years and of what the words around the row name."""
    span = years(total.plan)
    inside = row.span[0] <= total.target.span[0] < row.span[1]
    whole = span is not None and row.first == span[0] and str(row.last) == (total.due or "")
    if inside or not whole or total.level is None or levels.relative(total.level):
        return False
    added, level = sum(row.values), total.level.value
    name = rules.one("comparing", "summed").sub(total.target.indicator)
    said = share_said(name, row.around + "，" + total.plan.title) >= _NAMED and share_said(name, row.around) > 0
    return said and abs(added - level) <= _FAR * level


def _fits(row: _Row, total: Placed) -> bool:
    """Whether a row comes to a total: as a sum, or as a level that it rises to."""
    level = total.level.value if total.level else 0.0
    reached = row.values[-1] == level and [*row.values] in (sorted(row.values), sorted(row.values, reverse=True))
    return reached or abs(sum(row.values) - level) <= _EXACT * level


def _as_target(row: _Row, text: str) -> Target:
    words = text[slice(*row.span)]
    return Target(
        id=f"{row.plan.id}-years{row.span[0]}", plan=row.plan.id, section=(), quote=words, span=row.span,
        indicator=words[:40], indicator_id=words[:40], qualitative=words,
    )  # fmt: skip
