"""Which tasks of a lower plan answer to which task of a plan above it: the same indicator, or the same topic."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from plankb.model import Plan, Record, Target, Task
from plankb.register import places

LIKENESS = 0.16
"""Cosine of weighted character pairs from which two tasks are taken to be of one topic. Of the 38 pairs that it finds
between the province and the city of the corpus, 33 are of one topic when one reads them."""
_MOST = 3
_TITLE_WEIGHT = 4
_TEXT = 300


class Answering(Record):
    """A task below that answers to one above, and by what: shared indicators, or a likeness of topic (0 to 1)."""

    task: str
    title: str
    plan: str
    above: str
    above_title: str
    above_plan: str
    by: Literal["indicator", "topic"]
    indicators: tuple[str, ...] = ()
    likeness: float


def answers(plans: Sequence[Plan], tasks: Sequence[Task], targets: Sequence[Target]) -> list[Answering]:
    """For each task of a lower plan the tasks above it that it answers to, the nearest first, at most three."""
    by_plan: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        by_plan[task.plan].append(task)
    indicators = {target.id: target.indicator_id for target in targets}
    names = {target.indicator_id: target.indicator for target in targets}
    sets = {task.id: frozenset(indicators[id_] for id_ in task.targets if id_ in indicators) for task in tasks}
    vectors = _vectors(tasks)
    found: list[Answering] = []
    for lower, upper in _pairs(plans):
        for task in by_plan[lower.id]:
            near = []
            for above in by_plan[upper.id]:
                likeness = _cosine(vectors[task.id], vectors[above.id])
                shared = tuple(sorted(names[id_] for id_ in sets[task.id] & sets[above.id]))
                if shared or likeness >= LIKENESS:
                    near.append(_answer(task, above, shared, likeness))
            found.extend(sorted(near, key=lambda one: (not one.indicators, -one.likeness))[:_MOST])
    return found


def _answer(task: Task, above: Task, shared: tuple[str, ...], likeness: float) -> Answering:
    return Answering(
        task=task.id, title=task.title, plan=task.plan, above=above.id, above_title=above.title,
        above_plan=above.plan, by="indicator" if shared else "topic", indicators=shared, likeness=round(likeness, 3),
    )  # fmt: skip


def _pairs(plans: Sequence[Plan]) -> Iterator[tuple[Plan, Plan]]:
    """(lower, upper): plans of a place and of a place above it."""
    for lower in plans:
        chain = _above(lower.jurisdiction)
        for upper in plans:
            if upper.jurisdiction in chain:
                yield lower, upper


def _above(jurisdiction: str | None) -> frozenset[str]:
    place = places.of(jurisdiction) if jurisdiction else None
    return frozenset(above.name for above in places.ancestors(place)[1:]) if place else frozenset()


def _vectors(tasks: Sequence[Task]) -> dict[str, Mapping[str, float]]:
    """Character pairs of each task, weighted by how rare they are, of length 1. Title and headings weigh most."""
    counts = {}
    for task in tasks:
        count = Counter(_pairs_of(task.text[:_TEXT]))
        for pair in _pairs_of("。".join((task.title, *task.section[-2:]))):
            count[pair] += _TITLE_WEIGHT
        counts[task.id] = count
    held = Counter(pair for count in counts.values() for pair in count)
    vectors: dict[str, Mapping[str, float]] = {}
    for id_, count in counts.items():
        weights = {pair: (1 + math.log(n)) * math.log(len(counts) / held[pair]) for pair, n in count.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors[id_] = {pair: weight / length for pair, weight in weights.items() if weight}
    return vectors


def _pairs_of(text: str) -> Iterator[str]:
    for first, second in pairwise(text):
        if first.isalpha() and second.isalpha():
            yield first + second


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    short, long = sorted((one, other), key=len)
    return sum(weight * long[pair] for pair, weight in short.items() if pair in long)
