"""Full text: passages with their sections behind one protocol, `Engine`, that two engines meet.

`search` asks an engine. The one of Whoosh is here (`whoosh_index` writes it, `whoosh_engine` searches it; this package
is the one home of Whoosh), the one of SQLite stands in the store's own file: see `plankb.store.fulltext`.
"""

from __future__ import annotations

from plankb.search.documents import documents, sentences
from plankb.search.engine import Engine, search
from plankb.search.model import Document, Found, Hit, PlanDocuments, SearchResult

__all__ = [
    "Document", "Engine", "Found", "Hit", "PlanDocuments", "SearchResult", "documents", "search", "sentences",
]  # fmt: skip
