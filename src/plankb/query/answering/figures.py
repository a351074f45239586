"""Figures told right or wrong, chosen between and dated, each with the target that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from plankb import rules
from plankb.errors import Language
from plankb.model import Passage, Target
from plankb.query.answering import select
from plankb.query.answering.conditions import in_period, in_range
from plankb.query.answering.fulltext import passages
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say, target_list
from plankb.query.library import Library
from plankb.query.model import Understood, ValueRange
from plankb.query.normalise.names import bare, overlap, pieces
from plankb.words import word

_FEW = 4
_list = partial(target_list, most=_FEW)
_ALL, _POOL = 100, 60
_MOST_OF_NAME = 0.5
"""The share of a name's pairs of characters that a question must hold to be about what has that name."""


def claimed(query: Understood, library: Library, lang: Language) -> Result:
    """What the targets say of the figures that a question puts forward: those that fit first."""
    found = [fact for fact in select.targets(query, library).facts if isinstance(fact, Target)]
    found = [target for target in found if target.value is not None or _is_whole(target)]
    if not found and query.period and query.form == "verify":
        found = _of_the_plans_time(query, library)
        if not found:
            return _at_other_times(query, library, lang)
    if not found:
        return Result.nothing(query, lang)
    fitting = [target for target in found if any(_meets(target, claim) for claim in query.claims)]
    others = [target for target in found if target not in fitting]
    if query.form == "choice":
        text = _choice(query.claims, found, library, lang)
    elif query.form == "year":
        text = _year(query.claims[0], fitting, others, library, lang)
    else:
        text = _verdict(fitting, others, library, lang)
    return Result(text=text, facts=(*fitting, *others))


def _of_the_plans_time(query: Understood, library: Library) -> list[Target]:
    """The targets without a year of plans that are for just the year asked about."""
    years = {*query.period.years} if query.period else set()
    of_year = (plan for plan in select.plans_searched(query, library) if plan.period)
    only = {plan.id for plan in of_year if {*re.findall(r"\d{4}", plan.period or "")} == years}
    found = _valued(select.targets(replace(query, period=None), library).facts) if only else []
    return [target for target in found if target.plan in only and not target.by]


def _at_other_times(query: Understood, library: Library, lang: Language) -> Result:
    """No where the figure is set for another time; else that none is set for this one, with what is."""
    found = _valued(select.targets(replace(query, period=None), library).facts)
    if not found or query.period is None:
        return Result.nothing(query, lang)
    fitting = [target for target in found if any(_meets(target, claim) for claim in query.claims)]
    key = "no" if fitting else "not_at_year"
    listed = _list(fitting or found, library, lang)
    text = say("sentence", key, lang, period=query.period.as_text(), list=listed)
    return Result(text=text, facts=tuple(found), related=() if fitting else _saying(query, library))


def _saying(query: Understood, library: Library) -> tuple[Passage, ...]:
    """The passages on the words of a query that name its time: what they say may not have been read as a target."""
    plans = [plan.id for plan in select.plans_searched(query, library)]
    years = query.period.years if query.period else ()
    found = passages(library, plans, query.words, limit=_POOL)
    return tuple(passage for passage in found if any(year in passage.text for year in years))[:_FEW]


def dated(query: Understood, library: Library, lang: Language) -> Result:
    """Whether what a question names is set for the time that it puts forward: yes or no, with what the plans say."""
    timeless = replace(query, period=None)
    found = [fact for fact in select.targets(timeless, library).facts if isinstance(fact, Target)]
    found = [target for target in found if _is_of(target, query.words)]
    if not found:
        return Result.nothing(query, lang)
    fitting = [target for target in found if in_period(target, query.period)]
    others = [target for target in found if target not in fitting]
    if fitting:
        return Result(text=say("sentence", "yes", lang, list=_list(fitting, library, lang)), facts=(*fitting, *others))
    dates = any(target.by for target in others)
    text = say("sentence", "no" if dates else "year_unsaid", lang, list=_list(others, library, lang))
    return Result(text=text, facts=tuple(others))


def _is_of(target: Target, words: Sequence[str]) -> bool:
    """Whether a target is set for the thing itself that a question names, and not for one that is only named after it:
    碳达峰行动 says nothing about 达峰."""
    name, said = bare(target.indicator), [bare(one) for one in words]
    thing = rules.one("questions", "measure.kind").sub(name)
    statement = name + bare(target.qualitative or "")
    if not all(pieces(one, statement) for one in said):
        return False
    return any(end.endswith(one) or _overlaps(one, end) for one in said for end in (name, thing))


