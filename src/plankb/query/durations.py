"""How long one thing is due after another (A的时限比B晚几年): each is asked for its year; the years are subtracted."""

from __future__ import annotations

from dataclasses import replace

from plankb import rules
from plankb.errors import Language
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import AnyFact, Fact, Target
from plankb.query.answering.conditions import in_range, years_of
from plankb.query.answering.sentences import joined, say, target_words
from plankb.query.library import Library
from plankb.query.model import Answer

_NUMBER = compiled(r"(?<![\d.])\d+(?:\.\d+)?%?")
_FEW = 3


@dataclass(frozen=True, slots=True)
class Apart:
    """The two things that a question holds apart in time, each as a question for its year."""

    first: str
    second: str


def asked_apart(text: str) -> Apart | None:
    """The two sides of a question how far apart two things are due; None where it asks for nothing of the kind.

    A side that is only a figure (70%的时限比60%晚多久) is the other one with that figure.
    """
    match = rules.one("question_forms", "apart_in_time").search(text.strip("？?。 "))
    if match is None:
        return None
    first, second = match["a"] or match["c"], match["b"] or match["d"]
    if rules.one("question_forms", "figure_alone").fullmatch(second) and _NUMBER.search(first):
        second = first[: list(_NUMBER.finditer(first))[-1].start()] + second
    asks = say("join", "which_year", "zh")
    return Apart(first + asks, second + asks)


def apart(first: Answer, second: Answer, library: Library, lang: Language) -> Answer | None:
    """The answer of both sides with how many years lie between them; None where one of them is of no single year."""
    sides = [_due(answer) for answer in (first, second)]
    years = [{year[:4] for fact in facts for year in years_of(fact)} for facts in sides]
    if not all(years):
        return None
    if not all(len(own) == 1 for own in years):
        every = [_words(facts, library, lang) for facts in sides]
        text = say("sentence", "due_many", lang, first=every[0], second=every[1])
        return replace(first, answer=text, facts=tuple(fact for own in sides for fact in own), passages=())
    one, other = (int(own.pop()) for own in years)
    key = "due_same" if one == other else "due_later" if one > other else "due_sooner"
    said = [_words(facts, library, lang) for facts in sides]
    text = say("sentence", key, lang, first=said[0], second=said[1], years=abs(one - other))
    facts = tuple({fact.id: fact for own in sides for fact in own}.values())
    return replace(first, answer=text, facts=facts, passages=())


def _due(answer: Answer) -> list[AnyFact]:
    """The facts of an answer that name a time; of a figure put forward those that have it."""
    facts: list[AnyFact] = [fact for fact in answer.facts if isinstance(fact, Fact) and years_of(fact)]
    claims = answer.understood.claims
    if not claims:
        return facts
    return [fact for fact in facts if isinstance(fact, Target) and any(in_range(fact, claim) for claim in claims)]


def _words(facts: list[AnyFact], library: Library, lang: Language) -> str:
    plans = library.vocabulary.plans
    said = (
        target_words(fact, plans, lang)
        if isinstance(fact, Target)
        else f"{getattr(fact, 'title', None) or fact.quote}（{joined(years_of(fact), lang)}）"
        for fact in facts
    )
    return joined(dict.fromkeys(said), lang, limit=_FEW)
