"""Copies of a store that the program keeps by itself: before it changes the schema, and the first change of each day.

They stand in `backups` beside the store, under the day or the reason; the last seven days are kept.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from plankb.kept_patterns import compiled

FOLDER = "backups"
WRITTEN_OVER = os.name == "nt"
"""Whether a store that somebody reads is written over, since it cannot be replaced."""
_DAYS = 7
_CHUNK = 1 << 20
_DAILY = compiled(r"plankb-\d{4}-\d\d-\d\d\.sqlite")


def daily(store: Path) -> None:
    """Keeps a copy of the store as it stands before the first change of the day. Raises OSError."""
    if not store.exists():
        return
    keep(store, date.today().isoformat())  # noqa: DTZ011 - the user's own day
    old = sorted(path for path in (store.parent / FOLDER).iterdir() if _DAILY.fullmatch(path.name))
    for path in old[:-_DAYS]:
        with suppress(OSError):  # held by another program: it goes another day
            path.unlink()


def write_over(new: Path, store: Path, *, wait: float = 10.0) -> None:
    """Makes a store hold what a new one holds, within one transaction, where it cannot be replaced: on Windows nobody
    replaces a file that a reader holds open. Whoever reads sees the old state or the new one; who is killed in between
    leaves the journal, from which the next to open it brings the old state back.

    Raises TimeoutError where readers leave no room for `wait` seconds, OSError where it cannot be written.
    """
    end = time.monotonic() + wait

    def patience(_status: int, _remaining: int, _total: int) -> None:
        if time.monotonic() > end:
            raise TimeoutError

    try:
        with closing(sqlite3.connect(new)) as source, closing(sqlite3.connect(store, timeout=wait)) as target:
            source.backup(target, pages=1_000_000, progress=patience, sleep=0.05)
    except sqlite3.Error as error:
        raise OSError(errno.EACCES, str(error)) from error


def roll_back(store: Path) -> None:
    """Undoes what a writer that was killed left half done (see `write_over`); nothing where there is none.

    Only where files are written over: elsewhere a journal is none of ours, and nothing that it says is done.
    """
    if WRITTEN_OVER and store.with_name(f"{store.name}-journal").exists():
        with closing(sqlite3.connect(store)) as db:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def keep(store: Path, label: str) -> Path:
    """Keeps a copy under a label, and gives its path; one that is there stays as it is. Raises OSError."""
    kept = store.parent / FOLDER / f"plankb-{label}.sqlite"
    if kept.parent.is_symlink():  # in a folder from elsewhere it may lead to the copies of another knowledge base
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
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
