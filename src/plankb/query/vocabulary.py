"""What a knowledge base can be asked about: its plans, bureaus, places and the names of its facts, read once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from plankb import quantities, rules
from plankb.model import Bureau, Plan
from plankb.name_forms import bare
from plankb.query.link.index import Lines, NameIndex
from plankb.query.normalise.names import pieces
from plankb.query.normalise.pronunciation import readings
from plankb.query.recognise.sections import BOX
from plankb.register import Place, normal, places
from plankb.rules.lazy import LazyPattern
from plankb.store import Labels, Name, Store

_LEAST_NAME = 3
_LONGEST_PLACE, _LOCAL = 5, ("city", "county")
"""Characters of a place looked for in a title, and the ranks of such places."""
_PAIR, _LEAST_PIECES = 2, 4
"""Characters of a pair, and of the shortest word that stands in a name in pieces of two."""
_PARTS, _FITTING = 16, 16_384
"""How many vocabularies of some plans, and answers of `fits`, are kept at hand."""
_CLIPPED = LazyPattern("[\u4e00-\u9fff]{2}")
QUOTES = dict.fromkeys(map(ord, "“”‘’\"'"))
"""For `str.translate`: quotation marks, which are typed or not."""


class Vocabulary:
    """The names of one state of a store. Needs neither a text of the plans nor a fact."""

    def __init__(self, plans: Iterable[Plan], bureaus: Iterable[Bureau], labels: Labels, store: Store) -> None:
        self.plans = tuple(plans)
        self.bureaus: Mapping[str, Bureau] = {bureau.id: bureau for bureau in bureaus}
        self._labels = labels
        self._store = store
        self._fitting: dict[str, bool] = {}
        self._parts: dict[frozenset[str], Vocabulary] = {}
        self._indexes: dict[tuple[str, ...], NameIndex] = {}
        self._unquoted: dict[tuple[str, ...], frozenset[str]] = {}

    @classmethod
    def of(cls, store: Store) -> Vocabulary:
        """The vocabulary of a store; its bureaus are without their tasks."""
        return cls(store.plans(), store.named_bureaus(), store.labels, store)

    def within(self, plans: frozenset[str]) -> Vocabulary:
        """The vocabulary of some of the plans alone."""
        if plans not in self._parts:
            if len(self._parts) >= _PARTS:
                self._parts.clear()
            own = [plan for plan in self.plans if plan.id in plans]
            self._parts[plans] = Vocabulary(own, self.bureaus.values(), self._labels.within(plans), self._store)
        return self._parts[plans]

    def named(self, kind: str) -> tuple[Name, ...]:
        """The names of facts of one kind (task, target, project, citation), of units and bodies (collective)."""
        return self._by_kind.get(kind, ())

    def index(self, kinds: tuple[str, ...]) -> NameIndex:
        """The names of facts of some kinds, by their characters."""
        if kinds not in self._indexes:
            names = [name for kind in kinds for name in self.named(kind)]
            self._indexes[kinds] = NameIndex(names, self._labels, headings=self._labels.headings)
        return self._indexes[kinds]

    def unquoted(self, kinds: tuple[str, ...]) -> frozenset[str]:
        """The names of facts of some kinds, without quotation marks."""
        if kinds not in self._unquoted:
            names = {name.name for kind in kinds for name in self.named(kind)}
            self._unquoted[kinds] = frozenset(name.translate(QUOTES) for name in names)
        return self._unquoted[kinds]

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Name, ...]]:
        found = defaultdict(list)
        for name in self._labels.names():
            found[name.kind].append(name)
        return {kind: tuple(names) for kind, names in found.items()}

    @cached_property
    def title_of(self) -> Mapping[str, str]:
        """The title of each plan, by id."""
        return {plan.id: plan.title for plan in self.plans}

    @cached_property
    def titles(self) -> tuple[tuple[Plan, str, str, str], ...]:
        """Each plan with its bare title, its bare id and its id without letter case."""
        return tuple((plan, bare(plan.title), bare(plan.id), plan.id.casefold()) for plan in self.plans)

    @cached_property
    def attached(self) -> tuple[tuple[Plan, str], ...]:
        """The attachments that plans carry: each plan with the bare title of one."""
        return tuple(
            (plan, bare(one.title)) for plan in self.plans for one in plan.attachments if one.title and one.span
        )

    def titled(self, words: str) -> list[tuple[Plan, str]]:
        """The plans whose title bare words of two characters or more fit, each with its bare title."""
        held = self._title_lines.with_both(words[:2], words[-2:])  # what `pieces` looks for first
        fitting = {title for title in held if pieces(words, title)}
        if not fitting:  # what one word stands for (环境保护, 环保) may be cut apart in what was typed (生态环境规划)
            return [(plan, title) for plan, title, _, _ in self.titles if len(words) > 2 and words in plan.title]
        return [(plan, title) for plan, title, _, _ in self.titles if title in fitting]

    def clipped(self, words: str) -> list[tuple[Plan, str]]:
        """The plans whose title has the long form of two clipped characters (林草 of 林业草原), each with its bare
        title."""
        if not _CLIPPED.regex.fullmatch(words):
            return []
        long = re.compile(f"{words[0]}[\u4e00-\u9fff]{words[1]}[\u4e00-\u9fff]")
        return [(plan, title) for plan, title, _, _ in self.titles if long.search(title)]

    @cached_property
    def _title_lines(self) -> Lines:
        return Lines("\n".join(dict.fromkeys(title for _, title, _, _ in self.titles)))

    @cached_property
    def homes(self) -> tuple[Place, ...]:
        """The places of the plans and of their bureaus."""
        named = [places.of(plan.jurisdiction) for plan in self.plans if plan.jurisdiction]
        named += [places.of(bureau.jurisdiction) for bureau in self.bureaus.values() if bureau.jurisdiction]
        return tuple(dict.fromkeys(named))

    @cached_property
    def place_names(self) -> Mapping[str, str]:
        """Full and short names of the places of the plans, each to the full name, and the names that titles give to
        a place together with one inside it (贵阳贵安)."""
        found: dict[str, str] = {}
        for plan in self.plans:
            if plan.jurisdiction:
                for name in (plan.jurisdiction, short_place(plan.jurisdiction), *_starts(plan.jurisdiction)):
                    found.setdefault(name, plan.jurisdiction)
        zones = {short for place in self.bureau_places if len(short := place.removesuffix("新区")) < len(place)}
        for plan in self.plans:
            short = short_place(plan.jurisdiction or "")
            for zone in zones if short and plan.title.startswith(short) else ():
                if plan.title.startswith(zone, len(short)):
                    found.setdefault(short + zone, plan.jurisdiction or "")
        return found

    @cached_property
    def title_places(self) -> Mapping[str, tuple[str, ...]]:
        """The places that titles of plans without a place of their own name at their start or before the words for
        what kind of plan it is, to the ids of these plans."""
        found: dict[str, list[str]] = defaultdict(list)
        for plan in self.plans:
            end = None if plan.jurisdiction else rules.one("question_forms", "plan_title_end").search(plan.title)
            for part in (plan.title[:_LONGEST_PLACE], plan.title[: end.start()][-_LONGEST_PLACE:]) if end else ():
                sizes = range(len(part), _PAIR - 1, -1)
                ends = (part[:size] if plan.title.startswith(part) else part[-size:] for size in sizes)
                name = next((name for name in ends if (own := places.find(name)) and own.rank in _LOCAL), None)
                if name and plan.id not in found[name]:
                    found[name].append(plan.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def bureau_names(self) -> Mapping[str, tuple[str, ...]]:
        """Every printed name of a bureau, normalised, to the ids it may mean."""
        found, company = defaultdict(list), rules.one("bureaus", "company_form")
        for bureau in self.bureaus.values():
            names = [normal(name) for name in (bureau.name, *bureau.names)]
            names += [short for name in names if len(short := company.sub(name)) > _LEAST_NAME]
            for name in dict.fromkeys(names):
                found[name].append(bureau.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def ownerless_bureaus(self) -> Mapping[str, tuple[str, ...]]:
        """Names of bureaus without the place and party or government before them (组织部), to the ids they may mean."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, ids in self.bureau_names.items():
            owner = rules.one("bureaus", "owner").match(name)
            named = places.at_start(name)
            start = max(owner.end() if owner else 0, named[1] if named else 0)
            rest = rules.one("bureaus", "party_before").sub(name[start:])
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

    def bureaus_in(self, plans: Iterable[str], among: Iterable[str]) -> frozenset[str]:
        """Those of some bureaus (ids) that answer for a task of one of the plans."""
        return self._store.bureaus_in(plans, among)

    def plans_with(self, bureaus: Iterable[str]) -> frozenset[str]:
        """The ids of the plans in which one of some bureaus answers for a task."""
        return self._store.plans_with(bureaus)

    def plans_of(self, labels: Iterable[str]) -> frozenset[str]:
        """The ids of the plans of some facts (ids)."""
        return frozenset(plan for plan, _ in self._store.plans_of(labels).values())

    def has_kind(self, kind: str, labels: Iterable[str]) -> bool:
        """Whether one of some facts (ids) is of a kind."""
        return any(own == kind for _, own in self._store.plans_of(labels).values())

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
        found = {name.name for name in self.named("collective")}
        return tuple(sorted(found, key=lambda name: (-len(name), name)))

    @cached_property
    def units(self) -> frozenset[str]:
        """The units of targets."""
        return frozenset(name.name for name in self.named("unit"))

    @cached_property
    def sizes(self) -> frozenset[str]:
        """The units of targets, and those in which projects are measured."""
        return self.units | quantities.unit_names() | quantities.magnitudes().keys()

    @cached_property
    def measures(self) -> frozenset[str]:
        """The units of targets, and those in signs in which projects are measured (MW)."""
        return self.units | {unit for unit in self.sizes if unit.isascii()}

    @cached_property
    def sections(self) -> frozenset[str]:
        """Headings that hold tasks or targets below them, bare and without their number."""
        return frozenset(title for title in self._labels.sections() if len(title) >= 2)

    @cached_property
    def boxes(self) -> tuple[str, ...]:
        """The bare titles of the 专栏 that hold named facts, without their number."""
        return tuple(dict.fromkeys(one.printed for one in self._labels.headings() if one.name.startswith(BOX)))

    @cached_property
    def task_titles(self) -> frozenset[str]:
        """The bare titles of tasks."""
        return frozenset(name.bare for name in self.named("task"))

    @cached_property
    def own_functions(self) -> tuple[str, ...]:
        """What bureaus of the plans are called without their place that the register does not know."""
        found = {id_.partition(":")[2].lstrip("?") for id_ in self.bureaus}
        return tuple(sorted(function for function in found if not function.isascii()))

    def fits(self, word: str) -> bool:
        """Whether a bare word fits the name of a fact."""
        found = self._fitting.get(word)
        if found is None:
            if len(self._fitting) >= _FITTING:
                self._fitting.clear()
            found = self._fitting[word] = bool(word) and (self.holds(word) or self._fits_in_pieces(word))
        return found

    def _fits_in_pieces(self, word: str) -> bool:
        if len(word) < _LEAST_PIECES:
            return False
        return any(pieces(word, name) for name in self._lines.with_both(word[:2], word[-2:]))

    def holds(self, words: str) -> bool:
        """Whether words stand in a bare name as they are."""
        return words in self.haystack if len(words) > _PAIR else words in self._short

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.haystack)

    @cached_property
    def _short(self) -> frozenset[str]:
        """What `holds` is asked for most: every character of the names, every two that follow one another, nothing."""
        return self.pairs | frozenset(self.haystack) | {""}

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every two characters that stand together in a name."""
        return frozenset(map("".join, zip(self.haystack, self.haystack[1:], strict=False)))

    def between(self, before: str, after: str) -> Iterator[str]:
        """The characters that stand between two parts of a text in `haystack`."""
        at = self.haystack.find(before)
        while at >= 0:
            place = at + len(before)
            if self.haystack.startswith(after, place + 1):
                yield self.haystack[place]
            at = self.haystack.find(before, at + 1)

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
        facts = [name for kind in ("task", "target", "project", "citation") for name in self.named(kind)]
        names = {name.bare for name in facts if name.name} | {name.bare_other for name in facts if name.other}
        return "\n".join(sorted(names | self.sections | {title for _, title, _, _ in self.titles}))


def _starts(name: str) -> Iterable[str]:
    """The starts of a place's name that the register knows it by (宁夏 for 宁夏回族自治区)."""
    place = places.find(name)
    return (name[:size] for size in range(2, len(name)) if place and places.find(name[:size]) == place)


def is_national(plan: Plan) -> bool:
    """Whether a plan is of the whole country: of the state or a ministry, or of no place that it or its title names."""
    return plan.level in ("national", "ministry") or (
        plan.jurisdiction is None and plan.level is None and not any(places.mentions(plan.title))
    )


def is_of_level(plan: Plan, levels: Collection[str]) -> bool:
    """Whether a plan is of one of some levels; the plans of the country are those of its ministries too."""
    return plan.level in levels or ("national" in levels and is_national(plan))


def short_place(name: str) -> str:
    """A place's name without its rank, where two characters are left: 贵阳 for 贵阳市."""
    short = rules.one("jurisdictions", "rank").sub(name)
    return short if len(short) >= 2 else name
