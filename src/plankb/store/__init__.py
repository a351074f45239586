"""The store: plans, their text and their facts in one SQLite file, the source of truth.

`Store` reads, `StoreWriter` writes; `FactFilter` says which facts. The search index and the graph come back from here.
What writes is loaded where it is first used: a question only reads.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from plankb.store.filter import Candidates, FactFilter
from plankb.store.labels import Label, Labels, Name
from plankb.store.listing import Listed, TaskRoles
from plankb.store.reader import FactKind, Store
from plankb.store.records import Source

if TYPE_CHECKING:
    from plankb.store.packing import Packed, pack
    from plankb.store.writer import StoreWriter

__all__ = [
    "Candidates",
    "FactFilter",
    "FactKind",
    "Label",
    "Labels",
    "Listed",
    "Name",
    "Packed",
    "Source",
    "Store",
    "StoreWriter",
    "TaskRoles",
    "pack",
]

_HOMES = {"Packed": "packing", "pack": "packing", "StoreWriter": "writer"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"plankb.store.{_HOMES[name]}"), name)
