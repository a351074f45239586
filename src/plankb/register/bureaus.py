"""From a printed name to a bureau: place and function make the entity.

The functions are those of the register (`rules/bureaus.toml`).
Nothing is merged because it looks alike: a name that the register does not know stays an entity of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from plankb import rules
from plankb.model import Bureau
from plankb.register import places
from plankb.register.places import COUNTRY, Place

_BRACKETS = str.maketrans("（）〈〉", "()()")
_MINISTRIES = ("部", "总局", "署")
_RANKS = ("", "省", "市", "区", "县", "州", "自治区")
_INNER = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Entity:
    """A body. `id` is `CODE:FUNCTION`; `known` is False where the register knows no such function or no such place.

    `name` is the full canonical name, `place` None where the name does not say whose it is.
    """

    id: str
    name: str
    place: Place | None
    known: bool

    @property
    def jurisdiction(self) -> str | None:
        """The name of its place, None where unknown; with the place above it where several share the name."""
        return places.label(self.place) if self.place else None


@dataclass(frozen=True, slots=True)
class Renaming:
    """An old name: the function it became, the year in which it ended, and the decree that says so."""

    to: str
    kind: str
    since: int | None
    until: int
    source: str


@dataclass(frozen=True, slots=True)
class _Function:
    """What a name means without its place; `full` is the name in full, `national` that of the country's body."""

    id: str
    full: str
    national: str | None = None
    renaming: Renaming | None = None


@dataclass(frozen=True, slots=True)
class _Regional:
    function: str
    pattern: re.Pattern[str]
    at_start: bool
    own: bool


@dataclass(frozen=True, slots=True)
class _Index:
    names: dict[str, _Function]
    regional: tuple[_Regional, ...]
    relative: tuple[str, ...]
    national: tuple[str, ...]
    own_name: tuple[str, ...]


@cache
def _index() -> _Index:
    data = rules.load("bureaus")
    names: dict[str, _Function] = {}
    for entry in data["function"]:
        _add_names(names, entry, data["organs"], None)
    for entry in data["renaming"]:
        if "word" not in entry:
            renaming = Renaming(entry["to"], entry["kind"], entry.get("from"), entry["until"], entry["source"])
            old = entry | {"id": entry["to"] if entry["kind"] == "renamed" else entry["id"]}
            _add_names(names, old, data["organs"], renaming)
    regional = []
    for entry in data["regional"]:
        own = entry.get("own", False)
        for name in (*entry["names"], *entry.get("old_names", ())):
            full = name if own or name in entry.get("old_names", ()) else entry["names"][0]
            names.setdefault(name, _Function(name if own else entry["id"], full, full))
        regional += [_Regional(entry["id"], _regional(p), p.startswith("{P}"), own) for p in entry["patterns"]]
    prefixes = data["prefixes"]
    return _Index(
        names,
        tuple(regional),
        tuple(sorted(prefixes["relative"], key=len, reverse=True)),
        tuple(sorted(prefixes["national"], key=len, reverse=True)),
        tuple(data["organs"]["own_name"]),
    )


def _add_names(
    names: dict[str, _Function], entry: dict[str, object], organs: dict[str, object], renaming: Renaming | None
) -> None:
    """All printed forms of one function: its words before every organ word, and its names."""
    official, short = _strings(entry.get("official")), _strings(entry.get("short"))
    national = str(entry["national"]) if "national" in entry else None
    full = organs["full"]
    spelled = full if isinstance(full, dict) else {}
    words = _strings(entry.get("organs")) or (
        *_strings(organs["administrative"]),
        *_strings(organs["department"]),
    )
    for stem in (*official, *short):
        said = official[0] if stem in short and len(official) == 1 else stem
        for organ in words:
            if renaming and organ in _MINISTRIES and "organs" not in entry:
                continue
            whole = said + (organ if stem in short and len(official) > 1 else str(spelled.get(organ, organ)))
            names.setdefault(stem + organ, _Function(str(entry["id"]), _once(whole), national, renaming))
    for name in _strings(entry.get("names")):
        organ = name[-1]
        whole = official[0] + str(spelled.get(organ, organ)) if len(official) == 1 and organ in "委办局" else name
        names.setdefault(name, _Function(str(entry["id"]), _once(whole), national, renaming))


