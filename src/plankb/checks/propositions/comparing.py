"""All kinds of propositions, each compared by one procedure: read, paired by subject, told where they cannot stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Generic

from plankb.checks.pieces import around
from plankb.checks.propositions import (
    actors,
    caps,
    days,
    ends,
    extents,
    finished,
    meanings,
    measured,
    opposites,
    orders,
    payments,
    recurring,
    remaining,
    shares,
    stances,
    standards,
    uses,
    ways,
)  # fmt: skip
from plankb.checks.propositions.pairing import Pair, pairs
from plankb.checks.propositions.said import SENTENCE, Said, V
from plankb.checks.wording import of_each, words_at
from plankb.model import Conflict, Deadline, Plan, Severity, Span, Target, Task

_FIGURE, _STOPS = re.compile(r"(?<![\d第])\d[\d.,]*[%％]"), re.compile("[，；： ]+")
_LONGEST = 120
"""Characters of a sentence that is shown whole."""
_ByPlans = dict[frozenset[str], list[Conflict]]


@dataclass(frozen=True)
class Kind(Generic[V]):
    """A slot of propositions: how it is read, when two of them cannot both stand, and the message that says so.

    `type_below`: the type of a conflict with a plan above."""

    name: str
    code: str
    read: Callable[[Plan, str], Iterator[Said[V]]]
    unlike: Callable[[Pair[V]], Severity | None]
    asks: Callable[[V], bool] = lambda _: True
    """Whether a value can be contradicted by one of its own sort or another; two that do not ask never contradict."""
    type_below: str = "looser"
    tells_all: bool = False
    """Whether what it tells of two sentences leaves nothing for the kinds behind it."""
    last: bool = False
    """Whether it is left out where another kind tells of the two sentences: it reads what any clause says."""
    matter: Callable[[Pair[V]], object] | None = None
    """What two plans are told apart in but once, however often they say it."""
    of_tasks: bool = False
    """Whether conflicts of whole tasks may tell the same: over their days or who leads them."""

    def conflicts(self, plans: Mapping[str, Plan], texts: Mapping[str, str], known: _ByPlans) -> Iterator[Conflict]:
        """The conflicts of this kind, each pair of clauses once; those that are `known` are left out."""
        said = [one for plan, text in texts.items() if plan in plans for one in self.read(plans[plan], text)]
        told: set[frozenset[tuple[str, int]]] = set()
        matters: set[object] = set()
        for pair in pairs(said, self.asks):
            severity = self.unlike(pair)
            where = frozenset(
                (one.plan.id, around(texts[one.plan.id], one.span, SENTENCE)[0]) for one in (pair.first, pair.second)
            )
            if severity is None or len(where) < 2 or where in told:
                continue
            told.add(where)
            if self.matter is not None:
                matter = (_plans(pair), self.matter(pair))
                if matter in matters:
                    continue
                matters.add(matter)
            if not any(self._tells(conflict, pair) for conflict in known.get(_plans(pair), ())):
                yield self._conflict(pair, severity, texts)

    def _tells(self, conflict: Conflict, pair: Pair[V]) -> bool:
        """Whether a known conflict has a fact at each of the two clauses."""
        facts = [fact for fact in conflict.facts if self.of_tasks or not isinstance(fact, Task)]
        spans = [(fact.plan, fact.span) for fact in facts if isinstance(fact, Target | Task | Deadline)]
        return all(
            any(plan == one.plan.id and span[0] < one.span[1] and one.span[0] < span[1] for plan, span in spans)
            for one in (pair.first, pair.second)
        )

    def _conflict(self, pair: Pair[V], severity: Severity, texts: Mapping[str, str]) -> Conflict:
        both = pair.first, pair.second
        facts = [words_at(one.plan.id, f"{self.name}-", texts[one.plan.id], _shown(one, texts)) for one in both]
        kind = {"inside": "internal", "same": "conflict", "below": self.type_below}[pair.relation]
        each = [(one.printed, one.plan.title) for one in both]
        return of_each(kind, severity, _name(pair), facts, self.code, each)


def _shown(one: Said[V], texts: Mapping[str, str]) -> Span:
    """The sentence of a proposition, or its words alone where that is long."""
    start, end = around(texts[one.plan.id], one.span, SENTENCE)
    return (start, end) if end - start <= _LONGEST else one.span


def _plans(pair: Pair[V]) -> frozenset[str]:
    return frozenset((pair.first.plan.id, pair.second.plan.id))


def _enter(found: _ByPlans, conflicts: Iterable[Conflict]) -> None:
    """Adds conflicts by each two plans that they set against one another, and by one alone."""
    for conflict in conflicts:
        of = {fact.plan for fact in conflict.facts}
        for two in combinations_with_replacement(sorted(of), 2):
            if len(of) == 1 or two[0] != two[1]:
                found.setdefault(frozenset(two), []).append(conflict)


def _name(pair: Pair[V]) -> str:
    """The words of the subject that says less, without figures and in one run of stops."""
    return min((_bare(one.words) for one in (pair.first, pair.second)), key=len)[:40]


def _bare(words: str) -> str:
    pieces = (piece for piece in _STOPS.split(_FIGURE.sub("，", words)) if len(piece) > 1)
    return "，".join(pieces) or words.strip("，；：、 ")


KINDS: tuple[Kind, ...] = (  # type: ignore[type-arg]
    Kind("order", "E303", orders.read, orders.unlike, tells_all=True),
    Kind("share", "E304", shares.read, shares.unlike),
    Kind("stance", "E305", stances.read, stances.unlike, stances.asks),
    Kind("actor", "E306", actors.read, actors.unlike, type_below="responsibility", of_tasks=True),
    Kind("term", "E307", recurring.read_terms, recurring.unlike_terms),
    Kind("day", "E314", days.read, days.unlike, of_tasks=True),
    Kind("finished", "E299", finished.read, finished.unlike, finished.asks, of_tasks=True),
    Kind("rate", "E308", recurring.read_rates, recurring.unlike_rates),
    Kind("extent", "E313", extents.read, extents.unlike, extents.asks),
    Kind("way", "E309", ways.read, ways.unlike),
    Kind("cap", "E310", caps.read, caps.unlike, caps.asks),
    Kind("standard", "E334", standards.read, standards.unlike),
    Kind("end", "E334", ends.read, ends.unlike),
    Kind("payment", "E334", payments.read, payments.unlike),
    Kind("fee", "E305", payments.fees, payments.unlike_fees),
    Kind("counted", "E311", meanings.counted, meanings.unlike_counted),
    Kind("meaning", "E312", meanings.defined, meanings.unlike_defined),
    Kind("use", "E305", uses.read, uses.unlike),
    Kind("rest", "E299", remaining.read, remaining.unlike, remaining.asks),
    Kind("opposite", "E305", opposites.read, opposites.unlike, last=True),
    Kind("measured", "E334", measured.read, measured.unlike, last=True, matter=measured.matter),
)
"""Every kind, in the order in which they are told."""


def unlike_propositions(
    plans: Mapping[str, Plan], texts: Mapping[str, str], known: Iterable[Conflict] = ()
) -> Iterator[Conflict]:
    """The conflicts of all kinds; those that are `known` already are left out."""
    told: _ByPlans = {}
    others: list[Conflict] = []
    _enter(told, known)
    for kind in KINDS:
        if kind.last:  # those behind it come last too
            _enter(told, others)
            others.clear()
        found = [*kind.conflicts(plans, texts, told)]
        if kind.tells_all:
            _enter(told, found)
        else:
            others += found
        yield from found
