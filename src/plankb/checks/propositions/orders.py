"""The order in which steps are to be taken: 先A，再B; 未A不得B; A后方可B; 按照A、B、C的次序; 可先行B，A在一年内补办."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from plankb import rules
from plankb.checks.propositions.pairing import Pair, apart, cover
from plankb.checks.propositions.said import LIST, Said, pairs_of, passages
from plankb.model import Plan, Severity

_ALIKE, _LONG, _MANY = 0.6, 2, 2
"""Share of their pairs of characters that two steps must have in common to be one; pairs that tell a step; pairs apart
that tell a matter."""
Order = tuple[str, ...]


def read(plan: Plan, text: str) -> Iterator[Said[Order]]:
    """The orders of a text; each form of words says which of its parts comes first."""
    for form in rules.many("propositions", "order"):
        for passage, match in passages(plan, text, form.regex):
            steps = _steps(match, form.means.split())
            if len(steps) > 1:
                yield passage.said(
                    steps, match.group().strip("，；："), "，".join(steps), _stripped(match), match.group()
                )


def _stripped(match: re.Match[str]) -> tuple[int, int]:
    words = match.group()
    return match.start() + len(words) - len(words.lstrip("，；：、 ")), match.end()


def _steps(match: re.Match[str], names: Sequence[str]) -> Order:
    found = [match[name] or "" for name in names]
    listed = LIST.split(found[0]) if names == ["list"] else found
    bare = [rules.one("propositions", "step_frame").sub(step) for step in listed]
    return tuple(step for step in bare if pairs_of(step))


def unlike(pair: Pair[Order]) -> Severity | None:
    """Whether two steps of the one stand in the other order in the other; short steps (审批, 采购) tell it where what
    is said around them is alike."""
    places = [_place(step, pair.second.value) for step in pair.first.value]
    for (one, first), (other, second) in combinations(zip(pair.first.value, places, strict=True), 2):
        if first is not None and second is not None and first > second:
            steps = pairs_of(one) | pairs_of(other) | pairs_of(pair.second.value[first])
            beside = (pair.first.about & pair.second.about) - steps
            short = min(
                len(pairs_of(step)) for step in (one, other, pair.second.value[first], pair.second.value[second])
            )
            return "warning" if short >= _LONG or apart(beside) >= _MANY else None
    return None


def _place(step: str, steps: Order) -> int | None:
    """The place in an order of the step that is most like a given one; None where none is, or two are as much."""
    words = pairs_of(step)
    alike = [(cover(words, pairs_of(other)) + cover(pairs_of(other), words)) / 2 for other in steps]
    best = max(alike)
    return alike.index(best) if best >= _ALIKE and alike.count(best) == 1 else None
