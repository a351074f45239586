"""The ledger goes out and comes back: split, filled in, sorted, merged, read; nothing lost, nothing doubled."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.draft import STORE
from plankb.readers import office
from tests.ledger.made import many
from tests.samples import sample
from tests.store.conftest import write

TODAY = date(2026, 5, 10)
TASKS, BUREAUS = 40, 20
HEADS = 4


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A knowledge base that no test changes."""
    folder = tmp_path_factory.mktemp("kb")
    write(folder / STORE, many(TASKS, BUREAUS))
    return KnowledgeBase(folder)


@pytest.fixture(scope="module")
def split(kb: KnowledgeBase) -> Sequence[Sequence[Sequence[Any]]]:
    """The rows of the ledgers that 20 bureaus and none were sent: the tasks that each leads, headings first."""
    files = kb.ledger.write_each(kb.ledger.standing(today=TODAY), kb.folder / "out", roles=("lead",))
    assert len(files) == BUREAUS + 1
    return [rows(path) for path in files]


def rows(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path)["台账"]
    return [list(row) for row in sheet.iter_rows(min_row=HEADS, values_only=True)]


def sheet_of(path: Path) -> tuple[Any, Any, dict[str, int]]:
    book = openpyxl.load_workbook(path)
    sheet: Any = book["台账"]
    return book, sheet, {cell.value: cell.column for cell in sheet[HEADS]}


@settings(max_examples=15)
@given(data=st.data())
def test_split_filled_sorted_and_merged_nothing_is_lost_and_nothing_doubled(
    kb: KnowledgeBase, split: Sequence[Sequence[Sequence[Any]]], data: st.DataObject
) -> None:
    heads = split[-1][0]  # of tasks without a bureau: it has no column of roles
    said = heads.index("进展状态"), heads.index("进展情况"), heads.index("重点任务")
    order = random.Random(data.draw(st.integers(0, 10**6)))
    filled = data.draw(st.sets(st.integers(1, TASKS)))
    expected = {f"p:task-{n}": (order.choice(["done", "late"]), f"进展{n}") for n in filled}
    words = {"done": "已完成", "late": "滞后"}
    lines: list[list[Any]] = []
    for file in split:
        for row in file[1:]:
            line = list(row)[: len(heads)]
            task = f"p:task-{str(line[said[2]]).removeprefix('任务').removesuffix('号')}"
            if task in expected:
                line[said[0]], line[said[1]] = words[expected[task][0]], expected[task][1]
            lines.append(line)
    lines += order.sample(lines, data.draw(st.integers(0, 10)))  # pasted twice
    order.shuffle(lines)
    columns = order.sample(range(len(heads)), len(heads))
    merged = kb.folder / "merged"
    merged.mkdir(exist_ok=True)
    parts = data.draw(st.integers(1, 3))
    for part in range(3):
        path = merged / f"{part}.xlsx"
        path.unlink(missing_ok=True)
        if part < parts:
            book = openpyxl.Workbook()
            sheet: Any = book.active
            for cells in (heads, *lines[part::parts]):
                sheet.append([cells[column] for column in columns])
            book.save(path)
    found = kb.ledger.read([merged], today=TODAY)
    got = [(one.report.task, (one.report.state, one.report.note)) for one in found.new]
    assert sorted(got) == sorted(expected.items())
    assert found.remarks == ()


def test_what_was_taken_over_is_not_new_again_and_is_shown(tmp_path: Path) -> None:
    write(tmp_path / STORE, sample("a"))
    kb, path = KnowledgeBase(tmp_path), tmp_path / "台账.xlsx"
    kb.ledger.write(kb.ledger.standing(today=TODAY), path)
    book, sheet, at = sheet_of(path)
    for key, value in {"进展状态": "推进中", "完成比例": 0.4, "进展情况": "已开工", "填报人": "李四"}.items():
        sheet.cell(HEADS + 1, at[key]).value = value
    sheet.cell(HEADS + 1, at["填报日期"]).value = "2026年5月8日"
    book.save(path)
    read = kb.ledger.read([path], today=TODAY)
    (kept,) = kb.ledger.take(read)
    assert (kept.task, kept.state, kept.done, kept.origin) == ("a:task-1", "under-way", 0.4, "台账.xlsx")
    assert (kept.who, kept.when) == ("李四", "2026-05-08")
    assert kb.ledger.read([path], today=TODAY).new == ()
    again = tmp_path / "again.xlsx"
    kb.ledger.write(kb.ledger.standing(today=TODAY), again)
    line = dict(zip(*rows(again)[:2], strict=True))
    assert (line["进展状态"], line["完成比例"], line["进展情况"], line["填报人"]) == ("推进中", 0.4, "已开工", "李四")
    assert kb.ledger.read([again], today=TODAY).new == ()


