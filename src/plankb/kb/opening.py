"""From the folder or file that a caller names to a knowledge base or a reading, with the user's rules in force."""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.kb.door import KnowledgeBase
from plankb.paths import typed
from plankb.rules import user

if TYPE_CHECKING:
    from plankb.extractors import Reading

AnyPath = str | PathLike[str]


def folder_of(named: AnyPath | None) -> Path:
    """The folder of the knowledge base that is named: None or "" is PLANKB_KB, else that in the user's data folder."""
    chosen = named or os.environ.get("PLANKB_KB")
    if chosen:
        return typed(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("plankb", appauthor=False))


def state_of(folder: Path) -> object:
    """What tells a knowledge base as it is now from what it was before; it changes with every write; None for none."""
    from plankb.store.opening import STORE

    try:
        stat = (folder / STORE).stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size


def knowledge_base(named: AnyPath | None) -> KnowledgeBase:
    """The knowledge base of a folder. Raises E101, E170 to E181 for rules of the user that cannot be used."""
    _own_rules()
    return KnowledgeBase(folder_of(named))


def reading(named: AnyPath) -> Reading:
    """The facts of one file. Raises E101 to E108, E118, E119, and what `knowledge_base` raises."""
    from plankb.kb.files import read_file

    _own_rules()
    return read_file(typed(named))


def _own_rules() -> None:
    user.refresh()
    user.load()
