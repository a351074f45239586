"""Where no fact meets a query: facts without a time, what a condition less would find, passages on its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from plankb import rules
from plankb.errors import Language
from plankb.model import Fact, Passage, Plan, Target, Task
from plankb.phrases import number
from plankb.query.answering import select
from plankb.query.answering.chips import Chip, chips
from plankb.query.answering.closest import closest
from plankb.query.answering.conditions import is_issued_by, is_of_nobody_known, of_plan_time, years_of
from plankb.query.answering.evidence import no_answer
from plankb.query.answering.fulltext import passages
from plankb.query.answering.kinds import ANSWERS
from plankb.query.answering.notes import is_certain
from plankb.query.answering.passages import quoted
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, say, target_words
from plankb.query.library import Library
from plankb.query.link.intent import is_measure
from plankb.query.link.reduce import known_parts
from plankb.query.model import AnyAnswer, Period, Topic, Understood, ValueRange
from plankb.query.normalise.names import bare, pieces
from plankb.query.vocabulary import short_place
from plankb.register import places
from plankb.store import FactFilter

_MOST, _FEW, _POOL = 5, 3, 40
_PAST = "2020"
_FIVE, _FIRST, _DIGITS = "一二三四", 2001, "零一二三四五六七"
_WHOLE = 5
"""Characters of the name of an indicator that is one by itself; 覆盖率 alone is of anything."""
_LEAST = 3
"""Characters of a part of an unknown phrase that is worth a passage."""
_CLOSE, _HALF, _NEAR = 0.35, 0.5, 0.6
"""The share of a question that a sentence holds to be told as the closest one, and to be told as what the plans say."""
_MANY_PAIRS, _FOUR = 7, 4
_PAIRS, _SHARE = 4, 0.6
"""Of the pairs of characters of a name how many, and what share, make another name the nearest one."""
_MANY = 60
"""More than so many facts are no hint of what was meant."""
_KINDS = ("tasks", "targets", "deadlines", "bureaus", "projects", "citations")
_LOOSE = ("by", "value", "nature", "place", "plan", "role", "who")
"""The conditions that are left out to see what else there is, in this order."""


def undated(query: Understood, library: Library, lang: Language) -> Result | None:
    """The tasks or targets that name no time, of plans whose period covers the time asked for; None where none are."""
    if query.kind not in ("tasks", "targets", "deadlines"):
        return None
    searched = plans_searched(query, library)
    covering = {plan.id for plan in searched if of_plan_time(plan, query)}
    return _without_year(query, covering, "undated", library, lang) or (
        # a plan that tells no period of its own: what it names no year for may be meant
        _without_year(query, {plan.id for plan in searched if not plan.period}, "undated_open", library, lang)
        if query.kind == "targets" and query.topic and query.topic.labels and (query.places or query.plans)
        else None
    )


def _without_year(query: Understood, covering: set[str], key: str, library: Library, lang: Language) -> Result | None:
    """The facts that name no year, of some plans, in the sentence `key`; None where none are."""
    if not covering:
        return None
    timeless = replace(query, period=None, kind="targets" if query.kind == "deadlines" else query.kind)
    if query.topic is None and query.denied is None:
        timeless = replace(timeless, plans=tuple(covering))
    found = select.tasks(timeless, library) if query.kind == "tasks" else select.targets(timeless, library)
    facts = tuple(
        fact for fact in found.facts if isinstance(fact, Fact) and fact.plan in covering and not years_of(fact)
    )
    if not facts:
        return None
    period = query.period.as_text() if query.period else ""
    kind = say("kind", timeless.kind or "targets", lang)
    listed = _few(facts, library, lang)
    text = say("sentence", key, lang, period=period, kind=kind, count=len(facts), list=listed)
    return Result(text=text, facts=facts)


def other_measure(query: Understood, library: Library, lang: Language) -> Result | None:
    """The targets of a topic that are not set in the unit asked for (多少万吨, of what falls by 5%); else None."""
    named = query.topic and query.topic.labels and is_measure(query.words[-1])
    if query.kind != "targets" or query.measure is None or not named:
        return None
    found = select.targets(replace(query, measure=None, aggregate=None), library).facts
    if not found:
        return None
    listed = _few(found, library, lang)
    text = say("sentence", "other_measure", lang, measure=query.measure, list=listed)
    return Result(text=text, facts=found)


def whatever_time(query: Understood, library: Library, lang: Language) -> Result | None:
    """Who answers for a task that names no time such as the one asked for: it is told that no time sorted it out."""
    if query.kind != "bureaus" or query.period is None or not (query.topic and query.topic.labels):
        return None
    found = ANSWERS["bureaus"](replace(query, period=None), library, lang)
    if not (found.facts or found.told):
        return None
    return replace(found, text=say("sentence", "whatever_time", lang, time=query.period.as_text(), text=found.text))


def as_baseline(query: Understood, library: Library, lang: Language) -> Result | None:
    """The baselines of the year asked for (2020年PM2.5浓度是多少): what targets start from; else None."""
    years = query.period.years if query.period else ()
    if query.kind != "targets" or not years or query.topic is None:
        return None
    found = select.targets(replace(query, period=None, claims=(), form=None), library).facts
    based = [fact for fact in found if isinstance(fact, Target) and fact.baseline and fact.baseline.year in years]
    if query.form == "verify" and query.claims:  # figures in another unit are none that a baseline could deny
        units = {claim.unit for claim in query.claims}
        based = [fact for fact in based if isinstance(fact, Target) and (fact.unit in units or None in units)]
    if not based:
        return None
    listed = joined((_baseline_words(target, library, lang) for target in based), lang, limit=_FEW, mark="parts")
    key = "targets_few"
    if query.form == "verify" and query.claims:
        key = "yes" if any(_is_claimed(target, query.claims) for target in based) else "no"
    return Result(text=say("sentence", key, lang, list=listed), facts=tuple(based))


def _is_claimed(target: Target, claims: Sequence[ValueRange]) -> bool:
    """Whether a figure put forward is the baseline of a target."""
    return target.baseline is not None and any(claim.low == target.baseline.value for claim in claims)


def _baseline_words(target: Target, library: Library, lang: Language) -> str:
    """A baseline as a figure of its own year, then the target that it belongs to."""
    if target.baseline is None:
        return ""
    amount = number(target.baseline.value) + (target.unit or "")
    said = target_words(target, library.vocabulary.plans, lang)
    return say(
        "sentence", "was", lang, indicator=target.indicator, year=target.baseline.year, amount=amount, target=said
    )


def in_titled(query: Understood, library: Library, lang: Language) -> Result | None:
    """The tasks of bureaus in the plan whose title holds the topic (在减污降碳协同里管什么); else None."""
    if query.kind != "tasks" or not query.who or query.topic is None or query.plans:
        return None
    titles = library.vocabulary.plans
    plans = tuple(p.id for p in titles if all(pieces(bare(word), bare(p.title)) for word in query.words))
    found = select.tasks(replace(query, topic=None, plans=plans), library) if plans else None
    if found is None or not found.facts:
        return None
    result = ANSWERS["tasks"](replace(query, topic=None, plans=plans), library, lang)
    names = joined((f"《{plan.title}》" for plan in titles if plan.id in plans), lang)
    remark = say("note", "corrected", lang, said=" ".join(query.words), meant=names)
    return replace(result, remarks=(*result.remarks, remark))


def of_issuer(query: Understood, library: Library, lang: Language) -> Result | None:
    """The targets of the plans that a bureau issued (国家能源局2022年的原油产量), where none of its tasks has them."""
    if query.kind != "targets" or not query.who:
        return None
    own = tuple(p.id for p in plans_searched(query, library) if is_issued_by(p, replace(query, topic=None)))
    if not own:
        return None
    of_plans = replace(query, who=(), plans=own)
    found = ANSWERS["targets"](of_plans, library, lang)
    return found if found.facts else undated(of_plans, library, lang) if query.period else None


def nearest(query: Understood, library: Library, lang: Language) -> Result | None:
    """The targets of the time or place asked for whose name and headings hold most of an unknown name."""
    if query.kind != "targets" or len(query.unknown) != 1 or query.topic or not (query.period or query.places):
        return None
    name = bare(query.unknown[0])
    pairs = {name[start : start + 2] for start in range(len(name) - 1)}
    least = max(_PAIRS, _SHARE * len(pairs))
    if sum(map(library.in_texts, pairs)) < least:
        return None  # as for most names that no plan holds: no target need be looked at
    facts = [fact for fact in select.targets(replace(query, unknown=()), library).facts if isinstance(fact, Target)]
    held = {fact.id: sum(pair in bare(fact.indicator + "".join(fact.section)) for pair in pairs) for fact in facts}
    best = max(held.values(), default=0)
    if best < least:
        return None
    found = tuple(fact for fact in facts if held[fact.id] == best)
    text = say("sentence", "targets_few", lang, list=_few(found, library, lang))
    remark = say("note", "nearest", lang, name=query.unknown[0], meant=found[0].indicator)
    return Result(text=text, facts=found, remarks=(remark,))


def without_chatter(query: Understood, library: Library, lang: Language) -> Result | None:
    """What the rest of a question finds of a named indicator, where the words not understood hold nothing that the
    plans know (四家按高低排一排): they are told first. None where they may be a name, and so a condition."""
    named = query.topic is not None and query.topic.labels and any(len(word) >= _WHOLE for word in query.words)
    if query.kind != "targets" or not named or not (query.period or query.places or query.plans):
        return None
    if not query.unknown or any(_may_be_name(phrase, library) for phrase in query.unknown):
        return None
    found = ANSWERS["targets"](replace(query, unknown=()), library, lang)
    kinds = {fact.indicator_id for fact in found.facts if isinstance(fact, Target)}
    if not found.facts or len(kinds) > _FEW:
        return None
    words = joined((f"“{phrase}”" for phrase in query.unknown), lang)
    return replace(found, text=say("sentence", "left_over", lang, words=words, text=found.text))


def _may_be_name(phrase: str, library: Library) -> bool:
    """Whether a phrase is a place, or a part of it stands in the plans."""
    parts = known_parts(phrase, library.in_texts)
    whole = sum(map(len, parts)) == len(phrase)
    return whole or bool(places.find(phrase)) or any(len(part) >= _LEAST for part in parts)


def relaxed(query: Understood, nothing: Result, library: Library, lang: Language) -> Result:
    """The empty answer with what would be found without one of its conditions; as it is where that finds nothing."""
    if query.kind not in _KINDS or query.unknown:
        return nothing
    if (chip := _in_any_role(query, lang)) and (remark := _without(chip, library, lang)):
        return replace(nothing, remarks=(*nothing.remarks, remark))
    given = [chip for chip in chips(query, library, lang) if chip.rest is not None and chip.name in _LOOSE]
    if len(given) + bool(query.topic) < 2 or (query.kind == "bureaus" and not query.topic):
        return nothing
    for chip in sorted(given, key=lambda chip: _LOOSE.index(chip.name)):
        remark = _without(chip, library, lang)
        if remark:
            return replace(nothing, remarks=(*nothing.remarks, remark))
    return nothing


def _in_any_role(query: Understood, lang: Language) -> Chip | None:
    """The query for its bureaus in whatever role; None where it asks for no role of a bureau."""
    if not any(who.role or who.sole for who in query.who) or query.kind != "tasks":
        return None
    who = tuple(replace(one, role=None, sole=False) for one in query.who)
    said = [say("role", one.role or "sole", lang) for one in query.who if one.role or one.sole]
    role = joined(dict.fromkeys(said), lang)
    return Chip(role, replace(query, who=who), "role")


def _without(chip: Chip, library: Library, lang: Language) -> str | None:
    if chip.rest is None or chip.rest.kind is None or is_of_nobody_known(chip.rest):
        return None
    found = ANSWERS[chip.rest.kind](chip.rest, library, lang)
    if not found.facts or len(found.facts) > _MANY:
        return None
    listed = _few(found.facts, library, lang)
    return say("note", "relaxed", lang, condition=chip.label, count=len(found.facts), list=listed)


def _few(facts: Sequence[AnyAnswer], library: Library, lang: Language) -> str:
    return joined((_words(fact, library, lang) for fact in facts), lang, limit=_FEW)


def _words(fact: AnyAnswer, library: Library, lang: Language) -> str:
    if isinstance(fact, Target):
        return target_words(fact, library.vocabulary.plans, lang)
    if isinstance(fact, Task | Plan):
        return f"《{fact.title}》" if isinstance(fact, Plan) else fact.title
    return str(getattr(fact, "name", "") or getattr(fact, "title", "") or getattr(fact, "quote", ""))


def with_closest(query: Understood, result: Result, library: Library, lang: Language) -> Result:
    """A result without facts with the sentence of the plans that comes closest to the question, quoted as that."""
    if (is_certain(query, library) and not result.related) or query.kind in (None, "help", "conflicts", "coverage"):
        return result
    plans = [plan.id for plan in plans_searched(query, library)]
    above = () if plans else tuple(map(short_place, _outside(query, library)))
    plans = plans or plans_above(query, library)
    words = [*query.words, *query.unknown, *query.ignored, *((query.section,) if query.section else ()), *above]
    words += [who.said for who in query.who if not who.ids]
    figures = [claim.as_text().strip("<>=") for claim in query.claims]
    words += figures
    words += (*query.period.years, *five_years(query.period)) if query.period else ()
    words += (query.period.end[:4],) if query.period and query.period.end and not five_years(query.period) else ()
    words += (query.base_year,) if query.base_year else ()
    found = closest(
        words, plans, library, figure=query.amount, unit=query.measure, needed=(*figures, *above),
        dated=query.kind == "deadlines", ahead=_looks_ahead(query), past=_looks_back(query),
    )  # fmt: skip
    if found is None or found.share < _CLOSE or not all(place in found.passage.text for place in above):
        return result
    alike = found.numbered or (found.share >= _NEAR and found.pairs >= _MANY_PAIRS)
    is_near = query.kind == "bureaus" and found.share >= _HALF and found.pairs >= _FOUR
    if is_near and (told := _of_task_around(found.passage, query, library, lang)):
        return told
    sure = alike and _answers(found.passage.text, query)
    key = "text_says" if sure else "text_nearest"
    titles = {plan.id: plan.title for plan in library.vocabulary.plans}
    text = quoted(found.passage)
    if text.startswith("（") and found.passage.section:  # a note: whose it is
        text = f"{found.passage.section[-1]}……{text}"
    plan = titles.get(found.passage.plan, found.passage.plan)
    nothing = no_answer(query, lang) if result.text == Result.nothing(query, lang).text else result.text
    said = say("sentence", key, lang, text=text, plan=plan, nothing=nothing)
    if found.second and not (sure and found.numbered):
        other = {"text": quoted(found.second), "plan": titles.get(found.second.plan, found.second.plan)}
        said += say("sentence", "text_second", lang, **other)
    rest = tuple(one for one in result.related if one.span != found.passage.span or one.plan != found.passage.plan)
    return replace(result, text=said, related=(found.passage, *rest))


def _looks_ahead(query: Understood) -> bool:
    """Whether a question is for what is to come: it asks for targets, tasks or times, and names no year of the past."""
    if query.kind == "passages":
        return False
    years = (*(query.period.years if query.period else ()), (query.period.end or "9")[:4] if query.period else "9")
    return all(year > _PAST for year in years)


def _looks_back(query: Understood) -> bool:
    """Whether a question is for a time that was over before the plans began."""
    years = (*(query.period.years if query.period else ()), (query.period.end or "")[:4] if query.period else "")
    said = [year for year in years if year]
    return bool(said) and all(year <= _PAST for year in said)


def _outside(query: Understood, library: Library) -> tuple[str, ...]:
    """The places asked for that no plan is for."""
    homes = {plan.jurisdiction for plan in library.vocabulary.plans}
    return tuple(place for place in query.places if place not in homes)


def plans_above(query: Understood, library: Library) -> list[str]:
    """The plans of what the places asked for lie in (of 绥化 those of 黑龙江), where these have none of their own; all
    where nothing above them has one either."""
    named = [place for name in _outside(query, library) if (place := places.find(name))]
    above = {one.name for place in named for one in places.ancestors(place)}
    own = [plan.id for plan in library.vocabulary.plans if plan.jurisdiction in above]
    return own or [plan.id for plan in library.vocabulary.plans] if named else []


def five_years(period: Period) -> tuple[str, ...]:
    """The name of the five-year plan that a stretch of days is (十三五); () where it is none."""
    start, end = (period.start or "")[:4], (period.end or "")[:4]
    if not (start and end) or int(end) - int(start) != len(_FIVE) or int(start) % 5 != 1:
        return ()
    number = (int(start) - _FIRST) // 5
    return (f"十{_DIGITS[number]}五",) if 0 <= number < len(_DIGITS) else ()


def _of_task_around(passage: Passage, query: Understood, library: Library, lang: Language) -> Result | None:
    """Who answers for the task that a sentence stands in; None where it stands in none, or that names nobody."""
    own = library.store.facts("task", FactFilter(plans=(passage.plan,)))
    around = [task for task in own if task.span[0] <= passage.span[0] < task.span[1] and task.bureaus]
    if not around:
        return None
    topic = Topic(words=(around[-1].title,), labels=(around[-1].id,), exact=True)
    result = ANSWERS["bureaus"](replace(query, topic=topic, unknown=(), plans=(passage.plan,)), library, lang)
    if not (result.facts or result.told):
        return None
    text = say("sentence", "in_task", lang, text=quoted(passage), told=result.text)
    return replace(result, text=text, related=(passage,))


def _answers(text: str, query: Understood) -> bool:
    """Whether a sentence may be what was asked for: it names the years, has a figure in the unit where an amount is
    wanted, and says who does it where that is asked."""
    years = query.period.years if query.period else ()
    figures = [claim.as_text().strip("<>=") for claim in query.claims]
    stretch = "\t" in text and query.period is not None and not years  # a row of a table says no years
    if stretch or not all(said in text for said in (*years, *figures)):
        return False
    if query.kind == "bureaus" or query.who:
        return rules.one("question_forms", "says_who").search(text) is not None
    unit = re.escape(query.measure or "")
    return not query.amount or re.search(rf"\d[万亿]?{unit}" if unit else r"\d(?!\d*年)", text) is not None


def related(query: Understood, result: Result, library: Library, lang: Language) -> Result:
    """The result with the best passages on the words of the query, or on what is known of its unknown words."""
    plans = [plan.id for plan in plans_searched(query, library)] or plans_above(query, library)
    words = [*query.words]
    words += [query.section] if query.section else []
    words += [who.said for who in query.who if not who.ids and library.in_texts(who.said)]
    for unknown in query.unknown:
        if places.find(unknown):
            words += [short_place(unknown)] if library.in_texts(short_place(unknown)) else []
            continue
        parts = known_parts(unknown, library.in_texts)
        long = [part for part in parts if len(part) >= _LEAST]
        words += long or (parts if sum(map(len, parts)) == len(unknown) else ())
    if not words:
        return result
    found = passages(library, plans, words, limit=_MOST)
    if not found:
        each = [passages(library, plans, [word], limit=_POOL) for word in words]
        found = min((hits for hits in each if hits), key=len, default=[])[:_MOST]  # on the word that is said least
    if not found:
        return result
    said = joined((f"“{word}”" for word in words), lang)
    return replace(result, related=tuple(found), remarks=(*result.remarks, say("note", "related", lang, words=said)))
