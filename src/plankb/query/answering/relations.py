"""Relations over the targets of many indicators: each indicator's figures on two sides are held against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plankb.errors import Language
from plankb.late import dataclass
from plankb.model import Target
from plankb.phrases import number, value
from plankb.quantities import converted
from plankb.query.answering import select
from plankb.query.answering.places import settled
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Relation, Side, Understood, ValueRange

_SHOWN = 12
_SHARES = ("%", "个百分点", "百分点")
_POINTS, _HUNDRED, _NEARLY, _ALIKE = "个百分点", 100, 0.005, 5e-5
"""How far, as a share of it, a gap may lie from the one asked for, and two figures that are alike."""
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """What a target says on one side: its value, or the value that it starts from; `amount` is None for words."""

    target: Target
    amount: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Held:
    """The figures of one indicator on both sides, `other` in the unit of `one`."""

    first: Figure
    second: Figure
    one: float
    other: float


def related_targets(query: Understood, library: Library, lang: Language) -> Result:
    """The indicators whose targets stand in the relation of a query, with both figures; none is told as that."""
    relation = query.relation
    if relation is None:
        return Result.nothing(query, lang)
    found = _targets(query, relation, library)
    if query.topic and not found:  # 新型电力系统那一段: what a heading is on
        query = replace(query, topic=None, section="".join(query.words))
        found = _targets(query, relation, library)
    if relation.least is not None:
        return _shared(relation, found, library, lang)
    groups = _grouped(relation, found)
    sides = [_on_side(side, groups, lang) for side in relation.sides]
    if relation.how in ("first", "second", "both"):
        return _having(relation, sides, lang)
    held = [one for key in groups for one in _matched(sides[0].get(key, ()), sides[1].get(key, ()), relation)]
    return _told(relation, held, library, lang)


def _targets(query: Understood, relation: Relation, library: Library) -> list[Target]:
    plans = tuple(dict.fromkeys(id_ for side in relation.sides for id_ in side.plans))
    wide = replace(query, relation=None, plans=plans or query.plans)
    return [fact for fact in select.targets(wide, library).facts if isinstance(fact, Target)]


def _grouped(relation: Relation, found: Iterable[Target]) -> dict[Key, list[Target]]:
    """The targets by indicator and kind of change; of years and baselines by plan too."""
    over_plans = bool(relation.sides[0].plans)
    groups: dict[Key, list[Target]] = defaultdict(list)
    for target in found:
        groups["" if over_plans else target.plan, target.indicator_id, target.change or ""].append(target)
    return groups


def _on_side(side: Side, groups: dict[Key, list[Target]], lang: Language) -> dict[Key, tuple[Figure, ...]]:
    """The figures of each indicator on a side, the best settled first."""
    found: dict[Key, tuple[Figure, ...]] = {}
    for key, targets in groups.items():
        own = sorted(targets, key=lambda target: (bool(target.stretch), *settled(target)))
        figures = tuple(figure for target in own if (figure := _figure(target, side, lang)))
        if figures:
            found[key] = figures
    return found


def _figure(target: Target, side: Side, lang: Language) -> Figure | None:
    if side.plans:
        return _own(target, lang) if target.plan in side.plans else None
    start = target.baseline
    if side.baseline or (side.year and target.by != side.year and start and start.year == side.year):
        return Figure(target, float(start.value), number(start.value) + (target.unit or "")) if start else None
    return _own(target, lang) if side.year in (None, target.by) else None


def _own(target: Target, lang: Language) -> Figure:
    return Figure(target, None if target.value is None else float(target.value), value(target, lang))


def _matched(firsts: Sequence[Figure], seconds: Sequence[Figure], relation: Relation) -> Iterator[Held]:
    """Each figure of the first side with the one that it is held against: of its name, else the only one there is.

    Of plans those of one year are held together; where none is, one without a year.
    """
    over_plans = bool(relation.sides[0].plans)
    used: set[tuple[str, str | None]] = set()
    for first in firsts:
        mark = first.target.indicator, first.target.by
        same = [one for one in seconds if one.target.indicator == first.target.indicator]
        same = same or (list(seconds) if over_plans or len(firsts) == len(seconds) == 1 else [])
        if over_plans:
            mark = "", first.target.by
            same = [one for one in same if one.target.by == first.target.by] or [
                one for one in same if not (one.target.by and first.target.by)
            ]
        second = next((one for one in same if one.amount is not None), None)
        if first.amount is None or second is None or second.amount is None or mark in used:
            continue
        other = converted(second.amount, second.target.unit or "", first.target.unit or "")
        if other is not None:
            used.add(mark)
            yield Held(first, second, first.amount, float(other))


def _stands(one: Held, relation: Relation) -> bool:
    above = one.one - one.other
    alike = abs(above) < _ALIKE * max(abs(one.other), 1e-9)
    match relation.how:
        case "same":
            return alike
        case "different":
            return not alike
        case "higher":
            return above > 0 and not alike and _by_gap(one, relation.gap)
        case "lower":
            return above < 0 and not alike and _by_gap(one, relation.gap)
        case "most":
            return above > 0
        case "least":
            return above < 0
    return False


def _by_gap(one: Held, gap: ValueRange | None) -> bool:
    """Whether two figures differ by as much as asked: in points, in parts of a hundred, or in times."""
    if gap is None or gap.low is None:
        return True
    share = (one.first.target.unit or "") in _SHARES
    if gap.unit == _POINTS or (gap.unit == "%" and share):
        return share and _reaches(abs(one.one - one.other), gap)
    if not one.other:
        return False
    if gap.unit == "%":
        return _reaches(abs(one.one / one.other - 1) * _HUNDRED, gap)
    ratio = one.one / one.other
    return _reaches(ratio if ratio >= 1 else 1 / ratio, gap)


def _reaches(amount: float, gap: ValueRange) -> bool:
    low = float(gap.low or 0)
    near = abs(amount - low) <= _NEARLY * low
    return near if gap.high is not None else near or amount > low


def _told(relation: Relation, held: Sequence[Held], library: Library, lang: Language) -> Result:
    """The pairs that stand in the relation, of how many that could be held together."""
    fitting = [one for one in held if _stands(one, relation)]
    if relation.how in ("most", "least"):
        fitting.sort(key=lambda one: one.one / one.other if one.other else float("inf"), reverse=relation.how == "most")
    said = _asked(relation, lang)
    if not held:
        return Result(text=say("relation", "nothing_held", lang, said=said), told=True)
    facts = tuple({one.target.id: one.target for pair in fitting for one in (pair.first, pair.second)}.values())
    if not fitting:
        return Result(text=say("relation", "none", lang, said=said, held=len(held)), told=True)
    listed = joined((_words(one, relation, library, lang) for one in fitting), lang, limit=_SHOWN, mark="parts")
    key = "ranked" if relation.how in ("most", "least") else "some"
    text = say("relation", key, lang, said=said, count=len(fitting), held=len(held), list=listed)
    return Result(text=text, facts=facts)


def _asked(relation: Relation, lang: Language) -> str:
    """The relation in words: 2030年比2025年低."""
    first, second = (_side(side, lang) for side in relation.sides)
    said = say("relation", relation.how, lang, first=first, second=second)
    return said + (say("relation", "by", lang, gap=_gap_words(relation.gap, lang)) if relation.gap else "")


def _gap_words(gap: ValueRange, lang: Language) -> str:
    unit = gap.unit or say("relation", "times", lang)
    above = say("relation", "or_more", lang) if gap.high is None else ""
    return number(gap.low or 0) + unit + above


def _side(side: Side, lang: Language) -> str:
    if side.year:
        return say("relation", "year", lang, year=side.year)
    if side.said:
        return side.said
    return say("relation", "others" if side.plans else "baseline" if side.baseline else "target", lang)


def _words(one: Held, relation: Relation, library: Library, lang: Language) -> str:
    """An indicator with its figure on either side, and whose they are."""
    first, second = one.first.target, one.second.target
    names, titles = [_side(side, lang) for side in relation.sides], library.vocabulary.title_of
    plans = list(dict.fromkeys((titles.get(first.plan, first.plan), titles.get(second.plan, second.plan))))
    by = say("sentence", "by_year", lang, year=first.by) if relation.sides[0].plans and first.by else ""
    return say(
        "relation", "pair", lang, indicator=first.indicator + by, first=names[0], one=one.first.said, second=names[1],
        other=one.second.said, plan=joined((f"《{plan}》" if lang == "zh" else plan for plan in plans), lang),
    )  # fmt: skip


def _having(relation: Relation, sides: Sequence[dict[Key, tuple[Figure, ...]]], lang: Language) -> Result:
    """The indicators that both sides have, or only one of them; one that is set in words alone is no figure."""
    first, second = sides if relation.how != "second" else (sides[1], sides[0])
    numbered = {key: own for key, own in first.items() if any(one.amount is not None for one in own)}
    both = relation.how == "both"
    keys = [key for key in numbered if _has_figure(second.get(key, ())) == both]
    worded = [key for key in keys if not both and second.get(key)]
    said = _asked(relation, lang)
    if not keys:
        return Result(text=say("relation", "none_having", lang, said=said), told=True)
    targets = [one.target for key in keys for one in numbered[key] if one.amount is not None]
    others = [one.target for key in keys for one in second.get(key, ()) if both and one.amount is not None]
    facts = tuple({target.id: target for target in (*targets, *others)}.values())
    names = dict.fromkeys(numbered[key][0].target.indicator for key in keys)
    text = say("relation", "having", lang, said=said, count=len(names), list=joined(names, lang, limit=2 * _SHOWN))
    text += say("relation", "in_words", lang, count=len(worded)) if worded else ""
    return Result(
        text=text, facts=facts, remarks=(say("relation", "by_name", lang),) if relation.sides[0].plans else ()
    )


def _has_figure(figures: Sequence[Figure]) -> bool:
    return any(one.amount is not None for one in figures)


def _shared(relation: Relation, found: Sequence[Target], library: Library, lang: Language) -> Result:
    """The indicators that so many plans have, those of most plans first."""
    homes: dict[str, dict[str, Target]] = defaultdict(dict)
    for target in found:
        homes[target.indicator_id].setdefault(target.plan, target)
    least = relation.least or len(library.vocabulary.plans)
    wanted = sorted((own for own in homes.values() if len(own) >= least), key=len, reverse=True)
    said = say("relation", "shared", lang, count=least)
    if not wanted:
        return Result(text=say("relation", "none_having", lang, said=said), told=True)
    listed = (
        say("relation", "shared_one", lang, indicator=next(iter(own.values())).indicator, count=len(own))
        for own in wanted
    )
    text = say("relation", "having", lang, said=said, count=len(wanted), list=joined(listed, lang, limit=_SHOWN))
    facts = tuple(target for own in wanted for target in own.values())
    return Result(text=text, facts=facts, remarks=(say("relation", "by_name", lang),))
