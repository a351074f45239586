"""Amounts of years in a row (2026年400公里、2027年500公里、…): beside a total that the plan gives elsewhere, and beside
what a plan of one of these years sets for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plankb import quantities, rules
from plankb.checks import levels, located
from plankb.checks.amounts import number
from plankb.checks.amounts_of_years import adds_up
from plankb.checks.asked import pairs_of, share_said
from plankb.checks.compare import Placed
from plankb.checks.wording import of_targets
from plankb.in_force import annual, comparable, years
from plankb.model import Conflict, Plan, Span, Target

_FEW, _FAR, _NAMED, _EXACT, _COMMON, _SURELY = 3, 0.15, 0.6, 1e-6, 40, 0.75
"""Years that are a row; how far, as a share, their sum may lie from a total that is theirs; share of the total's name
that the words around the row must say; totals up to which a pair of characters tells whose a row is; share from which
a yearly plan speaks of the row's thing."""


@dataclass(frozen=True, slots=True)
class Row:
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
        for row in rows(plans[plan], text) if plan in plans else ():
            near = [totals.get((plan, row.unit, pair), ()) for pair in pairs_of(row.around)]
            named = {id(one): one for ones in near if len(ones) <= _COMMON for one in ones}
            beside = [one for one in named.values() if _is_of(row, one)]
            beside = beside or _only_total(row, [*named.values()])
            if beside and not any(_fits(row, one) or one.target.id in told for one in beside):
                total = min(beside, key=lambda one: abs(sum(row.values) - (one.level.value if one.level else 0)))
                added = levels.in_unit_of(total.target, sum(row.values))
                listed = Placed(_as_target(row, text), row.plan, total.place, None, "", total.indicator, total.home)
                yield of_targets("internal", "warning", (total, listed), "E336", sum=added)


def rows(plan: Plan, text: str) -> Iterator[Row]:
    """The amounts of years in a row that a text gives; each year with its own, or all years named once."""
    if years(plan) is None:
        return
    for match in rules.pattern("parameters", "years_in_a_row").finditer(text):
        found = [*rules.pattern("parameters", "year_of_row").finditer(match.group())]
        named = [int(each["year"]) for each in found]
        if named == [*range(named[0], named[0] + len(named))]:
            yield from _row(plan, text, match.span(), named[0], [(each["value"], each["unit"]) for each in found])
    for match in rules.pattern("parameters", "years_named_once").finditer(text):
        amounts = [*rules.pattern("parameters", "amount_of_row").finditer(match["amounts"])]
        if len(amounts) == int(match["last"]) - int(match["first"]) + 1:
            each = [(one["value"], one["unit"]) for one in amounts]
            yield from _row(plan, text, match.span(), int(match["first"]), each, match["doing"])


def _row(
    plan: Plan, text: str, span: Span, first: int, amounts: Sequence[tuple[str, str]], doing: str = ""
) -> Iterator[Row]:
    """The row of some amounts that are all in one unit."""
    if len(amounts) < _FEW or len({unit.lstrip("万亿") for _, unit in amounts}) > 1:
        return
    normal = [quantities.normal(number(value), unit) for value, unit in amounts]
    line = text.rfind("\n", 0, span[0]) + 1
    values = tuple(float(each.value) for each in normal)
    yield Row(plan, span, first, first + len(amounts) - 1, values, normal[0].unit, f"{text[line : span[0]]}，{doing}")


def unlike_that_year(
    plans: Mapping[str, Plan], known: Iterable[Placed], texts: Mapping[str, str], shares: Iterable[Placed]
) -> Iterator[Conflict]:
    """One conflict for each year of a row for which a plan of that year alone sets another amount, or a plan of the
    place above, in one of the `shares` that its lists give to places, a greater one."""
    of_year: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in (*shares, *(one for one in known if one.home == one.place and not _is_share(one, texts))):
        plain = one.level and one.level.op == "=" and not levels.relative(one.level) and not one.change
        if plain and one.level and one.due and annual(one.plan) and one.target.source == "prose":
            of_year[one.due, one.level.unit].append(one)
    for plan, text in texts.items() if of_year else ():
        for row in rows(plans[plan], text) if plan in plans else ():
            for at, amount in enumerate(row.values):
                for one in of_year.get((str(row.first + at), row.unit), ()):
                    if _is_unlike(row, amount, one):
                        yield _of_year(row, amount, one, text)


