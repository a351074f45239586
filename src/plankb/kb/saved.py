"""Questions and filters that a user keeps under a name: in a file of the user's own, apart from any knowledge base."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from plankb import json_files
from plankb.errors import PlankbError
from plankb.kb.asker import folder

_FILE = "saved.json"


class View(BaseModel):
    """What a tab showed: its name, and what it needs to show it again."""

    model_config = ConfigDict(frozen=True)

    tab: str
    shows: Mapping[str, object] = Field(default_factory=dict)


class _Views(BaseModel):
    views: dict[str, View] = Field(default_factory=dict)


def load() -> dict[str, View]:
    """All by name; none where there is no file. Raises E606 for a file that is not of this kind."""
    path = folder() / _FILE
    try:
        return _Views.model_validate(json_files.read(path) or {}).views
    except (PlankbError, ValidationError) as error:
        raise PlankbError("E606", path=path) from error


def keep(name: str, view: View) -> None:
    """Keeps one under a name, in place of what had that name. Raises E205, E606."""
    _write({**load(), name: view})


def remove(name: str) -> None:
    """Takes one away; nothing happens where there is none. Raises E205, E606."""
    _write({kept: view for kept, view in load().items() if kept != name})


def _write(views: Mapping[str, View]) -> None:
    json_files.write(folder() / _FILE, _Views(views=dict(views)).model_dump(mode="json"))
