"""Who uses the program: their bureau and place, kept in a file of their own, apart from any knowledge base."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plankb.query import Context

_FILE = "me.json"


@dataclass(frozen=True, slots=True)
class Asker:
    """A bureau by the name that its people use, and the full name of its place; None where not set."""

    bureau: str | None = None
    place: str | None = None


def folder() -> Path:
    """Where a person's settings are kept: PLANKB_CONFIG, else the user's folder for settings."""
    if own := os.environ.get("PLANKB_CONFIG"):
        return Path(own)
    import platformdirs

    return Path(platformdirs.user_config_dir("plankb", appauthor=False))


def load() -> Asker:
    """What is set; nothing where there is no file, or one that cannot be read."""
    try:
        data = json.loads((folder() / _FILE).read_text(encoding="utf-8"))
        return Asker(*(data.get(name) if isinstance(data.get(name), str) else None for name in ("bureau", "place")))
    except (OSError, ValueError, AttributeError):
        return Asker()


def save(asker: Asker) -> Path:
    """Keeps who uses the program, and gives the file. Raises E205 where it cannot be written."""
    from plankb.files import write_aside

    path = folder() / _FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {"bureau": asker.bureau, "place": asker.place}
    write_aside(path, json.dumps(said, ensure_ascii=False, indent=1).encode())
    return path


def context() -> Context:
    """Who asks, today."""
    from plankb.query import Context

    own = load()
    return Context(today=date.today(), bureau=own.bureau, place=own.place)  # noqa: DTZ011
