"""Files that are handed out: what stood in their place and is not this program's own is kept beside them.

A workbook that somebody has filled in or corrected looks like the one that was written. So the program remembers the
digests of what it wrote (in the user's folder for settings): a file that still is what was written is replaced, any
other is kept as NAME.bak first. The knowledge base itself is never written over.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from plankb import json_files
from plankb.errors import PlankbError, cause
from plankb.files import refuse_held, write_aside
from plankb.kb.asker import folder
from plankb.kb.remarks import tell

_FILE = "outputs.json"
_MOST = 2000
"""Digests that are remembered, the last ones."""

_OWN = re.compile(r"plankb\.(?:sqlite.*|lock)")
_OWN_FOLDER = re.compile(r"backups|index-\w+")


def hand_out(path: Path, data: bytes) -> None:
    """Writes a whole file. What stood there and is not the program's own is kept, which is a remark (E506).

    Raises E507 for a file of a knowledge base, E501, E502, E205 as `write_aside` does.
    """
    target = _resolved(path)
    if _is_of_a_base(target):
        raise PlankbError("E507", path=path)
    new, written = _of(data), _digests()
    if _is_file(target, path):
        refuse_held(target)
        if _of_file(target) not in (new, *written):
            _keep(target)
    write_aside(path, data)
    if written[-1:] != [new]:
        _remember([*(one for one in written if one != new), new])


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # links that lead round in a circle, a name with a NUL
        raise PlankbError("E205", path=path, why=getattr(error, "strerror", None) or "link") from error


def _is_file(target: Path, path: Path) -> bool:
    try:
        return target.is_file()
    except OSError as error:  # a name that is too long
        raise PlankbError("E205", path=path, why=cause(error)) from error


def _is_of_a_base(target: Path) -> bool:
    """Whether a file belongs to a knowledge base: its store, its lock, its index, its copies."""
    if _OWN.fullmatch(target.name):
        return True
    inside = _OWN_FOLDER.fullmatch(target.parent.name) is not None
    return inside and target.parent.with_name("plankb.sqlite").exists()


def _keep(target: Path) -> None:
    """Copies a file beside itself under the first name that is free."""
    names = chain(("",), (str(number) for number in count(2)))
    copy = next(one for name in names if not (one := target.with_name(f"{target.name}.bak{name}")).exists())
    try:
        shutil.copy2(target, copy)
    except OSError as error:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        raise PlankbError("E205", path=copy, why=cause(error)) from error
    tell(PlankbError("E506", path=target, copy=copy.name))


def _of_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:32]
    except OSError:  # it may be replaced but not be read
        return ""


def _of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _digests() -> list[str]:
    """What was written before; nothing where it cannot be known, so that more is kept than need be."""
    try:
        said = json_files.read(folder() / _FILE)
    except PlankbError:
        return []
    return [one for one in said if isinstance(one, str)] if isinstance(said, list) else []


def _remember(digests: list[str]) -> None:
    with suppress(PlankbError):  # not knowing it costs a copy, no more
        json_files.write(folder() / _FILE, digests[-_MOST:])
