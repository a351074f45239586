"""Bureaus of one plan: which body each printed name means, and what each body answers for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plankb import register
from plankb.extractors.notes.note import Note
from plankb.model import Bureau, Plan, Task
from plankb.plan_info.years import year_written
from plankb.register import Entity, Place, places

_HEAD = "部门"
"""What a list says once, behind its last member (财政、教育部门)."""


class Bodies:
    """The bodies that a plan names, resolved from its point of view."""

    def __init__(self, plan: Plan) -> None:
        self.home = places.of(plan.jurisdiction) if plan.jurisdiction else None
        self.year = year_written(plan)
        self._entities: dict[tuple[str, Place | None], Entity] = {}
        self._by_id: dict[str, Entity] = {}
        self._first: dict[str, tuple[Entity, Note]] = {}
        self._zones: dict[str, Place] = {}

    def ids(self, notes: Sequence[Note], others: Iterable[str] = ()) -> dict[str, str]:
        """Printed name to bureau id, for the names of some notes and `others`."""
        found: dict[str, str] = {}
        for note in notes:
            context: Place | None = None
            for name in note.names:
                if name.collective or name.part == "none":
                    continue
                entity = self.entity(name.text, context)
                context = self._context(name.text, entity, context)
                found[name.text] = entity.id
                self._first.setdefault(name.text, (entity, note))
        for text in others:
            found.setdefault(text, self.entity(text).id)
        return found

    def entity(self, name: str, context: Place | None = None) -> Entity:
        """The body of a printed name; `context` is the place of the name before it in the same list."""
        if (name, context) not in self._entities:
            zone = places.zone_at(register.normal(name))
            if zone and len(zone[0].name) > len("新区"):
                self._zones[zone[0].name] = zone[0]
            said = name + _HEAD if not register.is_function(name) and register.is_function(name + _HEAD) else name
            found = register.resolve(said, home=self.home, context=context, zones=self._zones.values(), year=self.year)
            self._entities[name, context] = found
            self._by_id.setdefault(found.id, found)
        return self._entities[name, context]

    def _context(self, name: str, entity: Entity, before: Place | None) -> Place | None:
        """The place that a later name without prefix shares: that of the last name with one."""
        if entity.known and entity.place and register.has_prefix(name):
            return entity.place if entity.place is not register.COUNTRY else before
        return before

    def named(self) -> tuple[tuple[str, Entity, Note], ...]:
        """Every printed name in a note, once, with its body and the first note that names it."""
        return tuple((name, entity, note) for name, (entity, note) in self._first.items())

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
