"""The passages that answer the clauses of a question, the best first: what they hold of its terms, rare ones counted
more, in the passage itself, in the headings above it and in the words before it, and whether they hold such an answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plankb import rules
from plankb.headings import heading_pattern
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import Passage
from plankb.name_forms import without_number
from plankb.query.answering.fulltext import sentences
from plankb.query.library import Library
from plankb.query.retrieval.question import Clause, clauses, pairs
from plankb.query.retrieval.scope import Scope, scope_of
from plankb.search.model import Hit
from plankb.search.tokens import fold

_CANDIDATES, _BELOW, _TERMS = 70, 15, 36
_HEADING, _ABOVE, _BEFORE, _ROW, _NOTE, _TITLED = 0.6, 0.5, 0.25, 0.4, 0.6, 0.25
"""What a term counts in the heading of a passage, in those above it, in the words before it, in those before a row of a
table, in those before a note, and in any passage of a plan whose title holds it."""
_NEARBY, _TABLE, _AFTER, _LONG, _SHORT = 100, 400, 600, 600, 25
_NO_ANSWER, _LONE, _TITLE, _UNDER, _NUMBERED = 0.65, 0.5, 1.5, 1.5, 1.8
_NAME_END = 2
_TITLE_LEAST, _REPEATS, _KEPT = 3, 0.7, 8
_NOTED, _NOTE_LENGTH = 0.85, 60
_UNSAID, _NEXT = 0.75, 4
"""What a passage is worth for each thing of a question of which it says nothing; passages in which an answer is looked
for that goes on from the best one."""
_LETTERS = compiled(r"[A-Z][A-Z0-9.]+")
"""A name by its letters (PUE, PM2.5): what does not hold it is of something else."""
_CITED = compiled("《[^》]*》")
_NOTES = "（(［[〔"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage for a clause of a question. `share` of the clause's own terms, rare ones counted more, stands in it or
    its headings, 0 to 1, `whole` of all of them with those that no text holds; `fits`: it holds each kind of answer
    that the clause asks for, and its names of letters."""

    passage: Passage
    share: float
    fits: bool
    clause: Clause
    whole: float = 0.0


def find(
    question: str, library: Library, *, scope: Scope | None = None, things: Sequence[str] = (), limit: int = _KEPT
) -> tuple[tuple[Evidence, ...], ...]:
    """For each clause of a question that asks for something its best passages, at most `limit`; `things` are what it is
    about, phrase by phrase: a passage that says nothing of one counts less."""
    scope = scope or scope_of(question, library)
    found = []
    for clause in clauses(question, without=(*scope.titled, *scope.names)):
        ranked = _answer_before_context(ranked_for(clause, scope, library, things=things)[:limit])
        if ranked and not ranked[0].fits and (note := _note_after(ranked[0], clause, library)):
            ranked.insert(1, note)
        found.append(tuple(ranked))
    return tuple(found)


def _answer_before_context(ranked: list[Evidence]) -> list[Evidence]:
    """Passages with one that holds such an answer as is asked for before the sentence that it goes on from."""
    if not ranked or ranked[0].fits:
        return ranked
    first = ranked[0].passage
    for place, one in enumerate(ranked[1:_NEXT], 1):
        after = one.passage.plan == first.plan and 0 <= one.passage.span[0] - first.span[1] <= _NEARBY
        if one.fits and after and one.passage.section == first.section:
            whole = replace(one, share=ranked[0].share, whole=ranked[0].whole)  # of what both say together
            return [whole, *ranked[:place], *ranked[place + 1 :]]
    return ranked


def _note_after(one: Evidence, clause: Clause, library: Library) -> Evidence | None:
    """What is said of who and when after a passage, under the same heading; None where nothing is."""
    asked = clause.kinds & {"who", "when"}
    rules_of = [rule for rule in rules.many("retrieval", "holds") if rule.means in asked]
    start, plan = one.passage.span[1], one.passage.plan
    after = library.store.text(plan)[start : start + _AFTER]
    for line in after.split("\n"):
        if heading_pattern().match(line):
            break
        for span, text in sentences(line):
            if rules_of and all(rule.search(text) for rule in rules_of):
                at = start + after.index(line) + span[0]
                section = library.section_at(plan, at)
                passage = Passage(plan=plan, section=section, text=text, span=(at, at + len(text)), score=0.0)
                return Evidence(passage, one.share, fits=True, clause=clause, whole=one.whole)
    return None