def _once(name: str) -> str:
    """A name whose words and organ word overlap (机构编制委员会 + 委员会) said once."""
    return name.replace("委员会委员会", "委员会")


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def _regional(pattern: str) -> re.Pattern[str]:
    levels = "|".join(rules.load("bureaus")["prefixes"]["relative"])
    place = r"(?P<place>[\u4e00-\u9fff]{1,12}?)"
    return re.compile(pattern.replace("{P}", place).replace("{J}", place).replace("{L}", f"(?P<level>{levels})"))


def normal(name: str) -> str:
    """A name as the register compares it: no white space or quotation marks, brackets of one width."""
    return re.sub(r"[\s“”\"'《》]", "", name).translate(_BRACKETS)


def resolve(
    name: str,
    *,
    home: Place | None = None,
    context: Place | None = None,
    zones: Iterable[Place] = (),
    year: int | None = None,
) -> Entity:
    """The bureau that a printed name means in a plan of the place `home`.

    `context` is the place of the name before it in the same list, for a prefix said once (省A、B); `zones` are the
    zones that the plan names in full, for 新区X局. `year` is that of the plan: a name out of use by then is not taken
    for its successor. Always gives an entity; `known` says whether the register knew it.
    """
    text = normal(name)
    for candidate in (text, _INNER.sub("", text)):
        found = _resolve(candidate, home, context, tuple(zones))
        if found and found.known:
            return (
                found
                if not _out_of_use(candidate, year, home)
                else replace(found, id=_own_id(found, text), known=False)
            )
    return _resolve(text, home, context, tuple(zones)) or Entity(f"?:{text}", text, None, known=False)


def _out_of_use(text: str, year: int | None, home: Place | None) -> bool:
    """Whether a name had ended before a year; the year of the reform itself and the next count as use."""
    old = renaming(text, home=home) if year is not None else None
    return old is not None and year is not None and year > old.until + 1


def _own_id(entity: Entity, text: str) -> str:
    return f"{entity.id.split(':', 1)[0]}:?{text}"


def _resolve(text: str, home: Place | None, context: Place | None, zones: tuple[Place, ...]) -> Entity | None:
    index = _index()
    for regional in index.regional:
        if entity := _match_regional(regional, text, home):
            return entity
    branch = _branch(text, home, context, zones)
    if branch:
        return branch
    if text in index.names:
        return _bare(text, index.names[text], home, context)
    return _with_place(text, home, zones) or _unplaced(text, home, context)


def _match_regional(regional: _Regional, text: str, home: Place | None) -> Entity | None:
    """A body whose place stands inside its name; one of a place below that (山西局大同分局) goes by its own name."""
    match = regional.pattern.fullmatch(text)
    if match is None:
        return None
    groups = match.groupdict()
    if groups.get("level"):
        place = relative(groups["level"], home)
        return Entity(f"{place.code if place else '?'}:{regional.function}", text, place, known=place is not None)
    named = places.at_start(text[match.start("place") :], within=home)
    if named is None:
        loose = regional.at_start or len(groups["place"]) < 2
        return None if loose else Entity(f"org:{text}", text, None, known=True)
    whole = text[match.start("place") + named[1] : match.end("place")] in _RANKS
    function = text if regional.own or not whole else regional.function
    return Entity(f"{named[0].code}:{function}", text, named[0], known=True)


def _branch(text: str, home: Place | None, context: Place | None, zones: tuple[Place, ...]) -> Entity | None:
    """市生态环境局湘潭县分局 is the county's bureau of that function."""
    match = re.fullmatch(r"(?P<body>.{3,}?(?:局|委|厅))(?P<place>[\u4e00-\u9fff]{2,10}?)分局", text)
    place = match and places.find(match["place"], within=home)
    if not match or place is None:
        return None
    body = _resolve(match["body"], home, context, zones)
    if body is None or not body.known:
        return None
    name = f"{body.name}{match['place']}分局"
    return Entity(f"{place.code}:{body.id.split(':', 1)[1]}", name, place, known=True)


