"""`compare` on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import run_plankb


def test_indicators_down_and_plans_across(sample_kb: Path) -> None:
    rows = list(csv.reader(io.StringIO(run_plankb("compare", "--format", "csv", "--kb", sample_kb).stdout)))
    assert rows[0] == ["indicator", "differs", "a", "b", "c"]
    assert ["新能源公交车辆比例", "", *["80% 2030-06"] * 3] in rows
    table = run_plankb("compare", "--kb", sample_kb).stdout
    assert "80% 2030-06" in table.replace("\n", "")


def test_one_indicator_by_words_of_its_name(sample_kb: Path) -> None:
    lines = run_plankb("compare", "货运量", "--plan", "a", "--format", "jsonl", "--kb", sample_kb).stdout.splitlines()
    (row,) = map(json.loads, lines)
    assert (row["indicator"], row["differs"], [t["id"] for t in row["targets"]]) == (
        "铁路货运量占比",
        False,
        ["a:target-1"],
    )


def test_an_indicator_that_no_plan_has(sample_kb: Path) -> None:
    done = run_plankb("compare", "没有这样的指标", "--kb", sample_kb)
    assert (done.returncode, done.stdout) == (0, "")
    assert "0" in done.stderr
