"""What a knowledge base can be asked about: its plans, bureaus, places and the names of its facts, read once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from plankb import quantities
from plankb.headings import heading_pattern
from plankb.model import Bureau, Plan
from plankb.query.link.index import NameIndex
from plankb.query.normalise.names import bare, pieces
from plankb.query.normalise.pronunciation import readings
from plankb.register import Place, normal, places
from plankb.store import Label, Store

_OWNER = re.compile(r"(?:中共)?(?:自治区|新区|[省市区县州旗盟])(?!场)")
_PARTY = re.compile(r"^(?:党委|委)(?=.{3})")
_COMPANY = re.compile(r"(?:股份|集团)?(?:有限)?(?:责任)?公司$")
_LEAST_NAME = 3
QUOTES = dict.fromkeys(map(ord, "“”‘’\"'"))
"""For `str.translate`: quotation marks, which are typed or not."""


class Vocabulary:
    """The names of one state of a store. Needs no text of the plans."""

    def __init__(self, plans: Iterable[Plan], bureaus: Iterable[Bureau], labels: Iterable[Label]) -> None:
        self.plans = tuple(plans)
        self.bureaus: Mapping[str, Bureau] = {bureau.id: bureau for bureau in bureaus}
        self.labels = tuple(labels)
        self._fitting: dict[str, bool] = {}

    @classmethod
    def of(cls, store: Store) -> Vocabulary:
        """The vocabulary of a store."""
        return cls(store.plans(), store.bureaus(), store.labels())

    def within(self, plans: frozenset[str]) -> Vocabulary:
        """The vocabulary of some of the plans alone."""
        if plans not in self._parts:
            own = [label for label in self.labels if label.plan in plans]
            self._parts[plans] = Vocabulary([p for p in self.plans if p.id in plans], self.bureaus.values(), own)
        return self._parts[plans]

    @cached_property
    def _parts(self) -> dict[frozenset[str], Vocabulary]:
        return {}

    def named(self, kind: str) -> tuple[Label, ...]:
        """The labels of facts of one kind (task, target, project, citation)."""
        return self._by_kind.get(kind, ())

    def index(self, kinds: tuple[str, ...]) -> NameIndex:
        """The labels of facts of some kinds, by the characters of their names."""
        if kinds not in self._indexes:
            self._indexes[kinds] = NameIndex([label for kind in kinds for label in self.named(kind)])
        return self._indexes[kinds]

    @cached_property
    def _indexes(self) -> dict[tuple[str, ...], NameIndex]:
        return {}

    def unquoted(self, kinds: tuple[str, ...]) -> frozenset[str]:
        """The names of facts of some kinds, without quotation marks."""
        if kinds not in self._unquoted:
            names = {label.name for kind in kinds for label in self.named(kind)}
            self._unquoted[kinds] = frozenset(name.translate(QUOTES) for name in names)
        return self._unquoted[kinds]

    @cached_property
    def _unquoted(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {}

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Label, ...]]:
        found = defaultdict(list)
        for label in self.labels:
            found[label.kind].append(label)
        return {kind: tuple(labels) for kind, labels in found.items()}

    @cached_property
    def homes(self) -> tuple[Place, ...]:
        """The places of the plans and of their bureaus."""
        named = [places.of(plan.jurisdiction) for plan in self.plans if plan.jurisdiction]
        named += [places.of(bureau.jurisdiction) for bureau in self.bureaus.values() if bureau.jurisdiction]
        return tuple(dict.fromkeys(named))

    @cached_property
    def place_names(self) -> Mapping[str, str]:
        """Full and short names of the places of the plans, each to the full name."""
        found: dict[str, str] = {}
        for plan in self.plans:
            if plan.jurisdiction:
                for name in (plan.jurisdiction, short_place(plan.jurisdiction), *_starts(plan.jurisdiction)):
                    found.setdefault(name, plan.jurisdiction)
        return found

    @cached_property
    def bureau_names(self) -> Mapping[str, tuple[str, ...]]:
        """Every printed name of a bureau, normalised, to the ids it may mean."""
        found = defaultdict(list)
        for bureau in self.bureaus.values():
            names = [normal(name) for name in (bureau.name, *bureau.names)]
            names += [short for name in names if len(short := _COMPANY.sub("", name)) > _LEAST_NAME]
            for name in dict.fromkeys(names):
                found[name].append(bureau.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def ownerless_bureaus(self) -> Mapping[str, tuple[str, ...]]:
        """Names of bureaus without the place and party or government before them (组织部), to the ids they may mean."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, ids in self.bureau_names.items():
            owner = _OWNER.match(name)
            named = places.at_start(name)
            start = max(owner.end() if owner else 0, named[1] if named else 0)
            rest = _PARTY.sub("", name[start:])
            if start and len(rest) >= _LEAST_NAME:
                found[rest].extend(ids)
        return {name: tuple(dict.fromkeys(ids)) for name, ids in found.items()}

    @cached_property
    def bureau_places(self) -> tuple[str, ...]:
        """The full names of the places that have bureaus, longest first."""
        found = {bureau.jurisdiction for bureau in self.bureaus.values() if bureau.jurisdiction}
        return tuple(sorted(found, key=lambda name: (-len(name), name)))

    @cached_property
    def longest_bureau(self) -> int:
        """The size of the longest name of a bureau that is looked for in a question."""
        return max(18, *map(len, self.bureau_names), 0)

    def bureaus_in(self, plans: Iterable[str]) -> frozenset[str]:
        """The ids of the bureaus that answer for a task of one of the plans."""
        wanted = set(plans)
        tasks = {id_ for plan in wanted for id_ in self._tasks_of_plans.get(plan, ())}
        return frozenset(
            id_
            for id_, bureau in self.bureaus.items()
            if not tasks.isdisjoint((*bureau.lead, *bureau.support, *bureau.joint))
        )

    @cached_property
    def _tasks_of_plans(self) -> Mapping[str, tuple[str, ...]]:
        found = defaultdict(list)
        for label in self.named("task"):
            found[label.plan].append(label.id)
        return {plan: tuple(ids) for plan, ids in found.items()}

    @cached_property
    def bureau_ends(self) -> frozenset[str]:
        """The last characters of the names of bureaus."""
        return frozenset(name[-1] for name in self.bureau_names) | frozenset("局委厅办")

    @cached_property
    def bureau_chars(self) -> tuple[str, ...]:
        """The characters of the names of bureaus, and of the short forms of their organ words."""
        return tuple(sorted({char for name in self.bureau_names for char in name} | set("局委厅办")))

    @cached_property
    def collectives(self) -> tuple[str, ...]:
        """The bodies named in notes that are not one bureau, longest first."""
        found = {name for label in self.labels for name in label.collective}
        return tuple(sorted(found, key=lambda name: (-len(name), name)))

    @cached_property
    def units(self) -> frozenset[str]:
        """The units of targets."""
        return frozenset(label.unit for label in self.labels if label.unit)

    @cached_property
    def sizes(self) -> frozenset[str]:
        """The units of targets, and those in which projects are measured."""
        return self.units | quantities.unit_names() | quantities.magnitudes().keys()

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """Headings that hold tasks or targets below them, bare and without their number, to the printed form."""
        printed = [heading for label in self.labels for heading in label.section]
        # Each heading once, where it was printed last: a large knowledge base has them tens of thousands of times.
        once = reversed(dict.fromkeys(reversed(printed)))
        return {title: heading for heading in once if len(title := bare(without_number(heading))) >= 2}

    @cached_property
    def task_ids(self) -> frozenset[str]:
        """The ids of tasks."""
        return frozenset(label.id for label in self.named("task"))

    @cached_property
    def plan_of(self) -> Mapping[str, str]:
        """The plan of each fact, by ids."""
        return {label.id: label.plan for label in self.labels}

    @cached_property
    def target_ids(self) -> frozenset[str]:
        """The ids of targets."""
        return frozenset(label.id for label in self.named("target"))

    @cached_property
    def task_titles(self) -> frozenset[str]:
        """The bare titles of tasks."""
        return frozenset(bare(label.name) for label in self.named("task"))

    @cached_property
    def own_functions(self) -> tuple[str, ...]:
        """What bureaus of the plans are called without their place that the register does not know."""
        found = {id_.partition(":")[2].lstrip("?") for id_ in self.bureaus}
        return tuple(sorted(function for function in found if not function.isascii()))

    def fits(self, word: str) -> bool:
        """Whether a bare word fits the name of a fact."""
        found = self._fitting.get(word)
        if found is None:
            found = self._fitting[word] = any(pieces(word, name) for name in self._names)
        return found

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.haystack.split("\n"))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every two characters that stand together in a name."""
        return frozenset(name[i : i + 2] for name in self.haystack.split("\n") for i in range(len(name) - 1))

    def sounding(self, sounds: frozenset[str]) -> frozenset[str]:
        """The characters of names that may be pronounced in one of these ways."""
        return frozenset(char for sound in sounds for char in self._by_sound.get(sound, ()))

    @cached_property
    def _by_sound(self) -> Mapping[str, frozenset[str]]:
        found = defaultdict(set)
        for char in set(self.haystack):
            if "\u4e00" <= char <= "\u9fff":
                for sound in readings(char):
                    found[sound].add(char)
        return {sound: frozenset(chars) for sound, chars in found.items()}

    @cached_property
    def haystack(self) -> str:
        """All names in one text, bare, a line each."""
        names = set(map(bare, {name for label in self.labels for name in (label.name, label.other) if name}))
        return "\n".join(sorted(names | set(self.sections) | {bare(plan.title) for plan in self.plans}))


def _starts(name: str) -> Iterable[str]:
    """The starts of a place's name that the register knows it by (宁夏 for 宁夏回族自治区)."""
    place = places.find(name)
    return (name[:size] for size in range(2, len(name)) if place and places.find(name[:size]) == place)


def without_number(heading: str) -> str:
    """A heading without the number that it starts with."""
    return re.sub(r"^[\s:：、.．]+", "", heading_pattern().sub("", heading, count=1))


def short_place(name: str) -> str:
    """A place's name without its rank, where two characters are left: 贵阳 for 贵阳市."""
    short = re.sub(r"(?:自治区|自治州|自治县|特别行政区|省|市|州|盟|区|县|旗)$", "", name)
    return short if len(short) >= 2 else name
