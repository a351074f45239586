"""From paths to the plans to read: which files, under which ids, and whether each must be read again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from plankb import readers
from plankb.document import bounds
from plankb.errors import PlankbError
from plankb.kb import guard, program
from plankb.model import Plan
from plankb.printing import UNSEEN, marked
from plankb.readers import manifest
from plankb.rules import user

if TYPE_CHECKING:
    from plankb.extractors import Reading

_MAX_ID = 80
_NOT_IN_ID = re.compile(rf"[\s:/\\{UNSEEN}]+")


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A file to read. `named` by the user himself, not found in a folder; `entry` is the manifest's word on it."""

    path: Path
    named: bool
    sha256: str
    entry: manifest.Entry | None

    @property
    def stamp(self) -> str:
        """Changes with the file, with the manifest's word on it, with the program and with the user's rules."""
        said = self.entry.model_dump(exclude={"sha256"}) if self.entry else None
        all_ = [self.sha256, said, program.digest(), user.digest()]
        return _digest(json.dumps(all_, ensure_ascii=False).encode(errors="surrogatepass"))

    @property
    def outdated(self) -> bool:
        """Whether the manifest describes another state of the file; what it says is used all the same."""
        return bool(self.entry and self.entry.sha256 and self.entry.sha256 != self.sha256)

    def corrected(self, said: Mapping[str, str]) -> PlanFile:
        """The file with what people said of its plan, which goes before the manifest's word."""
        if not said:
            return self
        entry = self.entry or manifest.Entry(file=self.path.name)
        return replace(self, entry=manifest.Entry.model_validate(entry.model_dump() | dict(said)))

    def plan(self, plan: str) -> Plan:
        """The plan's record before its text is read; `title` is "" where nothing is known."""
        said = self.entry.model_dump(exclude={"file", "id", "sha256"}, exclude_none=True) if self.entry else {}
        bodies = tuple(name.strip() for name in said.get("issuer", "").split("、") if name.strip())
        if bodies:
            said |= {"issuer": bodies[0], "issuers": bodies}
        return Plan(id=plan, **{"title": "", **said})


def collect(paths: Iterable[Path]) -> list[PlanFile]:
    """The plan files of paths, each file once. Raises E101, E102, E105, E106 for a path that cannot be used."""
    found: dict[Path, PlanFile] = {}
    manifests: dict[Path, Mapping[str, manifest.Entry]] = {}
    for path in paths:
        for file in readers.plan_files(path):
            resolved = file.resolve()
            if resolved.parent not in manifests:
                manifests[resolved.parent] = manifest.load(resolved.parent)
            entry = manifests[resolved.parent].get(resolved.name)
            named = file == path or (resolved in found and found[resolved].named)
            guard.require_size(resolved)
            found[resolved] = PlanFile(resolved, named, _digest(_bytes(resolved)), entry)
    return list(found.values())


def skipped(paths: Iterable[Path]) -> tuple[readers.Skipped, ...]:
    """The files of folders that are not read, and those that a manifest speaks of and that are not there, each with the
    reason. Raises what `collect` raises."""
    named = tuple(paths)
    found = {each.path: each for path in named for each in readers.skipped_files(path)}
    folders = {file.parent for path in named if path.is_dir() for file in readers.plan_files(path)}
    for folder in sorted(folders):
        for name in manifest.load(folder):
            if not (folder / name).exists():
                found[folder / name] = readers.Skipped(folder / name, PlankbError("E189", path=folder / name))
    return tuple(found.values())


def read_file(path: Path) -> Reading:
    """The facts of one file, without a knowledge base. Raises E101 to E106."""
    if path.is_dir():
        raise PlankbError("E107", path=path)
    (file,) = collect([path])
    return read(file, new_id(file, ()))


def read(file: PlanFile, plan: str, *, data: bytes | None = None) -> Reading:
    """The facts of a file under a plan id; `data` is its content where it lies elsewhere.

    Raises E101 and E103 to E105 for a file that cannot be read, E118, E119, E156 to E158 for one that is too long, E108
    where the program fails on its text.
    """
    from plankb.document import clean
    from plankb.extractors import read_clean

    with guard.reading(file.path):
        document = readers.read(file.path) if data is None else readers.to_document(data, file.path)
        bounds.require_characters(len(document.source))
        bounds.require_cells(document.cells)
    with guard.understanding(file.path):
        text, remarks = clean(document), document.remarks
        del document  # the cells and lines of a long file take as much memory as all that is found in it
        reading = read_clean(text, file.plan(plan), remarks)
    if reading.plan.title:
        return reading
    named = reading.plan.model_copy(update={"title": _stem(file.path)})
    return replace(reading, plan=named)


def new_id(file: PlanFile, taken: Container[str]) -> str:
    """The id of a plan: the manifest's, else the file's name without its ending; numbered where it is taken."""
    wanted = (file.entry.id if file.entry else None) or _stem(file.path)
    base = _NOT_IN_ID.sub("-", unicodedata.normalize("NFC", wanted)).strip("-")[:_MAX_ID] or "plan"
    plan, count = base, 1
    while plan in taken:
        count += 1
        plan = f"{base}-{count}"
    return plan


def _stem(path: Path) -> str:
    """A file's name without its ending, as people see it: one from an old archive on Linux may be in GBK."""
    try:
        return marked(os.fsencode(path.stem).decode())
    except UnicodeDecodeError:
        return marked(os.fsencode(path.stem).decode("gb18030", errors="replace"))
    except UnicodeEncodeError:  # half a pair, which Windows allows
        return marked(path.stem)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except OSError as error:
        raise PlankbError("E101", path=path) from error


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
