"""Kills at steps: a process of plankb that dies just before the n-th thing that it does to files or to a database.

A moment of time seldom meets the few milliseconds in which a change is put in place; a step always does. Steps are what
Python itself reports of opening for writing, renaming, removing and linking files, each sync, and each SQL statement.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_EVENTS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod")


def run(words: Sequence[str], *, die_at: int = 0, told: Path | None = None) -> None:
    """Runs a command line of plankb in a process of its own, which dies before step `die_at` (from 1 on; 0: never) and
    writes the kinds of its steps to `told`, a line each."""
    from plankb.cli import frame

    for module in frame._COMMANDS:  # loaded here once, not in every child
        import_module(module)
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    null = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(null, handle)
    kinds = _watched(die_at)
    frame.run([*words])
    if told is not None:
        steps = "\n".join(kinds)
        kinds.clear()
        os.write(os.open(told, os.O_WRONLY | os.O_CREAT), steps.encode())
    os._exit(0)


def _watched(die_at: int) -> list[str]:
    """The kinds of the steps that this process takes from now on, as they come."""
    kinds: list[str] = []

    def step(kind: str) -> None:
        kinds.append(kind)
        if len(kinds) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def audited(event: str, details: tuple[Any, ...]) -> None:
        if event in _EVENTS or (event == "open" and isinstance(details[2], int) and details[2] & _WRITES):
            step(event)

    sync, connect = os.fsync, sqlite3.connect

    def synced(handle: int) -> None:
        step("fsync")
        sync(handle)

    def connected(*words: Any, **options: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = connect(*words, **options)
        database.set_trace_callback(lambda _statement: step("sql"))
        return database

    os.fsync, sqlite3.connect = synced, connected
    sys.addaudithook(audited)
    return kinds


def chosen(kinds: Sequence[str], most: int) -> list[int]:
    """So many steps to die at, fewer where there are no more: over files half of them or all there are, and statements;
    each spread evenly, with the last one."""
    files = [number for number, kind in enumerate(kinds, start=1) if kind != "sql"]
    statements = [number for number, kind in enumerate(kinds, start=1) if kind == "sql"]
    of_files = _spread(files, max(most // 2, most - len(statements)))
    return sorted(of_files + _spread(statements, most - len(of_files)))


def _spread(numbers: Sequence[int], most: int) -> list[int]:
    count = min(most, len(numbers))
    return [numbers[-1 - index * len(numbers) // count] for index in range(count)]
