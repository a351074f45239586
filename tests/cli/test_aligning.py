"""`coverage` and `diff`: every format, what decides it, and one line for what cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.cli.conftest import run_plankb

PROVINCE = "贵州省农业规划\n一、目标\n到2025年，农膜回收率达到85%，秸秆综合利用率达到86%，化肥利用率达到43%。\n"
CITY = "贵阳市农业规划\n一、目标\n到2025年，农膜回收率达到85%，秸秆综合利用率达到80%。\n"
EVIL = '贵阳市农业规划\n一、目标\n到2025年，=HYPERLINK("x")农膜回收率达到70%，<b>绿化覆盖率达到45%。\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    for name, text in (("province", PROVINCE), ("city", CITY)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    entries = (("province", "贵州省", "贵州省农业规划"), ("city", "贵阳市", "贵阳市农业规划"))
    manifest = [
        f'[[plan]]\nfile = "{n}.txt"\njurisdiction = "{place}"\ntitle = "{title}"\n' for n, place, title in entries
    ]
    (folder / "plans.toml").write_text("".join(manifest), encoding="utf-8")
    assert run_plankb("build", folder, "--kb", folder / "kb").returncode == 0
    (folder / "new.txt").write_text(CITY.replace("80%", "78%"), encoding="utf-8")
    (folder / "evil.txt").write_text(EVIL, encoding="utf-8")
    return folder


def test_coverage_names_what_is_weak_and_missing_first_with_both_quotations(folder: Path) -> None:
    run = run_plankb("coverage", "city", "--kb", folder / "kb")
    assert run.returncode == 0
    lines = run.stdout.splitlines()
    assert [line.split()[1] for line in lines if line[:1].isdigit()] == ["弱化", "未承接", "已承接"]
    assert "“秸秆综合利用率达到86%”" in run.stdout
    assert "“秸秆综合利用率达到80%”" in run.stdout
    assert "3 项要求" in run.stderr


def test_coverage_as_records(folder: Path) -> None:
    run = run_plankb("coverage", "贵阳市农业规划", "--above", "province", "--format", "jsonl", "--kb", folder / "kb")
    records = [json.loads(line) for line in run.stdout.splitlines()]
    assert [record["verdict"] for record in records] == ["weaker", "missing", "met"]
    assert {record["superior"]["plan"] for record in records} == {"province"}


def test_the_ending_of_the_file_decides_the_format(folder: Path, tmp_path: Path) -> None:
    for ending in ("docx", "xlsx", "html", "jsonl"):
        path = tmp_path / f"对照表.{ending}"
        assert run_plankb("coverage", "city", "-o", path, "--kb", folder / "kb").returncode == 0
        assert path.stat().st_size
    (table,) = docx.Document(str(tmp_path / "对照表.docx")).tables
    assert [row.cells[1].text for row in table.rows] == ["衔接情况", "弱化", "未承接", "已承接"]
    sheet = openpyxl.load_workbook(tmp_path / "对照表.xlsx").active
    assert sheet is not None
    assert sheet["E4"].value == "秸秆综合利用率达到86%"
    assert "未承接" in (tmp_path / "对照表.html").read_text(encoding="utf-8")


def test_diff_between_a_plan_of_the_base_and_a_file(folder: Path) -> None:
    run = run_plankb("diff", "city", folder / "new.txt", "--kb", folder / "kb")
    assert run.returncode == 0
    assert "由2025年80%降为2025年78%（弱化）" in run.stdout
    assert "1 处改动" in run.stderr


def test_diff_needs_no_knowledge_base_for_two_files(folder: Path, tmp_path: Path) -> None:
    run = run_plankb("diff", folder / "city.txt", folder / "new.txt", "--format", "jsonl", "--kb", tmp_path / "none")
    (record,) = [json.loads(line) for line in run.stdout.splitlines()]
    assert (record["what"], record["verdict"], record["fields"]) == ("target", "changed", ["value"])


def test_words_of_plans_are_text_in_every_format(folder: Path, tmp_path: Path) -> None:
    for ending in ("docx", "xlsx", "html"):
        path = tmp_path / f"evil.{ending}"
        assert run_plankb("diff", folder / "city.txt", folder / "evil.txt", "-o", path).returncode == 0
    assert "<b>" not in (tmp_path / "evil.html").read_text(encoding="utf-8").split("<body>")[1]
    sheet = openpyxl.load_workbook(tmp_path / "evil.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("coverage", "nothing"), "nothing"),
        (("coverage", "农业规划"), "city、province"),
        (("coverage", "province"), "--above"),
        (("coverage", "city", "-o", "x.pdf"), ".docx"),
        (("diff", "city", "nothing.txt"), "nothing.txt"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(words: tuple[str, ...], code: str, folder: Path) -> None:
    run = run_plankb(*words, "--kb", folder / "kb")
    assert run.returncode == 2
    assert code in run.stderr
    assert run.stdout == ""
    assert len(run.stderr.strip().splitlines()) == 1
