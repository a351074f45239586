"""The store: plans, their text and their facts in one SQLite file, the source of truth.

`Store` reads, `StoreWriter` writes; `FactFilter` says which facts. The search index and the graph come back from here.
"""

from __future__ import annotations

from plankb.store.filter import Candidates, FactFilter
from plankb.store.labels import Label
from plankb.store.packing import Packed, pack
from plankb.store.reader import FactKind, Store
from plankb.store.source import Source
from plankb.store.writer import StoreWriter

__all__ = ["Candidates", "FactFilter", "FactKind", "Label", "Packed", "Source", "Store", "StoreWriter", "pack"]
