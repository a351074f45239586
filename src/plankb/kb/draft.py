"""The next state of a knowledge base, made aside and swapped in when it is complete.

The last good state stands until the moment of the swap, and a process killed at any time leaves it as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from plankb.errors import PlankbError, cause
from plankb.files import sync_folder
from plankb.kb import indexing
from plankb.kb.build_options import IndexChoice
from plankb.kb.lock import writing
from plankb.store import Store, StoreWriter, copies
from plankb.store.opening import ENGINE, FULLTEXT, INDEX
from plankb.store.opening import STORE as STORE

_ASIDE = f"{STORE}.new"


@dataclass(frozen=True, slots=True)
class Draft:
    """The next state of a knowledge base: a writer on its store, and the plans that differ from the present state."""

    writer: StoreWriter
    changed: set[str]


@contextmanager
def changing(folder: Path) -> Iterator[Draft]:
    """A draft of the present knowledge base, swapped in when the block ends well.

    Whoever changes a plan's facts names the plan in `changed`, so that it is indexed again. Raises E201 where there is
    no knowledge base, E202, E203 for one that cannot be changed, E205, E206 where it cannot be written.
    """
    with writing(folder):
        if not (folder / STORE).exists():
            raise PlankbError("E201", path=folder / STORE)
        check(folder)
        with aside(folder) as draft:
            yield draft


def check(folder: Path) -> None:
    """Reads the whole store of a folder for damage. Raises E203 where there is any."""
    store = Store.open(folder / STORE)
    store.check()
    store.close()


@contextmanager
def aside(
    folder: Path, *, plans: int | None = None, choice: IndexChoice | None = None, within: bool = False
) -> Iterator[Draft]:
    """A draft of the present store, or of a new one, swapped in with its full text when the block ends well.

    `plans` is how many it will hold, None for as many as now; `choice` is the engine asked for, None for the last one;
    `within`: the store holds the full text itself, whatever was asked for.
    """
    path = folder / _ASIDE
    before = settings(folder)
    with ExitStack() as cleaning:  # each step is done though Ctrl-C comes in the one before, or while the copy is made
        cleaning.callback(_sweep, folder)
        cleaning.callback(path.unlink, missing_ok=True)
        _copy(folder / STORE, path)
        draft = Draft(cleaning.enter_context(closing(StoreWriter(path))), set())
        within = within or _in_store(draft.writer, before, choice, plans)
        _prepare(draft.writer, choice or before.get(ENGINE, "auto"), within=within)
        name = None if within else indexing.new_name()
        yield draft
        draft.writer.set(INDEX, name)
        draft.writer.commit()
        if name:
            _index(folder, path, name, before.get(INDEX), draft.changed)
        _keep_copy(folder / STORE)
        swap(path, folder / STORE)


def _sweep(folder: Path) -> None:
    indexing.sweep(folder, keep=settings(folder).get(INDEX, ""))


def settings(folder: Path) -> Mapping[str, str]:
    """The settings of the present store; none where there is none."""
    if not (folder / STORE).exists():
        return {}
    store = Store.open(folder / STORE)
    found = store.settings()
    store.close()
    return found


def take_in(folder: Path) -> None:
    """Lets the store hold its full text itself from now on. Raises what `changing` raises."""
    with writing(folder):
        check(folder)
        with aside(folder, within=True):
            pass


def _copy(store: Path, path: Path) -> None:
    try:
        path.unlink(missing_ok=True)  # what a killed process left
        if store.exists():
            shutil.copyfile(store, path)
    except OSError as error:
        with suppress(OSError):  # a part of a copy takes what is left of a full disk
            path.unlink(missing_ok=True)
        raise PlankbError("E205", path=path, why=cause(error)) from error


def _in_store(writer: StoreWriter, before: Mapping[str, str], choice: IndexChoice | None, plans: int | None) -> bool:
    """Whether the store is to hold the full text itself."""
    asked = choice or before.get(ENGINE, "auto")
    if asked == "auto" and FULLTEXT in before:
        return True  # what once was large, or came from elsewhere, stays as it is
    return indexing.in_store(asked, writer.count() if plans is None else plans)


def _prepare(writer: StoreWriter, asked: str, *, within: bool) -> None:
    writer.set(ENGINE, asked)
    if within:
        writer.hold_fulltext()
    else:
        writer.leave_fulltext()


def _index(folder: Path, path: Path, name: str, base: str | None, changed: set[str]) -> None:
    store = Store.open(path)
    try:
        indexing.make(folder, name, store, base=base, changed=changed)
    except OSError as error:
        raise PlankbError("E205", path=folder / name, why=cause(error)) from error
    finally:
        store.close()


def _keep_copy(store: Path) -> None:
    try:
        copies.daily(store)
    except OSError as error:
        raise PlankbError("E205", path=store.parent / copies.FOLDER, why=cause(error)) from error


def swap(new: Path, old: Path) -> None:
    """Puts a new store in the place of the old one. Raises E205, E208 where others go on reading the old one."""
    try:
        new.replace(old)
    except PermissionError as error:  # Windows: somebody has it open
        _write_over(new, old, error)
    except OSError as error:
        raise PlankbError("E205", path=old, why=cause(error)) from error
    sync_folder(old.parent)


def _write_over(new: Path, old: Path, refused: PermissionError) -> None:
    try:
        copies.write_over(new, old)
    except TimeoutError as error:
        raise PlankbError("E208", path=old) from error
    except OSError as error:
        raise PlankbError("E205", path=old, why=cause(refused)) from error
