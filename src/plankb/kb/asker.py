"""Who uses the program: the user of this computer, their bureau and place; these two are kept in a file of their own,
apart from any knowledge base."""

from __future__ import annotations

import getpass
import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from plankb import json_files
from plankb.errors import PlankbError, cause
from plankb.kb.remarks import tell
from plankb.late import dataclass

if TYPE_CHECKING:
    from plankb.query import Context

_FILE, _LOG = "me.json", "not-answered.jsonl"
_LONGEST = 100
"""Characters of the name of a bureau or place."""


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


def read() -> Asker:
    """What is set; nothing where there is no file. Raises E609 for one that is damaged or holds no names."""
    path = folder() / _FILE
    said = json_files.read(path)
    held = said if isinstance(said, dict) else {}
    names = [held.get(name) for name in ("bureau", "place")]
    if not isinstance(said, dict | None) or not all(_is_name(name) for name in names):
        raise PlankbError("E609", path=path)
    return Asker(*names)


def load() -> Asker:
    """The same; a file that cannot be read is a remark, and nothing is set."""
    try:
        return read()
    except PlankbError as error:
        tell(error)
        return Asker()


def _is_name(name: object) -> bool:
    return name is None or (isinstance(name, str) and 0 < len(name) <= _LONGEST)


def save(asker: Asker) -> Path:
    """Keeps who uses the program, and gives the file. Raises E205 where it cannot be written."""
    path = folder() / _FILE
    json_files.write(path, {"bureau": asker.bureau, "place": asker.place})
    return path


def log(question: str, note: str | None) -> Path:
    """Keeps a question that could not be answered, and gives the file. Raises E205 where it cannot be written."""
    path = folder() / _LOG
    said = {"question": question, "note": note, "when": now()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(json.dumps(said, ensure_ascii=False) + "\n")
    except (OSError, ValueError) as error:
        raise PlankbError("E205", path=path, why=cause(error)) from error
    return path


def context() -> Context:
    """Who asks, today."""
    from plankb.query import Context

    own = load()
    return Context(today=date.today(), bureau=own.bureau, place=own.place)  # noqa: DTZ011


def place_called(name: str) -> str:
    """The full name of a place. Raises E123 for one that the register does not know."""
    from plankb.register import places

    found = places.find(name)
    if found is None:
        raise PlankbError("E123", name="--place", expected="贵州省|贵阳市|花溪区|…")
    return found.name


def user() -> str:
    """The user of this computer; an account without a name has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def now() -> str:
    """This moment as an ISO time with its zone."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def today() -> date:
    """The user's own day."""
    return datetime.now().astimezone().date()
