"""`ledger`: written, read back, listed, taken back, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plankb.kb import KnowledgeBase
from tests.cli.conftest import run_plankb

DAY = "2025-06-01"


def ledger(kb: Path, *words: str | Path) -> Any:
    return run_plankb("ledger", *words, "--kb", kb, "--date", DAY)


def filled(kb: Path, path: Path, state: str, note: str = "") -> Path:
    """A ledger whose first task was filled in."""
    assert ledger(kb, "-o", path).returncode == 0
    book = openpyxl.load_workbook(path)
    sheet: Any = book["台账"]
    columns = {cell.value: cell.column for cell in sheet[4]}
    sheet.cell(5, columns["进展状态"]).value = state
    sheet.cell(5, columns["进展情况"]).value = note
    book.save(path)
    return path


def reports(kb: Path) -> list[str]:
    return [report.state for report in KnowledgeBase(kb).store.reports() if report.withdrawn is None]


def test_a_ledger_goes_out_comes_back_and_is_taken_back(sample_kb: Path, tmp_path: Path) -> None:
    path = filled(sample_kb, tmp_path / "台账.xlsx", "已完成", "已开通专列")
    shown = ledger(sample_kb, path)
    assert (shown.returncode, reports(sample_kb)) == (0, [])
    assert "新报送 1 条" in shown.stderr
    assert "--yes" in shown.stderr
    assert "没有入库" not in ledger(sample_kb, path, "--dry-run").stderr
    assert reports(sample_kb) == []
    kept = ledger(sample_kb, path, "--yes", "-o", tmp_path / "汇总.xlsx")
    assert reports(sample_kb) == ["done"]
    assert "已入库 1 条" in kept.stderr
    assert (tmp_path / "汇总.xlsx").is_file()
    past = ledger(sample_kb, "--history", "a:task-1", "--format", "jsonl")
    assert [json.loads(line)["note"] for line in past.stdout.splitlines()] == ["已开通专列"]
    assert ledger(sample_kb, "--undo").returncode == 0
    assert reports(sample_kb) == []
    assert ledger(sample_kb, "--undo").returncode == 2
    assert len(ledger(sample_kb, "--history", "a:task-1", "--format", "jsonl").stdout.splitlines()) == 1


def test_contradictions_are_told_and_may_be_left_out(sample_kb: Path, tmp_path: Path) -> None:
    ledger(sample_kb, filled(sample_kb, tmp_path / "1.xlsx", "已完成"), "--yes")
    path = filled(sample_kb, tmp_path / "2.xlsx", "未启动")
    shown = ledger(sample_kb, path, "--yes", "--skip-contradictions")
    assert "有矛盾" in shown.stdout
    assert reports(sample_kb) == ["done"]
    ledger(sample_kb, path, "--yes")
    assert reports(sample_kb) == ["done", "not-started"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("--due 365", ["优化货物运输结构"] * 3),
        ("--due 365 --plan a", ["优化货物运输结构"]),
        ("--late", []),
        ("--state 未启动 --plan c", ["优化货物运输结构", "推广新能源车辆"]),
        ("--bureau 某市/工信 --state not-started", ["推广新能源车辆"] * 2),
    ],
)
def test_lists(sample_kb: Path, words: str, found: list[str], tmp_path: Path) -> None:
    done = ledger(sample_kb, *words.split())
    titles = [
        title for line in done.stdout.splitlines() for title in ("优化货物运输结构", "推广新能源车辆") if title in line
    ]
    assert (done.returncode, titles) == (0, found)
    assert "共" in done.stderr
    assert ledger(sample_kb, *words.split(), "-o", tmp_path / "清单.docx").returncode == 0


def test_without_a_choice_the_summary_by_bureau_is_shown(sample_kb: Path) -> None:
    done = ledger(sample_kb)
    assert "市交通委员会" in done.stdout
    assert f"截至{DAY}：共6项" in done.stderr


def test_files_of_bureaus_and_a_calendar(sample_kb: Path, tmp_path: Path) -> None:
    assert ledger(sample_kb, "--each-bureau", tmp_path / "各单位").returncode == 0
    assert (tmp_path / "各单位" / "市交通委员会.xlsx").is_file()
    again = ledger(sample_kb, "--each-bureau", tmp_path / "各单位")
    assert (again.returncode, "--yes" in again.stderr) == (2, True)
    assert ledger(sample_kb, "-o", tmp_path / "台账.ics").returncode == 0
    assert b"BEGIN:VEVENT" in (tmp_path / "台账.ics").read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ["-o", "台账.xyz"],
        ["没有这个文件.xlsx"],
        ["--date", "昨天"],
        ["--state", "差不多"],
        ["--history", "没有这项任务"],
        ["--history", "优化货物运输结构"],
        ["--keep", "report-0"],
        ["--bureau", "没有这个局"],
    ],
)
def test_what_cannot_be_is_one_line(sample_kb: Path, words: list[str]) -> None:
    done = run_plankb("ledger", *words, "--kb", sample_kb)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_work_report_is_set_against_the_targets(sample_kb: Path, tmp_path: Path) -> None:
    report = tmp_path / "总结.txt"
    report.write_text("2024年工作总结\n\n一、工作完成情况\n\n铁路货运量占比提高1.2个百分点。\n", encoding="utf-8")
    shown = ledger(sample_kb, "--report", report, "--plan", "a")
    assert "铁路货运量占比提高1.2个百分点" in "".join(shown.stdout.split()).replace("│", "") or "已达" in shown.stdout
    assert reports(sample_kb) == []
    assert ledger(sample_kb, "--report", report, "--plan", "a", "--accept", "1").returncode == 0
    assert reports(sample_kb) == ["done"]
    assert ledger(sample_kb, "--report", report, "--plan", "a", "--accept", "9").returncode == 2
    assert ledger(sample_kb, "--report", report, "-o", tmp_path / "核对.xlsx").returncode == 0
