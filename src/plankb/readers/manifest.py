"""The manifest: a `plans.toml` in a folder of plans that says what each file is.

It is optional. What it says about a plan goes before what the program reads off the plan's own pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict

from plankb import toml_files
from plankb.errors import PlankbError
from plankb.model import Level

NAME = "plans.toml"
_TIME = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?")
_PERIOD = re.compile(r"((?:19|20)\d\d)-((?:19|20)\d\d)")
_LONGEST = 300


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
    if not path.exists():
        return {}
    try:
        content = toml_files.read(path)
        for name in content:
            if name != "plan":
                raise PlankbError("E186", field=name, known="[[plan]]")
        plans = content.get("plan", [])
        if not isinstance(plans, list):
            raise PlankbError("E187", field="plan", expected="[[plan]]")
        entries = [_entry(number, table) for number, table in enumerate(plans, 1)]
    except PlankbError as error:
        if error.code in ("E101", "E105"):
            raise
        raise PlankbError("E106", path=path, why=error) from error
    return {entry.file: entry for entry in entries}


def _entry(number: int, table: object) -> Entry:
    """One entry. Raises E188, with its number and what is wrong with it."""
    try:
        if not isinstance(table, dict):
            raise PlankbError("E187", field="plan", expected="[[plan]]")
        return Entry.model_validate(dict(_values(table)))
    except PlankbError as error:
        raise PlankbError("E188", entry=f"[[plan]] {number}", why=error) from error


def _values(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if not str(table.get("file", "")).strip():
        raise PlankbError("E171", field="file")
    for name, value in table.items():
        if name not in Entry.model_fields:
            raise PlankbError("E186", field=name, known=" ".join(Entry.model_fields))
        if isinstance(value, dict | list) or not 0 < len(text := str(value)) <= _LONGEST:
            raise PlankbError("E187", field=name, expected=f"1–{_LONGEST} 字")
        if not _is_right(name, text):
            raise PlankbError("E187", field=name, expected=_EXPECTED.get(name, f"1–{_LONGEST} 字"))
        yield name, text


_EXPECTED: Mapping[str, str] = {
    "date": "2026-03-08, 2026-03, 2026", "period": "2026-2030", "level": " ".join(get_args(Level)),
}  # fmt: skip
"""What a field takes, for messages."""


def _is_right(name: str, text: str) -> bool:
    """Whether a value can be one of its field."""
    match name:
        case "date":
            return is_date(text)
        case "period":
            years = _PERIOD.fullmatch(text)
            return years is not None and years[1] <= years[2]
        case "level":
            return text in get_args(Level)
    return text.isprintable()


def is_date(text: str) -> bool:
    """Whether a text is a day, month or year of the calendar, as YYYY-MM-DD, YYYY-MM or YYYY."""
    parts = _TIME.fullmatch(text)
    try:
        return parts is not None and bool(date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1)))
    except ValueError:
        return False
