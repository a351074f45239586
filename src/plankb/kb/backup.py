"""All that is the user's own in one file, and back: texts, facts, corrections, reports, settings, rules.

A backup is a zip: `plankb.json` says what it holds with check sums, `plankb.sqlite` is the store, `rules/` the user's
own rules; `corrections.jsonl` and `reports.jsonl` repeat both for whoever wants to read them. What comes back is not
trusted: names are known beforehand, sizes are counted while unpacking, and the store is checked before it takes the
place of another.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plankb.errors import PlankbError, cause
from plankb.files import make_folder, write_aside
from plankb.kb import draft
from plankb.kb.lock import writing
from plankb.kb.outputs import hand_out
from plankb.rules import user
from plankb.store import Store, copies
from plankb.version import __version__

_HEAD, _STORE, _LIST, _REPORTS = "plankb.json", "plankb.sqlite", "corrections.jsonl", "reports.jsonl"
_FORMAT = 1
_RULE = re.compile(r"rules/([a-z_]+\.toml)")
_LARGEST_RULE, _LARGEST_STORE = 1_000_000, 20_000_000_000
_CHUNK = 1 << 20
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Kept:
    """Numbers of plans, corrections, rule files and reports; `remarks` are what was not taken over."""

    plans: int
    corrections: int
    rules: int
    remarks: tuple[PlankbError, ...] = ()
    reports: int = 0


def backup(folder: Path, path: Path) -> Kept:
    """Writes the backup of a knowledge base. Raises E201 to E203, E205, E501, E502."""
    store = Store.open(folder / draft.STORE)
    store.check()
    corrections, reports, plans = store.corrections(), store.reports(), len(store.plans())
    store.close()
    lines = "".join(f"{one.model_dump_json()}\n" for one in reversed(corrections))
    reported = "".join(f"{one.model_dump_json()}\n" for one in reports)
    store_file = (folder / draft.STORE).read_bytes()
    parts = {_STORE: store_file, _LIST: lines.encode(), _REPORTS: reported.encode()}
    rules = {f"rules/{file.name}": file.read_bytes() for file in user.paths() if _RULE.fullmatch(f"rules/{file.name}")}
    parts |= rules
    head = {
        "plankb-backup": _FORMAT,
        "program": __version__,
        "made": datetime.now().astimezone().isoformat(timespec="seconds"),
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()},
    }
    with tempfile.SpooledTemporaryFile(max_size=_CHUNK * 64) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(_HEAD, json.dumps(head, ensure_ascii=False, indent=1))
            for name, data in parts.items():
                packed.writestr(name, data)
        file.seek(0)
        hand_out(path, file.read())
    return Kept(plans, len(corrections), len(rules), reports=len(reports))


def restore(folder: Path, path: Path, *, replace: bool = False) -> Kept:
    """Brings a backup, or a copy that the program kept, back into a folder.

    With `replace` it takes the place of what is there, of which a copy is kept. Raises E101, E105 for a file that is
    not there, E211 where there is a knowledge base already, E212 for one that is no backup or damaged, E202, E205,
    E206.
    """
    with writing(folder):
        target = folder / draft.STORE
        if target.is_dir():
            raise PlankbError("E215", path=target)
        if target.exists() and not replace:
            raise PlankbError("E211", path=target)
        fresh = folder / f"{draft.STORE}.restored"
        try:
            rules = _unpack(path, fresh)
            kept = _look(fresh, path)
            if target.exists():
                copies.keep(target, f"before-restore-{datetime.now():%Y%m%d-%H%M%S}")  # noqa: DTZ005
            _sync(fresh)
            draft.swap(fresh, target)
        except OSError as error:
            raise PlankbError("E205", path=folder, why=cause(error)) from error
        finally:
            fresh.unlink(missing_ok=True)
    return Kept(kept.plans, kept.corrections, len(rules), tuple(_put_rules(rules)), kept.reports)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _look(fresh: Path, path: Path) -> Kept:
    """What an unpacked store holds, once it is known to be whole."""
    try:
        store = Store.open(fresh)
        store.check()
        kept = Kept(len(store.plans()), len(store.corrections()), 0, reports=len(store.reports()))
        store.close()
    except PlankbError as error:
        if error.code == "E202":
            raise
        raise PlankbError("E212", path=path) from error
    return kept


def _unpack(path: Path, fresh: Path) -> Mapping[str, bytes]:
    """Writes the store of a backup to a file and gives its rule files by name."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE))
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except (OSError, ValueError) as error:
        raise PlankbError("E101", path=path) from error
    try:
        fresh.unlink(missing_ok=True)  # what a killed process left, or a link that leads elsewhere
        if head == _SQLITE:
            with path.open("rb") as kept, fresh.open("xb") as file:
                shutil.copyfileobj(kept, file, _CHUNK)
            return {}
        with zipfile.ZipFile(path) as packed:
            sums = _sums(packed)
            _write(packed, fresh, sums[_STORE])
            return {name: _rule(packed, name, sums[name]) for name in sums if _RULE.fullmatch(name)}
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise PlankbError("E212", path=path) from error


def _sums(packed: zipfile.ZipFile) -> Mapping[str, str]:
    """The check sums of the parts by name. Raises ValueError or KeyError where the file is no backup."""
    with packed.open(_HEAD) as part:
        head = json.loads(part.read(_LARGEST_RULE))
    if not isinstance(head, dict) or head["plankb-backup"] != _FORMAT or not isinstance(head["sha256"], dict):
        raise ValueError("another format")
    return {str(name): str(digest) for name, digest in head["sha256"].items()}


def _write(packed: zipfile.ZipFile, fresh: Path, digest: str) -> None:
    size, found = 0, hashlib.sha256()
    with packed.open(_STORE) as part, fresh.open("xb") as file:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > _LARGEST_STORE:
                raise ValueError("too large")
            found.update(chunk)
            file.write(chunk)
    if found.hexdigest() != digest:
        raise ValueError("damaged")


def _rule(packed: zipfile.ZipFile, name: str, digest: str) -> bytes:
    with packed.open(name) as part:
        data = part.read(_LARGEST_RULE + 1)
    if len(data) > _LARGEST_RULE or hashlib.sha256(data).hexdigest() != digest:
        raise ValueError("damaged")
    return data


def _put_rules(rules: Mapping[str, bytes]) -> list[PlankbError]:
    """Writes rule files that are not there; says which are there with other content, and leaves them."""
    remarks = []
    for name, data in rules.items():
        path = user.folder() / name.removeprefix("rules/")
        if path.exists():
            remarks += [] if path.read_bytes() == data else [PlankbError("E213", path=path)]
            continue
        make_folder(path.parent)
        write_aside(path, data)
    return remarks
