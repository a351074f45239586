"""Places: administrative divisions with their codes, and the zones that have bureaus of their own.

Data: `rules/jurisdictions.toml` (GB/T 2260). A division is known by its full name, its short name (贵阳, 黔南) and,
for provinces, the abbreviation in document numbers (黔). What is ambiguous without its parent (鼓楼区) is looked up
within a place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Literal, TypedDict, cast

from plankb import own_tables, rules
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.rules.lazy import LazyPattern
from plankb.rules.register_kinds import Province, Zone

Rank = Literal["national", "province", "city", "county", "township", "zone"]

_UNITS = {
    "区": ("特别行政区", "自治区", "地区", "林区", "特区", "新区", "区"),
    "州": ("自治州",),
    "县": ("自治县", "县"),
    "旗": ("自治旗", "旗"),
    **{unit: (unit,) for unit in "省市盟"},
}
"""Words for the rank of a division by their last character, the longest first."""
_UNLISTED = LazyPattern(
    r"(?![全我本各城都某省市区县州上超股门夜小社园乡街]{1,2}$)[\u4e00-\u9fff]{1,6}?"
    r"(?P<unit>自治区|自治州|自治县|自治旗|街道|省|市|盟|州|县|旗|区|镇|乡)"
)
_RANKS: dict[str, Rank] = {
    **dict.fromkeys(("省", "自治区"), "province"),
    **dict.fromkeys(("市", "盟", "州", "自治州"), "city"),
    **dict.fromkeys(("县", "旗", "区", "自治县", "自治旗"), "county"),
    **dict.fromkeys(("镇", "乡", "街道"), "township"),
}
_TOWNSHIP = LazyPattern(r"[\u4e00-\u9fff]{1,8}?(?:街道|镇|乡)(?![\u4e00-\u9fff]*[街道镇乡]$)")


@dataclass(frozen=True, slots=True)
class Place:
    """A division or zone. `code`: six digits of GB/T 2260, or the printed name of what has none (zones, townships).

    `parent` is the code of the place above it, None for the country and where it is not known.
    """

    code: str
    name: str
    rank: Rank
    parent: str | None = None


COUNTRY = Place("000000", "中华人民共和国", "national")


class _Index:
    """Places by code and by name, as they are kept: texts, read in a fifth of the time of lists. What is asked
    for becomes a `Place`; most of the 3,200 never are."""

    def __init__(self, *, rows: list[str], numbers: dict[str, str], sizes: dict[str, str]) -> None:
        self._rows, self._numbers, self._sizes = rows, numbers, sizes
        self._made: dict[int, Place] = {0: COUNTRY}

    def __contains__(self, name: str) -> bool:
        return name in self._numbers

    def named(self, name: str) -> tuple[Place, ...]:
        """The places of a full or short name, by code."""
        return tuple(self._place(int(number)) for number in self._numbers.get(name, "").split())

    def is_full(self, name: str) -> bool:
        """Whether a place has this as its full name."""
        return any(place.name == name for place in self.named(name))

    def lengths(self, start: str) -> Iterator[int]:
        """How long the names are that begin with two characters, longest first."""
        return map(int, self._sizes.get(start, "").split())

    def coded(self, code: str) -> Place | None:
        """The place of a code."""
        number = self._by_code.get(code)
        return None if number is None else self._place(number)

    def all(self) -> tuple[Place, ...]:
        """All places with a code or name of their own, in the order of the list."""
        return tuple(map(self._place, self._by_code.values()))

    @cached_property
    def _by_code(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, row in enumerate(self._rows):
            found.setdefault(row.partition("\t")[0], number)
        return found

    def _place(self, number: int) -> Place:
        if number not in self._made:
            code, name, rank, parent = self._rows[number].split("\t")
            self._made[number] = Place(code, name, cast("Rank", rank), parent or None)
        return self._made[number]


@cache
def _index() -> _Index:
    return _Index(**own_tables.derived("plankb.rules", "jurisdictions", __file__, _made_index))


class _Kept(TypedDict):
    """What an index is made of: the rows of all places, their numbers by name, how long names are by how they begin."""

    rows: list[str]
    numbers: dict[str, str]
    sizes: dict[str, str]


def _made_index() -> _Kept:
    names: dict[str, list[int]] = defaultdict(list)
    places = [COUNTRY]
    for number, (place, shorts) in enumerate(_rows(), start=1):
        places.append(place)
        names[place.name].append(number)
        for short in shorts:
            if len(short) > 1 and short != place.name:  # one character is an abbreviation: 黔
                names[short].append(number)
    sizes: dict[str, set[int]] = defaultdict(set)
    for name, shared in names.items():
        shared.sort(key=lambda number: places[number].code)
        sizes[name[:2]].add(len(name))
    return {
        "rows": ["\t".join((place.code, place.name, place.rank, place.parent or "")) for place in places],
        "numbers": {name: _joined(shared) for name, shared in names.items()},
        "sizes": {start: _joined(sorted(found, reverse=True)) for start, found in sizes.items()},
    }


def _joined(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _rows() -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Every place with its other names."""
    for province in rules.many("jurisdictions", "province", Province):
        top = Place(province.code + "0000", province.name, "province", COUNTRY.code)
        yield top, province.short
        for key, listed in province.divisions.items():
            city = top
            if key[4:]:
                city = Place(key[:4] + "00", key[4:], "city", top.code)
                yield city, _shorts(city.name)
            for entry in listed.split():
                county = Place(key[:4] + entry[:2], entry[2:], "county", city.code)
                yield county, _shorts(county.name)
    for zone in rules.many("jurisdictions", "zone", Zone):
        yield Place(zone.name, zone.name, "zone", zone.seat[0].ljust(6, "0")), ()


