"""Copies of a store that the program keeps by itself: before it changes the schema, and the first change of each day.

They stand in `backups` beside the store, under the day or the reason; the last seven days are kept.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path

FOLDER = "backups"
_DAYS = 7
_CHUNK = 1 << 20
_DAILY = re.compile(r"plankb-\d{4}-\d\d-\d\d\.sqlite")


def daily(store: Path) -> None:
    """Keeps a copy of the store as it stands before the first change of the day. Raises OSError."""
    if not store.exists():
        return
    keep(store, date.today().isoformat())  # noqa: DTZ011 - the user's own day
    old = sorted(path for path in (store.parent / FOLDER).iterdir() if _DAILY.fullmatch(path.name))
    for path in old[:-_DAYS]:
        with suppress(OSError):  # held by another program: it goes another day
            path.unlink()


def keep(store: Path, label: str) -> Path:
    """Keeps a copy under a label, and gives its path; one that is there stays as it is. Raises OSError."""
    kept = store.parent / FOLDER / f"plankb-{label}.sqlite"
    if kept.exists() or not store.exists():
        return kept
    kept.parent.mkdir(exist_ok=True)
    partial = kept.with_suffix(f".{secrets.token_hex(4)}")
    try:
        with store.open("rb") as source, partial.open("xb") as file:
            shutil.copyfileobj(source, file, _CHUNK)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(kept)
    finally:
        partial.unlink(missing_ok=True)
    return kept
