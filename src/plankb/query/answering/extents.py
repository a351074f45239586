"""Whether a thing takes in another one (包括…不, …算不算在内): the sentence on both is quoted first, so that the reader
sees it; no yes or no is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plankb import rules
from plankb.errors import Language
from plankb.kept_patterns import compiled
from plankb.model import Passage
from plankb.query.answering.closest import pairs
from plankb.query.answering.fulltext import sentences
from plankb.query.answering.passages import quoted
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import say
from plankb.query.library import Library
from plankb.query.model import Understood

_KINDS = ("targets", "tasks", "passages", "projects", "definition")
_OF_PLAN = compiled("的|里面?")
_FEW, _SHARE = 8, 0.5
"""Plans whose texts are read, and the share of the pairs of the one thing that a sentence with the other must hold."""


def with_extent(query: Understood, result: Result, question: str, library: Library, lang: Language) -> Result:
    """The result with the sentence first that speaks of both things of a question for what one takes in; as it is where
    the question asks for nothing of the kind, or no sentence does."""
    match = rules.one("question_forms", "takes_in").search(question)
    if query.kind not in _KINDS or result.told or not match:
        return result
    said, part = (match["whole"] or match["whole2"]), (match["part"] or match["part2"])
    whole = _OF_PLAN.split(said)[-1]
    found = max(_with_both(whole, part, query, library), key=lambda one: (one.score, -len(one.text)), default=None)
    if found is None:
        return result
    plan = library.vocabulary.title_of.get(found.plan, found.plan)
    text = say("sentence", "takes_in", lang, whole=whole, part=part, text=quoted(found), plan=plan)
    facts = () if result.passages else result.facts
    rest = tuple(one for one in result.related if (one.plan, one.span) != (found.plan, found.span))
    return replace(result, text=text, facts=facts, related=(found, *rest), passages=False, told=True, settled=True)


def _with_both(whole: str, part: str, query: Understood, library: Library) -> Iterator[Passage]:
    """The sentences of the plans asked for that hold one thing as it is said, and enough of the other."""
    wanted = frozenset(pairs(whole))
    plans = plans_searched(query, library)
    for plan in plans if len(plans) <= _FEW else ():
        for span, text in sentences(library.store.text(plan.id)):
            share = len(wanted & frozenset(pairs(text))) / len(wanted) if part in text and wanted else 0.0
            if share >= _SHARE:
                at = text.index(part)
                marks = ((at, at + len(part)),)
                section = library.section_at(plan.id, span[0])
                yield Passage(plan=plan.id, section=section, text=text, span=span, highlights=marks, score=share)
