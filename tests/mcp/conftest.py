from __future__ import annotations

from pathlib import Path

import pytest

from plankb.kb import KnowledgeBase
from tests.samples import sample
from tests.store.conftest import write


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """Plans a and b of one city, c of another, by hand."""
    folder = tmp_path / "kb"
    folder.mkdir()
    write(folder / "plankb.sqlite", sample("a"), sample("b"), sample("c", city="他市"))
    return KnowledgeBase(folder)
