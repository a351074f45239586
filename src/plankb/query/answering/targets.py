"""Targets as answers: told right or wrong, added up, compared, by place, or simply said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from plankb import rules
from plankb.errors import Language
from plankb.model import Span, Target
from plankb.query.answering import baselines, bounds, differences, figures, parts, relations, select, sums
from plankb.query.answering.conditions import of_plan_time
from plankb.query.answering.many import ManyFacts, all_of, plans_of
from plankb.query.answering.places import by_place, place_words
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say, target_words, where
from plankb.query.answering.sided import sided
from plankb.query.library import Library
from plankb.query.model import Period, Understood
from plankb.words import word

_FEW, _FIRST, _LOOKED = 6, 3, 40


def targets(query: Understood, library: Library, lang: Language) -> Result:
    """The targets of a query with the sentence that its form asks for."""
    if _ranks_unlike(query):
        return Result(text=say("sentence", "rank_what", lang), told=True)
    if result := _of_form(query, library, lang):
        return result
    found = select.targets(query, library)
    facts = all_of(found.facts, Target)
    if not facts:
        return Result.nothing(query, lang)
    if query.places and query.unknown:  # places that no plan is for: named among the others
        query = replace(query, places=(*query.places, *query.unknown))
    if query.group or len(query.places) > 1:
        groups = by_place((*facts, *_undated_elsewhere(query, facts, library)), query, library)
        kept = tuple(target for group in groups for target in group.targets)
        if kept:
            return Result(text=place_words(groups, query, library, lang), facts=kept, by_text=found.by_text)
        group = say("group", f"no_{query.group}", lang) if query.group else ""
        text = group + _sentence(query, facts, library, lang)
        return Result(text=text, facts=found.facts, by_text=found.by_text, also=found.also)
    text = _sentence(query, facts, library, lang)
    every = found.facts
    if beside := _undated_beside(query, facts, library):
        listed = joined((target_words(one, library.vocabulary.plans, lang) for one in beside), lang, mark="parts")
        text += say("sentence", "undated_too", lang, list=listed)
        every = (*every, *beside)
    return Result(text=text, facts=every, by_text=found.by_text, also=found.also)


def _undated_beside(query: Understood, facts: Sequence[Target], library: Library) -> tuple[Target, ...]:
    """The targets of the same indicators that name no year, of plans whose period holds the year asked for."""
    if not (query.period and query.period.years and query.topic and query.topic.labels) or len(facts) > _FEW:
        return ()
    if query.aggregate or query.compare or query.who:
        return ()
    kinds = {fact.indicator_id for fact in facts}
    covering = {plan.id for plan in select.plans_searched(query, library) if of_plan_time(plan, query)}
    timeless = select.targets(replace(query, period=None), library).facts
    found = [
        fact
        for fact in timeless
        if isinstance(fact, Target) and not fact.by and fact.value is not None and fact.plan in covering
    ]
    return tuple(fact for fact in found if fact.indicator_id in kinds)[:_FIRST]


def _undated_elsewhere(query: Understood, facts: Sequence[Target], library: Library) -> tuple[Target, ...]:
    """Of places without a figure for the year asked for those that name no year: of plans that hold it or tell no
    period of their own."""
    if not (query.period and query.period.years and query.topic and query.topic.labels) or query.base_year:
        return ()
    homes = {plan.id: plan.jurisdiction for plan in library.vocabulary.plans}
    told = {homes[fact.plan] for fact in facts}
    plans = {plan.id for plan in select.plans_searched(query, library) if not plan.period or of_plan_time(plan, query)}
    timeless = select.targets(replace(query, period=None), library).facts
    return tuple(
        fact
        for fact in timeless
        if isinstance(fact, Target) and not fact.by and fact.value is not None
        and fact.plan in plans and homes[fact.plan] not in told
    )  # fmt: skip


def _ranks_unlike(query: Understood) -> bool:
    """Whether places are to be ranked by no indicator at all (哪个城市目标最高): their figures cannot be compared."""
    ranked = query.aggregate in ("highest", "lowest") or query.form in ("higher", "lower")
    several = query.group or query.sides or len({*query.places, *query.levels}) > 1
    named = query.topic or query.parts or query.section or query.unit or query.measure or query.value or query.relation
    return bool(ranked and several and not named)


def _of_form(query: Understood, library: Library, lang: Language) -> Result | None:
    """The answer to what is done with the figures; None where they are only shown, or it cannot be done."""
    if query.relation:
        return relations.related_targets(query, library, lang)
    if query.sides and (result := sided(query, library, lang)):
        return result
    if query.parts:
        return parts.compared(query, library, lang)
    if query.form == "verify" and query.nature in ("binding", "expected") and query.topic:
        return figures.natured(query, library, lang)
    if query.form in ("floor", "ceiling", "bound"):
        return bounds.bounded(query, library, lang)
    if query.from_baseline:
        return baselines.against_baseline(query, library, lang)
    if query.claims:
        return figures.claimed(query, library, lang)
    if query.base_year and query.period and query.period.years and query.form in (None, "more", "ratio"):
        return _against_target(query, library, lang)
    match query.form:
        case "more" | "higher" | "lower" | "ratio":
            return differences.difference(query, library, lang)
        case "sum":
            return sums.total(query, library, lang)
        case "dated":
            return figures.dated(query, library, lang)
    return None


def _against_target(query: Understood, library: Library, lang: Language) -> Result | None:
    """The targets of a year against those of the one that they are held against (2030年较2025年), where none is itself
    measured from that year; None where there are no two."""
    if any(
        isinstance(one, Target) and one.base_year == query.base_year for one in select.targets(query, library).facts
    ):
        return None
    years = (*(query.period.years if query.period else ()), query.base_year or "")
    both = replace(query, base_year=None, period=Period(years=years), form=query.form or "more")
    return differences.difference(both, library, lang)


def _words(target: Target, query: Understood, library: Library, lang: Language) -> str:
    """A target, with its amount in the unit asked for where that is another one."""
    said = target_words(target, library.vocabulary.plans, lang)
    if query.nature == "any" and query.topic:
        return said + (f"（{word('nature', target.nature, lang)}）" if target.nature else "")
    years = query.period.years if query.period else ()
    if len(years) > 1 and target.baseline and target.baseline.year in years and query.form is None:
        return said + differences.baseline_words(target, lang)
    if query.compare == "years" and query.form is None:
        return said + differences.baseline_words(target, lang)
    if query.measure == "个百分点" or query.form == "more" or query.base_year:
        return said + differences.since_baseline(target, lang)
    return said + (differences.in_unit(target, query.measure, lang) if query.measure else "")


def _told(facts: Sequence[Target], query: Understood, library: Library, lang: Language) -> str:
    """Targets in words, of many the first; those that say the same once, with in how many places of a text they do."""
    said: dict[str, list[Target]] = {}
    for target in facts[:_LOOKED]:
        said.setdefault(_words(target, query, library, lang), []).append(target)
    parts = []
    for text, same in said.items():
        times = max(Counter(target.source for target in same).values())
        parts.append(text + (say("sentence", "in_places", lang, count=times) if times > 1 else ""))
    return say("join", "parts", lang).join(parts if len(facts) <= _FEW else parts[:_FIRST])


def _in_words(facts: Sequence[Target]) -> int:
    """How many of some targets have no number."""
    if isinstance(facts, ManyFacts):
        return sum(not one.valued for one in facts.listed)
    return sum(target.value is None for target in facts)


def _rows(facts: Sequence[Target], asked: str) -> set[tuple[str, Span, str | None]]:
    """The rows of tables and sentences that targets of a nature stand in, each with the nature."""
    if isinstance(facts, ManyFacts) and asked != "any":
        return {(one.plan, one.span, asked) for one in facts.listed}
    return {(fact.plan, fact.span, fact.nature) for fact in facts if fact.nature}


def _by_nature(facts: Sequence[Target], nature: str, lang: Language) -> str:
    """How many indicators are binding and how many expected: each row of a table and each sentence once."""
    rows = _rows(facts, nature)
    counts = dict(sorted(Counter(nature for *_, nature in rows).items()))  # binding ones first
    return joined(
        (say("sentence", "of_nature", lang, nature=word("nature", key, lang), count=counts[key]) for key in counts),
        lang,
    )


def _counted(query: Understood, facts: Sequence[Target], place: str, library: Library, lang: Language) -> str:
    """How many indicators of a table there are, by their nature and in all, with how many the plan says it sets."""
    nature = query.nature or "any"
    rows = len({row[:2] for row in _rows(facts, nature)})
    plans = tuple(dict.fromkeys(plans_of(facts)))
    whole = say("sentence", "in_all", lang, count=rows) if query.nature == "any" else ""
    text = say(
        "sentence", "natures", lang, where=place, whole=whole, list=_by_nature(facts, nature, lang), count=len(facts)
    )  # fmt: skip
    if query.nature != "any" or len(plans) != 1:
        return text
    said = rules.one("question_forms", "indicators_announced").search(library.store.text(plans[0]))
    return text + (say("sentence", "announced", lang, text=said.group()) if said else "")


def _size(target: Target) -> tuple[object, ...]:
    return (target.value, target.unit, target.change, target.value_max)


def _sentence(query: Understood, facts: Sequence[Target], library: Library, lang: Language) -> str:
    plans = library.vocabulary.plans
    few = _told(facts, query, library, lang)
    if query.aggregate in ("highest", "lowest") and query.group and len(facts) == 1:
        return say("sentence", "only_one", lang, list=few)
    if query.aggregate in ("highest", "lowest"):
        others = [target for target in facts[1 : query.limit or _FEW] if target.value is not None]
        tied = [target for target in (facts[0], *others) if _size(target) == _size(facts[0])]
        if others and len(tied) > len(others):
            listed = joined((target_words(target, plans, lang) for target in tied), lang)
            return say("sentence", "all_equal", lang, list=listed)
        others = [target for target in others if target not in tied]
        following = joined((target_words(target, plans, lang) for target in others), lang)
        listed = joined((target_words(target, plans, lang) for target in tied), lang)
        text = say("sentence", query.aggregate, lang, list=listed)
        return text.rstrip("。.") + say("sentence", "ranked_rest", lang, list=following) if following else text
    place = where(plans_of(facts), plans, lang)
    if query.nature and query.aggregate == "count" and not query.topic:
        return _counted(query, facts, place, library, lang)
    if len(facts) > _FEW or (query.aggregate == "count" and not query.compare):
        words = _in_words(facts)
        rest = say("sentence", "in_words", lang, count=words) if 0 < words < len(facts) else ""
        if (query.topic or query.section) and (query.aggregate != "count" or len(facts) <= _FEW):
            few += "" if len(facts) <= _FEW else say("join", "etc", lang)
            return say("sentence", "targets_some", lang, count=len(facts), where=place, list=few) + rest
        return say("sentence", "targets", lang, count=len(facts), where=place) + rest
    if query.compare and len(facts) > 1:
        return say("sentence", "compare", lang, count=len(facts), where=place, list=few)
    return say("sentence", "targets_few", lang, list=few)
