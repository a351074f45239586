"""Times as answers: what is due, by when things are to be done, and in which year an event is set."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plankb import rules
from plankb.errors import Language
from plankb.kept_patterns import compiled
from plankb.model import Deadline, Target, Task
from plankb.phrases import value
from plankb.query.answering import select
from plankb.query.answering.by_topic import Selection
from plankb.query.answering.fulltext import passages
from plankb.query.answering.many import count_of, plans_of
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say, where
from plankb.query.library import Library
from plankb.query.model import AnyAnswer, Understood

_FEW, _SHOWN, _POOL = 3, 5, 200
_CITED = compiled("《[^》]*》")


def deadlines(query: Understood, library: Library, lang: Language) -> Result:
    """The deadlines of a query, each with what it is of; an event that only texts date by the sentence that does."""
    found = select.deadlines(query, library)
    vague = found.by_text or not 0 < len(found.facts) <= _FEW
    if not query.due and vague and (said := _dated_in_text(query, library, lang)):
        return said
    if not found.facts or (not query.due and _is_only_spoken_of(query)):
        return Result.nothing(query, lang)
    place = where(plans_of(found.facts), library.vocabulary.plans, lang)
    if not query.due and len(found.facts) <= _FEW:
        return _of(found, _few_deadlines(found.facts, library, lang))
    if not query.due:
        return _of(found, say("sentence", "deadlines", lang, count=len(found.facts), where=place))
    tasks, targets = count_of(found.facts, Task), count_of(found.facts, Target)
    others = len(found.facts) - tasks - targets
    rest = say("sentence", "due_rest", lang, count=others) if others else ""
    text = say("sentence", "due", lang, tasks=tasks, targets=targets, rest=rest, where=place)
    if query.topic and len(found.facts) <= _FEW:
        text += " " + _few_deadlines(found.facts, library, lang)
    return _of(found, text)


def _is_only_spoken_of(query: Understood) -> bool:
    """Whether no fact is named by several words, which only texts hold: what tasks say of all of them sets no time of
    theirs (贵安新区碳达峰是哪年)."""
    topic = query.topic
    return topic is not None and len(topic.words) > 1 and not (topic.labels or topic.near)


def _few_deadlines(facts: Sequence[AnyAnswer], library: Library, lang: Language) -> str:
    """Each deadline with what it is of."""
    names, titles = library.store.names(), {plan.id: plan.title for plan in library.vocabulary.plans}
    said = []
    for fact in facts:
        if isinstance(fact, Target | Task):
            by, name = (fact.by if isinstance(fact, Target) else joined(fact.by, lang)), names.get(fact.id, "")
            name += value(fact, lang) if isinstance(fact, Target) else ""
        elif isinstance(fact, Deadline):
            by, name = fact.quote, names.get(fact.of or "", "")
            owner = library.store.fact(fact.of) if fact.of else None
            name += value(owner, lang) if isinstance(owner, Target) else ""
        else:
            continue
        plan = titles.get(fact.plan, fact.plan)
        said.append(say("sentence", "deadline", lang, by=by, name=name, plan=plan))
    return say("sentence", "deadlines_few", lang, list=say("join", "parts", lang).join(dict.fromkeys(said)))


def _dated_in_text(query: Understood, library: Library, lang: Language) -> Result | None:
    """The sentences that set a year right before what is asked for (2030年前实现X); None where a fact is named so, or
    no sentence does."""
    exact = query.topic and query.topic.exact
    if exact or len(query.words) != 1 or query.period or query.who:
        return None
    word = re.escape(query.words[0])
    dates = re.compile(f"{rules.one('question_forms', 'dated_event').expression}{word}")
    plans = [plan.id for plan in select.plans_searched(query, library)]
    found = [
        one for one in passages(library, plans, query.words, limit=_POOL) if dates.search(_CITED.sub("", one.text))
    ]
    if not found:
        return None
    titles = library.vocabulary.title_of
    listed = [
        say("sentence", "dated_text", lang, text=_around(one.text, dates), plan=titles.get(one.plan, one.plan))
        for one in found[:2]
    ]
    text = say("sentence", "dated_in_text", lang, list=say("join", "parts", lang).join(listed))
    return Result(text=text, facts=tuple(found[:_SHOWN]), passages=True)


def _around(text: str, dates: re.Pattern[str]) -> str:
    """The clauses of a sentence around the year that dates an event."""
    match = dates.search(text)
    start, end = match.span() if match else (0, 0)
    first = max(text.rfind(stop, 0, start) for stop in "，。；、\n") + 1
    last = min((at for stop in "，。；\n" if (at := text.find(stop, end)) >= 0), default=len(text))
    return text[first:last].strip()


def _of(found: Selection, text: str) -> Result:
    return Result(text=text, facts=found.facts, by_text=found.by_text, also=found.also)