def test_a_new_report_over_an_old_row_has_the_day_on_which_it_is_read(tmp_path: Path) -> None:
    write(tmp_path / STORE, sample("a"))
    kb, path = KnowledgeBase(tmp_path), tmp_path / "台账.xlsx"
    kb.ledger.report("a:task-1", "under-way", done=0.4, who="李四", when=date(2026, 4, 1))
    kb.ledger.write(kb.ledger.standing(today=TODAY), path)
    book, sheet, at = sheet_of(path)
    sheet.cell(HEADS + 1, at["进展状态"]).value = "已完成"
    book.save(path)
    (new,) = kb.ledger.read([path], today=TODAY).new
    assert (new.report.state, new.report.done, new.report.when, new.contradictions) == ("done", None, "2026-05-10", ())


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("进展情况", "=A1", "E711"),
        ("完成比例", "=1/0", "E711"),
        ("进展情况", "#REF!", "E711"),
        ("完成比例", 1.2, "E713"),
        ("进展状态", "差不多", "E712"),
        ("填报日期", "前天", "E714"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_its_address(
    kb: KnowledgeBase, tmp_path: Path, heading: str, value: object, code: str
) -> None:
    path = tmp_path / "台账.xlsx"
    kb.ledger.write(kb.ledger.standing(today=TODAY), path)
    book, sheet, at = sheet_of(path)
    for row in (HEADS + 1, HEADS + 2):
        sheet.cell(row, at["进展状态"]).value = "已完成"
    cell = sheet.cell(HEADS + 1, at[heading])
    cell.value = value
    book.save(path)
    read = kb.ledger.read([path], today=TODAY)
    assert [one.report.task for one in read.new] == ["p:task-2"]
    (remark,) = read.remarks
    assert remark.code == code
    assert f"台账.xlsx 台账!{cell.coordinate}" in remark.text("zh")


def test_stray_cells_far_away_and_repeated_headings_are_nothing(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    kb.ledger.write(kb.ledger.standing(today=TODAY), path)
    book, sheet, at = sheet_of(path)
    sheet.cell(1_000_000, 16_000).value = "x"
    sheet.cell(HEADS + 1, at["进展状态"]).value = "已完成"
    last = sheet.max_row
    for column in at.values():
        sheet.cell(HEADS + 60, column).value = sheet.cell(HEADS, column).value
    book.save(path)
    read = kb.ledger.read([path], today=TODAY)
    assert (last, len(read.new), read.remarks) == (1_000_000, 1, ())


def test_rows_without_their_hidden_id_are_found_by_their_words(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    kb.ledger.write(kb.ledger.standing(today=TODAY), path)
    book, sheet, at = sheet_of(path)
    sheet.cell(HEADS + 1, at["进展状态"]).value = "已完成"
    sheet.cell(HEADS + 2, at["进展状态"]).value = "已完成"
    sheet.cell(HEADS + 50, at["重点任务"]).value = "另外一件不相干的事情"
    sheet.cell(HEADS + 50, at["进展状态"]).value = "已完成"
    sheet.delete_cols(at["任务编号（请勿改动）"])
    book.save(path)
    read = kb.ledger.read([path], today=TODAY)
    assert [one.report.task for one in read.new] == ["p:task-1", "p:task-2"]
    assert [remark.code for remark in read.remarks] == ["E718", "E729"]  # one line for all that their titles tell
    assert read.remarks[-1].details["count"] == 2


def test_a_copied_row_with_other_words_reports_on_no_task_that_it_does_not_name(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    path = tmp_path / "台账.xlsx"
    kb.ledger.write(kb.ledger.standing(today=TODAY), path)
    book, sheet, at = sheet_of(path)
    said = {1: ("任务1号", "推进中"), 2: ("开展入河排污口整治", "已完成"), 3: ("任务7号", "滞后"), 4: ("", "已完成")}
    for row, (title, state) in said.items():  # the hidden ids stay those of tasks 1 to 4
        sheet.cell(HEADS + row, at["重点任务"]).value = title or None
        sheet.cell(HEADS + row, at["工作内容"]).value = None
        sheet.cell(HEADS + row, at["进展状态"]).value = state
    book.save(path)
    read = kb.ledger.read([path], today=TODAY)
    assert [(one.report.task, one.report.state) for one in read.new] == [
        ("p:task-1", "under-way"), ("p:task-7", "late"), ("p:task-4", "done"),
    ]  # fmt: skip
    assert [remark.code for remark in read.remarks] == ["E728", "E719"]


def test_what_people_merge_over_rows_holds_for_each_of_them(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    kb.ledger.write(kb.ledger.standing(today=TODAY), path)
    book, sheet, at = sheet_of(path)
    filled = {"进展状态": "已完成", "进展情况": "三项一并完成", "填报人": "李四", "填报日期": "2026.5.8"}
    for heading, value in filled.items():
        sheet.cell(HEADS + 1, at[heading]).value = value
        sheet.merge_cells(None, HEADS + 1, at[heading], HEADS + 3, at[heading])
    book.save(path)
    read = kb.ledger.read([path], today=TODAY)
    said = ("done", "三项一并完成", "李四", "2026-05-08")
    reports = [one.report for one in read.new]
    assert [one.task for one in reports] == [f"p:task-{n}" for n in (1, 2, 3)]
    assert {(one.state, one.note, one.who, one.when) for one in reports} == {said}


@pytest.mark.parametrize(
    ("headings", "left_out"),
    [
        ({"进展状态": "状态", "进展情况": "工作进展", "完成比例": "完成率", "填报人": "报送人"}, ()),
        ({"重点任务": "任务名称", "填报日期": "填报时间", "下一步举措": "下一步打算"}, ()),
        ({}, ("重点任务", "工作内容")),
        ({"完成比例": "完成进度（%）"}, ("进展状态",)),
    ],
)
def test_columns_are_known_by_other_words_and_some_may_be_gone(
    kb: KnowledgeBase, tmp_path: Path, headings: dict[str, str], left_out: Sequence[str]
) -> None:
    path = tmp_path / "台账.xlsx"
    kb.ledger.write(kb.ledger.standing(today=TODAY), path)
    book, sheet, at = sheet_of(path)
    filled = {"进展状态": "推进中", "完成比例": 0.4, "进展情况": "已开工", "填报人": "李四", "填报日期": "2026.5.8"}
    for heading, value in filled.items():
        sheet.cell(HEADS + 1, at[heading]).value = value
    for heading, written in headings.items():
        sheet.cell(HEADS, at[heading]).value = written
    for column in sorted((at[heading] for heading in left_out), reverse=True):
        sheet.delete_cols(column)
    book.save(path)
    (new,) = kb.ledger.read([path], today=TODAY).new
    got = new.report
    assert (got.task, got.state, got.done, got.note) == ("p:task-1", "under-way", 0.4, "已开工")
    assert (got.who, got.when) == ("李四", "2026-05-08")


def test_words_beside_a_state_are_kept_with_what_was_done(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    kb.ledger.write(kb.ledger.standing(today=TODAY), path)
    book, sheet, at = sheet_of(path)
    sheet.cell(HEADS + 1, at["进展状态"]).value = "有序推进，已完成70%"
    sheet.cell(HEADS + 2, at["进展状态"]).value = "推进中（正等待上级评审）"
    sheet.cell(HEADS + 2, at["进展情况"]).value = "已报送方案"
    book.save(path)
    one, two = (judged.report for judged in kb.ledger.read([path], today=TODAY).new)
    assert (one.state, one.done, one.note) == ("under-way", 0.7, "")
    assert (two.state, two.done, two.note) == ("under-way", None, "推进中（正等待上级评审）\n已报送方案")


def test_tables_of_a_folder_that_cannot_be_read_are_told(kb: KnowledgeBase, tmp_path: Path) -> None:
    kb.ledger.write(kb.ledger.standing(today=TODAY), tmp_path / "台账.xlsx")
    (tmp_path / "另一家.csv").write_text("重点任务,进展状态\n任务1号,已完成\n", encoding="utf-8")
    (tmp_path / "加密.et").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    read = kb.ledger.read([tmp_path], today=TODAY)
    assert (read.files, [remark.code for remark in read.remarks]) == (1, ["E725", "E725"])


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xls", "ods"])
@pytest.mark.skipif(office.find() is None, reason="LibreOffice is not installed")
def test_an_old_workbook_is_read_where_libreoffice_is(kb: KnowledgeBase, tmp_path: Path, ending: str) -> None:
    path = tmp_path / "台账.xlsx"
    kb.ledger.write(kb.ledger.standing(today=TODAY), path)
    book, sheet, at = sheet_of(path)
    sheet.cell(HEADS + 2, at["进展状态"]).value = "已完成"
    book.save(path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(office.find()), profile, "--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = kb.ledger.read([path.with_suffix(f".{ending}")], today=TODAY)
    assert ([one.report.task for one in read.new], read.remarks) == (["p:task-2"], ())


def test_other_files_are_told_and_those_beside_them_are_read(kb: KnowledgeBase, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"not a workbook")
    (tmp_path / "~$台账.xlsx").write_bytes(b"held")
    with pytest.raises(PlankbError, match="E716"):
        kb.ledger.read([tmp_path], today=TODAY)
    kb.ledger.write(kb.ledger.standing(today=TODAY), tmp_path / "台账.xlsx")
    read = kb.ledger.read([tmp_path], today=TODAY)
    assert (read.files, [remark.code for remark in read.remarks]) == (1, ["E716", "E726"])
    with pytest.raises(PlankbError, match="E717"):
        kb.ledger.read([kb.folder / "backups" if (kb.folder / "backups").exists() else make(tmp_path / "empty")])
    with pytest.raises(PlankbError, match="E101"):
        kb.ledger.read([tmp_path / "没有"])


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_files_of_bureaus_are_not_written_over_those_that_came_back(kb: KnowledgeBase, tmp_path: Path) -> None:
    ledger = kb.ledger.standing(today=TODAY)
    files = kb.ledger.write_each(ledger, tmp_path)
    assert {path.stem for path in files} == {*(f"市第{n}局" for n in range(BUREAUS)), "未明确单位"}
    files[0].write_bytes(b"filled in")
    with pytest.raises(PlankbError, match="E720"):
        kb.ledger.write_each(ledger, tmp_path)
    assert files[0].read_bytes() == b"filled in"
    assert kb.ledger.write_each(ledger, tmp_path, replace=True) == files


def test_every_task_is_in_a_file_of_each_bureau_that_answers_for_it(kb: KnowledgeBase, tmp_path: Path) -> None:
    kb.ledger.write_each(kb.ledger.standing(today=TODAY), tmp_path)
    heads, *lines = rows(tmp_path / "市第5局.xlsx")
    roles = [(line[heads.index("重点任务")], line[heads.index("本单位角色")]) for line in lines]
    assert roles == [("任务4号", "配合"), ("任务5号", "牵头"), ("任务24号", "配合"), ("任务25号", "牵头")]


@pytest.mark.parametrize("ending", [".docx", ".md", ".csv", ".html", ".xlsx"])
@pytest.mark.parametrize("kind", ["late", "by_bureau", "due", "asked"])
def test_lists_and_the_summary_are_written_in_every_format(
    kb: KnowledgeBase, tmp_path: Path, kind: Any, ending: str
) -> None:
    path = tmp_path / f"list{ending}"
    kb.ledger.write(kb.ledger.standing(today=TODAY), path, kind=kind)
    assert path.stat().st_size > 200
    with pytest.raises(PlankbError, match="E503"):
        kb.ledger.write(kb.ledger.standing(today=TODAY), tmp_path / "list.xyz", kind=kind)


_CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.datetimes(), st.dates(), st.times(), st.timedeltas(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12),
    st.sampled_from(["#REF!", "=A1", "已完成", "80%", "2026年3月5日", '["p:task-1", null, null]', "[[[[", "_x0007_"]),
)  # fmt: skip


@settings(max_examples=25)
@given(data=st.data())
def test_any_cells_give_reports_or_remarks_and_never_fail(kb: KnowledgeBase, data: st.DataObject) -> None:
    heads = ["任务编号（请勿改动）", "重点任务", "进展状态", "完成比例", "进展情况", "填报人", "填报日期", "是否采用"]
    heads = data.draw(st.permutations(heads))
    path = kb.folder / "any.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(heads)
    for _ in range(6):
        sheet.append(data.draw(st.lists(_CELLS, min_size=len(heads), max_size=len(heads))))
    book.save(path)
    read = kb.ledger.read([path], today=TODAY)
    assert all(one.report.task.startswith("p:task-") for one in read.new)
    assert all("any.xlsx" in remark.text("zh") for remark in read.remarks)


def test_a_foreign_ledger_is_not_set_against_every_task_row_by_row(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plankb.kb.ledger_reading._MOST_NEAR", 3)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["重点任务", "进展状态"])
    for number in range(6):
        sheet.append([f"别处的第{number}件事", "已完成"])
    own = kb.store.facts("task")[0]
    sheet.append([own.title, "已完成"])
    book.save(tmp_path / "别处.xlsx")
    read = kb.ledger.read([tmp_path / "别处.xlsx"], today=TODAY)
    assert [remark.code for remark in read.remarks] == ["E718"] * 6 + ["E729", "E731"]
    assert [one.report.task for one in read.new] == [own.id]
