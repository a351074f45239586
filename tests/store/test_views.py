"""Views for people who ask in SQL, read with sqlite-utils as they would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.samples import sample
from tests.store.conftest import write

sqlite_utils = pytest.importorskip("sqlite_utils")

COLUMNS = {
    "tasks": "id title lead support joint collective by jurisdiction plan section page span_start span_end quote",
    "targets": "id indicator indicator_id op value value_max unit normal_value normal_unit change base_year"
    " baseline_value baseline_year by nature stretch qualitative scope per jurisdiction plan section page span_start"
    " span_end quote",
    "responsibility": "task plan title role name bureau",
    "deadlines": "id by bound start end of plan section page span_start span_end quote",
    "bureaus": "id name jurisdiction plans lead support joint",
    "citations": "id title number plan section page span_start span_end quote",
}
"""The contract: a column may be added, none renamed or taken away."""


@pytest.fixture
def db(tmp_path: Path) -> Any:
    write(tmp_path / "plankb.sqlite", sample("a"), sample("c", city="他市"))
    return sqlite_utils.Database(tmp_path / "plankb.sqlite")


@pytest.mark.parametrize("view", COLUMNS)
def test_the_columns_are_those_that_are_documented(db: Any, view: str) -> None:
    assert [column.name for column in db[view].columns] == COLUMNS[view].split()
    said = (Path(__file__).parents[2] / "docs" / "sql.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in said for name in (view, *COLUMNS[view].split()))


def test_tasks(db: Any) -> None:
    first = next(db["tasks"].rows_where("id = ?", ["a:task-1"]))
    assert (first["title"], first["lead"], first["support"], first["joint"]) == (
        "优化货物运输结构",
        "市交委",
        "市发展改革委",
        None,
    )
    assert (first["plan"], first["by"], first["jurisdiction"]) == ("a", "2025", "某市")
    assert first["section"].startswith("一、重点任务 > （一）优化货物运输结构")


def test_targets(db: Any) -> None:
    row = next(db["targets"].rows_where("indicator = ? AND plan = ?", ["新能源公交车辆比例", "a"]))
    assert (row["value"], row["unit"], row["op"], row["by"], row["stretch"]) == (80, "%", "=", "2030-06", 0)
    assert row["quote"] == sample("a").clean.text[row["span_start"] : row["span_end"]]


def test_responsibility_joins_with_the_others(db: Any) -> None:
    rows = list(db["responsibility"].rows_where("plan = 'a'", order_by="task, role, name"))
    assert [(row["task"], row["role"], row["name"]) for row in rows] == [
        ("a:task-1", "lead", "市交委"),
        ("a:task-1", "support", "市发展改革委"),
        ("a:task-2", "joint", "市交委"),
        ("a:task-2", "joint", "市工信局"),
    ]
    busiest = (
        "SELECT b.name FROM bureaus b JOIN responsibility r ON r.bureau = b.id GROUP BY b.id ORDER BY count(*) DESC, 1"
    )
    assert next(db.query(busiest))["name"] == "市交通委员会"


def test_deadlines_bureaus_and_citations(db: Any) -> None:
    (deadline,) = db["deadlines"].rows_where("plan = 'a'")
    assert (deadline["of"], deadline["end"]) == ("a:task-1", "2025-12-31")
    (transport,) = db["bureaus"].rows_where("id = '某市/交通'")
    assert (transport["plans"], transport["lead"], transport["joint"]) == (1, 1, 1)
    assert {row["number"] for row in db["citations"].rows} == {"国令〔2020〕1号"}
