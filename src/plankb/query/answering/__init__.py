"""From a query to its answer: the facts of its kind, else the next best thing that is true, and what it is."""

from __future__ import annotations

from dataclasses import replace

from plankb import rules
from plankb.errors import Language
from plankb.model import Passage, Target
from plankb.query.answering import select
from plankb.query.answering.asked_parts import with_missing_parts
from plankb.query.answering.completed import completed
from plankb.query.answering.conditions import is_of_nobody_known
from plankb.query.answering.evidence import from_elsewhere, passage_first, with_evidence
from plankb.query.answering.extents import with_extent
from plankb.query.answering.extremes import extreme_time
from plankb.query.answering.instead import (
    as_baseline,
    in_titled,
    nearest,
    of_issuer,
    other_measure,
    related,
    relaxed,
    undated,
    whatever_time,
    with_closest,
    without_chatter,
)
from plankb.query.answering.kinds import ANSWERS
from plankb.query.answering.left_over import asking_for_it, leaves_out_most, telling_left_over
from plankb.query.answering.meanings import with_meaning
from plankb.query.answering.notes import is_certain, note
from plankb.query.answering.other_places import inside, of_placeless
from plankb.query.answering.passages import fallback, quoted
from plankb.query.answering.permissions import permitted
from plankb.query.answering.place_evidence import with_places
from plankb.query.answering.project_sizes import sizes_of_projects
from plankb.query.answering.remaining import remaining, told_over
from plankb.query.answering.result import Result, kind_word
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import say
from plankb.query.answering.table_cells import figures_in_tables
from plankb.query.answering.told_changes import with_told_change
from plankb.query.answering.verdicts import told_by_text
from plankb.query.answering.years import with_missing_years
from plankb.query.library import Library
from plankb.query.model import Answer, Understood
from plankb.register import places

__all__ = ["answer"]


def answer(query: Understood, library: Library, lang: Language, *, question: str = "") -> Answer:
    """The answer to a query, all its facts; where there is none, what comes nearest is said to be that."""
    query = asking_for_it(query)
    result = completed(query, question, library, lang) or _result(query, library, lang)
    if result.facts and leaves_out_most(query):
        result = Result.nothing(query, lang)
    result = telling_left_over(query, result, library, lang, question=question)
    result = with_meaning(query, result, question, library, lang)
    result = permitted(query, result, question, library, lang)
    result = with_extent(query, result, question, library, lang)
    result = with_told_change(query, result, question, library, lang)
    if not (result.facts or result.told) and query.kind not in (None, "help") and query.form != "remaining":
        result = _instead(query, result, question, library, lang)
    result = told_by_text(query, result, question, library, lang)
    if result.facts and rules.one("question_forms", "asks_number").search(question) and _is_in_words(result):
        result = replace(result, text=say("sentence", "no_number", lang, text=result.text), settled=True)
    elif _is_asked_for_any(query, question):
        if result.facts:
            result = _there_is(query, result, library, lang)
        elif result.text == Result.nothing(query, lang).text and is_certain(query, library):
            result = replace(result, text=say("sentence", "there_is_none", lang, kind=kind_word(query, lang)))
    if query.kind == "conflicts" and query.unknown and result.text == Result.nothing(query, lang).text:
        # no conflict of what was not understood: nothing is known of that
        result = replace(result, text=say("note", "unresolved", lang, name="、".join(query.unknown)))
    result = from_elsewhere(query, passage_first(query, result, question, library, lang), lang)
    result = with_places(query, result, question, library, lang)
    result = told_over(query, result, question, lang)
    result = with_missing_parts(query, result, library, lang)
    result = with_missing_years(query, result, library, lang)
    library.selected = None
    return Answer(
        question=question,
        understood=query,
        answer=result.text,
        facts=result.facts,
        note=note(query, result, library, lang),
        passages=result.related,
        searched=tuple(plan.id for plan in plans_searched(query, library)),
    )


def _result(query: Understood, library: Library, lang: Language) -> Result:
    if query.kind is None:
        return Result(text=say("sentence", "declined", lang))
    if _asks_for_unknown(query):
        return Result.nothing(query, lang)
    if query.kind == "plans" and query.mentioned and not query.topic and query.ignored:
        return Result(text=say("note", "unresolved", lang, name=" ".join(query.ignored)), told=True)
    if query.form == "remaining" and (result := remaining(query, library, lang)):
        return result
    if found := _of_past_years(query, library, lang):
        return found
    result = ANSWERS[query.kind](query, library, lang)
    if query.nature == "any" and query.topic and not (result.facts or result.told):
        # which table was meant is no condition of its own: text says the same
        result = ANSWERS[query.kind](replace(query, nature=None), library, lang)
    if query.aggregate in ("latest", "earliest") and query.kind in ("tasks", "targets") and result.facts:
        time = say("sentence", f"due_{query.aggregate}", lang, time=extreme_time(result.facts[0], query))
        return replace(result, text=time + result.text)
    return result


