"""The files of a ledger: text is text, lights are told in words, the calendar can be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
from icalendar import Calendar
from openpyxl.utils import get_column_letter

from plankb.exports.formats import render
from plankb.exports.ledger import LedgerFile, lists
from plankb.ledger import Facts, build
from plankb.model import Deadline, Progress, Task
from tests.ledger.made import PLAN, deadline, report, task

TODAY = date(2026, 5, 10)
EVIL = task('=HYPERLINK("http://x")', "+cmd|' /C calc'!A0\x07\u202e")
PIPES = task("管网改造", "完成老旧管网改造", bureaus={"lead": "市水务局", "support": "市财政局"})
YEARLY = task("年度总结", "每年2月底前报送总结")


def made(
    tasks: list[Task], reports: list[Progress] | None = None, deadlines: list[Deadline] | None = None
) -> LedgerFile:
    facts = Facts(plans=[PLAN], tasks=tasks, deadlines=deadlines or [], reports=reports or [])
    return LedgerFile(ledger=build(facts, today=TODAY), bureaus={"某市/市水务局": "市水务局"})


def sheet(file: LedgerFile, **how: Any) -> Any:
    return openpyxl.load_workbook(BytesIO(render("ledger", file, ".xlsx", **how)))["Ledger" if how else "台账"]


def test_no_cell_is_a_formula_and_nothing_obeys() -> None:
    said = report(EVIL, "under-way", "2026-05-01", note="=1+1", problems="@SUM(A1)", who="-x")
    page = sheet(made([EVIL], [said]))
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert "=1+1" in [cell.value for cell in cells]
    assert not any("\x07" in str(cell.value) for cell in cells)


def test_a_row_shows_its_light_in_a_word_its_day_and_its_last_report() -> None:
    said = report(PIPES, "under-way", "2026-05-01", done=0.5, note="已开工", next="验收")
    page = sheet(made([PIPES], [said], [deadline(PIPES, "2026-05-01", quote="5月1日前")]))
    line = {head.value: cell for head, cell in zip(page[4], page[5], strict=True)}
    shown = [line[key].value for key in ("亮灯", "进展状态", "完成比例", "进展情况", "下一步举措", "时限要求")]
    assert shown == ["● 逾期", "推进中", 0.5, "已开工", "验收", "5月1日前"]
    assert line["到期日"].value.date() == date(2026, 5, 1)
    assert page.column_dimensions["A"].hidden
    states = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert [rule.formula1 for rule in states] == ['"未启动,推进中,已完成,滞后"']


def test_the_workbook_speaks_english_too() -> None:
    page = sheet(made([PIPES]), lang="en")
    heads = [cell.value for cell in page[4]]
    assert {"Task", "State", "Light", "Due on"} <= set(heads)


def test_the_summary_puts_bureaus_with_late_tasks_first() -> None:
    other = task("绿道", bureaus={"lead": "市林业局"})
    file = made([other, PIPES], [report(other, "done", "2026-05-01")], [deadline(PIPES, "2026-05-01")])
    summary = lists.by_bureau(file, "zh")
    assert [line.cells[1] for line in summary.lines] == ["市水务局", "某市/市财政局", "某市/市林业局"]
    assert [line.tone for line in summary.lines] == ["bad", "bad", "good"]
    assert dict(zip(summary.headings, summary.lines[2].cells, strict=True))["完成率"] == "100%"
    assert "共2项，已完成1项（50%）" in summary.remark


def test_the_summary_of_the_leads_counts_no_task_for_those_who_support() -> None:
    paths = task("绿道", bureaus={"lead": "市财政局", "support": "市水务局"})
    file = replace(made([PIPES, paths, task("巡查", bureaus={"lead": "市财政局"})]), roles=("lead",))
    summary = lists.by_bureau(file, "zh")
    assert [line.cells[1:3] for line in summary.lines] == [("某市/市财政局", "2"), ("市水务局", "1")]
    assert summary.title == "各单位任务完成情况（牵头）"


def test_tasks_that_name_nobody_stand_last_in_the_summary() -> None:
    nobody = task("巡查").model_copy(update={"lead": (), "bureaus": {}})
    file = made([nobody, PIPES], deadlines=[deadline(nobody, "2026-01-31")])
    assert [line.cells[1] for line in lists.by_bureau(file, "zh").lines][-1] == "未明确单位"


def test_a_list_calls_no_bureau_a_lead_that_is_none() -> None:
    shared = task("绿道", bureaus={"joint": "市林业局"})
    full, brief = (lists.tasks(made([shared]), "清单", "zh", brief=short) for short in (False, True))
    said = dict(zip(full.headings, full.lines[0].cells, strict=True))
    assert (said["牵头单位"], said["责任单位"]) == ("", "市林业局")
    assert dict(zip(brief.headings, brief.lines[0].cells, strict=True))["牵头（责任）单位"] == "市林业局"


def test_a_list_as_a_workbook_fits_a_page_and_its_rows_hold_their_text() -> None:
    many = "、".join(f"某市第{n}个负责工作的局" for n in range(12))
    listed = lists.tasks(made([task("绿道", bureaus={"joint": many}), PIPES]), "清单", "zh")
    page = openpyxl.load_workbook(BytesIO(render("sides", listed, ".xlsx")))["清单"]
    letters = {cell.value: get_column_letter(at) for at, cell in enumerate(page[3], start=1)}
    widths = {heading: page.column_dimensions[letter].width for heading, letter in letters.items()}
    assert sum(widths.values()) < 170  # characters that A4 takes in type of 8 points and more
    lines = 2 * len(many) / widths["责任单位"]
    assert page.row_dimensions[4].height > 12 * lines > 60
    assert page.row_dimensions[5].height < 40


def test_the_calendar_holds_each_day_once_and_repeats_what_comes_again() -> None:
    done = task("已完成的事")
    file = made(
        [PIPES, YEARLY, done],
        [report(done, "done", "2026-05-01")],
        [deadline(PIPES, "2026-06-30"), deadline(done, "2026-06-30")],
    )
    events = Calendar.from_ical(render("ledger", file, ".ics")).walk("VEVENT")
    told = {str(one["SUMMARY"]): (one.decoded("DTSTART"), one.get("RRULE")) for one in events}
    assert set(told) == {"管网改造（市水务局）到期", "年度总结（市水务局）到期"}
    assert told["管网改造（市水务局）到期"] == (date(2026, 6, 30), None)
    day, rule = told["年度总结（市水务局）到期"]
    assert day == date(2026, 2, 28)
    assert {name: rule[name] for name in ("FREQ", "BYMONTHDAY", "BYMONTH", "UNTIL")} == {
        "FREQ": ["YEARLY"], "BYMONTHDAY": [-1], "BYMONTH": [2], "UNTIL": [date(2026, 12, 31)],
    }  # fmt: skip
    assert len({str(one["UID"]) for one in events}) == len(events)


def test_the_calendar_takes_no_lines_from_a_text() -> None:
    evil = task("a\r\nEND:VEVENT\r\nBEGIN:VEVENT")
    data = render("ledger", made([evil], deadlines=[deadline(evil, "2026-06-30")]), ".ics")
    assert data.count(b"\r\nBEGIN:VEVENT") == 1
