"""How long it still is: to the end of a time asked for, or to the last day of what a question names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from plankb import rules
from plankb.errors import Language
from plankb.model import Fact, Target
from plankb.query.answering import conditions, select
from plankb.query.answering.conditions import in_period, years_of
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say, target_words
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.normalise.spoken import standard

_MOST = 6


def remaining(query: Understood, library: Library, lang: Language) -> Result | None:
    """The days from today to the end of the time asked for, or to the last days of what is named; None where there is
    no such day."""
    if query.today is None:
        return None
    remarks = (say("note", "today", lang, today=query.today.isoformat()),)
    period = query.period
    day = (period.end or (f"{period.years[-1]}-12-31" if period.years else None)) if period else None
    if day:
        return Result(text=_days_until(day, query.today, lang), remarks=remarks)
    found = select.targets(replace(query, kind="targets", form=None), library).facts
    due = [fact for fact in found if isinstance(fact, Target) and fact.by and _is_claimed(fact, query)][:_MOST]
    if not due or query.topic is None:
        return None
    plans = library.vocabulary.plans
    said = joined(
        dict.fromkeys(
            say("sentence", "remaining_of", lang, name=target_words(target, plans, lang),
                text=_days_until(_last_day(target.by or ""), query.today, lang).rstrip("。."))
            for target in due
        ),
        lang,
        mark="parts",
    )  # fmt: skip
    return Result(text=say("sentence", "targets_few", lang, list=said), facts=tuple(due), remarks=remarks)


def told_over(query: Understood, result: Result, question: str, lang: Language) -> Result:
    """The result with whether the times of its few facts are over told first, where that is asked."""
    asked = rules.one("question_forms", "asks_over").search(standard(question))
    today = query.today
    if today is None or not asked or not 0 < len(result.facts) <= _MOST or query.state:
        return result
    asked_of = [fact for fact in result.facts if isinstance(fact, Fact) and in_period(fact, query.period)]
    days = sorted({_last_day(by) for fact in asked_of for by in years_of(fact)})
    over = [day for day in days if day < today.isoformat()]
    if not days:
        return result
    key = "all_over" if len(over) == len(days) else "some_over" if over else "not_over"
    text = say("sentence", key, lang, day=(over or days)[-1], next=days[-1], today=today.isoformat())
    return replace(result, text=text + result.text)


def _is_claimed(target: Target, query: Understood) -> bool:
    """Whether a target has a figure of the question, where it puts one forward."""
    figures = (*query.claims, *((query.value,) if query.value else ()))
    return not figures or any(conditions.in_range(target, claim) for claim in figures)


def _last_day(by: str) -> str:
    from plankb.ledger import last_day

    day = last_day(by)
    return day.isoformat() if day else f"{by[:4]}-12-31"


def _days_until(day: str, today: date, lang: Language) -> str:
    days = (date.fromisoformat(day) - today).days
    key = "remaining_future" if days >= 0 else "remaining_past"
    return say("sentence", key, lang, day=day, days=abs(days), today=today.isoformat())