def share_of(text: str, clause: Clause, library: Library) -> float:
    """The share of a clause's own terms that stands in a text, rare ones counted more, 0 to 1."""
    weight = _weights(clause, library)
    own = {term: count for term, count in weight.items() if term in clause.own}
    whole, folded = math.fsum(own.values()), fold(text)
    return math.fsum(count for term, count in own.items() if term in folded) / whole if whole else 0.0


def heard(clause: Clause, library: Library) -> float:
    """The part of a clause's own terms that some text holds at all, 0 to 1: no `Evidence.whole` is more."""
    weight = _weights(clause, library)
    return _heard(clause, weight, _whole(clause, weight), library)


def _heard(clause: Clause, weight: Mapping[str, float], whole: float, library: Library) -> float:
    unheard = sum(term not in weight and clause.terms[term] == 1.0 for term in clause.own) * library.unheard
    return whole / (whole + unheard) if whole else 0.0


def _whole(clause: Clause, weight: Mapping[str, float]) -> float:
    return math.fsum(count for term, count in weight.items() if term in clause.own)


def ranked_for(
    clause: Clause, scope: Scope, library: Library, *, kept: int = _KEPT, things: Sequence[str] = ()
) -> list[Evidence]:
    """The passages for one clause, the best first, at most `kept`; more than a few are looked for among more."""
    weight = _weights(clause, library)
    if not weight:
        return []
    look = _Look(clause, weight, scope, library, things)
    hits = _hits(weight, scope, library, limit=max(_CANDIDATES, 2 * kept))
    scored = [(look.score(hit), hit) for hit in hits if all(name in hit.text for name in scope.needed)]
    scored.sort(key=lambda one: (-one[0][0], one[1].plan, one[1].start))
    return [
        Evidence(_passage(hit, weight, score, library), share, fits, clause, share * look.heard)
        for (score, share, fits), hit in scored[:kept]
    ]


def _weights(clause: Clause, library: Library) -> dict[str, float]:
    """What each term of a clause counts: more the fewer passages hold it, nothing where none does."""
    rarity = {term: library.rarity(term) for term in clause.terms}
    return {term: count * rarity[term] for term, count in clause.terms.items() if rarity[term]}


def _hits(weight: Mapping[str, float], scope: Scope, library: Library, *, limit: int) -> Iterator[Hit]:
    """The passages to choose from: those that the index finds, of an office's few plans all sentences."""
    store = library.store
    plans = tuple(scope.weights)
    if store.has_fulltext:
        terms = sorted(weight, key=lambda term: (-weight[term], term))[:_TERMS]
        found = store.fulltext.best(terms, plans=plans, limit=limit)
        below = store.fulltext.headed(terms, plans=plans, limit=_BELOW)
        yield from {(hit.plan, hit.start): hit for hit in (*below, *found)}.values()
        return
    yield from library.scanned.best(weight, plans, limit=limit)


