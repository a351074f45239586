"""`review`: shows what a workbook corrects, keeps it, lists it, takes it back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import run_plankb


@pytest.fixture
def workbook(sample_kb: Path) -> Path:
    """A workbook of plan a in which the deadline of the first task was corrected."""
    path = sample_kb / "责任矩阵.xlsx"
    run_plankb("matrix", "--plan", "a", "-o", path, "--kb", sample_kb)
    book = openpyxl.load_workbook(path)
    sheet: Any = book["任务分解表"]
    sheet["G3"] = "2026年"
    book.properties.lastModifiedBy = "王五"
    book.save(path)
    return path


def kept(kb: Path) -> list[dict[str, Any]]:
    done = run_plankb("review", "--list", "--format", "jsonl", "--kb", kb)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(line["suspicion"] is None for line in lines)
    return [line["correction"] for line in lines]


def test_corrections_are_shown_and_kept(sample_kb: Path, workbook: Path) -> None:
    done = run_plankb("review", workbook, "--kb", sample_kb)
    assert done.returncode == 0
    assert "完成时限：2025年 → 2026年" in done.stdout
    (correction,) = kept(sample_kb)
    assert (correction["fact"], correction["field"], correction["after"], correction["who"]) == (
        "a:task-1", "by", ["2026"], "王五",
    )  # fmt: skip
    tasks = run_plankb("list", "tasks", "--plan", "a", "--by", "2026", "--format", "jsonl", "--kb", sample_kb)
    assert json.loads(tasks.stdout)["review"]["who"] == "王五"


def test_dry_run_keeps_nothing(sample_kb: Path, workbook: Path) -> None:
    done = run_plankb("review", workbook, "--dry-run", "--kb", sample_kb)
    assert "完成时限：2025年 → 2026年" in done.stdout
    assert kept(sample_kb) == []


def test_a_correction_is_dropped_by_its_id(sample_kb: Path, workbook: Path) -> None:
    run_plankb("review", workbook, "--who", "张三", "--kb", sample_kb)
    (correction,) = kept(sample_kb)
    assert correction["who"] == "张三"
    dropped = run_plankb("review", "--drop", correction["id"], "--kb", sample_kb)
    assert (dropped.returncode, dropped.stdout, dropped.stderr) == (0, "", "已撤销更正 1 条\n")
    assert kept(sample_kb) == []


def test_a_row_taken_out_strikes_its_task_out_only_when_that_is_asked_for(sample_kb: Path, workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["任务分解表"].delete_rows(4)
    book.save(workbook)
    done = run_plankb("review", workbook, "--dry-run", "--kb", sample_kb)
    assert "推广新能源车辆" in done.stderr
    assert "删除" not in done.stdout
    done = run_plankb("review", workbook, "--dry-run", "--delete-missing", "--kb", sample_kb)
    assert "推广新能源车辆" in done.stdout
    assert "删除" in done.stdout


BAD = [("", "E122"), ("--drop review-0", "E511"), ("--keep review-0", "E511"), ("nowhere.xlsx", "E101")]


@pytest.mark.parametrize(("words", "code"), BAD)
def test_bad_input_is_one_line(sample_kb: Path, words: str, code: str) -> None:
    done = run_plankb("review", *words.split(), "--kb", sample_kb)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_lists_say_which_facts_were_reviewed(sample_kb: Path, workbook: Path) -> None:
    words = ("list", "tasks", "--plan", "a", "--kb", sample_kb)
    assert "审核" not in run_plankb(*words).stdout
    run_plankb("review", workbook, "--who", "张三", "--kb", sample_kb)
    table, text = run_plankb(*words), run_plankb(*words, "--format", "csv")
    assert "张三" in table.stdout
    assert "张三" in text.stdout
