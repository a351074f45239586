"""Figures told right or wrong, chosen between, dated and subtracted, each with the target that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from plankb import rules
from plankb.errors import Language
from plankb.model import Number, Target
from plankb.numbers import plain
from plankb.phrases import number
from plankb.quantities import converted
from plankb.query.answering import select
from plankb.query.answering.conditions import in_period, in_range
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say, target_words
from plankb.query.library import Library
from plankb.query.model import Understood, ValueRange

_FEW = 4
_PAIRS, _ALL = 6, 100


def claimed(query: Understood, library: Library, lang: Language) -> Result:
    """What the targets say of the figures that a question puts forward: those that fit first."""
    found = [fact for fact in select.targets(query, library).facts if isinstance(fact, Target)]
    found = [target for target in found if target.value is not None or _is_whole(target)]
    if not found and query.period and query.form == "verify":
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


def _at_other_times(query: Understood, library: Library, lang: Language) -> Result:
    """No, with what is set for other times; nothing where nothing is."""
    found = _valued(select.targets(replace(query, period=None), library).facts)
    if not found:
        return Result.nothing(query, lang)
    return Result(text=say("sentence", "no", lang, list=_list(found, library, lang)), facts=tuple(found))


def dated(query: Understood, library: Library, lang: Language) -> Result:
    """Whether what a question names is set for the time that it puts forward: yes or no, with what the plans say."""
    timeless = replace(query, period=None)
    found = [fact for fact in select.targets(timeless, library).facts if isinstance(fact, Target)]
    if not found:
        return Result.nothing(query, lang)
    fitting = [target for target in found if in_period(target, query.period)]
    others = [target for target in found if target not in fitting]
    if fitting:
        return Result(text=say("sentence", "yes", lang, list=_list(fitting, library, lang)), facts=(*fitting, *others))
    dates = any(target.by for target in others)
    text = say("sentence", "no" if dates else "year_unsaid", lang, list=_list(others, library, lang))
    return Result(text=text, facts=tuple(others))


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
    return say("sentence", "year_none", lang, claim=_said(claim), list=_list(others, library, lang))


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


def _list(targets: Sequence[Target], library: Library, lang: Language) -> str:
    said = (target_words(target, library.vocabulary.plans, lang) for target in targets)
    return joined(dict.fromkeys(said), lang, limit=_FEW, mark="parts")


def _said(claim: ValueRange) -> str:
    return claim.as_text().removeprefix("=")


# ---------------------------------------------------------------- how much more


@dataclass(frozen=True, slots=True)
class _Pair:
    first: Target
    second: Target
    difference: Number
    unit: str


def difference(query: Understood, library: Library, lang: Language) -> Result | None:
    """How much more one target asks than another: of two years, or of two places; None where there are no two."""
    found = _valued(select.targets(query, library).facts)
    homes = {plan.id: plan.jurisdiction for plan in library.vocabulary.plans}
    pairs = [
        pair
        for one, other in combinations(found, 2)
        if (pair := _paired(one, other, homes, by_place=len(query.places) > 1)) is not None
    ][:_PAIRS]
    if not pairs:
        return None
    parts = [_difference_words(pair, library, lang) for pair in pairs]
    facts = tuple(dict.fromkeys(target.id for pair in pairs for target in (pair.first, pair.second)))
    by_id = {target.id: target for target in found}
    text = say("sentence", "targets_few", lang, list=say("join", "parts", lang).join(parts))
    return Result(text=text, facts=tuple(by_id[id_] for id_ in facts))


def _paired(one: Target, other: Target, homes: dict[str, str | None], *, by_place: bool) -> _Pair | None:
    """Two targets that differ in their year alone, or in their place alone; the later or lower one second."""
    if one.indicator_id != other.indicator_id or one.change != other.change or None in (one.value, other.value):
        return None
    if by_place:
        comparable = homes[one.plan] != homes[other.plan] and one.by == other.by
    else:
        comparable = one.plan == other.plan and one.indicator == other.indicator and (one.by or "") < (other.by or "")
    value = converted(float(one.value or 0), one.unit or "", other.unit or "") if comparable else None
    if value is None:
        return None
    gap = plain(float(f"{float(other.value or 0) - value:.10g}"))
    return _Pair(one, other, gap, other.unit or "")


def _difference_words(pair: _Pair, library: Library, lang: Language) -> str:
    unit = {"%": say("sentence", "points", lang)}.get(pair.unit, pair.unit)
    key = "equal" if pair.difference == 0 else "more" if pair.difference > 0 else "less"
    plans = library.vocabulary.plans
    return say(
        "sentence", key, lang,
        first=target_words(pair.first, plans, lang), second=target_words(pair.second, plans, lang),
        amount=number(abs(pair.difference)) + unit,
    )  # fmt: skip
