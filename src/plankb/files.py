"""Writing files: aside first, then moved into place, so that a failure leaves what was there before.

What is moved into place is on the disk by then, so that a power cut leaves the old file or the new one too. A process
that is killed leaves what it wrote aside; the next to write into that folder takes it away.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

from plankb.errors import PlankbError, cause
from plankb.kept_patterns import compiled

_ASIDE = compiled(r"\.plankb-[0-9a-f]{12}\.part")
_LEFT_BEHIND = 3600.0
"""Seconds after which nobody writes any more what stands aside."""
_NOT_SYNCED = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
"""What systems say that know no such thing."""


def write_aside(path: Path, data: bytes) -> None:
    """Write a whole file; a link stays a link.

    Raises E501 when another program holds the file open, E502 when it is read-only, E205 when it cannot be written.
    """
    try:
        target = path.resolve()
        through = target.exists() and not target.is_file() and not target.is_dir()
    except (OSError, ValueError) as error:  # a name that is too long, or that no file can have
        raise PlankbError("E205", **_why(path, error)) from error
    except RuntimeError as error:  # a link that leads back to itself
        raise PlankbError("E205", path=path, why=PlankbError("E200")) from error
    if through:
        _write_through(path, data)
        return
    refuse_held(target)
    partial = target.with_name(f".plankb-{secrets.token_hex(6)}.part")
    try:
        with partial.open("xb") as file:
            file.write(data)
            file.flush()
            _sync(file.fileno())
        if target.exists():
            partial.chmod(stat.S_IMODE(target.stat().st_mode))
        partial.replace(target)
        sync_folder(target.parent)
    except PermissionError as error:
        # Windows says so of a file that Excel or Word holds open.
        raise PlankbError("E501" if os.name == "nt" and target.exists() else "E205", **_why(path, error)) from error
    except OSError as error:
        raise PlankbError("E205", **_why(path, error)) from error
    finally:
        with suppress(OSError):  # nothing was made where nothing can be
            partial.unlink(missing_ok=True)
    _sweep(target.parent)


def make_folder(folder: Path) -> None:
    """Makes a folder, with those that it lies in, where it is missing. Raises E205 where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise PlankbError("E205", **_why(folder, error)) from error


def sync_folder(folder: Path) -> None:
    """Has the names in a folder written to the disk; nothing where the system or the folder cannot be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_SYNCED:
            raise


def _sweep(folder: Path) -> None:
    """Removes what killed processes of this user left aside long ago: plain files under the names given above alone."""
    oldest = time.time() - _LEFT_BEHIND
    with suppress(OSError):  # it goes another day
        for entry in os.scandir(folder):
            if _ASIDE.fullmatch(entry.name) and _is_own_file(entry.stat(follow_symlinks=False), oldest):
                Path(entry.path).unlink(missing_ok=True)


def _is_own_file(found: os.stat_result, oldest: float) -> bool:
    own = os.name != "posix" or found.st_uid == os.getuid()
    return own and stat.S_ISREG(found.st_mode) and found.st_mtime < oldest


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


def _why(path: Path, error: OSError | ValueError) -> dict[str, object]:
    return {"path": path, "why": cause(error)}
