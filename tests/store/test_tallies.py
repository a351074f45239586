"""What a screen shows first is counted in SQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.kb import FactFilter
from plankb.kb.draft import STORE
from plankb.store import Store
from plankb.store.tallies import Tallies
from tests.tui import library


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(library.build(tmp_path) / STORE)


def test_counts_and_names(store: Store) -> None:
    tallies: Tallies = store.tallies
    assert (tallies.plans(), tallies.bureaus()) == (2, 6)
    assert tallies.kinds() == {"task": 5, "target": 5, "deadline": 3, "doubt": 1}
    assert tallies.bureau_names()["gaj"] == "市公安局"
    assert tallies.bureaus_called("市公安局") == ["gaj"]
    assert tallies.bureaus_called("市水务局") == []
    assert tallies.busiest_bureau() == "市生态环境局"
    assert tallies.shared_indicator() in {"新建绿色建筑占比", "细颗粒物浓度"}
    assert tallies.plan_with_roles() == "city"


def test_an_empty_store_has_none_of_it(tmp_path: Path) -> None:
    from plankb.store import StoreWriter

    StoreWriter(tmp_path / STORE).commit()
    tallies = Store.open(tmp_path / STORE).tallies
    assert (tallies.plans(), tallies.kinds(), tallies.bureau_names()) == (0, {}, {})
    assert (tallies.busiest_bureau(), tallies.shared_indicator(), tallies.plan_with_roles()) == (None, None, None)


def test_the_more_telling_come_first(store: Store) -> None:
    targets = store.ids("target", telling=True)
    assert sorted(targets) == sorted(store.ids("target"))
    assert targets[-1] == "city:6"  # 道路机械化清扫率: of no year
    assert store.ids("task", FactFilter(plans=("air",)), telling=True) == store.ids("task", FactFilter(plans=("air",)))
