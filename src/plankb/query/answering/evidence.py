"""What the texts themselves say to a question: quoted first where no fact answers it, or where the facts leave out
words of it that a passage holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from plankb import rules
from plankb.document.spans import overlap
from plankb.errors import Language
from plankb.kept_patterns import compiled
from plankb.model import Deadline, Fact, Passage, Span, Target
from plankb.query.answering.many import ManyTasks
from plankb.query.answering.notes import is_certain
from plankb.query.answering.quoting import quote_of
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import say
from plankb.query.answering.years import years_told
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.normalise import english
from plankb.query.normalise.romanised import with_names
from plankb.query.normalise.spoken import standard
from plankb.query.retrieval import (
    Clause,
    Evidence,
    Scope,
    clauses,
    find,
    heard,
    pairs,
    said_otherwise,
    scope_of,
    share_of,
)
from plankb.register import places
from plankb.search.tokens import fold

_CLOSE, _NAMED, _SURE = 0.3, 0.2, 0.5
"""The share of a clause that a passage holds to be told, to be told of a place or plan named, and to be told as what
the plans say."""
_MOST, _SHOWN, _LOOKED, _SHORT = 3, 8, 12, 12
"""Quotations, passages shown below, facts that are looked at, characters of a question that goes on from another."""
_LESS, _LESS_OF_TEXT, _AS_GOOD, _PART, _AHEAD = 0.7, 1.0, 0.75, 0.34, 600
"""Facts and passages of an answer that hold less than this part of what another passage holds come after it; a second
passage that holds less than this part of what the first holds is not quoted; one with less of a word lacks it; how
far before a passage its year may stand."""
_KINDS = ("targets", "tasks", "bureaus", "deadlines", "passages", "definition", "projects")
_WHOLE = 1 + 1e-9
"""The most that a share can be, with what is lost in rounding."""
_YEAR = compiled(r"20\d\d(?!\d)")


def as_asked(query: Understood, question: str, library: Library) -> str:
    """A question in Chinese words, with the words of its topic where it goes on from another."""
    text = standard(question)
    if english.has_words(text):
        text = english.to_chinese(with_names(text, library.vocabulary))
    more = [word for word in query.words if word not in text]
    return "，".join([*more, text]) if len(text) < _SHORT else text


def scope_for(asked: str, query: Understood, library: Library) -> Scope:
    """The plans that a question is about by its own words; by what was made of it where these name no place."""
    linked = query.places or query.plans or query.levels
    scope = scope_of(asked, library, linked=[plan.id for plan in plans_searched(query, library)] if linked else ())
    titles = tuple(word for word in query.plan_words if word in asked) if query.plans else ()
    if not titles or len(query.plans) > len(query.plan_words):
        return replace(scope, titled=titles)
    own = {plan: scope.weights.get(plan, 0.0) for plan in query.plans}
    return replace(scope, titled=titles, weights=own)


def _found(asked: str, query: Understood, scope: Scope, library: Library) -> tuple[tuple[Evidence, ...], ...]:
    """The passages for each clause of a question, the things that it is about all looked for."""
    return find(asked, library, scope=scope, things=(*query.words, *query.unknown))


def asks_yes_or_no(question: str) -> bool:
    """Whether a question asks whether something holds (…吗, 是不是)."""
    return any(rule.means == "verify" and rule.search(question) for rule in rules.many("question_forms", "form"))


def _is_of_known_bodies(query: Understood) -> bool:
    """Whether only the tasks of bureaus that plans name are asked for: that they have none is no matter of texts."""
    known = query.kind == "tasks" and bool(query.who) and all(who.ids for who in query.who)
    return known and not (query.topic or query.section or query.unknown or query.ignored or query.denied)


def _lacks_word(passage: Passage, words: Sequence[str], library: Library, *, title: str = "") -> bool:
    """Whether a passage, the headings above it and the `title` of the plan asked for hold little of a word that texts
    have: it is of something else. A word of the title only says which plan is meant (双碳人才方案)."""
    said = fold("".join((passage.text, *passage.section, title)))
    for word in words:
        if said_otherwise(word) in said:
            continue
        own = [pair for pair in pairs(fold(word)) if not pair.isascii()]
        held = sum(pair in said or pair[::-1] in said for pair in own)
        if own and library.in_texts(word) and held < _PART * len(own):
            return True
    return False


def with_evidence(query: Understood, result: Result, question: str, library: Library, lang: Language) -> Result:
    """A result without facts with the best passage for each clause of the question; as it is where none is close."""
    asked = as_asked(query, question, library)
    if query.kind in (None, "help", "conflicts", "coverage") or not asked.strip() or _is_of_known_bodies(query):
        return result
    scope = scope_for(asked, query, library)
    per = _found(asked, query, scope, library)
    enough = _NAMED if scope.names or max(scope.weights.values(), default=0.0) >= _SURE else _CLOSE
    best = [ranked[0] for ranked in per if ranked and ranked[0].share >= enough and ranked[0].whole >= _NAMED]
    if not best:
        return result
    shown = best[:1] if asks_yes_or_no(question) else _quotable(per, best, enough)  # what is only near is no yes
    years = _YEAR.findall(question)
    sure = all(one.fits and one.whole >= _SURE and _names_all(one.passage, years, library) for one in best)
    titles = library.vocabulary.title_of if query.plans and len(query.plans) <= len(query.plan_words) else {}
    lacks = [
        _lacks_word(one.passage, query.words, library, title=titles.get(one.passage.plan, ""))
        or _lacks_phrase(one.passage, query)
        for one in best
    ]
    sure = sure and not any(lacks)
    if not sure and is_certain(query, library) and not result.related:
        return result  # the plans do not hold it, and no text says otherwise
    key = "text_says" if sure else "text_nearest"
    nothing = result.text
    if nothing == Result.nothing(query, lang).text:
        nothing = no_answer(query, lang)
    text = told(shown, key, library, lang, nothing=nothing)
    return replace(result, text=text, related=_related(per, shown, result.related))


def from_elsewhere(query: Understood, result: Result, lang: Language) -> Result:
    """The result with it said first that no plan is for the place asked for, where passages of others are quoted."""
    nothing = no_answer(query, lang)
    strangers = [word for word in query.unknown if places.find(word)]
    if not strangers or result.facts or result.told or not result.text.startswith(nothing):
        return result
    said = say("sentence", "no_plans_there", lang, places="、".join(strangers))
    return replace(result, text=said + result.text.removeprefix(nothing))


def no_answer(query: Understood, lang: Language) -> str:
    """What is said before a text that only comes near: no record is an answer, which does not say that the plans hold
    none."""
    return say("sentence", "no_direct" if query.kind in ("passages", "definition") else "no_record", lang)


def _lacks_phrase(passage: Passage, query: Understood) -> bool:
    """Whether a passage holds less than half of the phrases that were not understood, where nothing else is asked."""
    said = fold("".join((passage.text, *passage.section)))
    own = [pair for phrase in query.unknown for pair in pairs(fold(phrase))]
    return not query.words and bool(own) and 2 * sum(pair in said for pair in own) < len(own)


def _names_all(passage: Passage, years: Sequence[str], library: Library) -> bool:
    """Whether a passage or a heading above it names all of some years, or the last one named before it is the only
    one; the cells of a row stand under them."""
    said = fold("".join((passage.text, *passage.section)))
    if "\t" in passage.text or all(year in said for year in years):
        return True
    start = passage.span[0]
    before = fold(library.store.text(passage.plan)[max(0, start - _AHEAD) : start])
    return not _YEAR.search(said) and _YEAR.findall(before)[-1:] == list(years)


def _quotable(per: Sequence[Sequence[Evidence]], best: Sequence[Evidence], enough: float) -> list[Evidence]:
    """What is quoted: the best passage of each clause; where one is asked for the next one too."""
    each = list({(one.passage.plan, one.passage.span): one for one in best}.values())
    if len(each) > 1:
        return each[:_MOST]
    ranked = next(ranked for ranked in per if best[0] in ranked)
    return [one for one in ranked[:2] if one is best[0] or one.share >= max(enough, _AS_GOOD * best[0].share)]


def told(shown: Sequence[Evidence], key: str, library: Library, lang: Language, *, nothing: str = "") -> str:
    """Passages quoted one after the other, the first in the sentence `key`."""
    titles = library.vocabulary.title_of
    said = [(quote_of(one, library), titles.get(one.passage.plan, one.passage.plan)) for one in shown]
    first = say("sentence", key, lang, text=said[0][0], plan=said[0][1], nothing=nothing)
    return first + "".join(say("sentence", "text_second", lang, text=text, plan=plan) for text, plan in said[1:])


def _related(
    per: Sequence[Sequence[Evidence]], shown: Sequence[Evidence], before: Sequence[Passage]
) -> tuple[Passage, ...]:
    """The passages below an answer: those quoted, the next ones of each clause in turn, what was there before."""
    turns = [ranked[place] for place in range(_SHOWN) for ranked in per if place < len(ranked)]
    found = {(one.passage.plan, one.passage.span): one.passage for one in (*shown, *turns)}
    own = list(found.values())[:_SHOWN]
    known = {(one.plan, one.span) for one in own}
    return (*own, *(one for one in before if (one.plan, one.span) not in known))


def passage_first(query: Understood, result: Result, question: str, library: Library, lang: Language) -> Result:
    """A result whose facts leave out much of a question that a passage holds, with this passage quoted first."""
    if not (result.facts or result.told) or not question or query.kind not in _KINDS or query.group:
        return result
    if any(who.excluded for who in query.who):  # what names a bureau is no answer to who is not in it
        return result
    many = isinstance(result.facts, ManyTasks)  # tasks of one bureau, which are read when they are shown
    if result.settled or many or _tells_each_year(query, result):
        return result
    asked = as_asked(query, question, library)
    scope = scope_for(asked, query, library)
    if len(scope.homes) > 1:
        return result  # told place by place
    less = _LESS_OF_TEXT if result.passages else _LESS
    texts = list(_texts(result))
    without = (*scope.titled, *scope.names)
    if not any(_may_miss(clause, texts, less, library) for clause in clauses(asked, without=without)):
        return result  # whatever passages there are, so that none need be looked for
    per = _found(asked, query, scope, library)
    own = {(fact.plan, fact.span) for fact in result.facts[:_LOOKED] if isinstance(fact, Target | Deadline)}
    missed = [
        ranked[0]
        for ranked in per
        if ranked
        and not _is_told(ranked[0].passage, own)
        and _is_missed(ranked[0], texts, less, library)
        and not (query.form and _lacks_word(ranked[0].passage, query.words, library))  # the figures are the answer
    ]
    if not missed:
        return result
    each = list({(one.passage.plan, one.passage.span): one for one in missed}.values())
    text = told(each[:_MOST], "text_first", library, lang)
    return replace(result, text=text + result.text, related=_related(per, missed, result.related))


def _tells_each_year(query: Understood, result: Result) -> bool:
    """Whether each of several years that a question asks for has its figure: no passage says more."""
    years = query.period.years if query.period else ()
    named = query.topic is not None and bool(query.topic.labels) and not query.unknown
    return named and len(years) > 1 and years_told(query, result) == years


def _is_told(passage: Passage, facts: Collection[tuple[str, Span]]) -> bool:
    """Whether one of some facts stands in a passage: to quote it says no more."""
    return any(plan == passage.plan and overlap(span, passage.span) for plan, span in facts)


def _may_miss(clause: Clause, texts: Sequence[str], less: float, library: Library) -> bool:
    """Whether a passage may hold an answer to a clause of which none of some texts holds as much."""
    known = max((share_of(text, clause, library) for text in texts), default=0.0)
    return heard(clause, library) * _WHOLE >= _SURE and known < less * _WHOLE


def _is_missed(one: Evidence, texts: Sequence[str], less: float, library: Library) -> bool:
    """Whether a passage holds an answer of which none of some texts holds as much."""
    known = max((share_of(text, one.clause, library) for text in texts), default=0.0)
    return one.whole >= _SURE and one.fits and known < less * one.share


def _texts(result: Result) -> Iterator[str]:
    """The words of the first facts of a result, with their headings; of a result without facts what it says."""
    if not result.facts:
        yield result.text
    for fact in result.facts[:_LOOKED]:
        if isinstance(fact, Fact):
            name = f"{fact.scope or ''}{fact.indicator}{fact.by or ''}" if isinstance(fact, Target) else ""
            yield " ".join((name, fact.quote, getattr(fact, "text", ""), *fact.section))
        elif isinstance(fact, Passage):
            yield " ".join((fact.text, *fact.section))
        else:
            yield result.text