@cache
def _people() -> re.Pattern[str]:
    return compiled(f"{rules.one('jurisdictions', 'autonomous').expression}+(?=自治|矿区|$)")


def _shorts(name: str) -> tuple[str, ...]:
    """Names without the rank, with at least two characters: 贵阳市 is 贵阳, 黔南布依族苗族自治州 is 黔南州 and 黔南."""
    unit = next(filter(name.endswith, _UNITS.get(name[-1], ())), "")
    stem = name.removesuffix(unit)
    if unit.startswith("自治"):
        match = _people().search(name)
        stem = name[: match.start()] if match and match.start() >= 2 else stem
        return tuple(short for short in (stem + unit[-1], stem) if len(short) >= 2)
    return (stem,) if len(stem) >= 2 else ()


def by_code(code: str) -> Place | None:
    """The place of a code."""
    return _index().coded(code)


def ancestors(place: Place) -> tuple[Place, ...]:
    """A place and those above it, nearest first, the country left out."""
    chain = [place]
    while chain[-1].parent is not None and (above := by_code(chain[-1].parent)) and above is not COUNTRY:
        chain.append(above)
    return tuple(chain)


def find(name: str, *, within: Place | None = None) -> Place | None:
    """The place of a full or short name; None when there is none, or several and `within` does not decide."""
    found = _index().named(name)
    if not found:
        return _nested(name)
    if len(found) > 1:
        exact = tuple(place for place in found if place.name == name)
        found = exact or found
    if len(found) > 1:
        # a city before the county of its short name (通州), then what lies in or around `within`
        top = tuple(place for place in found if place.rank != "county")
        found = top or found
        near = max((_nearness(place, within) for place in found), default=0) if within else 0
        found = tuple(place for place in found if within and _nearness(place, within) == near) if near else found
    return found[0] if len(found) == 1 else None


def of(jurisdiction: str) -> Place:
    """The place of a jurisdiction as a record names it; one that no list holds is of the rank that its name says."""
    if jurisdiction in (COUNTRY.name, "全国", "国家"):
        return COUNTRY
    return find(jurisdiction) or unlisted(jurisdiction) or zone(jurisdiction)


def unlisted(name: str) -> Place | None:
    """A division that no list holds, of the rank that its whole name says: a town, or a place renamed since.

    None for listed ones, and for words that are no name (全市, 城市, 社区).
    """
    match = _UNLISTED.fullmatch(name)
    if match is None or name in _index() or zone_at(name):
        return None
    inside = next((found for size in range(len(name) - 2, 1, -1) if (found := find(name[:size]))), None)
    return Place(name, name, _RANKS[match["unit"]], inside.code if inside else None)


def _nested(name: str) -> Place | None:
    """The place of a name with the place that holds it before it (上海市普陀区)."""
    for size in range(len(name) - 2, 1, -1):
        outer = _index().named(name[:size])
        inner = [p for o in outer for p in _index().named(name[size:]) if o in ancestors(p) and p != o]
        if len(inner) == 1:
            return inner[0]
    return None


def label(place: Place) -> str:
    """A place's name, with the place above it where several places share the name (上海市普陀区)."""
    if len(_index().named(place.name)) < 2 or place.parent is None:
        return place.name
    above = by_code(place.parent)
    return (above.name if above else "") + place.name


def shared(name: str) -> tuple[Place, ...]:
    """The places of a full name that several places share; () for any other name."""
    found = tuple(place for place in _index().named(name) if place.name == name)
    return found if len(found) > 1 else ()


