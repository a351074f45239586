"""Writing files: aside first, then moved into place, so that a failure leaves what was there before."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from plankb.errors import PlankbError, cause


def write_aside(path: Path, data: bytes) -> None:
    """Write a whole file; a link stays a link.

    Raises E501 when another program holds the file open, E502 when it is read-only, E205 when it cannot be written.
    """
    try:
        target = path.resolve()
        through = target.exists() and not target.is_file() and not target.is_dir()
    except OSError as error:  # a name that is too long
        raise PlankbError("E205", **_why(path, error)) from error
    if through:
        _write_through(path, data)
        return
    refuse_held(target)
    partial = target.with_name(f".plankb-{secrets.token_hex(6)}.part")
    try:
        with partial.open("xb") as file:
            file.write(data)
        if target.exists():
            partial.chmod(stat.S_IMODE(target.stat().st_mode))
        partial.replace(target)
    except PermissionError as error:
        # Windows says so of a file that Excel or Word holds open.
        raise PlankbError("E501" if os.name == "nt" and target.exists() else "E205", **_why(path, error)) from error
    except OSError as error:
        raise PlankbError("E205", **_why(path, error)) from error
    finally:
        with suppress(OSError):  # nothing was made where nothing can be
            partial.unlink(missing_ok=True)


def _write_through(path: Path, data: bytes) -> None:
    """A device or a pipe cannot be replaced."""
    try:
        with path.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise PlankbError("E205", **_why(path, error)) from error


def refuse_held(target: Path) -> None:
    """Raises E502 for a file that is read-only, E501 for one that an office program has marked as open."""
    if not target.is_file():
        return
    if not target.stat().st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
        raise PlankbError("E502", path=target)
    # Excel drops the first two characters of a long name for its owner file, WPS and LibreOffice do not.
    marks = (f".~lock.{target.name}#", f"~${target.name}", f"~${target.name[2:]}")
    for mark in marks:
        if target.with_name(mark).exists():
            raise PlankbError("E501", path=target, why=mark)


def _why(path: Path, error: OSError) -> dict[str, object]:
    return {"path": path, "why": cause(error)}
