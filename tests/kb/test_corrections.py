"""The desk: what people say of facts is kept, applied, listed, taken back."""

from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb import draft as drafts
from plankb.kb.corrections import Point
from plankb.kb.draft import STORE
from plankb.matrix import Selection
from plankb.model import Bureau, Target, Task
from plankb.store import FactFilter, StoreWriter
from tests.samples import sample
from tests.store.conftest import SOURCE, write

TASK = "a:task-1"


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    write(tmp_path / STORE, sample("a"), sample("c", city="他市"))
    return KnowledgeBase(tmp_path)


def task(kb: KnowledgeBase) -> Task:
    found = kb.store.fact(TASK)
    assert isinstance(found, Task)
    return found


def bureaus(kb: KnowledgeBase) -> dict[str, Bureau]:
    return {bureau.id: bureau for bureau in kb.store.bureaus()}


def edited(kb: KnowledgeBase, **cells: object) -> Path:
    """A workbook of plan a in which the 任务分解表 was changed in the row of the first task."""
    path = kb.folder / "责任矩阵.xlsx"
    kb.write_matrix(kb.matrix(Selection(plans=("a",))), path)
    book = openpyxl.load_workbook(path)
    sheet: Any = book["任务分解表"]
    columns = {cell.value: cell.column for cell in sheet[2]}
    for heading, value in cells.items():
        sheet.cell(3, columns[heading]).value = value
    book.save(path)
    return path


def test_a_correction_of_the_workbook_is_kept_and_marked(kb: KnowledgeBase) -> None:
    asked = kb.corrections.read(edited(kb, 完成时限="2026年", 责任单位=""), who="张三")
    assert [(o.field, o.who) for o in asked.add] == [("by", "张三"), ("roles", "张三")]
    assert task(kb).by == ("2025",)
    kb.corrections.keep(asked)
    assert (task(kb).by, task(kb).support) == (("2026",), ())
    assert task(kb).review is not None
    assert len(kb.matrix().corrections) == 2
    assert [one.suspicion for one in kb.corrections.list()] == [None, None]


def test_reading_the_same_workbook_again_adds_nothing(kb: KnowledgeBase) -> None:
    path = edited(kb, 完成时限="2026年")
    kb.corrections.keep(kb.corrections.read(path))
    again = kb.corrections.read(path)
    assert (again.add, again.drop) == ((), ())


def test_changing_a_cell_back_takes_the_correction_back(kb: KnowledgeBase) -> None:
    kb.corrections.keep(kb.corrections.read(edited(kb, 完成时限="2026年")))
    asked = kb.corrections.read(edited(kb, 完成时限="2025年"))
    assert (len(asked.add), len(asked.drop)) == (0, 1)
    kb.corrections.keep(asked)
    assert task(kb).review is None
    assert kb.corrections.list() == []


def test_a_bureau_known_under_another_name_is_that_bureau(kb: KnowledgeBase) -> None:
    name = bureaus(kb)["某市/工信"].name
    kb.corrections.keep(kb.corrections.read(edited(kb, 牵头单位=name)))
    assert task(kb).bureaus[name] == "某市/工信"
    assert TASK in bureaus(kb)["某市/工信"].lead


def test_a_bureau_under_another_of_its_names_changes_nothing(kb: KnowledgeBase) -> None:
    path = edited(kb, 牵头单位="市交通委员会")
    asked = kb.corrections.read(path)
    assert (asked.add, asked.drop, asked.remarks) == ((), (), ())


def test_a_bureau_under_another_name_and_in_another_role_is_one_correction(kb: KnowledgeBase) -> None:
    (correction,) = kb.corrections.read(edited(kb, 牵头单位="", 责任单位="市发展改革委、市交通委员会")).add
    assert (correction.bureau, correction.before, correction.after) == ("某市/交通", ("lead",), ("joint",))


def test_a_bureau_that_nobody_knows_is_told_before_it_is_taken(kb: KnowledgeBase) -> None:
    path = edited(kb, 牵头单位="市交委、张三同志")
    asked = kb.corrections.read(path)
    assert (asked.add, [remark.code for remark in asked.remarks]) == ((), ["E546"])
    assert "--new-bureaus" in asked.remarks[0].text("zh")
    asked = kb.corrections.read(path, new_bureaus=True)
    assert [(o.subject, o.after) for o in asked.add] == [("张三同志", ("lead",))]
    assert [remark.code for remark in asked.remarks] == ["E535"]