def _bare(text: str, function: _Function, home: Place | None, context: Place | None) -> Entity:
    """A name without a place: the country's where only the country has such a body, else that of the context."""
    if function.national and (text.endswith(_MINISTRIES) and not text.endswith("委宣传部")):
        return Entity(f"{COUNTRY.code}:{function.id}", function.national, COUNTRY, known=True)
    if function.national == text:
        return Entity(f"{COUNTRY.code}:{function.id}", text, COUNTRY, known=True)
    return _entity(context or home, function)


def _entity(place: Place | None, function: _Function) -> Entity:
    if place is None:
        return Entity(f"?:{function.id}", function.full, None, known=False)
    if place is COUNTRY:
        return Entity(f"{place.code}:{function.id}", function.national or function.full, place, known=True)
    full = function.full
    name = full if full.startswith(place.name) else place.name + full
    return Entity(f"{place.code}:{function.id}", name, place, known=True)


def _with_place(text: str, home: Place | None, zones: tuple[Place, ...]) -> Entity | None:
    """A name that starts with a place: named (贵阳市), or said from the plan's point of view (市, 新区, 国家)."""
    index = _index()
    bare = text.removeprefix("中共")
    named = places.at_start(bare, within=home)
    if named and (entity := _of_inner(bare, named)):
        return entity
    if named and (entity := _of_place(bare[named[1] :], named[0])):
        short = not bare.startswith(named[0].name) and bare[named[1] :].endswith(index.own_name)
        return Entity(f"{named[0].code}:{bare}", bare, named[0], known=True) if short else entity
    for prefix in index.national:
        if bare.startswith(prefix) and (entity := _national(bare, bare[len(prefix) :])):
            return entity
    for prefix in index.relative:
        if bare.startswith(prefix) and len(bare) > len(prefix):
            place = _zone_of(zones, home) if prefix == "新区" else relative(prefix, home)
            entity = _of_place(bare[len(prefix) :], place, prefix=prefix)
            if entity:
                return entity
    area = places.area_at(bare, home)
    if area and (entity := _of_place(bare[area[1] :], area[0])):
        return entity
    town = re.match(r"[\u4e00-\u9fff]{1,8}?(?:镇|乡|街道)(?=$|人民政府|政府|办事处)", bare)
    if town and (place := places.township(town.group(), home)):
        return Entity(f"{place.code}:government", place.name, place, known=home is not None)
    return None


def _of_inner(text: str, named: tuple[Place, int]) -> Entity | None:
    """A body of a place inside the named one (南通市海门生态环境局); None where there is no such place or function."""
    inner = places.at_start(text[named[1] :], within=named[0])
    if inner is None or inner[0] == named[0] or named[0] not in places.ancestors(inner[0]):
        return None
    function = _index().names.get(text[named[1] + inner[1] :])
    return Entity(f"{inner[0].code}:{function.id}", text, inner[0], known=True) if function else None


def _of_place(rest: str, place: Place | None, *, prefix: str = "") -> Entity | None:
    """The body `rest` of a place; None where `rest` is nothing that the register knows and no body's own name."""
    index = _index()
    if not rest or rest in ("人民政府", "政府"):
        return _entity(place, index.names["人民政府"]) if place or prefix else None
    function = index.names.get(rest)
    if function:
        return _entity(place, function)
    if rest.endswith(index.own_name) or re.search(r"(?:局|委|厅|办|部|处|室|署|司)$", rest):
        own = rest.endswith(index.own_name)
        name = (place.name if place else prefix) + rest
        code = place.code if place else "?" + prefix
        return Entity(f"{code}:{'' if own else '?'}{rest}", name, place, known=own and place is not None)
    return None


def _national(text: str, rest: str) -> Entity | None:
    known = _index().names
    function = known.get(text) or known.get(rest) or known.get("委" + rest)
    if function is None:
        return None
    return Entity(f"{COUNTRY.code}:{function.id}", function.national or text, COUNTRY, known=True)


