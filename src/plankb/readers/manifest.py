"""The manifest: a `plans.toml` in a folder of plans that says what each file is.

It is optional. What it says about a plan goes before what the program reads off the plan's own pages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from plankb.errors import PlankbError
from plankb.model import Level

NAME = "plans.toml"


class Entry(BaseModel):
    """What a manifest says about one file; None where it says nothing. `sha256` is that of the file it describes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    id: str | None = None
    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    jurisdiction: str | None = None
    level: Level | None = None
    period: str | None = None
    date: str | None = None
    sha256: str | None = None


def load(folder: Path) -> Mapping[str, Entry]:
    """File name to entry, from the folder's manifest; empty where there is none. Raises E106 on a faulty one."""
    path = folder / NAME
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except (OSError, ValueError) as error:
        raise PlankbError("E106", path=path, why=_one_line(error)) from error
    try:
        entries = [_entry(table) for table in content.get("plan", [])]
    except (ValidationError, TypeError, AttributeError) as error:
        raise PlankbError("E106", path=path, why=_one_line(error)) from error
    return {entry.file: entry for entry in entries}


def _entry(table: Mapping[str, Any]) -> Entry:
    return Entry.model_validate({name: str(value) for name, value in table.items()})


def _one_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return " ".join(str(error).split())
