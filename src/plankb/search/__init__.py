"""Full text: an index of passages with their sections, rebuildable from the store. The one home of Whoosh.

`write` makes or extends an index folder, `Index` searches one. What a passage is and which facts it carries is decided
by the caller, who hands over `Document`s.
"""

from __future__ import annotations

from plankb.search.engine import Index, SearchResult
from plankb.search.index import Document, intact, write
from plankb.search.passages import sentences

__all__ = ["Document", "Index", "SearchResult", "intact", "sentences", "write"]
