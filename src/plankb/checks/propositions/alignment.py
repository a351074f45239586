"""Whether two clauses in other words speak of one thing.

What frames a clause is left out, members of a class are called by one name, and what remains must share a run of
characters that covers most of the shorter; other words before or behind the run, two qualifiers of one group (新建 and
既有) or two places tell two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from plankb import rules
from plankb.checks import located
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Said, V
from plankb.checks.thesaurus import as_one
from plankb.model import Plan
from plankb.rules.kinds import Rewrite

_STOPS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_LEAST, _LONG, _MOST, _NAME = 2, 4, 0.6, 3
"""Characters of a run that both must have, and of one that names a thing; the share of the shorter subject that the
other must say; characters with which a name stands alone."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """The longest run that both subjects have, and the share of each (0..1) that the other clause says too."""

    run: str
    first: float
    second: float

    @property
    def most(self) -> float:
        """The share of the subject that says less."""
        return max(self.first, self.second)

    @property
    def least(self) -> float:
        """The share of the one that says more."""
        return min(self.first, self.second)


def aligned(pair: Pair[V], *, beside: bool = False) -> Aligned | None:
    """How two propositions on one thing are alike; None where they are on two. `beside`: whether the title or a clause
    before may name the thing."""
    one, other = pair.first, pair.second
    if _two_groups(one.words, other.words) or _two_places(one, other):
        return None
    pieces, others = _pieces(one.words, one.plan), _pieces(other.words, other.plan)
    run = _longest(pieces, others)
    if beside and len(run) < _LONG:
        above, below = _pieces(one.beside, one.plan), _pieces(other.beside, other.plan)
        run = max(_longest(pieces, below), _longest(above, others), key=len)
        return Aligned(run, 1.0, 1.0) if len(run) >= _LONG else None
    if len(run) < _LEAST or _contrast(run, pieces, others):
        return None
    if _of_a_part(one.words) != _of_a_part(other.words):
        return None
    first = _share(pieces, (*others, *_pieces(other.beside, other.plan)))
    second = _share(others, (*pieces, *_pieces(one.beside, one.plan)))
    found = Aligned(run, first, second)
    short = min(sum(map(len, pieces)), sum(map(len, others)))
    named = len(run) >= _LONG or (len(run) >= _NAME and len(run) == short)
    return found if named and found.most >= _MOST else None


def one_thing(pair: Pair[V]) -> bool:
    """Whether two propositions are on one thing, in nearly the same words or in others."""
    like = pair.likeness
    return (like.many > 1 and like.one) or aligned(pair) is not None


def _of_a_part(words: str) -> bool:
    return rules.pattern("alignment", "part").search(words) is not None


@lru_cache(maxsize=50_000)
def _groups(words: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for form in rules.many("alignment", "qualifier"):
        if form.search(words):
            group, value = form.means.split()
            found.setdefault(group, set()).add(value)
    return found


def _two_groups(one: str, other: str) -> bool:
    first, second = _groups(one), _groups(other)
    return any(values.isdisjoint(second[group]) for group, values in first.items() if group in second)


def _two_places(one: Said[V], other: Said[V]) -> bool:
    """Whether the things stand in two places: both named, or one named that is not the other plan's."""
    places = [_place(each) for each in (one, other)]
    if all(places):
        return places[0] != places[1]
    for place, each in zip(places, (other, one), strict=True):
        own = each.plan.jurisdiction
        alike = one.plan.jurisdiction == other.plan.jurisdiction  # a county of the city, beside the whole city
        if place and own and own != place and (alike or _rank(each.plan) == place[-1]):
            return True
    return False


def _rank(plan: Plan) -> str:
    return (plan.jurisdiction or " ")[-1]


def _place(said: Said[V]) -> str:
    """The place below the plan's own that a subject begins with; "" without."""
    for piece in _STOPS.split(rules.pattern("alignment", "frame").sub("，", said.words)):
        found = rules.pattern("alignment", "place").match(piece)
        if found and found["place"] != said.plan.jurisdiction:
            return found["place"]
    return ""


def _pieces(words: str, plan: Plan) -> tuple[str, ...]:
    return _said(words, _own_names(plan.jurisdiction))


@lru_cache(maxsize=50_000)
def _said(words: str, places: tuple[str, ...]) -> tuple[str, ...]:
    """What a subject says of its thing, in pieces, without the places that its plan lies in."""
    for name in places:
        words = words.replace(name, "，")
    if place := rules.pattern("alignment", "place").match(words.lstrip("，")):
        words = words.replace(place["place"], "，")
    words = as_one(words)
    for form in rules.many("alignment", "kin", Rewrite):
        words = form.regex.sub(form.to, words)
    words = rules.pattern("alignment", "frame").sub("，", words)
    bare = (rules.pattern("alignment", "rank").sub("", piece) for piece in _STOPS.split(words))
    return tuple(piece for piece in bare if len(piece) >= _LEAST)


@located.kept(4_096)
def _own_names(jurisdiction: str | None) -> tuple[str, ...]:
    if not jurisdiction:
        return ()
    names = [place.name for place in located.ancestors(located.of(jurisdiction))]
    return (*names, *(name[:-1] for name in names if len(name) > _NAME - 1 and name[-1] in "省市县区"))


def _longest(pieces: tuple[str, ...], others: tuple[str, ...]) -> str:
    text = "\n".join(others)
    best = ""
    for piece in pieces:
        for at in range(len(piece)):
            while at + len(best) < len(piece) and piece[at : at + len(best) + 1] in text:
                best = piece[at : at + len(best) + 1]
    return best


def _share(pieces: tuple[str, ...], others: tuple[str, ...]) -> float:
    """The share of some words that stand in runs which others have too."""
    text, whole, said = "\n".join(others), sum(map(len, pieces)), 0
    for piece in pieces:
        held = [False] * len(piece)
        for at in range(len(piece) - 1):
            if piece[at : at + _LEAST] in text:
                held[at] = held[at + 1] = True
        said += sum(held)
    return said / whole if whole else 0.0


def _contrast(run: str, pieces: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether other words stand on the same side of the run in both: 东湖码头, 西河码头."""
    for before, after in _beside(run, pieces):
        for other_before, other_after in _beside(run, others):
            if not (_differ(before, other_before) or _differ(after, other_after)):
                return False
    return True


def _beside(run: str, pieces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for piece in pieces:
        at = piece.find(run)
        if at >= 0:
            yield piece[:at], piece[at + len(run) :]


def _differ(one: str, other: str) -> bool:
    """Whether both say something beside the words that they begin or end with alike, without two characters in common,
    and neither is the other shortened."""
    begun = _alike(one, other)
    ended = _alike(one[begun:][::-1], other[begun:][::-1])
    few, many = sorted((each[begun : len(each) - ended] for each in (one, other)), key=len)
    if not few:
        return False
    return not (_shortened(few, many) or any(few[at : at + _LEAST] in many for at in range(len(few) - 1)))


def _alike(one: str, other: str) -> int:
    """How many characters two words begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _shortened(few: str, many: str) -> bool:
    rest = iter(many)
    return all(char in rest for char in few)
