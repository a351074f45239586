"""From a printed name to a bureau: place and function make the entity.

Nothing is merged because it looks alike: a name that the register does not know stays an entity of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.model import Bureau
from plankb.register import places
from plankb.register.names import Entity, match_regional, renaming
from plankb.register.places import COUNTRY, Place, relative
from plankb.register.vocabulary import MINISTRIES, Function, normal, vocabulary

_INNER = compiled(r"\([^()]*\)$")


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
    index = vocabulary()
    for regional in index.regional_of(text):
        if entity := match_regional(regional, text, home):
            return entity
    branch = _branch(text, home, context, zones)
    if branch:
        return branch
    if text in index.names:
        return _bare(text, index.names[text], home, context)
    return _with_place(text, home, zones) or _unplaced(text, home, context)


def _branch(text: str, home: Place | None, context: Place | None, zones: tuple[Place, ...]) -> Entity | None:
    """市生态环境局湘潭县分局 is the county's bureau of that function."""
    match = rules.one("bureaus", "branch").fullmatch(text)
    place = match and places.find(match["place"], within=home)
    if not match or place is None:
        return None
    body = _resolve(match["body"], home, context, zones)
    if body is None or not body.known:
        return None
    name = f"{body.name}{match['place']}分局"
    return Entity(f"{place.code}:{body.id.split(':', 1)[1]}", name, place, known=True)


def _bare(text: str, function: Function, home: Place | None, context: Place | None) -> Entity:
    """A name without a place: the country's where only the country has such a body, else that of the context."""
    if function.national and (text.endswith(MINISTRIES) and not text.endswith("委宣传部")):
        return Entity(f"{COUNTRY.code}:{function.id}", function.national, COUNTRY, known=True)
    if function.national == text:
        return Entity(f"{COUNTRY.code}:{function.id}", text, COUNTRY, known=True)
    return _entity(context or home, function)


def _entity(place: Place | None, function: Function) -> Entity:
    if place is None:
        return Entity(f"?:{function.id}", function.full, None, known=False)
    if place is COUNTRY:
        return Entity(f"{place.code}:{function.id}", function.national or function.full, place, known=True)
    full = function.full
    name = full if full.startswith(place.name) else place.name + full
    return Entity(f"{place.code}:{function.id}", name, place, known=True)


def _with_place(text: str, home: Place | None, zones: tuple[Place, ...]) -> Entity | None:
    """A name that starts with a place: named (贵阳市), or said from the plan's point of view (市, 新区, 国家)."""
    index = vocabulary()
    party = next((prefix for prefix in index.party if text.startswith(prefix)), "")
    bare = text.removeprefix(party)
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
    town = rules.one("bureaus", "township").match(bare)
    if town and (place := places.township(town.group(), home)):
        return Entity(f"{place.code}:government", place.name, place, known=home is not None)
    return None


def _of_inner(text: str, named: tuple[Place, int]) -> Entity | None:
    """A body of a place inside the named one (南通市海门生态环境局); None where there is no such place or function."""
    inner = places.at_start(text[named[1] :], within=named[0])
    if inner is None or inner[0] == named[0] or named[0] not in places.ancestors(inner[0]):
        return None
    function = vocabulary().names.get(text[named[1] + inner[1] :])
    return Entity(f"{inner[0].code}:{function.id}", text, inner[0], known=True) if function else None


def _of_place(rest: str, place: Place | None, *, prefix: str = "") -> Entity | None:
    """The body `rest` of a place; None where `rest` is nothing that the register knows and no body's own name."""
    index = vocabulary()
    if not rest or rest in ("人民政府", "政府"):
        return _entity(place, index.names["人民政府"]) if place or prefix else None
    function = index.names.get(rest)
    if function:
        return _entity(place, function)
    if rest.endswith(index.own_name) or rules.one("bureaus", "organ_end").search(rest):
        own = rest.endswith(index.own_name)
        name = (place.name if place else prefix) + rest
        code = place.code if place else "?" + prefix
        return Entity(f"{code}:{'' if own else '?'}{rest}", name, place, known=own and place is not None)
    return None


def _national(text: str, rest: str) -> Entity | None:
    known = vocabulary().names
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
    if rules.one("bureaus", "institution").search(text):
        return Entity(f"org:{text}", text, None, known=True)
    place = context or home
    if text.endswith(vocabulary().own_name) and place:
        return Entity(f"{place.code}:{text}", text, place, known=True)
    return Entity(f"{place.code if place else '?'}:?{text}", text, place, known=False)


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