def _overlaps(said: str, name: str) -> bool:
    """Whether words are most of a name, and hold its end."""
    return overlap(name, said) > _MOST_OF_NAME and name[-2:] in said


def natured(query: Understood, library: Library, lang: Language) -> Result:
    """Whether targets are binding (or expected): yes, no since they are the other, or that nothing says so."""
    facts = select.targets(replace(query, nature=None), library).facts
    found = [fact for fact in facts if isinstance(fact, Target) and all(_meets(fact, claim) for claim in query.claims)]
    if not found:
        return Result.nothing(query, lang)
    fitting = [target for target in found if target.nature == query.nature]
    others = [target for target in found if target not in fitting]
    told = any(target.nature for target in others)
    key = "yes" if fitting else "no_nature" if told else "nature_unsaid"
    nature = word("nature", query.nature, lang)
    text = say("sentence", key, lang, nature=nature, list=_list(fitting or others, library, lang))
    return Result(text=text, facts=(*fitting, *others))


def _meets(target: Target, claim: ValueRange) -> bool:
    """Whether a target has a figure put forward; all of it is 100%."""
    return in_range(target, claim) or (claim.low == claim.high == _ALL and _is_whole(target))


def _is_whole(target: Target) -> bool:
    return bool(target.qualitative and rules.one("question_forms", "whole").search(target.qualitative))


def _valued(facts: Sequence[object]) -> list[Target]:
    return [fact for fact in facts if isinstance(fact, Target) and fact.value is not None]


def _choice(claims: Sequence[ValueRange], found: Sequence[Target], library: Library, lang: Language) -> str:
    """Each figure with the targets that have it."""
    parts = []
    for claim in claims:
        fitting = [target for target in found if _meets(target, claim)]
        key = "choice" if fitting else "choice_none"
        parts.append(say("sentence", key, lang, claim=_said(claim), list=_list(fitting, library, lang)))
    known = any(in_range(target, claim) for target in found for claim in claims)
    if not known:
        parts.append(say("sentence", "but", lang, list=_list(found, library, lang)))
    return say("sentence", "targets_few", lang, list=say("join", "parts", lang).join(parts))


def _year(
    claim: ValueRange, fitting: Sequence[Target], others: Sequence[Target], library: Library, lang: Language
) -> str:
    years = list(dict.fromkeys(target.by for target in fitting if target.by))
    if years:
        listed = _list(fitting, library, lang)
        return say(
            "sentence", "year", lang, years=joined([_year_words(year, lang) for year in years], lang), list=listed
        )
    if fitting:
        return say("sentence", "year_unsaid", lang, list=_list(fitting, library, lang))
    if claim.low == _ALL and (told := _covered(others, library, lang)):
        return told
    return say("sentence", "year_none", lang, claim=_said(claim), list=_list(others, library, lang))


def _covered(targets: Sequence[Target], library: Library, lang: Language) -> str:
    """The year in which a text says that all is covered, behind a target in its paragraph; empty where none does."""
    for target in targets:
        rest = library.store.text(target.plan)[target.span[0] :].partition("\n")[0]
        if match := rules.one("question_forms", "covered_year").search(rest):
            plan = library.vocabulary.title_of.get(target.plan, target.plan)
            text = rest[: match.end()]
            return say("sentence", "year_text", lang, year=match["year"], text=text, plan=plan)
    return ""


def _year_words(year: str, lang: Language) -> str:
    return f"{year}年" if lang == "zh" and len(year) == 4 else year


def _verdict(fitting: Sequence[Target], others: Sequence[Target], library: Library, lang: Language) -> str:
    """Yes with the targets that fit, and with what others set for the same thing and year; else no with what is set."""
    if not fitting:
        return say("sentence", "no", lang, list=_list(others, library, lang))
    rivals = [
        other for other in others if any(_key(other) == _key(target) and other.by == target.by for target in fitting)
    ] or [other for other in others if other.indicator_id in {target.indicator_id for target in fitting}]
    text = say("sentence", "yes", lang, list=_list(fitting, library, lang))
    return text + (say("sentence", "also_set", lang, list=_list(rivals, library, lang)) if rivals else "")


def _key(target: Target) -> tuple[str, str]:
    return target.indicator_id, target.unit or ""


def _said(claim: ValueRange) -> str:
    return claim.as_text().removeprefix("=")