class _Look:
    """How passages are looked at for one clause; what they share (texts of plans, headings) is unpacked once."""

    def __init__(
        self, clause: Clause, weight: Mapping[str, float], scope: Scope, library: Library, things: Sequence[str]
    ) -> None:
        self._clause, self._weight, self._scope, self._store = clause, weight, scope, library.store
        self._holds = [rule for rule in rules.many("retrieval", "holds") if rule.means in clause.kinds]
        self._numbers = _numbers_of(clause.said)
        self._noted = bool(clause.kinds & {"who", "when"})
        self._whole = _whole(clause, weight)
        self._named = [fold(word) for word in _LETTERS.findall(clause.said)]
        self.heard = _heard(clause, weight, self._whole, library)
        """The part of a clause's own terms that some text holds at all, 0 to 1."""
        own = [frozenset(term for term in pairs(fold(thing)) if term in clause.own) for thing in things]
        self._things = [terms & weight.keys() for terms in own if terms & weight.keys()]
        self._texts: dict[str, str] = {}
        self._headings: dict[tuple[str, ...], tuple[str, str]] = {}

    def score(self, hit: Hit) -> tuple[float, float, bool]:
        """How well a passage answers, the share of the clause's own terms there, whether it holds such an answer."""
        text = fold(hit.text)
        said = _CITED.sub("", text)
        misses = sum(not rule.search(said) for rule in self._holds)
        places = self._around(hit, text, is_note=self._noted and not misses and len(text) < _NOTE_LENGTH)
        titled = self._scope.titles[hit.plan]
        score = share = own = 0.0
        held = set[str]()
        for term, count in self._weight.items():
            worth = next((worth for place, worth in places if term in place), 0.0)
            count *= _TITLED if term in titled else 1.0
            score += count * worth
            if term in self._clause.own:
                own += count
                share += count if worth >= _ROW else 0.0
                held |= {term} if worth >= _ROW else set()
        score *= _UNSAID ** sum(terms.isdisjoint(held) for terms in self._things)
        score *= _NO_ANSWER**misses * (_LONE if _is_heading(hit.text) or _repeats(text, titled) else 1.0)
        score *= _NUMBERED if self._numbers and self._numbers.search(said) else 1.0
        score *= _UNDER if hit.section and _is_said(hit.section[-1], self._clause) else 1.0
        score *= (1 + _TITLE * self._scope.weights[hit.plan]) / (1 + len(text) / _LONG)
        fits = not misses and all(any(term in place for place, _ in places) for term in self._named)
        return score, share / own if own else 0.0, fits

    def _around(self, hit: Hit, text: str, *, is_note: bool) -> tuple[tuple[str, float], ...]:
        """Where a term may stand, and what it counts there: the passage, its headings, and the words before it."""
        if hit.plan not in self._texts:
            self._texts[hit.plan] = self._store.text(hit.plan)
        if hit.section not in self._headings:
            last = hit.section[-1] if hit.section else ""
            self._headings[hit.section] = fold(last), fold("".join(hit.section[:-1]))
        last, above = self._headings[hit.section]
        is_row = "\t" in hit.text
        before = self._texts[hit.plan][max(0, hit.start - (_TABLE if is_row else _NEARBY)) : hit.start]
        near = _NOTE if hit.text[:1] in _NOTES else _ROW if is_row else _BEFORE
        heading, higher = (_NOTED, _NOTED) if is_note else (_HEADING, _ABOVE)
        return (text, 1.0), (last, heading), (above, higher), (fold(before), near)


def _numbers_of(said: str) -> re.Pattern[str] | None:
    """The expression of what says how many there are of what a clause counts, or lists them; None where it counts
    nothing."""
    found = rules.one("retrieval", "counted").search(said)
    name = (found["before"] or found["behind"] or "") if found else ""
    if len(name) < _NAME_END:
        return None
    return re.compile(rules.one("retrieval", "numbers").expression.replace("«name»", re.escape(name[-_NAME_END:])))


def _is_said(heading: str, clause: Clause) -> bool:
    """Whether a clause says the whole of a heading, its number aside."""
    title = without_number(heading)
    return len(title) >= _TITLE_LEAST and title in clause.said


def _repeats(text: str, titled: frozenset[str]) -> bool:
    """Whether a passage is hardly more than the title of its plan."""
    own = frozenset(pairs(text)) if len(text) < _NOTE_LENGTH else frozenset()
    return len(own) > 0 and len(own & titled) >= _REPEATS * len(own)


def _is_heading(text: str) -> bool:
    return len(text) < _SHORT and "\t" not in text and (not text.endswith("。") or bool(heading_pattern().match(text)))


def _passage(hit: Hit, weight: Mapping[str, float], score: float, library: Library) -> Passage:
    section = hit.section or library.section_at(hit.plan, hit.start)
    return Passage(
        plan=hit.plan, section=section, text=hit.text, span=(hit.start, hit.start + len(hit.text)),
        highlights=_marks(fold(hit.text), weight), score=round(score, 4),
    )  # fmt: skip


def _marks(folded: str, weight: Mapping[str, float]) -> tuple[tuple[int, int], ...]:
    held = sorted((term for term in weight if term in folded), key=len, reverse=True)
    return tuple(match.span() for match in re.finditer("|".join(map(re.escape, held)), folded)) if held else ()
