"""The user's own rules: a folder of TOML files whose entries stand before the built-in ones.

What comes from there is not trusted: files, entries and words are bounded in size, patterns in the time they take. The
folder is that of PLANKB_RULES, else `rules` in the user's configuration; it need not be there.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType

from plankb import toml_files
from plankb.errors import PlankbError
from plankb.paths import typed
from plankb.rules import loading
from plankb.rules.bounded import refuse_slow
from plankb.rules.model import Entry, Rule

VARIABLE = "PLANKB_RULES"
SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"bureaus": ("bureau",), "units": ("unit", "counter"), "indicators": ("indicator",), "wordings": ("rewrite",)}
)
"""The files that a user's folder may hold, and the sections of each."""

_LARGEST = 1_000_000
_LONGEST = 300
_in_use: list[tuple[object, ...]] = []
"""The state of the folder that the caches of this process were made of, once one was read. The rules keep nothing else
apart from caches, and `refresh` alone changes it."""


def folder() -> Path:
    """Where the user's rules are looked for."""
    if chosen := os.environ.get(VARIABLE):
        return typed(chosen)
    import platformdirs

    return Path(platformdirs.user_config_dir("plankb", appauthor=False)) / "rules"


def paths() -> tuple[Path, ...]:
    """The rule files of the user, by name. Raises E101 where a folder was named that is not there, E105 for one that
    may not be read."""
    where = folder()
    if not where.is_dir():
        if os.environ.get(VARIABLE):
            raise PlankbError("E101", path=where)
        return ()
    with _telling(where):
        return tuple(sorted(path for path in where.iterdir() if path.suffix == ".toml"))


def digest() -> str:
    """Changes with every change of the user's rules; "" where there are none."""
    found = paths()
    if not found:
        return ""
    return hashlib.sha256(b"\0".join(path.name.encode() + b"\0" + _bytes(path) for path in found)).hexdigest()[:16]


def refresh() -> None:
    """Makes the process use the rules as they are now: the caches of the program, made of others, are emptied."""
    state = (os.environ.get(VARIABLE), *((path, _time(path)) for path in paths()))
    if _in_use != [state]:
        for name, module in list(sys.modules.items()):
            if name == "plankb" or name.startswith("plankb."):
                _forget(vars(module).values())
    _in_use[:] = [state]


def _time(path: Path) -> int | None:
    """When a file was changed; None where that cannot be asked (a link that leads nowhere): whoever reads it tells."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def _forget(values: object) -> None:
    for value in list(values):  # type: ignore[call-overload]
        if callable(clear := getattr(value, "cache_clear", None)):
            clear()


def load() -> None:
    """Reads the user's rules, so that a fault is told before anything is done. Raises what `read` raises."""
    _all()


@cache
def entries(file: str, section: str) -> tuple[Entry, ...]:
    """The user's entries for a section, in the order of the file. Raises what `read` raises for any of his files."""
    found = _all()
    return found.get(file, {}).get(section, ())


@cache
def _all() -> Mapping[str, loading.Sections]:
    return {path.stem: read(path) for path in paths()}


def read(path: Path) -> loading.Sections:
    """The entries of one file of the user. Raises E170 with file and entry for the first that cannot be used."""
    if path.stem not in SECTIONS:
        raise PlankbError("E178", file=path.name, known="、".join(f"{name}.toml" for name in SECTIONS))
    try:
        data = toml_files.parsed(_bytes(path))
    except PlankbError as error:
        if error.code in toml_files.REASONS:
            raise loading.fault(path.stem, "TOML", error) from error
        raise
    for section in data:
        if section not in SECTIONS[path.stem]:
            raise loading.fault(path.stem, f"[[{section}]]", PlankbError("E172", field=section))
    found = loading.read(path.stem, data, parts={})
    for section, listed in found.items():
        for number, entry in enumerate(listed, start=1):
            _refuse(path.stem, f"[[{section}]] {number}", entry)
    return found


def _refuse(file: str, place: str, entry: Entry) -> None:
    """Raises E170 for an entry with a pattern that could take long, or with words no document holds."""
    if isinstance(entry, Rule) and entry.pattern is not None:
        try:
            refuse_slow(entry.pattern)
        except PlankbError as error:
            raise loading.fault(file, place, error) from error
    for field, text in _texts(entry.model_dump()):
        if len(text) > _LONGEST or not text.isprintable():
            raise loading.fault(file, place, PlankbError("E173", field=field))


def _texts(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for field, value in values.items():
        for one in value if isinstance(value, tuple | list) else (value,):
            if isinstance(one, str):
                yield field, one


def _bytes(path: Path) -> bytes:
    with _telling(path):
        if not path.is_file() or path.stat().st_size > _LARGEST:
            raise PlankbError("E179", file=path.name)
        return path.read_bytes()


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Raises E105 for what may not be read, E101 for what is not there."""
    try:
        yield
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except OSError as error:
        raise PlankbError("E101", path=path) from error