def _is_share(one: Placed, texts: Mapping[str, str]) -> bool:
    """Whether an amount stands behind 其中 in its sentence, and so is of a part, whatever its place was read as."""
    text, (at, _) = texts.get(one.plan.id, ""), one.target.span
    return "其中" in text[max(text.rfind(stop, 0, at) for stop in "。；\n") + 1 : at]


def _only_total(row: Row, named: Sequence[Placed]) -> list[Placed]:
    """The one total of the row's years and unit with a word of the row's title, where the title says no more of it."""
    near = [one for one in named if _is_of_years(row, one) and not _inside(row, one) and not one.scope]
    return near if len({one.target.indicator for one in near}) == 1 and all(map(adds_up, near)) else []


def _is_unlike(row: Row, amount: float, one: Placed) -> bool:
    home = located.of(row.plan.jurisdiction) if row.plan.jurisdiction else None
    if one.level is None or one.place != home or home is None or not comparable(row.plan, one.plan):
        return False
    value = one.level.value
    unlike = abs(amount - value) > _EXACT * value if one.home == home else amount < value * (1 - _EXACT)
    name = one.indicator if one.home != home else one.target.indicator
    name = rules.one("comparing", "of_one_year").sub(rules.one("comparing", "summed").sub(name))
    return unlike and likeness(name, row.around) >= _SURELY and not one.scope


def likeness(name: str, around: str) -> float:
    """How much of a name the words around a row say, or of the title of the row's item the name does."""
    title = rules.pattern("propositions", "builds").sub("", rules.one("asked", "lead").sub(around.partition("。")[0]))
    turned = share_said(title, name) if len(pairs_of(title)) >= _FEW else 0.0
    return max(share_said(name, around), turned) if len(pairs_of(name)) >= _FEW else 0.0


def _of_year(row: Row, amount: float, one: Placed, text: str) -> Conflict:
    """The conflict over one year of a row; the amount in the unit of the yearly plan."""
    scale = float(one.target.value or 1) / one.level.value if one.level and one.level.value else 1.0
    year = one.due or ""
    listed = one.target.model_copy(update={
        "id": f"{row.plan.id}-years{row.span[0]}-{year}", "plan": row.plan.id, "section": (), "by": year,
        "quote": text[slice(*row.span)], "span": row.span, "value": round(amount * scale, 6),
        "normal": quantities.normal(amount, row.unit),
    })  # fmt: skip
    long = replace(one, target=listed, plan=row.plan, home=one.place)
    dated = replace(one, target=one.target.model_copy(update={"by": year}))
    if one.home == one.place:
        return of_targets("conflict", "warning", (long, dated), "E461")
    return of_targets("looser", "warning", (dated, long), "E463")


def _is_of(row: Row, total: Placed) -> bool:
    """Whether a total is of the row's years and of what the words around the row name."""
    if _inside(row, total) or not _is_of_years(row, total):
        return False
    name = rules.one("comparing", "summed").sub(total.target.indicator)
    return share_said(name, row.around + "，" + total.plan.title) >= _NAMED and share_said(name, row.around) > 0


def _inside(row: Row, total: Placed) -> bool:
    return row.span[0] <= total.target.span[0] < row.span[1]


def _is_of_years(row: Row, total: Placed) -> bool:
    """Whether a total is of all years of its plan, which are the row's, and of the size of their sum."""
    span = years(total.plan)
    whole = span is not None and row.first == span[0] and str(row.last) == (total.due or "")
    if not whole or total.level is None or levels.relative(total.level):
        return False
    return abs(sum(row.values) - total.level.value) <= _FAR * total.level.value


def _fits(row: Row, total: Placed) -> bool:
    """Whether a row comes to a total: as a sum, or as a level that it rises to."""
    level = total.level.value if total.level else 0.0
    reached = row.values[-1] == level and [*row.values] in (sorted(row.values), sorted(row.values, reverse=True))
    return reached or abs(sum(row.values) - level) <= _EXACT * level


def _as_target(row: Row, text: str) -> Target:
    words = text[slice(*row.span)]
    return Target(
        id=f"{row.plan.id}-years{row.span[0]}", plan=row.plan.id, section=(), quote=words, span=row.span,
        indicator=words[:40], indicator_id=words[:40], qualitative=words,
    )  # fmt: skip