def _nearness(place: Place, other: Place) -> int:
    """How near two places are: how deep in the country the smallest place that holds both lies; 0 when none does."""
    shared = set(ancestors(place)) & set(ancestors(other))
    return max((len(ancestors(holder)) for holder in shared), default=0)


def at_start(text: str, *, within: Place | None = None) -> tuple[Place, int] | None:
    """The place whose name a text starts with, full names first, and how long the name is."""
    index = _index()
    if within and within.name not in index and text.startswith(within.name):
        return within, len(within.name)
    for whole in (True, False):
        for size in index.lengths(text[:2]):
            name = text[:size]
            if (
                len(name) == size
                and name in index
                and index.is_full(name) == whole
                and (place := find(name, within=within))
            ):
                inside = zone_at(text)
                return inside if inside and inside[1] > size else (place, size)
    return zone_at(text)


@cache
def _zone_pattern() -> LazyPattern:
    words = rules.one("jurisdictions", "zones").expression
    return LazyPattern(rf"(?P<zone>[\u4e00-\u9fff]{{2,9}}?{words})(?!内|和)")


def zone_at(text: str) -> tuple[Place, int] | None:
    """The zone (开发区, 新区) whose name a text starts with, and how long the name is."""
    match = _zone_pattern().match(text)
    if not match or text[0] in "省市区县州各":
        return None
    return zone(match["zone"]), match.end()


def area_at(text: str, home: Place | None) -> tuple[Place, int] | None:
    """The zone of a plan's place that is called by its kind alone (高新区), and how long the word is."""
    match = rules.one("jurisdictions", "zones").match(text)
    if match is None or home is None or len(word := match[0]) < len("高新区"):
        return None
    return Place(f"{home.code}/{word}", word, "zone", home.code), len(word)


def zone(name: str) -> Place:
    """The zone of a name; its parent is known where the name starts with a place or the rules list it."""
    listed = _index().named(name)
    if listed:
        return listed[0]
    inside = next((found for size in range(len(name) - 1, 1, -1) if (found := find(name[:size]))), None)
    return Place(name, name, "zone", inside.code if inside else None)


def zones_of(place: Place) -> tuple[Place, ...]:
    """The zones of the rules that lie in a place."""
    codes = {place.code}
    found = rules.many("jurisdictions", "zone", Zone)
    return tuple(zone(z.name) for z in found if codes & {seat.ljust(6, "0") for seat in z.seat})


def township(name: str, home: Place | None) -> Place | None:
    """The township of a name such as 花石镇 or 古美路街道, as a place of the county `home`; None for other names."""
    if not _TOWNSHIP.fullmatch(name) or name[0] in "各省市县" or name in _index():
        return None
    base = home.code if home else "?"
    return Place(f"{base}/{name}", name, "township", home.code if home else None)


def mentions(text: str) -> Iterator[tuple[Place, int]]:
    """Places named in a text by full name, or by the short name of a province or city, with their positions."""
    position = 0
    while position < len(text):
        found = _mention_at(text, position)
        if found is None:
            position += 1
            continue
        place, size = found
        yield place, position
        position += size


def _mention_at(text: str, position: int) -> tuple[Place, int] | None:
    index = _index()
    for size in index.lengths(text[position : position + 2]):
        name = text[position : position + size]
        if len(name) == size and name in index:
            place = find(name)
            if place and (index.is_full(name) or place.rank in ("province", "city", "zone")):
                return place, size
    return None


def relative(prefix: str, home: Place | None) -> Place | None:
    """The place that 省, 市, 区, … means in a plan of `home`; None where it is not one place."""
    if home is None:
        return None
    for place in ancestors(home):
        if _means(prefix, place):
            return place
    return None


def _means(prefix: str, place: Place) -> bool:
    municipality = place.rank == "province" and place.name.endswith("市")
    if prefix in ("省", "自治区"):
        return place.rank == "province" and not municipality
    if prefix == "市":
        return municipality or (place.rank in ("city", "county") and place.name.endswith("市"))
    if prefix in ("州", "自治州", "盟", "地区"):
        return place.rank == "city" and place.name.endswith(prefix[-1])
    if prefix == "区":
        return place.rank in ("county", "zone") and place.name.endswith("区")
    if prefix == "新区":
        return place.rank == "zone" and place.name.endswith("新区")
    if prefix in ("镇", "街道", "乡"):
        return place.rank == "township" and place.name.endswith(prefix)
    return place.rank == "county" and place.name.endswith(prefix[-1])


def all_places() -> Iterable[Place]:
    """Every division of the rules."""
    return _index().all()
