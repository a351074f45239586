"""Names of the settings that a knowledge base keeps, and of its file."""

from __future__ import annotations

STORE = "plankb.sqlite"
"""The file of a store in the folder of a knowledge base."""
FULLTEXT = "fulltext"
"""The format of the full text in the store's file; not set where it holds none."""
FULLTEXT_FORMAT = "1"
"""Changes with what is indexed; full text of another format is made anew."""
ENGINE = "engine"
"""Which engine the user asked for: auto, whoosh or sqlite."""
INDEX = "index"
"""The folder of the index of Whoosh; not set where there is none."""
