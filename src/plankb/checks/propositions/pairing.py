"""Which propositions speak of one subject: found by their rarest pairs of characters, told by how much they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Generic, Literal

from plankb.checks import located
from plankb.checks.compare import above
from plankb.checks.propositions.said import Said, V
from plankb.in_force import comparable
from plankb.model import Plan

_RARE, _COMMON = 8, 40
"""How many of a subject's rarest pairs of characters its like are looked for by, and how common these may be."""
_PART, _PART_OF_LONGER, _SURE, _SURE_OF_LONGER = 0.5, 0.3, 0.9, 0.75
"""Shares from which two propositions speak of one subject: where one only puts words in, and where words differ."""
Relation = Literal["inside", "same", "below"]
"""How the plan of the second proposition stands to that of the first: it is that plan, of the same place, or below."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two propositions share (0..1, rare pairs of characters weigh more): of the one that says less, of the
    one that says more; `shared`: how many pairs, `many`: how many of these that
    have no character in common; `contrast`: how many characters each of them has that the other has not, the fewer of
    both: 0 where one says no more than the other with words put in, 1 and more for 公路货运量 beside 铁路货运量."""

    most: float
    least: float
    shared: int
    many: int
    contrast: int

    @property
    def one(self) -> bool:
        """Whether both speak of one subject: with words put in on one side alone, or in nearly the same words."""
        if self.contrast == 0:
            return self.most >= _PART and self.least >= _PART_OF_LONGER
        return self.most >= _SURE and self.least >= _SURE_OF_LONGER


@dataclass(frozen=True)
class Pair(Generic[V]):
    """Two propositions of one subject, that of the plan above first, and how they stand to one another."""

    first: Said[V]
    second: Said[V]
    relation: Relation
    weights: Mapping[str, float]
    """What each pair of characters weighs: the rarer, the more."""

    @cached_property
    def likeness(self) -> Likeness:
        """How much both share."""
        return _likeness(self.first, self.second, self.weights)


def pairs(said: Sequence[Said[V]], asks: Callable[[V], bool] = lambda _: True) -> Iterator[Pair[V]]:
    """The pairs of propositions that share a rare pair of characters, of plans whose words can contradict; of each pair
    one at least `asks`, as a cap does beside amounts that are planned."""
    counts = Counter(pair for one in said for pair in one.about)
    by_pair: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        for pair in one.about:
            if counts[pair] <= _COMMON:
                by_pair[pair].append(number)
    weights = {pair: log(1 + len(said) / count) for pair, count in counts.items()}
    seen: set[tuple[int, int]] = set()
    for number, one in enumerate(said):
        if not asks(one.value):
            continue
        rare = sorted(
            (pair for pair in one.subject if 1 < counts[pair] <= _COMMON), key=lambda pair: (counts[pair], pair)
        )
        for pair in rare[:_RARE]:
            for other in by_pair[pair]:
                key = (number, other) if number < other else (other, number)
                if number != other and key not in seen:
                    seen.add(key)
                    yield from _pair(said[key[0]], said[key[1]], weights)


def _pair(one: Said[V], other: Said[V], weights: Mapping[str, float]) -> Iterator[Pair[V]]:
    if (relation := related(one.plan, other.plan)) is not None:
        turned, how = relation
        first, second = (other, one) if turned else (one, other)
        yield Pair(first, second, how, weights)


@located.kept(65_536)
def related(one: Plan, other: Plan) -> tuple[bool, Relation] | None:
    """Whether the second plan is the higher one, and how the lower one stands to it; None where they say nothing of
    one another."""
    if one.id == other.id:
        return False, "inside"
    if one.jurisdiction is None or other.jurisdiction is None or not comparable(one, other):
        return None
    first, second = located.of(one.jurisdiction), located.of(other.jurisdiction)
    if first == second:
        return False, "same"
    return (False, "below") if above(first, second) else (True, "below") if above(second, first) else None


def _likeness(one: Said[V], other: Said[V], weights: Mapping[str, float]) -> Likeness:
    def weight(pairs: frozenset[str]) -> float:
        return sum(map(weights.__getitem__, pairs))

    shared = one.subject & other.subject
    both, sizes = weight(shared), sorted((weight(one.subject), weight(other.subject)))
    return Likeness(
        most=both / (sizes[0] or 1.0),
        least=both / (sizes[1] or 1.0),
        shared=len(shared),
        many=apart(shared),
        contrast=_contrast(one, other),
    )


def _contrast(one: Said[V], other: Said[V]) -> int:
    first, second = ({char for pair in each.subject for char in pair} for each in (one, other))
    return min(len(first - second), len(second - first))


def apart(shared: frozenset[str]) -> int:
    """How many pairs of characters could stand side by side in some that overlap: 3 in 餐饮, 饮企, 企业, 业承, 承包."""
    return len({char for pair in shared for char in pair}) // 2


def cover(words: frozenset[str], other: frozenset[str]) -> float:
    """The share (0..1) of some pairs of characters that others hold; 0 where there are none."""
    return len(words & other) / len(words) if words else 0.0
