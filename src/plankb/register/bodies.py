"""Bureaus of one plan: which body each printed name means, and what each body answers for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plankb.model import Bureau, Span, Task
from plankb.register import places
from plankb.register.bureaus import resolve
from plankb.register.names import Entity, has_prefix, is_function
from plankb.register.places import COUNTRY, Place
from plankb.register.vocabulary import normal

Printed = tuple[str, Span]
"""A name as printed, and where."""

_HEAD = "部门"
"""What a list says once, behind its last member (财政、教育部门)."""


class Bodies:
    """The bodies that a plan names, resolved from its point of view: that of a place (None: not known) in a year."""

    def __init__(self, jurisdiction: str | None, year: int | None) -> None:
        self.home = places.of(jurisdiction) if jurisdiction else None
        self.year = year
        self._entities: dict[tuple[str, Place | None], Entity] = {}
        self._by_id: dict[str, Entity] = {}
        self._first: dict[str, tuple[Entity, Span]] = {}
        self._zones: dict[str, Place] = {}

    def ids(self, lists: Iterable[Iterable[Printed]]) -> dict[str, str]:
        """Printed name to bureau id, for the names of some lists; the place that one says holds on in its list."""
        found: dict[str, str] = {}
        for names in lists:
            context: Place | None = None
            for text, span in names:
                entity = self.entity(text, context)
                context = self._context(text, entity, context)
                found[text] = entity.id
                self._first.setdefault(text, (entity, span))
        return found

    def entity(self, name: str, context: Place | None = None) -> Entity:
        """The body of a printed name; `context` is the place of the name before it in the same list."""
        if (name, context) not in self._entities:
            zone = places.zone_at(normal(name))
            if zone and len(zone[0].name) > len("新区"):
                self._zones[zone[0].name] = zone[0]
            said = name + _HEAD if not is_function(name) and is_function(name + _HEAD) else name
            found = resolve(said, home=self.home, context=context, zones=self._zones.values(), year=self.year)
            self._entities[name, context] = found
            self._by_id.setdefault(found.id, found)
        return self._entities[name, context]

    def _context(self, name: str, entity: Entity, before: Place | None) -> Place | None:
        """The place that a later name without prefix shares: that of the last name with one."""
        if entity.known and entity.place and has_prefix(name):
            return entity.place if entity.place is not COUNTRY else before
        return before

    def named(self) -> tuple[tuple[str, Entity, Span], ...]:
        """Every printed name, once, with its body and where it stands first."""
        return tuple((text, entity, span) for text, (entity, span) in self._first.items())

    def records(self, tasks: Sequence[Task]) -> tuple[Bureau, ...]:
        """One record a body, in the order of first mention, with its names and the tasks of each role."""
        made: dict[str, Bureau] = {}
        for task in tasks:
            for role in ("lead", "support", "joint"):
                for name in getattr(task, role):
                    entity = self._by_id[task.bureaus[name]]
                    known = made.get(entity.id) or Bureau(
                        id=entity.id, name=entity.name, jurisdiction=entity.jurisdiction
                    )
                    names = known.names if name in known.names else (*known.names, name)
                    held = getattr(known, role)
                    held = held if task.id in held else (*held, task.id)
                    made[entity.id] = known.model_copy(update={"names": names, role: held})
        return tuple(made.values())
