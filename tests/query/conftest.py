from __future__ import annotations

import pytest

from plankb.kb import KnowledgeBase
from plankb.query import Library
from plankb.store import Store
from tests.query.small import make_library, make_store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(tmp_path_factory.mktemp("small") / "plankb.sqlite")


@pytest.fixture(scope="session")
def library(store: Store) -> Library:
    """The small knowledge base made by hand."""
    return make_library(store)


@pytest.fixture(scope="session")
def corpus(corpus_kb: KnowledgeBase) -> Library:
    """The five real plans."""
    return corpus_kb.library
