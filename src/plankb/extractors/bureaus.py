"""Bureaus of one plan: which body each printed name means, and what each body answers for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plankb import register
from plankb.extractors.notes import Note
from plankb.model import Bureau, Plan, Task
from plankb.register import Entity, Place, places


class Bodies:
    """The bodies that a plan names, resolved from its point of view."""

    def __init__(self, plan: Plan) -> None:
        self.home = places.find(plan.jurisdiction) if plan.jurisdiction else None
        self._entities: dict[str, Entity] = {}
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
        for text in others:
            found.setdefault(text, self.entity(text).id)
        return found

    def entity(self, name: str, context: Place | None = None) -> Entity:
        """The body of a printed name."""
        if name not in self._entities:
            zone = places.zone_at(register.normal(name))
            if zone and len(zone[0].name) > 2:
                self._zones[zone[0].name] = zone[0]
            self._entities[name] = register.resolve(name, home=self.home, context=context, zones=self._zones.values())
        return self._entities[name]

    def _context(self, name: str, entity: Entity, before: Place | None) -> Place | None:
        """The place that a later name without prefix shares: that of the last name with one."""
        if entity.known and entity.place and register.has_prefix(name):
            return entity.place if entity.place is not register.COUNTRY else before
        return before

    def unresolved(self) -> dict[str, Entity]:
        """Printed names without a body that the register knows."""
        return {name: entity for name, entity in self._entities.items() if not entity.known}

    def records(self, tasks: Sequence[Task]) -> tuple[Bureau, ...]:
        """One record a body, in the order of first mention, with its names and the tasks of each role."""
        made: dict[str, Bureau] = {}
        for task in tasks:
            for role in ("lead", "support", "joint"):
                for name in getattr(task, role):
                    entity = self.entity(name)
                    known = made.get(entity.id) or Bureau(
                        id=entity.id, name=entity.name, jurisdiction=entity.jurisdiction
                    )
                    names = known.names if name in known.names else (*known.names, name)
                    held = getattr(known, role)
                    held = held if task.id in held else (*held, task.id)
                    made[entity.id] = known.model_copy(update={"names": names, role: held})
        return tuple(made.values())
