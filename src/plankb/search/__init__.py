"""Full text: passages with their sections behind one protocol, `Engine`, that two engines meet.

`search` asks an engine. The one of Whoosh is here (`whoosh_index` writes it, `whoosh_engine` searches it; this package
is the one home of Whoosh), the one of SQLite stands in the store's own file: see `plankb.store.fulltext`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # each is loaded where it is first used: a question needs the tokens alone
    from plankb.search.documents import sentences
    from plankb.search.engine import Engine, search
    from plankb.search.model import Document, Found, Hit, PlanDocuments, SearchResult

__all__ = ["Document", "Engine", "Found", "Hit", "PlanDocuments", "SearchResult", "search", "sentences"]

_HOMES = {
    "Document": "model", "Engine": "engine", "Found": "model", "Hit": "model", "PlanDocuments": "model",
    "SearchResult": "model", "search": "engine", "sentences": "documents",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"plankb.search.{_HOMES[name]}"), name)