def test_a_bureau_that_is_nearly_a_known_one_is_told_with_that_one(kb: KnowledgeBase) -> None:
    path = edited(kb, 牵头单位="市交委、市发展改隔委")
    (remark,) = kb.corrections.read(path).remarks
    assert (remark.code, remark.details["near"]) == ("E547", "市发展改革委")
    (remark,) = kb.corrections.read(path, new_bureaus=True).remarks
    assert (remark.code, remark.details["near"]) == ("E538", "市发展改革委")
    assert "is it 市发展改革委?" in remark.text("en")


def test_a_correction_in_place_of_anothers_is_told(kb: KnowledgeBase) -> None:
    kb.corrections.keep(kb.corrections.read(edited(kb, 完成时限="2026年"), who="张三"))
    asked = kb.corrections.read(edited(kb, 完成时限="2027年"), who="李四")
    (remark,) = asked.remarks
    assert (remark.code, remark.details["who"]) == ("E534", "张三")
    assert "完成时限" in remark.text("zh")
    assert "完成时限" not in remark.text("en")


def test_a_target_corrected_in_its_cell_is_a_correction_of_the_target(kb: KnowledgeBase) -> None:
    line = "到2025年，铁路货运量占比提高1个百分点"
    kb.corrections.keep(kb.corrections.read(edited(kb, 目标=line.replace("1个", "2个")), who="张三"))
    target = kb.store.fact("a:target-1")
    assert isinstance(target, Target)
    assert (target.value, target.by, target.quote) == (2, "2025", line)
    assert target.review is not None
    again = openpyxl.load_workbook(edited(kb))["任务分解表"]
    assert again.cell(3, 4).value == f"{line}（更正为：提高2个百分点）"


def test_a_target_taken_out_of_its_cell_is_struck_out(kb: KnowledgeBase) -> None:
    kb.corrections.keep(kb.corrections.read(edited(kb, 目标="")))
    assert kb.store.fact("a:target-1") is None
    assert task(kb).targets == ()


def test_a_target_that_says_nothing_measurable_any_more_is_told_and_kept(kb: KnowledgeBase) -> None:
    asked = kb.corrections.read(edited(kb, 目标="铁路货运，请市交委核实"))
    assert (asked.add, [remark.code for remark in asked.remarks]) == ((), ["E533"])


def test_a_corrected_measure_is_shown_and_marked(kb: KnowledgeBase) -> None:
    kb.corrections.keep(kb.corrections.read(edited(kb, 具体举措="到2025年，铁路货运量占比提高1个百分点以上。")))
    assert task(kb).text.endswith("以上。")
    assert task(kb).review is not None


