"""What is handed out holds every role and every deadline of the real plans, as other programs read it."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from plankb import times
from plankb.exports.formats import render
from plankb.kb import KnowledgeBase
from plankb.kb.handing_out import file_names
from plankb.matrix import Matrix
from plankb.matrix.cells import read_roles
from plankb.matrix.shown import BUREAU
from plankb.model import ROLES


@pytest.fixture(scope="module")
def made(corpus_kb: KnowledgeBase) -> Matrix:
    return corpus_kb.matrix()


@pytest.fixture(scope="module")
def book(made: Matrix) -> Any:
    return openpyxl.load_workbook(BytesIO(render("matrix", made, ".xlsx")))


def marks(sheet: Any) -> set[tuple[str, str, str]]:
    """(task, bureau, role) of a sheet of the matrix."""
    keys = {cell.value: cell.column for cell in sheet[3] if cell.value}
    found: set[tuple[str, str, str]] = set()
    for row in range(6, sheet.max_row + 1):
        task = sheet.cell(row, keys["id"]).value
        for key, column in keys.items():
            if task and key.startswith(BUREAU):
                roles = read_roles(sheet.cell(row, column).value or "")
                found |= {(task, key.removeprefix(BUREAU), role) for role in roles or ()}
    return found


def test_the_sheet_of_all_and_those_of_the_plans_hold_every_role(corpus_kb: KnowledgeBase, book: Any) -> None:
    tasks = corpus_kb.store.facts("task")
    wanted = {(task.id, task.bureaus[name], role) for task in tasks for role in ROLES for name in getattr(task, role)}
    assert marks(book["责任矩阵"]) == wanted
    titles = [plan.title[:31] for plan in corpus_kb.store.plans()]
    assert set(titles) < set(book.sheetnames)
    assert set().union(*(marks(book[title]) for title in titles)) == wanted


def test_the_list_names_all_who_answer(corpus_kb: KnowledgeBase, book: Any) -> None:
    sheet = book["任务分解表"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    said: dict[str, tuple[str, str]] = {}
    for row in range(3, sheet.max_row + 1):
        id_, lead, others = (sheet.cell(row, heads[name]).value for name in ("任务编号", "牵头单位", "责任单位"))
        said.setdefault(id_.split(" ")[0], (lead or "", others or ""))
    for task in corpus_kb.store.facts("task"):
        others = (*task.support, *task.joint, *(task.collective or ()))
        assert said[task.id] == ("、".join(task.lead), "、".join(others))


def test_every_deadline_stands_to_the_day(corpus_kb: KnowledgeBase, made: Matrix) -> None:
    days: dict[str, set[str]] = defaultdict(set)
    for deadline in corpus_kb.store.facts("deadline"):
        if deadline.bound in ("by", "during") and deadline.end:
            days[deadline.of or ""].add(deadline.end)
    for row in made.rows:
        said = [time.end for words in row.times for time in times.find(words)]
        assert set(filter(None, said)) == days[row.task.id], row.task.title
        assert said == sorted(said, key=lambda end: end or "9999"), row.times
        assert {day[:4] for day in days[row.task.id]} >= set(row.task.by)


def test_each_bureau_has_a_file_of_its_own(corpus_kb: KnowledgeBase, made: Matrix, tmp_path: Path) -> None:
    plan = corpus_kb.matrix(made.selection.__class__(plans=("guiyang-synergy",)))
    paths = corpus_kb.write_each_bureau(plan, tmp_path / "各单位", ".docx")
    assert [path.stem for path in paths] == [column.bureau.name for column in plan.columns]
    at = next(at for at, column in enumerate(plan.columns) if column.bureau.name == "贵阳市水务局")
    document: Any = docx.Document(str(paths[at]))
    assert document.paragraphs[0].text == "贵阳市水务局任务分解表（《贵阳贵安减污降碳协同增效实施方案》）"
    tasks, partners = document.tables
    bureau = plan.columns[at].bureau.id
    rows = [row for row in plan.rows if bureau in row.cells]
    names = {"lead": "牵头", "support": "配合", "joint": "共同负责"}
    assert [[cell.text for cell in row.cells][:3] for row in tasks.rows[1:]] == [
        ["、".join(names[role] for role in row.cells[bureau].roles), str(number), row.task.title]
        for number, row in enumerate(rows, start=1)
    ]
    others = {name for row in rows for name, id_ in row.task.bureaus.items() if id_ != bureau}
    assert {row.cells[0].text for row in partners.rows[1:]} == others


def test_a_bureaus_workbook_is_read_back(corpus_kb: KnowledgeBase, made: Matrix, tmp_path: Path) -> None:
    plan = corpus_kb.matrix(made.selection.__class__(plans=("ziyang-synergy",)))
    path = corpus_kb.write_each_bureau(plan, tmp_path, ".xlsx")[0]
    assert corpus_kb.corrections.read(path) == corpus_kb.corrections.read(path).__class__((), (), ())
    book = openpyxl.load_workbook(path)
    sheet = book["任务分解表"]
    heads: dict[Any, Any] = {cell.value: cell.column for cell in sheet[2]}
    cell: Any = sheet.cell(3, heads["本单位角色"])
    assert read_roles(cell.value)
    cell.value = "牵头" if cell.value != "牵头" else "配合"
    book.save(path)
    (one,) = corpus_kb.corrections.read(path).add
    assert (one.field, one.after) == ("roles", ("lead",) if cell.value == "牵头" else ("support",))


def test_file_names_are_safe_on_every_system() -> None:
    names = ["市水务局", "市水务局", "../../etc/passwd", "a/b:c*?", "CON", "con.", "", "省" * 200, "A局", "a局"]
    given = file_names(names)
    assert given[:2] == ["市水务局", "市水务局（2）"]
    assert len({name.casefold() for name in given}) == len(names)
    for name in given:
        assert not set(name) & set('\\/:*?"<>|')
        assert not name.startswith(".")
        assert len(name.encode()) <= 200
    assert given[4] == "_CON"
