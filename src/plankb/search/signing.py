"""Which index folders are this user's own: those whose files a key of theirs has signed.

Whoosh keeps part of an index as pickles, and a pickle may run any code when it is read. So nothing of a folder that
somebody else prepared, or changed since, is handed to Whoosh.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

import platformdirs

SIGNATURE = "signature"
_KEY = 32
_LONGEST = 1000
MOST_BYTES = 2_000_000_000
"""Of all files of an index folder, which are read into memory; one of 1,000 plans has a tenth of it."""


def key_path() -> Path:
    """Where the user's key is kept: apart from every knowledge base, so that no copy of one carries it along."""
    return Path(platformdirs.user_data_dir("plankb-key", appauthor=False)) / "index.key"


def key() -> bytes:
    """The user's key, made at first use. Raises OSError where it can be neither read nor made."""
    path = key_path()
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        found = b""
    if len(found) == _KEY:
        return found
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = secrets.token_bytes(_KEY)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    return path.read_bytes()


def sign(folder: Path) -> None:
    """Signs the files of a folder as they are now. Raises OSError."""
    (folder / SIGNATURE).write_text(_signature(_contents(folder)))


def verified(folder: Path) -> Mapping[str, bytes] | None:
    """The files of a folder by name, in memory, so that what was checked is what is used; None where they are not
    as this user signed them."""
    try:
        contents = _contents(folder)
        said = _said(folder / SIGNATURE)
        wanted = _signature(contents)
    except (OSError, UnicodeDecodeError):
        return None
    return contents if hmac.compare_digest(said.encode(), wanted.encode()) else None


def _said(path: Path) -> str:
    """The signature that a folder has. Raises OSError where it is no plain file of its size."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > _LONGEST:
        raise OSError("no signature")
    return path.read_text()


def _contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name. Raises OSError for links, pipes, folders in it, and more than `MOST_BYTES`."""
    files = sorted(path for path in folder.iterdir() if path.name != SIGNATURE)
    found = [path.lstat() for path in (folder, *files)]
    plain = stat.S_ISDIR(found[0].st_mode) and all(stat.S_ISREG(one.st_mode) for one in found[1:])
    if not plain or sum(one.st_size for one in found) > MOST_BYTES:
        raise OSError("no index folder of plain files")
    return {path.name: path.read_bytes() for path in files}


def _signature(contents: Mapping[str, bytes]) -> str:
    mac = hmac.new(key(), digestmod=hashlib.blake2b)
    for name, data in contents.items():
        mac.update(f"{len(name)}:{name}:{len(data)}:".encode())
        mac.update(data)
    return mac.hexdigest()