def _zone_of(zones: tuple[Place, ...], home: Place | None) -> Place | None:
    """The one new area that 新区 can mean in a plan; None where several could be meant."""
    named = {zone for zone in zones if zone.name.endswith("新区")}
    if home is not None and home.name.endswith("新区"):
        return home
    listed = named or (set(places.zones_of(home)) if home else set())
    return listed.pop() if len(listed) == 1 else None


def _unplaced(text: str, home: Place | None, context: Place | None) -> Entity | None:
    """A name without a place that no function explains: an enterprise or institution by its own name, or unknown."""
    if re.search(r"(?:公司|集团|银行|大学|学院|医院|研究院|协会|学会|商会|基金会|中心)$", text):
        return Entity(f"org:{text}", text, None, known=True)
    place = context or home
    if text.endswith(_index().own_name) and place:
        return Entity(f"{place.code}:{text}", text, place, known=True)
    return Entity(f"{place.code if place else '?'}:?{text}", text, place, known=False)


def relative(prefix: str, home: Place | None) -> Place | None:
    """The place that 省, 市, 区, … means in a plan of `home`; None where it is not one place."""
    if home is None:
        return None
    for place in places.ancestors(home):
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


def has_prefix(name: str) -> bool:
    """Whether a name says whose it is (省A, 贵阳市B), so that a name after it in a list may leave that out."""
    text = normal(name)
    if text in _index().names:
        return False
    return text.startswith((*_index().relative, *_index().national)) or places.at_start(text) is not None


def is_function(name: str) -> bool:
    """Whether a name, with or without its place, is a function that the register knows."""
    text = normal(name)
    index = _index()
    if text in index.names:
        return len(text) > 2
    rests = [text[len(p) :] for p in (*index.relative, *index.national) if text.startswith(p)]
    named = places.at_start(text)
    rests += [text[named[1] :]] if named else []
    if any(rest in index.names and len(rest) > 1 for rest in rests):
        return True
    return any(_match_regional(regional, text, None) is not None for regional in index.regional)


def is_body(name: str) -> bool:
    """Whether a whole name is a place (or 国家, 省, …) and a function that the register knows."""
    text = normal(name)
    return is_function(text) and (has_prefix(text) or text in _index().names)


def find(name: str, bureaus: Iterable[Bureau]) -> tuple[str, ...]:
    """The ids of those bureaus that a name can mean, each read from the point of view of its own place.

    市交委 finds the transport bureau of every city among `bureaus`; 贵阳市交委 that of Guiyang alone.
    """
    text = normal(name)
    homes: dict[str | None, str] = {}
    found = []
    for bureau in bureaus:
        if bureau.jurisdiction not in homes:
            home = places.of(bureau.jurisdiction) if bureau.jurisdiction else None
            homes[bureau.jurisdiction] = resolve(text, home=home).id
        if bureau.id == homes[bureau.jurisdiction] or text in map(normal, (bureau.name, *bureau.names)):
            found.append(bureau.id)
    return tuple(found)


def renaming(name: str, *, home: Place | None = None) -> Renaming | None:
    """What became of a name that is out of use, with year and source; None for a name in use or unknown."""
    text = normal(name)
    for entry in rules.load("bureaus")["renaming"]:
        if "word" in entry and entry["word"] in text:
            return Renaming(entry["to"], entry["kind"], entry.get("from"), entry["until"], entry["source"])
    candidates = [text]
    named = places.at_start(text, within=home)
    if named:
        candidates.append(text[named[1] :])
    candidates += [text[len(p) :] for p in (*_index().national, *_index().relative) if text.startswith(p)]
    return next((f.renaming for c in candidates if (f := _index().names.get(c)) and f.renaming), None)


def joint_names() -> tuple[str, ...]:
    """Names with a comma inside that mean one body (市科委、中关村管委会)."""
    return tuple(entry["name"] for entry in rules.load("bureaus")["joint"])
