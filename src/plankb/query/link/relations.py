"""Questions for the indicators whose targets on two sides stand in a relation: 2030年比2025年低的, A有而B没有的指标.

The words of the relation are taken out of the question; what is left is read as any question, and names the sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from plankb import numbers, rules
from plankb.late import dataclass
from plankb.model import Number, Span
from plankb.query.model import How, Period, Relation, Side, Understood, ValueRange
from plankb.query.recognise.mentions import Mentions
from plankb.query.vocabulary import Vocabulary

_FILE = "question_relations"
_NOTHING = "；"
"""Stands for words that were taken: no phrase goes on over it."""
_TWO, _FIVE = 2, 5

Reading = Callable[[str], tuple[Mentions, Understood]]
"""Reads a question: what it mentions, and the query for its targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The words of a relation: the question without them, and what they say."""

    rest: str
    how: How
    gap: ValueRange | None = None
    least: int | None = None
    baseline: Span | None = None


def find_relation(text: str) -> Found | None:
    """The relation that a question asks indicators for; None where it asks for no indicators, or for no relation."""
    if not rules.one(_FILE, "asks_many").search(text) or rules.one(_FILE, "asks_one").search(text):
        return None
    for rule in rules.many(_FILE, "relation"):
        match = rule.search(text)
        if match is None:
            continue
        how, end = cast(How, rule.means), match.end()
        gap = None
        if how in ("higher", "lower"):
            gap, end = _gap(text, end)
        rest = rules.one(_FILE, "side_figures").sub(text[: match.start()]) + _NOTHING + text[end:]
        shared = rules.one(_FILE, "shared_by").search(rest) if how == "both" else None
        least = _least(shared) if shared else None
        if shared:
            rest = rest[: shared.start()] + _NOTHING + rest[shared.end() :]
        return Found(rest=rest, how=how, gap=gap, least=least, baseline=_baseline(rest))
    return None


def _baseline(rest: str) -> Span | None:
    match = rules.one(_FILE, "baseline_side").search(rest)
    return match.span() if match else None


def _gap(text: str, end: int) -> tuple[ValueRange | None, int]:
    """By how much, behind the word of a relation, and where that ends: 10个百分点, 一倍以上, 一番."""
    doubled = rules.one(_FILE, "doubled").regex.match(text[end:])
    if doubled:
        return ValueRange(low=_TWO, high=_TWO), end + doubled.end()
    match = rules.one(_FILE, "gap").regex.match(text, end)
    kinds = [match[name] for name in ("points", "doubled", "times", "share")] if match else []
    value = numbers.parse(match["number"]) if match else None
    if match is None or value is None or not any(kinds):
        return None, end
    above = bool(match["up"]) or (match["over"] or "") not in ("", "了", "达", "达到")
    unit, low = _measured(match, value)
    return ValueRange(low=low, high=None if above else low, unit=unit), match.end()


def _measured(match: re.Match[str], value: Number) -> tuple[str | None, Number]:
    """The unit of a gap and its figure: points, or how many times the second side the first is."""
    if match["points"]:
        return "个百分点", value
    if match["share"]:
        return "%", value
    if match["doubled"]:  # 翻两番 is four times
        return None, _TWO**value
    return None, value + 1 if match["over"] != "达到" else value


def _least(match: re.Match[str]) -> int | None:
    """How many plans must have an indicator; 0 for all of them."""
    if not match["number"]:
        return 0
    value = numbers.parse(match["number"])
    return int(value) if value else None


def with_relation(text: str, read: Reading, vocabulary: Vocabulary) -> Understood | None:
    """The query of a question for indicators in a relation; None where it is no such question, or names no sides."""
    found = find_relation(text)
    if found is None:
        return None
    mentions, query = read(_without_baseline(found))
    relation = _with_sides(found, mentions, vocabulary)
    if relation is None:
        return None
    over_plans = bool(relation.sides and relation.sides[0].plans)
    over_years = bool(relation.sides and relation.sides[0].year)
    filler = rules.one(_FILE, "filler").regex
    return replace(
        query,
        kind="targets",
        relation=relation,
        period=None if over_years else query.period,
        base_year=None,
        plans=() if over_plans else query.plans,
        plan_words=() if over_plans else query.plan_words,
        levels=() if over_plans else query.levels,
        places=() if over_plans else query.places,
        inside=(),
        together=False,
        compare=None,
        aggregate=None,
        form=None,
        claims=(),
        from_baseline=False,
        baseline=None,
        value=None,
        measure=None,
        limit=None,
        group=None,
        unknown=tuple(word for word in query.unknown if not filler.fullmatch(word)),
        ignored=tuple(word for word in query.ignored if not filler.fullmatch(word)),
    )


def _without_baseline(found: Found) -> str:
    if found.baseline is None:
        return found.rest
    start, end = found.baseline
    return found.rest[:start] + _NOTHING + found.rest[end:]


def _with_sides(found: Found, mentions: Mentions, vocabulary: Vocabulary) -> Relation | None:
    """The relation with its sides: plans or places where two are named, else years, else targets and baselines."""
    if found.least is not None:
        return Relation(how="both", least=found.least or len(vocabulary.plans))
    sides = _of_plans(mentions, vocabulary)
    years = tuple(Side(said=year, year=year) for year in _years(mentions))
    one_named = len(mentions.plans) + len(mentions.levels) + len(mentions.places) < _TWO
    if len(years) == 1 and len(sides) < _TWO and found.gap and not (found.gap.unit or found.baseline):
        before = str(int(years[0].year or "0") - _FIVE)
        years = (*years, Side(said=before, year=before))  # 到2030年翻一番的: against the plan period before
    if (len(sides) < _TWO or one_named) and len(years) >= _TWO and not found.baseline:
        sides = list(years)
    elif found.baseline and len(sides) < _TWO:
        sides = _with_baseline(found, years)
    elif len(sides) == 1 and found.how == "first" and len(vocabulary.plans) > len(sides[0].plans):
        others = tuple(plan.id for plan in vocabulary.plans if plan.id not in sides[0].plans)
        sides.append(Side(plans=others))
    if len(sides) != _TWO:
        return None
    return Relation(how=found.how, sides=tuple(sides), gap=found.gap)


def _with_baseline(found: Found, years: tuple[Side, ...]) -> list[Side]:
    """The targets, of a year where one is named, and what they start from, in the order of the question."""
    start = found.baseline[0] if found.baseline else 0
    base = Side(baseline=True)
    target = years[-1] if years else Side()
    before = found.how not in ("most", "least") and start < found.rest.find(_NOTHING) and not _compares(found, start)
    return [base, target] if before else [target, base]


def _compares(found: Found, start: int) -> bool:
    """Whether the baseline is what the targets are held against (比基期低)."""
    before = found.rest[:start]
    return before.endswith(_NOTHING) or rules.one(_FILE, "held_against").search(before) is not None


def _years(mentions: Mentions) -> tuple[str, ...]:
    """The years of a question in its order; the ends of a stretch are two."""
    found: list[str] = []
    for mention in mentions.periods:
        found += _years_of(mention.period)
    if mentions.base_year:
        found.append(mentions.base_year)
    return tuple(dict.fromkeys(found))


def _years_of(period: Period) -> list[str]:
    if period.years:
        return list(period.years)
    ends = [day[:4] for day in (period.start, period.end) if day]
    return ends[::-1] if len(ends) == _TWO else []  # from 2025 to 2030: the later against the earlier


def _of_plans(mentions: Mentions, vocabulary: Vocabulary) -> list[Side]:
    """The plans, levels and places that a question names, each as the plans that it means, in the order of the text."""
    text = mentions.text
    named = [(plan.span, plan.ids, text[slice(*plan.span)]) for plan in mentions.plans]
    for level, span in mentions.levels:
        named.append((span, tuple(plan.id for plan in vocabulary.plans if plan.level == level), text[slice(*span)]))
    for place in mentions.places:
        own = tuple(plan.id for plan in vocabulary.plans if plan.jurisdiction == place.name)
        named.append((place.span, own, place.name))
    sides = [Side(said=said, plans=ids) for _, ids, said in sorted(named) if ids]
    sides = [side for at, side in enumerate(sides) if side.plans not in [one.plans for one in sides[:at]]]
    if len(sides) == 1 and len(mentions.plans) == 1 and len(sides[0].plans) == _TWO:  # 两个协同方案
        titles = vocabulary.title_of
        return [Side(said=titles.get(id_, id_), plans=(id_,)) for id_ in sides[0].plans]
    return sides