def _instead(query: Understood, nothing: Result, question: str, library: Library, lang: Language) -> Result:
    """The facts without a time, or passages, where no fact meets the query; else what a condition less would find."""
    if query.inside and (query.topic or query.kind == "plans") and (found := inside(query, library, lang, _result)):
        return found
    if found := of_placeless(query, library, lang, _result):
        return found
    for other in (
        sizes_of_projects,
        other_measure,
        in_titled,
        of_issuer,
        nearest,
        without_chatter,
        whatever_time,
    ):
        if found := other(query, library, lang):
            return found
    if not _asks_for_unknown(query):
        if query.period and (found := undated(query, library, lang)):
            return found
        if (query.amount or query.kind in ("passages", "deadlines")) and not _is_narrow(query):
            found = fallback(query, library, lang)
            if found:
                return found
    bare = relaxed(query, nothing, library, lang)
    if query.kind != "bureaus":
        found = with_evidence(query, bare, question, library, lang)
        if found is not bare:
            return found
    declined = related(query, bare, library, lang)
    if query.kind == "bureaus" and (of_task := with_closest(query, declined, library, lang)).facts:
        return of_task
    found = with_evidence(query, declined, question, library, lang)
    return found if found is not declined else with_closest(query, declined, library, lang)


def _of_past_years(query: Understood, library: Library, lang: Language) -> Result | None:
    """Figures of years that no target is set for: what targets start from, or what a table says; of several years the
    table comes first."""
    if query.period is None or query.kind not in ("targets", "passages"):
        return None
    plainly = replace(query, claims=(), form=None, value=None, aggregate=None)
    if query.kind == "targets" and select.targets(plainly, library).facts:
        return None
    alone = len(query.period.years) == 1
    tries = (as_baseline, figures_in_tables) if alone else (figures_in_tables, as_baseline)
    return next((found for one in tries if (found := one(query, library, lang))), None)


def _asks_for_unknown(query: Understood) -> bool:
    """Whether a condition names what no plan holds, so that no fact can meet all conditions."""
    if query.kind == "plans" and query.dated == "issued":
        return False  # who issued a plan need not answer for a task
    unknown = query.unknown
    if query.kind == "targets" and query.places and all(places.find(word) for word in unknown):
        unknown = ()  # of several places some are here
    names_others = query.kind == "tasks" and query.form == "verify" and query.topic is not None
    return bool(unknown) or (is_of_nobody_known(query) and not names_others)


def _there_is(query: Understood, result: Result, library: Library, lang: Language) -> Result:
    """The result with yes first; of passages with the best of them."""
    first = result.facts[0]
    if not isinstance(first, Passage):
        return replace(result, text=say("sentence", "there_is", lang, text=result.text))
    said = {"words": " ".join(query.words), "text": quoted(first), "count": len(result.facts)}
    plan = library.vocabulary.title_of.get(first.plan, first.plan)
    return replace(result, text=say("sentence", "there_is_text", lang, plan=plan, **said))


def _is_in_words(result: Result) -> bool:
    """Whether all that was found are targets without a number."""
    return all(isinstance(fact, Target) and fact.value is None for fact in result.facts)


def _is_asked_for_any(query: Understood, question: str) -> bool:
    """Whether it is asked if there is any of what was found, and nothing was left over; of passages that none is."""
    kinds = ("tasks", "targets", "projects", "citations", "passages")
    sure = query.kind in kinds and query.form is None and not (query.unknown or query.ignored or query.claims)
    roles = query.kind == "tasks" and bool(query.who)
    asks = rules.one("question_forms", "asks_any").search(question)
    return sure and bool(asks or (roles and rules.one("question_forms", "asks_yes").search(question)))


def _is_narrow(query: Understood) -> bool:
    """Whether more than words is asked for: passages would not meet it."""
    return bool(
        query.who or query.period or query.value or query.unit or query.nature or query.missing or query.unknown
        or query.stretch is not None or query.qualitative is not None or query.topic is None
    )  # fmt: skip
