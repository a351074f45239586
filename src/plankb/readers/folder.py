"""Folders of plans: which files are read, and why each of the others is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plankb.errors import PlankbError
from plankb.readers import formats, manifest

_LOCK = ("~$", ".~lock.")
"""How the names of the files begin that office programs keep beside an open one."""
_SYSTEM = frozenset(("thumbs.db", "desktop.ini"))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that is left out, and why."""

    path: Path
    why: PlankbError


def plan_files(path: Path) -> Iterator[Path]:
    """The plan files of a path, sorted: the file itself, or those in a folder and in the folders below it.

    Raises E101 where there is no such path, E102 for a folder that holds no plan, E105 for one that may not be
    read, E109 for a pipe or a device.
    """
    found = [each for each in _found(path) if isinstance(each, Path)]
    if not found:
        raise PlankbError("E102", path=path, kinds=formats.KINDS)
    yield from sorted(found)


def skipped_files(path: Path) -> Iterator[Skipped]:
    """What of a folder is not read, sorted; nothing for a file. Raises what `plan_files` raises, but not E102."""
    yield from sorted((each for each in _found(path) if isinstance(each, Skipped)), key=lambda each: each.path)


def _found(path: Path) -> list[Path | Skipped]:
    try:
        if path.is_file():
            return [path]
        if path.is_dir():
            return list(_walk(path))
        raise PlankbError("E109" if path.exists() or str(path) == "-" else "E101", path=path)
    except PermissionError as error:
        raise PlankbError("E105", path=error.filename or path) from error
    except (OSError, ValueError) as error:  # a name with a NUL, or one longer than the system allows
        raise PlankbError("E101", path=path) from error


def _walk(folder: Path) -> Iterator[Path | Skipped]:
    """The files of a folder and of those below it, links to folders not followed."""
    for entry in folder.iterdir():
        why = _reason(entry)
        if why is not None:
            yield Skipped(entry, why)
        elif entry.is_dir():
            try:
                yield from _walk(entry)
            except PermissionError:
                yield Skipped(entry, PlankbError("E105", path=entry))
        elif entry.name != manifest.NAME:
            yield entry


def _reason(entry: Path) -> PlankbError | None:
    """Why a file or folder is left out; None for one that is not."""
    if entry.name.startswith(_LOCK):
        return PlankbError("E142", path=entry)
    if entry.name.startswith(".") or entry.name.lower() in _SYSTEM:
        return PlankbError("E143", path=entry)
    if entry.is_symlink() and (entry.is_dir() or not entry.exists()):
        return PlankbError("E144", path=entry)
    if entry.is_dir() or entry.name == manifest.NAME:
        return None
    if not entry.is_file():
        return PlankbError("E145", path=entry)
    if formats.named(entry) is None:
        return PlankbError("E141", path=entry)
    return None
