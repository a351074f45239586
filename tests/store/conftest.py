from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plankb.store import Source, Store, StoreWriter
from tests.samples import Sample, sample

SOURCE = Source(path="/plans/plan.txt", sha256="0" * 64, stamp="1", read_at="2026-01-01T00:00:00+00:00")


def write(path: Path, *samples: Sample) -> None:
    """A store file with these plans."""
    writer = StoreWriter(path)
    for one in samples:
        writer.put(one.plan, SOURCE, one.clean, facts=one.facts, bureaus=one.bureaus)
    writer.commit()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The same plan twice in one city and once in another."""
    path = tmp_path / "plankb.sqlite"
    write(path, sample("a"), sample("b"), sample("c", city="他市"))
    opened = Store.open(path)
    yield opened
    opened.close()