def test_a_workbook_of_plans_that_are_not_there_is_told_and_not_taken(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = edited(kb, 完成时限="2026年", 牵头单位="市数据局")
    (tmp_path / "other").mkdir()
    write(tmp_path / "other" / STORE, sample("c", city="他市"))
    asked = KnowledgeBase(tmp_path / "other").corrections.read(path)
    assert (asked.add, [remark.code for remark in asked.remarks]) == ((), ["E537"])


def test_a_bureau_that_no_plan_names_gets_the_name_and_place_of_the_register(tmp_path: Path) -> None:
    write(tmp_path / STORE, sample("a", city="贵阳市"))
    kb = KnowledgeBase(tmp_path)
    kb.corrections.correct(TASK, field="roles", subject="市水务局", after=("joint",), who="张三")
    (bureau,) = (b for b in kb.store.bureaus() if "市水务局" in b.names)
    assert (bureau.name, bureau.jurisdiction, bureau.joint) == ("贵阳市水务局", "贵阳市", (TASK,))


def test_accept_correct_reject_and_take_back(kb: KnowledgeBase) -> None:
    first = kb.corrections.accept("a:target-1", who="张三")
    target = kb.store.fact("a:target-1")
    assert target is not None
    assert target.review is not None
    assert target.review.action == "accept"
    changed = kb.corrections.correct("a:target-1", field="value", after=["2"], who="李四")
    target = kb.store.fact("a:target-1")
    assert isinstance(target, Target)
    assert target.value == 2
    assert changed.before == ("1",)
    struck = kb.corrections.reject("a:target-1")
    assert struck.id == first.id
    assert kb.store.fact("a:target-1") is None
    assert task(kb).targets == ()
    kb.corrections.drop([struck.id, changed.id])
    assert kb.store.fact("a:target-1") == next(f for f in sample("a").facts if f.id == "a:target-1")


def test_a_struck_out_fact_can_be_accepted_again(kb: KnowledgeBase) -> None:
    kb.corrections.reject(TASK)
    kb.corrections.accept(TASK)
    assert task(kb).review is not None


def test_a_correction_is_suspect_once_the_source_changed_and_can_be_confirmed(kb: KnowledgeBase) -> None:
    correction = kb.corrections.correct(TASK, field="by", after=["2026"])
    newer = sample("a")
    facts = [f.model_copy(update={"quote": f.quote + "。"}) if isinstance(f, Task) else f for f in newer.facts]
    writer = StoreWriter(kb.folder / STORE)
    writer.put(newer.plan, SOURCE, newer.clean, facts=facts, bureaus=newer.bureaus)
    writer.commit()
    assert [one.suspicion for one in kb.corrections.list()] == ["changed"]
    assert task(kb).by == ("2025",)
    assert [hole.task for hole in kb.matrix().holes if hole.kind == "suspect"] == [TASK]
    kb.corrections.confirm([correction.id], who="张三")
    assert [one.suspicion for one in kb.corrections.list()] == [None]
    assert task(kb).by == ("2026",)


def test_corrections_survive_a_build_of_the_same_plans(tmp_path: Path) -> None:
    plan = tmp_path / "plans" / "某市方案.txt"
    plan.parent.mkdir()
    plan.write_text("贵阳市交通方案\n\n一、任务\n\n（一）优化运输。到2025年完成。（市交委牵头）\n", encoding="utf-8")
    kb = KnowledgeBase(tmp_path / "kb")
    kb.build([plan.parent])
    (read,) = kb.store.facts("task")
    kb.corrections.correct(read.id, field="by", after=["2026"])
    kb.remove([read.plan])
    kb.build([plan.parent])
    (again,) = kb.store.facts("task", FactFilter(by=("2026",)))
    assert again.id == read.id


BAD = [
    (lambda kb: kb.corrections.accept("a:task-9"), "E513"),
    (lambda kb: kb.corrections.correct(TASK, field="quote", after=["x"]), "E512"),
    (lambda kb: kb.corrections.correct("a:target-1", field="value", after=["很多"]), "E512"),
    (lambda kb: kb.corrections.drop(["review-0"]), "E511"),
    (lambda kb: kb.corrections.confirm(["review-0"]), "E511"),
]


@pytest.mark.parametrize(("act", "code"), BAD)
def test_what_cannot_be_is_refused_and_changes_nothing(kb: KnowledgeBase, act: Any, code: str) -> None:
    before = (kb.folder / STORE).read_bytes()
    with pytest.raises(PlankbError) as caught:
        act(kb)
    assert caught.value.code == code
    assert (kb.folder / STORE).read_bytes() == before


def put_in(kb: KnowledgeBase, **cells: object) -> Path:
    """A workbook of plan a in whose 任务分解表 a task was put in under the last."""
    path = edited(kb)
    book = openpyxl.load_workbook(path)
    sheet: Any = book["任务分解表"]
    columns = {cell.value: cell.column for cell in sheet[2]}
    at = sheet.max_row + 1
    for heading, value in cells.items():
        sheet.cell(at, columns[heading]).value = value
    book.save(path)
    return path


ADDED = {"重点任务": "建设充电站示范项目", "具体举措": "建设充电站PM2.5示范项目", "牵头单位": "市工信局"}


def test_a_task_that_was_put_in_is_added_where_its_words_stand(kb: KnowledgeBase) -> None:
    asked = kb.corrections.read(put_in(kb, **ADDED, 完成时限="2026年底前"), who="张三")
    assert (asked.remarks, [one.action for one in asked.add]) == ((), ["add"])
    kb.corrections.keep(asked)
    (added,) = [one for one in kb.store.facts("task") if one.title == "建设充电站示范项目"]
    assert kb.store.text("a")[slice(*added.span)] == added.quote == "建设充电站PM2.5示范项目"
    assert (added.lead, added.bureaus, added.by) == (("市工信局",), {"市工信局": "某市/工信"}, ("2026",))
    assert added.review is not None
    assert added.review.who == "张三"
    assert added.id in bureaus(kb)["某市/工信"].lead
    rows = kb.matrix(Selection(plans=("a",))).rows
    assert [row.times for row in rows if row.task.id == added.id] == [("2026年底前",)]
    again = kb.corrections.read(edited(kb))
    assert (again.add, again.drop, again.remarks) == ((), (), ())


def test_a_task_whose_words_no_plan_holds_is_told_and_not_added(kb: KnowledgeBase) -> None:
    asked = kb.corrections.read(put_in(kb, 重点任务="举办年会", 具体举措="每年举办一次年会。"))
    assert (asked.add, [one.code for one in asked.remarks]) == ((), ["E531"])


def test_an_added_task_of_a_body_that_nobody_knows_is_told(kb: KnowledgeBase) -> None:
    asked = kb.corrections.read(put_in(kb, **(ADDED | {"牵头单位": "张三同志"})))
    assert [one.code for one in asked.remarks] == ["E546"]
    assert "张三同志" not in asked.add[0].after[0]


def test_a_time_keeps_the_words_in_which_it_was_put(kb: KnowledgeBase) -> None:
    kb.corrections.keep(kb.corrections.read(edited(kb, 完成时限="2026年底前")))
    assert task(kb).by == ("2026",)
    assert kb.matrix(Selection(plans=("a",))).rows[0].times == ("2026年底前",)
    assert kb.corrections.read(edited(kb)).add == ()
    kb.corrections.keep(kb.corrections.read(edited(kb, 完成时限="持续推进")))
    (row, *_) = kb.matrix(Selection(plans=("a",))).rows
    assert (row.task.by, row.times, row.holes) == ((), ("持续推进",), ())


@pytest.mark.parametrize(("value", "shown"), [("=F3", "=F3"), ("#REF!", "#REF!")])
def test_a_formula_is_refused_with_the_address_of_its_cell(kb: KnowledgeBase, value: str, shown: str) -> None:
    asked = kb.corrections.read(edited(kb, 牵头单位=value))
    (remark,) = asked.remarks
    assert (asked.add, remark.code) == ((), "E545")
    assert "任务分解表!E3" in remark.text("zh")
    assert shown in remark.text("zh")


def test_a_stray_cell_far_away_costs_nothing(kb: KnowledgeBase) -> None:
    path = edited(kb, 完成时限="2026年")
    book = openpyxl.load_workbook(path)
    for name in ("责任矩阵", "任务分解表"):
        book[name]["XFD1048576"].value = "x"
    book.save(path)
    looked = 0

    def count(*_: object) -> None:
        nonlocal looked
        looked += 1

    sys.setprofile(count)
    try:
        asked = kb.corrections.read(path)
    finally:
        sys.setprofile(None)
    assert [one.after for one in asked.add] == [("2026",)]
    assert looked < 3_000_000


@pytest.mark.parametrize(
    ("other", "own"),
    [
        (lambda desk: desk.correct(TASK, field="by", after=["2026"], who="别人"), lambda desk: desk.accept(TASK)),
        (lambda desk: desk.accept(TASK, who="别人"), lambda desk: desk.reject(TASK)),
        (lambda desk: desk.reject(TASK, who="别人"), lambda desk: desk.accept(TASK)),
        (
            lambda desk: desk.reject(TASK, who="别人"),
            lambda desk: desk.correct_all(TASK, [Point(field="by", after=("2027",))]),
        ),
        (lambda desk: desk.accept(TASK, who="别人"), lambda desk: desk.drop([one.id for one in desk.of(TASK)])),
    ],
    ids=["corrected", "accepted", "struck out", "struck out, corrected", "accepted, taken back"],
)
def test_what_another_connection_said_of_the_fact_that_is_shown_is_not_written_over(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, other: Any, own: Any
) -> None:
    """The other one is done in the last moment before this one holds the lock."""
    elsewhere, desk = KnowledgeBase(kb.folder), kb.corrections.as_shown(task(kb))
    changing = drafts.changing

    def just_before(folder: Path) -> Any:
        monkeypatch.setattr(drafts, "changing", changing)
        other(elsewhere.corrections)
        return changing(folder)

    monkeypatch.setattr(drafts, "changing", just_before)
    with pytest.raises(PlankbError, match="E608"):
        own(desk)
    assert [one.correction.who for one in kb.corrections.list()] == ["别人"]
    kb.corrections.accept(TASK, who="看过的人")  # whoever does not say what they saw is not asked
    assert "看过的人" in {one.correction.who for one in kb.corrections.list()}


def test_one_of_two_who_review_the_same_fact_at_once_is_told(kb: KnowledgeBase) -> None:
    shown, wait = task(kb), threading.Barrier(2)

    def say(who: str) -> str:
        desk = KnowledgeBase(kb.folder).corrections.as_shown(shown)
        wait.wait()
        for _ in range(200):
            try:
                desk.accept(TASK, who=who)
            except PlankbError as error:
                if error.code != "E206":  # the other one writes just now
                    return error.code
                time.sleep(0.01)
            else:
                return who
        return "E206"

    with ThreadPoolExecutor(2) as both:
        said = set(both.map(say, ("甲", "乙")))
    (kept,) = kb.corrections.list()
    assert said == {kept.correction.who, "E608"}


def test_a_fact_that_is_shown_while_its_plan_goes_is_told_as_gone(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, changing = kb.corrections.as_shown(task(kb)), drafts.changing

    def just_before(folder: Path) -> Any:
        monkeypatch.setattr(drafts, "changing", changing)
        KnowledgeBase(folder).remove(["a"])
        return changing(folder)

    monkeypatch.setattr(drafts, "changing", just_before)
    with pytest.raises(PlankbError, match="E513"):
        desk.accept(TASK)
    assert kb.corrections.list() == []
