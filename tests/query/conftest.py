from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from plankb.kb import KnowledgeBase
from plankb.query import Answer, Library, ask
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


@pytest.fixture(scope="session")
def answered(corpus: Library) -> Callable[[str], Answer]:
    """The answer of the five real plans to a question; several tests look at the same, each is asked once."""
    return cache(lambda question: ask(question, corpus))
