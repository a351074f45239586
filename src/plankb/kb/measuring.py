"""How well the program reads the user's own plans: a sample of facts that a person judges, and what follows from it.

The sample is drawn by kind and plan. Within a kind and plan, facts stand in an order that a seed and their ids decide,
and the first of them are the sample: it is the same every time, grows at its end, and needs no file of its own. What a
person says of a fact of the sample is a correction like any other, so that a judgement counts wherever it was made.
It says how much of what was read is right; what was not read at all is not in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from plankb import corrections
from plankb.columns import heading
from plankb.errors import Language, PlankbError
from plankb.kb.estimating import Share, Stratum, share
from plankb.model import AnyFact, Correction
from plankb.words import Speaker, word

if TYPE_CHECKING:
    from plankb.store import Store

KINDS = ("task", "target", "deadline", "project", "citation")
COUNT = 60
"""Facts of a sample: a quarter of an hour."""
_FEWEST = 3
"""Judgements from which a kind of one plan may be called weak."""
_WEAKEST = 3

Cell = tuple[str, str]
"""Kind and plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is sampled: `count` facts of these kinds and plans (by id), () for all; `seed` decides which."""

    count: int = COUNT
    kinds: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """A fact of the sample as the program read it; `right` is what a person said, None where nobody did.

    `fields` names what was wrong; "fact" where it was none at all.
    """

    fact: AnyFact
    right: bool | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """The facts to judge, by kind and plan, and how many facts there are of each kind and plan."""

    items: tuple[Item, ...]
    sizes: Mapping[Cell, int]

    @property
    def open(self) -> tuple[Item, ...]:
        """Those that nobody has judged."""
        return tuple(item for item in self.items if item.right is None)


@dataclass(frozen=True, slots=True)
class Weak:
    """A kind of one plan that is read worse than the rest."""

    kind: str
    plan: str
    share: Share


@dataclass(frozen=True, slots=True)
class Measured:
    """What the judgements say: the share of right facts by kind, the weakest kinds of plans, the fields most often
    wrong with how often, and how many of the sample are judged."""

    shares: Mapping[str, Share]
    weakest: tuple[Weak, ...]
    fields: tuple[tuple[str, int], ...]
    judged: int
    count: int


def draw(store: Store, choice: Choice) -> Sample:
    """The sample of a knowledge base with what was said of it. Raises E123 for an unknown kind, E650 for no facts."""
    wrong = next((kind for kind in choice.kinds if kind not in KINDS), None)
    if wrong or choice.count < 1:
        raise PlankbError("E123", name="--kind" if wrong else "--count", expected="|".join(KINDS) if wrong else "1…")
    found: dict[Cell, list[AnyFact]] = defaultdict(list)
    for plan in choice.plans or tuple(plan.id for plan in store.plans()):
        for fact in store.extracted(plan).facts:
            if fact.kind in (choice.kinds or KINDS):
                found[fact.kind, plan].append(fact)
    if not found:
        raise PlankbError("E650")
    sizes = {cell: len(found[cell]) for cell in sorted(found, key=lambda cell: (KINDS.index(cell[0]), cell[1]))}
    shares = allotted(sizes, choice.count)
    said = _said(store)
    items = (
        judged(fact, said.get(fact.id, ()))
        for cell in sizes
        for fact in sorted(found[cell], key=lambda fact: _order(choice.seed, fact.id))[: shares[cell]]
    )
    return Sample(tuple(items), sizes)


def allotted(sizes: Mapping[Cell, int], count: int) -> dict[Cell, int]:
    """How many facts each cell gives: as many of every kind as of the others, within a kind by the size of the plans.

    One at least of each plan as long as there are enough, never more than there are.
    """
    kinds = list(dict.fromkeys(kind for kind, _ in sizes))
    given = dict.fromkeys(sizes, 0)
    room = {kind: sum(size for cell, size in sizes.items() if cell[0] == kind) for kind in kinds}
    wanted = _levelled(room, count)
    for kind in kinds:
        cells = {cell: size for cell, size in sizes.items() if cell[0] == kind}
        for _ in range(wanted[kind]):
            free = [cell for cell in cells if given[cell] < cells[cell]]
            given[min(free, key=lambda cell: _turn(given[cell], cells[cell]))] += 1
    return given


def _turn(given: int, size: int) -> tuple[float, int]:
    """Whose turn it is: who has nothing yet, then who has least for its size; the larger one of two alike."""
    return ((given + 0.5) / size if given else 0.0), -size


def _levelled(room: Mapping[str, int], count: int) -> dict[str, int]:
    """`count` shared out evenly, to nobody more than there is room for."""
    given = dict.fromkeys(room, 0)
    for _ in range(min(count, sum(room.values()))):
        given[min((kind for kind in room if given[kind] < room[kind]), key=lambda kind: given[kind])] += 1
    return given


def _order(seed: int, fact: str) -> bytes:
    return blake2b(f"{seed}\x1f{fact}".encode(), digest_size=8).digest()


def _said(store: Store) -> dict[str, list[Correction]]:
    """The corrections of facts that still fit the words they were made on, by fact."""
    suspect = {correction.id for correction, _ in store.suspects()}
    said: dict[str, list[Correction]] = defaultdict(list)
    for correction in store.corrections():
        if correction.id not in suspect:
            said[correction.fact].append(correction)
    return said


def judged(fact: AnyFact, said: Iterable[Correction]) -> Item:
    """What corrections say of a fact as it is read now: a correction that changes nothing any more says it is right."""
    known = list(said)
    if not known:
        return Item(fact)
    if any(correction.action == "reject" for correction in known):
        return Item(fact, right=False, fields=("fact",))
    changing = [one for one in known if one.action == "correct" and not corrections.says_nothing(fact, one)]
    fields = dict.fromkeys(one.field or "" for one in changing)
    return Item(fact, right=not changing, fields=tuple(fields))


def measured(sample: Sample) -> Measured:
    """What the judgements of a sample say."""
    strata = _strata(sample.items, sample.sizes)
    kinds = dict.fromkeys(kind for kind, _ in strata)
    shares = {kind: share(one for cell, one in strata.items() if cell[0] == kind) for kind in kinds}
    cells = [(cell, one) for cell, one in strata.items() if one.judged >= _FEWEST and one.right < one.judged]
    worst = sorted(cells, key=lambda pair: (pair[1].right / pair[1].judged, -pair[1].judged))[:_WEAKEST]
    fields = Counter(field for item in sample.items for field in item.fields)
    return Measured(
        shares={kind: found for kind, found in shares.items() if found is not None},
        weakest=tuple(Weak(*cell, found) for cell, one in worst if (found := share([one]))),
        fields=tuple(fields.most_common(_WEAKEST)),
        judged=sum(item.right is not None for item in sample.items),
        count=len(sample.items),
    )


def _strata(items: Sequence[Item], sizes: Mapping[Cell, int]) -> dict[Cell, Stratum]:
    judged_: Counter[Cell] = Counter()
    right: Counter[Cell] = Counter()
    for item in items:
        cell = (item.fact.kind, item.fact.plan)
        judged_[cell] += item.right is not None
        right[cell] += item.right is True
    return {cell: Stratum(size, judged_[cell], right[cell]) for cell, size in sizes.items()}


def lines(found: Measured, titles: Mapping[str, str], lang: Language) -> Iterator[str]:
    """The share of right facts a kind, the weakest kinds of plans, the fields most often wrong; `titles` name plans."""
    say = Speaker("commands", lang)
    for kind, one in found.shares.items():
        yield say("measure.share", kind=word("kind", kind, lang), **_numbers(one))
    for weak in found.weakest:
        kind, title = word("kind", weak.kind, lang), titles.get(weak.plan, weak.plan)
        yield say("measure.weak", kind=kind, plan=title, **_numbers(weak.share))
    if found.fields:
        named = word("between", "comma", lang).join(f"{_field(field, lang)} {count}" for field, count in found.fields)
        yield say("measure.fields", named=named)


def _field(field: str, lang: Language) -> str:
    if field == "fact":
        return Speaker("commands", lang)("measure.none")
    return heading("bureau" if field == "roles" else field, lang)


def _numbers(one: Share) -> dict[str, object]:
    return {
        "value": f"{one.value:.2f}", "margin": f"{one.margin:.2f}", "low": f"{one.low:.2f}", "high": f"{one.high:.2f}",
        "judged": one.judged, "right": one.right, "size": one.size,
    }  # fmt: skip
