"""Making a knowledge base: read what is new, aside, and swap it in when it is complete.

The last good knowledge base stands until the moment of the swap, and a process killed at any time leaves it as it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.errors import PlankbError
from plankb.kb import files, indexing
from plankb.kb.files import PlanFile
from plankb.kb.lock import writing
from plankb.store import Source, Store, StoreWriter

if TYPE_CHECKING:
    from plankb.extractors import Reading

STORE = "plankb.sqlite"
_ASIDE = "plankb.sqlite.new"


Progress = Callable[[int, int, str], None]
"""Told (done, total, file name) before each file, and once more when all is done. What it raises stops the work."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read and was passed over; `named` by the user himself, not found in a folder."""

    path: Path
    error: PlankbError
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did. `read`, `unchanged` and `removed` are plan ids.

    `duplicates` are files passed over since another has the same content, each with the id of the plan it is;
    `kept` are plans of `failures` whose last good reading stays; `outdated` are files that are no longer those which
    the manifest beside them describes.
    """

    read: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    outdated: tuple[Path, ...] = ()
    failures: tuple[Failure, ...] = ()
    duplicates: tuple[tuple[Path, str], ...] = ()


@dataclass
class _Work:
    """What is to be done; ids to files."""

    fresh: dict[str, PlanFile] = field(default_factory=dict)
    moved: dict[str, PlanFile] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    duplicates: list[tuple[Path, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def silent(_done: int, _total: int, _name: str) -> None:
    """No progress shown."""


def build(folder: Path, paths: Sequence[Path], *, progress: Progress = silent) -> BuildReport:
    """Makes the knowledge base hold the plans of `paths` and no others.

    Raises E101, E102, E105, E106 for a path that cannot be used, the error of the first file where none could be read,
    E202, E203 for a knowledge base that cannot be replaced, E205, E206 where it cannot be written.
    """
    return _change(folder, files.collect(paths), whole=True, progress=progress)


def add(folder: Path, paths: Sequence[Path], *, progress: Progress = silent) -> BuildReport:
    """Adds the plans of `paths`, or reads them again where they changed. Raises what `build` raises."""
    return _change(folder, files.collect(paths), whole=False, progress=progress)


def remove(folder: Path, plans: Sequence[str]) -> BuildReport:
    """Removes plans by id. Raises E204 for one that is not there; then none is removed."""
    with changing(folder) as draft:
        store = Store.open(folder / STORE)
        for plan in plans:
            store.plan(plan)
            draft.writer.drop(plan)
        store.close()
        draft.changed.update(plans)
    return BuildReport(removed=tuple(dict.fromkeys(plans)))


@contextmanager
def changing(folder: Path) -> Iterator[Draft]:
    """A draft of the present knowledge base, swapped in when the block ends well.

    Whoever changes a plan's facts names the plan in `changed`, so that it is indexed again. Raises E201 where there is
    no knowledge base, E202, E203 for one that cannot be changed, E205, E206 where it cannot be written.
    """
    with writing(folder):
        _sources(folder)
        if not (folder / STORE).exists():
            raise PlankbError("E201", path=folder / STORE)
        with _aside(folder, keep=True) as draft:
            yield draft


def _change(folder: Path, found: Sequence[PlanFile], *, whole: bool, progress: Progress) -> BuildReport:
    with writing(folder):
        sources = _sources(folder)
        work = _plan_work(found, sources, whole=whole)
        if not (work.fresh or work.moved or work.removed):
            return BuildReport(unchanged=tuple(work.unchanged), duplicates=tuple(work.duplicates))
        return _write(folder, work, sources, progress)


def _sources(folder: Path) -> Mapping[str, Source]:
    """What the knowledge base holds; nothing where there is none yet."""
    if not (folder / STORE).exists():
        return {}
    store = Store.open(folder / STORE)
    store.check()
    sources = store.sources()
    store.close()
    return sources


def _plan_work(found: Iterable[PlanFile], sources: Mapping[str, Source], *, whole: bool) -> _Work:
    by_path = {source.path: plan for plan, source in sources.items()}
    # Files that the knowledge base knows come first, so that they keep their ids.
    known_first = sorted(found, key=lambda file: str(file.path) not in by_path)
    known = {by_path[str(file.path)] for file in found if str(file.path) in by_path}
    taken = known if whole else set(sources)
    content = {sources[plan].sha256: plan for plan in taken - known}
    work = _Work()
    for file in known_first:
        if file.sha256 in content:
            work.duplicates.append((file.path, content[file.sha256]))
            continue
        plan = by_path.get(str(file.path)) or files.new_id(file, taken)
        content[file.sha256] = plan
        taken = {*taken, plan}
        _sort_in(work, plan, file, sources.get(plan))
    held = {*content.values(), *(taken if not whole else ())}
    work.removed = [plan for plan in sources if plan not in held]
    return work


def _sort_in(work: _Work, plan: str, file: PlanFile, source: Source | None) -> None:
    if source is None or source.stamp != file.stamp:
        work.fresh[plan] = file
    elif source.path != str(file.path):
        work.moved[plan] = file
    else:
        work.unchanged.append(plan)


def _write(folder: Path, work: _Work, sources: Mapping[str, Source], progress: Progress) -> BuildReport:
    failures: list[Failure] = []
    kept: list[str] = []
    with _aside(folder, keep=(folder / STORE).exists()) as draft:
        draft.changed.update(work.removed, work.fresh)
        for plan in work.removed:
            draft.writer.drop(plan)
        for plan, file in work.moved.items():
            draft.writer.relocate(plan, str(file.path))
        for done, (plan, file) in enumerate(work.fresh.items()):
            progress(done, len(work.fresh), file.path.name)
            try:
                reading = _read(plan, file)
            except PlankbError as error:
                failures.append(Failure(file.path, error, file.named))
                kept.extend([plan] if plan in sources else [])
            else:
                _put(draft.writer, file, reading)
        progress(len(work.fresh), len(work.fresh), "")
        if failures and len(failures) == len(work.fresh) and not (work.unchanged or work.moved or kept):
            raise failures[0].error
    failed = {failure.path for failure in failures}
    return BuildReport(
        read=tuple(plan for plan, file in work.fresh.items() if file.path not in failed),
        unchanged=(*work.unchanged, *work.moved),
        removed=tuple(work.removed),
        kept=tuple(kept),
        outdated=tuple(file.path for file in work.fresh.values() if file.outdated),
        failures=tuple(failures),
        duplicates=tuple(work.duplicates),
    )


def _read(plan: str, file: PlanFile) -> Reading:
    try:
        return files.read(file, plan)
    except PlankbError:
        raise
    except Exception as error:  # one plan that the program fails on must not cost the others
        raise PlankbError("E108", path=file.path, why=f"{type(error).__name__}: {error}") from error


def _put(writer: StoreWriter, file: PlanFile, reading: Reading) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    source = Source(path=str(file.path), sha256=file.sha256, stamp=file.stamp, read_at=now)
    writer.put(reading.plan, source, reading.clean, facts=reading.facts, bureaus=reading.bureaus)


@dataclass(frozen=True, slots=True)
class Draft:
    """The next state of a knowledge base: a writer on its store, and the plans that differ from the present state."""

    writer: StoreWriter
    changed: set[str]


@contextmanager
def _aside(folder: Path, *, keep: bool) -> Iterator[Draft]:
    """A draft of a copy of the store (`keep`) or of a new one, swapped in with its index when the block ends well."""
    path = folder / _ASIDE
    index = indexing.new_name()
    base = _index_name(folder / STORE) if keep else None
    try:
        path.unlink(missing_ok=True)  # what a killed process left
        if keep:
            shutil.copyfile(folder / STORE, path)
    except OSError as error:
        raise PlankbError("E205", path=path, why=error.strerror) from error
    draft = Draft(StoreWriter(path), set())
    try:
        yield draft
        draft.writer.set(indexing.SETTING, index)
        draft.writer.commit()
        _index(folder, path, index, base, draft.changed)
        _swap(path, folder / STORE)
    finally:
        draft.writer.close()
        path.unlink(missing_ok=True)
        indexing.sweep(folder, keep=_index_name(folder / STORE) or "")


def _index(folder: Path, path: Path, name: str, base: str | None, changed: set[str]) -> None:
    store = Store.open(path)
    try:
        indexing.make(folder, name, store, base=base, changed=changed)
    except OSError as error:
        raise PlankbError("E205", path=folder / name, why=error.strerror) from error
    finally:
        store.close()


def _index_name(path: Path) -> str | None:
    """The index that the present store names; None where there is none."""
    if not path.exists():
        return None
    store = Store.open(path)
    name = store.setting(indexing.SETTING)
    store.close()
    return name


def _swap(new: Path, old: Path) -> None:
    try:
        new.replace(old)
        if os.name == "posix":  # so that the new name outlives a power cut
            handle = os.open(old.parent, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
    except OSError as error:
        raise PlankbError("E205", path=old, why=error.strerror) from error
