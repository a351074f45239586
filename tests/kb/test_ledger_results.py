"""A work report against the targets: shown, accepted by number or in a workbook, then progress of the task."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.draft import STORE
from tests.samples import sample
from tests.store.conftest import write

TODAY = date(2025, 6, 1)
REPORT = """某市交通局2024年工作总结

一、2024年工作完成情况

铁路货运量占比提高1.2个百分点。完成公路养护30公里。
"""


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    write(tmp_path / STORE, sample("a"))
    (tmp_path / "总结.txt").write_text(REPORT, encoding="utf-8")
    return KnowledgeBase(tmp_path)


def test_results_are_proposed_with_both_quotations(kb: KnowledgeBase) -> None:
    found = kb.ledger.results(kb.folder / "总结.txt")
    first, second = found.proposals
    assert (first.task and first.task.id, first.state, found.year) == ("a:task-1", "done", "2024")
    (match,) = first.matches
    assert match.result is not None
    assert (match.target.quote, match.result.quote) == (
        "到2025年，铁路货运量占比提高1个百分点",
        "铁路货运量占比提高1.2个百分点",
    )
    assert second.state is None
    assert "已达1项，未达0项，未到期0项，无数据1项" in found.counts("zh")
    assert kb.store.reports() == []


def test_what_is_accepted_by_number_becomes_progress(kb: KnowledgeBase) -> None:
    found = kb.ledger.results(kb.folder / "总结.txt")
    (kept,) = kb.ledger.accept(found, [1])
    assert (kept.task, kept.state, kept.origin) == ("a:task-1", "done", "总结.txt")
    assert "铁路货运量占比提高1.2个百分点" in kept.evidence
    assert kb.ledger.entry("a:task-1", today=TODAY).state == "done"
    with pytest.raises(PlankbError, match="E724"):
        kb.ledger.accept(found, [2])


def test_what_is_accepted_in_the_workbook_becomes_progress_and_nothing_else(kb: KnowledgeBase) -> None:
    path = kb.folder / "核对表.xlsx"
    kb.ledger.write_results(kb.ledger.results(kb.folder / "总结.txt"), path)
    assert kb.ledger.read([path], today=TODAY).new == ()
    book = openpyxl.load_workbook(path)
    sheet: Any = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[4]}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "d"}
    sheet.cell(5, columns["是否采用"]).value = "采用"
    sheet.cell(6, columns["是否采用"]).value = "不采用"
    book.save(path)
    (new,) = kb.ledger.take(kb.ledger.read([path], today=TODAY))
    assert (new.task, new.state, new.when) == ("a:task-1", "done", "2024-12-31")
    assert "铁路货运量占比" in new.note


@pytest.mark.parametrize("ending", [".docx", ".html", ".md", ".csv"])
def test_proposals_are_written_to_look_at(kb: KnowledgeBase, ending: str) -> None:
    path = kb.folder / f"核对表{ending}"
    kb.ledger.write_results(kb.ledger.results(kb.folder / "总结.txt"), path)
    assert path.stat().st_size > 100


def test_a_report_that_is_not_there_is_told(kb: KnowledgeBase) -> None:
    with pytest.raises(PlankbError, match="E101"):
        kb.ledger.results(kb.folder / "没有.docx")
    with pytest.raises(PlankbError, match="E107"):
        kb.ledger.results(kb.folder)
