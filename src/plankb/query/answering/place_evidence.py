"""Place by place: those of the places asked for that have no fact, each with what its texts say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plankb import rules
from plankb.errors import Language
from plankb.model import Bureau, Fact, Plan, Target
from plankb.query.answering.conditions import is_of_place
from plankb.query.answering.evidence import as_asked, scope_for
from plankb.query.answering.many import ManyTasks
from plankb.query.answering.places import has_rank
from plankb.query.answering.quoting import quote_of
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.retrieval import Clause, Evidence, Scope, of_places, ranked_for, share_of, whole
from plankb.query.vocabulary import short_place
from plankb.register import places

_MOST, _POOL, _SEVERAL = 12, 120, 2
"""Places told, passages looked at, and of how many places facts are an answer whatever texts say."""
_CLOSE, _NEARLY, _LESS = 0.45, 0.7, 0.7
"""The share of the question that a text holds to be told, how much of the best one's share that of another place has,
and of how much less the facts of one place are no answer."""
_KINDS = ("targets", "tasks", "plans", "passages", "bureaus", "projects")


def with_places(query: Understood, result: Result, question: str, library: Library, lang: Language) -> Result:
    """A result on several places with a line for each that has none of its facts."""
    if query.kind == "bureaus" and result.facts:
        return result  # bureaus stand in no place's text; those found are the answer
    asked = as_asked(query, question, library)
    if not asked.strip() or query.relation or query.sides or query.kind not in _KINDS:
        return result
    many = isinstance(result.facts, ManyTasks)  # tasks of one bureau, which are read when they are shown
    if many or any(isinstance(fact, Bureau | Plan) for fact in result.facts[:1]):
        return result  # bodies and plans answer as they are
    scope = scope_for(asked, query, library)
    bodies = "".join(name for who in query.who for name in (who.said, *who.names))  # 成都铁路局贵阳办事处 is no place
    named = tuple(one for one in _asked_of(query, scope, question, library) if short_place(one) not in bodies)
    if not (query.words or query.unknown) if query.group else not 1 < len(named) <= _MOST:
        return result
    said = "，".join((*query.words, *(query.period.years if query.period else ())))
    clause = whole(asked, said=said if query.words else "", without=scope.names)
    found = (
        _of_all(clause, scope, query.group, library) if query.group else dict(_of_each(named, clause, scope, library))
    )
    answered = _answered(result, named, found, clause, library)
    lines = [_line(place, one, library, lang) for place, one in found.items() if place not in answered][:_MOST]
    without = [place for place in named if place not in answered and place not in found and place not in query.words]
    if not (lines or (without and answered)):
        return result
    rest = say("sentence", "of_no_place", lang, places=joined(without, lang)) if without else ""
    listed = say("join", "parts", lang).join(lines)
    if not answered:
        return replace(result, text=say("sentence", "places_text", lang, list=listed) + rest, told=True, facts=())
    text = say("sentence", "places_text_too", lang, text=result.text, list=listed) if lines else result.text
    return replace(result, text=text + rest)


def _asked_of(query: Understood, scope: Scope, question: str, library: Library) -> tuple[str, ...]:
    """The places that a question names; of one without plans right behind what it lies in, the outer one."""
    named = tuple(dict.fromkeys((*query.places, *scope.homes, *filter(_is_place, query.unknown))))
    homes = {plan.jurisdiction for plan in library.vocabulary.plans}
    return tuple(place for place in named if place in homes or not _stands_behind(place, named, question))


def _stands_behind(inner: str, named: Sequence[str], question: str) -> bool:
    """Whether a question says a place right behind one that it lies in (湖北省黄石市), as one place; in a list
    (湖北、黄石) each is meant."""
    rank = rules.one("jurisdictions", "rank")
    outer = {one.name for one in places.ancestors(places.of(inner))}.intersection(named) - {inner}
    before = rank.sub(question.partition(rank.sub(inner))[0].removesuffix("的"))
    return any(before.endswith(rank.sub(place)) for place in outer)


def _is_place(word: str) -> bool:
    return places.find(word) is not None


def _of_each(named: tuple[str, ...], clause: Clause, scope: Scope, library: Library) -> Iterator[tuple[str, Evidence]]:
    """The best passage of each place that has one that is close."""
    for place in named:
        own = of_places(scope, (place,), library)
        best = next((one for one in ranked_for(clause, own, library) if one.fits), None) if own.weights else None
        if best and best.share >= _CLOSE:
            yield place, best


def _of_all(clause: Clause, scope: Scope, group: str, library: Library) -> dict[str, Evidence]:
    """The best passage of every place of a rank, those nearly as close as the closest, in their order."""
    homes = {plan.id: plan.jurisdiction for plan in library.vocabulary.plans}
    found: dict[str, Evidence] = {}
    for one in ranked_for(clause, scope, library, kept=_POOL):
        home = homes.get(one.passage.plan)
        if home and one.fits and home not in found and has_rank(home, group):
            found[home] = one
    best = max((one.share for one in found.values()), default=0.0)
    return {place: one for place, one in found.items() if one.share >= max(_CLOSE, _NEARLY * best)}


def _answered(
    result: Result, named: Sequence[str], found: Mapping[str, Evidence], clause: Clause, library: Library
) -> frozenset[str]:
    """The places that have a fact of the result; none where the facts of one hold far less than a text does."""
    homes = {plan.id: plan.jurisdiction for plan in library.vocabulary.plans}
    facts = [fact for fact in result.facts if isinstance(fact, Fact)]
    own = {homes.get(fact.plan) for fact in facts}
    inside = {
        place
        for place in named
        if any(isinstance(fact, Target) and is_of_place(fact, (place,), library.vocabulary) for fact in facts)
    }
    of_one = len(own) < _SEVERAL
    words = (f"{fact.quote}{getattr(fact, 'indicator', '')}" for fact in facts[:_MOST])
    known = max((share_of(text, clause, library) for text in words), default=0.0) if of_one else 1.0
    best = max((one.share for one in found.values()), default=0.0)
    return frozenset() if known < _LESS * best else frozenset(place for place in (*own, *inside) if place)


def _line(place: str, one: Evidence, library: Library, lang: Language) -> str:
    plan = library.vocabulary.title_of.get(one.passage.plan, one.passage.plan)
    return say("sentence", "place_text", lang, place=place, text=quote_of(one, library), plan=plan)
