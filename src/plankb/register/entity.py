"""A body as an entity: its place and its function."""

from __future__ import annotations

from dataclasses import dataclass

from plankb.register import places
from plankb.register.places import Place


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
