"""`matrix`: filters become rows and columns, the file is written whole or not at all."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.cli.conftest import run_plankb

CASES = [
    ("", ["a:task-1", "a:task-2", "b:task-1", "b:task-2", "c:task-1", "c:task-2"]),
    ("--plan a", ["a:task-1", "a:task-2"]),
    ("--bureau 某市/交通 --role lead", ["a:task-1", "b:task-1"]),
    ("--by 2030 --plan 某市", ["a:task-2", "b:task-2"]),
    ("--section 新能源 --plan a --plan c", ["a:task-2", "c:task-2"]),
]


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_options_become_filters(sample_kb: Path, words: str, expected: list[str]) -> None:
    out = sample_kb / "out.csv"
    done = run_plankb("matrix", *words.split(), "-o", out, "--kb", sample_kb)
    assert (done.returncode, done.stdout) == (0, "")
    assert str(len(expected)) in done.stderr
    rows = csv.DictReader(StringIO(out.read_bytes().decode("utf-8-sig")))
    assert [row["任务编号"] for row in rows] == expected


def test_a_filter_of_bureau_and_role_leaves_only_its_marks(sample_kb: Path) -> None:
    out = sample_kb / "out.xlsx"
    run_plankb("matrix", "--plan", "a", "--bureau", "市交委", "--bureau-sheets", "-o", out, "--kb", sample_kb)
    book = openpyxl.load_workbook(out)
    cells = [cell.value for row in book["责任矩阵"].iter_rows(min_row=6, max_row=7) for cell in row]
    assert [value for value in cells if value in ("●", "○", "△")] == ["●", "△"]
    assert len(book.sheetnames) == 4 + 1 + 1
    assert book["任务分解表"]["G3"].value == "市发展改革委"


BAD = [
    ("-o out.pdf", "E503", "out.pdf"),
    ("-o out", "E503", "out"),
    ("-o out.xlsx --plan 没有", "E204", "没有"),
    ("-o out.xlsx --by 25年", "E505", "25年"),
    ("-o out.xlsx --by 1999", "E504", "没有符合条件的任务"),
    ("", "E122", "--output"),
]


@pytest.mark.parametrize(("words", "code", "told"), BAD, ids=[bad[1] for bad in BAD])
def test_bad_input_is_one_line_and_writes_nothing(sample_kb: Path, words: str, code: str, told: str) -> None:
    before = sorted(sample_kb.iterdir())
    done = run_plankb("matrix", *words.replace("out", str(sample_kb / "out")).split(), "--kb", sample_kb)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(sample_kb.iterdir()) == before


def test_a_file_that_is_open_elsewhere_stays_as_it_is(sample_kb: Path) -> None:
    out = sample_kb / "责任矩阵.xlsx"
    out.write_bytes(b"being edited")
    (sample_kb / "~$责任矩阵.xlsx").touch()
    done = run_plankb("matrix", "-o", out, "--kb", sample_kb)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert out.read_bytes() == b"being edited"


def test_the_matrix_needs_no_spacy(sample_kb: Path) -> None:
    code = (
        "import sys; from plankb.cli.frame import run;"
        f"run(['matrix', '-o', r'{sample_kb / 'out.xlsx'}', '--kb', r'{sample_kb}']);"
        "sys.exit('spacy' in sys.modules or 'textual' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_chosen_columns_are_those_of_the_list(sample_kb: Path) -> None:
    out = sample_kb / "out.docx"
    names = "序号、重点任务、牵头领导、牵头单位,完成时限 进展"
    done = run_plankb("matrix", "--plan", "a", "--columns", names, "--paper", "A3", "-o", out, "--kb", sample_kb)
    assert done.returncode == 0, done.stderr
    document: Any = docx.Document(str(out))
    heads = [cell.text for cell in document.tables[0].rows[0].cells]
    assert heads == ["序号", "重点任务", "牵头领导", "牵头单位", "完成时限", "进展"]
    assert round(document.sections[0].page_width.cm) == 42


def test_one_bureaus_own_role_stands_first(sample_kb: Path) -> None:
    out = sample_kb / "out.xlsx"
    run_plankb("matrix", "--plan", "a", "--bureau", "市交委", "-o", out, "--kb", sample_kb)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert sheet["A1"].value == "市交通委员会任务分解表（《某市交通实施方案》）"
    assert [cell.value for cell in sheet[2]][:3] == ["本单位角色", "序号", "重点任务"]
    assert [sheet.cell(row, 1).value for row in (3, 4)] == ["牵头", "共同负责"]


def test_a_file_for_each_bureau(sample_kb: Path) -> None:
    folder = sample_kb / "各单位"
    done = run_plankb("matrix", "--plan", "a", "--each-bureau", folder, "--format", "xlsx", "--kb", sample_kb)
    assert (done.returncode, done.stdout) == (0, "")
    assert len(list(folder.glob("*.xlsx"))) == 3
    assert "3" in done.stderr


@pytest.mark.parametrize("name", ["x" * 300, "a/" * 3000, os.fsdecode(b"\xff") + "x" * 300])
def test_a_folder_that_cannot_be_made_is_one_line(sample_kb: Path, name: str) -> None:
    done = run_plankb("matrix", "--plan", "a", "--each-bureau", sample_kb / name, "--format", "xlsx", "--kb", sample_kb)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "文件名太长" in done.stderr


WRONG = [
    ("-o out.xlsx --columns 序号、经费", "E541", "经费"),
    ("-o out.xlsx --columns 序号、牵头单位", "E542", "重点任务"),
    ("-o out.csv --paper A4", "E544", "--paper"),
    ("-o out.md --bureau-sheets", "E544", "--bureau-sheets"),
]


@pytest.mark.parametrize(("words", "code", "told"), WRONG)
def test_what_cannot_be_laid_out_is_told(sample_kb: Path, words: str, code: str, told: str) -> None:
    done = run_plankb("matrix", *words.replace("out", str(sample_kb / "out")).split(), "--kb", sample_kb)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), code
    assert told in done.stderr
    assert not list(sample_kb.glob("out.*"))
