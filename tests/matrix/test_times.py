"""The times of a task as they stand in its cell: as printed, to the day, the earliest first."""

from __future__ import annotations

from datetime import date

import pytest

from plankb.extractors import read_plan
from plankb.ledger.dues import last_day
from plankb.matrix import Facts, Matrix, PlanSource, build
from plankb.matrix.cells import is_time, times_text
from plankb.matrix.times import year_of_list
from plankb.model import AnyFact, Bureau, Deadline, Plan, Review, Target, Task
from plankb.readers import plain
from tests import records
from tests.exports.conftest import MADE

PLAN = Plan(id="p", title="某市2026年重点工作任务分工", period="2026-2026", date="2026-01-20")
LONG = Plan(id="p", title="某市“十四五”供水规划", period="2021-2025", date="2021-06-01")


def matrix_of(facts: list[AnyFact], plan: Plan, **others: object) -> Matrix:
    return build(
        Facts(
            tasks=[fact for fact in facts if isinstance(fact, Task)],
            plans=[PlanSource(plan=plan)],
            targets=[fact for fact in facts if isinstance(fact, Target)],
            deadlines=[fact for fact in facts if isinstance(fact, Deadline)],
            **others,  # type: ignore[arg-type]
        ),
        made=MADE,
    )


def read(sentence: str, plan: Plan) -> Matrix:
    text = f"{plan.title}\n\n一、重点任务\n\n（一）加强管网建设。{sentence}（市水务局牵头）\n"
    return matrix_of(list(read_plan(plain.to_document(text), plan).facts), plan)


@pytest.mark.parametrize(
    ("sentence", "cell"),
    [
        ("2026年3月底前完成管网普查。", "2026年3月底前"),
        ("2026年12月底前全面完成改造，2026年6月15日前出台方案。", "2026年6月15日前、2026年12月底前"),
        ("到2027年漏损率降到9%以下，到2026年降到10%以下。", "2026年、2027年"),
        ("第三季度完成管网普查。", "第三季度"),
        ("每年12月底前报送总结。", "每年12月底前"),
        ("持续开展巡查，长期坚持。", "长期坚持"),
        ("年内建成管网平台。", "年内"),
        ("每年培训100人次，2027年底前实现全覆盖。", "2027年底前"),
        ("做好2022年度城市体检成果应用。", "2026年（年度任务）"),
        ("逐年降低漏损率。", "2026年（年度任务）"),
        ("持续推进管网建设。", "2026年（年度任务）"),
    ],
)
def test_a_cell_says_the_times_as_printed_and_sorted(sentence: str, cell: str) -> None:
    (row,) = read(sentence, PLAN).rows
    assert times_text(row.times, row.annual, "zh") == cell
    assert "no_deadline" not in row.holes


def test_the_year_of_a_list_is_told_and_the_record_stays_without() -> None:
    (row,) = read("加强巡查。", PLAN).rows
    assert (row.task.by, row.times, row.annual) == ((), (), "2026")
    assert times_text(row.times, row.annual, "en") == "2026 (task of the year)"


def test_a_task_without_a_time_in_a_plan_of_several_years_is_a_gap() -> None:
    (row,) = read("加强巡查。", LONG).rows
    assert times_text(row.times, row.annual, "zh") == ""
    assert "no_deadline" in row.holes


@pytest.mark.parametrize(("period", "year"), [("2026-2026", "2026"), ("2021-2025", None), (None, None)])
def test_a_list_of_one_year(period: str | None, year: str | None) -> None:
    assert year_of_list(Plan(id="p", title="某市方案", period=period)) == year


def test_a_corrected_time_stands_in_the_words_of_its_author() -> None:
    task = records.task("t1", by=("2026",))
    review = Review(action="correct", who="张三", when="2026-01-01", fields=("by",))
    corrected = task.model_copy(update={"review": review})
    said = records.correction(task, field="by", after=("2026",), words="2026年底前")
    plan = records.plan()
    of = Facts(tasks=[corrected], plans=[PlanSource(plan=plan)], corrections=[said])
    assert build(of, made=MADE).rows[0].times == ("2026年底前",)
    alone = Facts(tasks=[corrected], plans=[PlanSource(plan=plan)])
    assert build(alone, made=MADE).rows[0].times == ("2026年",)


@pytest.mark.parametrize("text", ["持续推进", "长期", "每年12月底前", "第三季度", "每季度末", "2026年底前"])
def test_times_that_a_person_may_write(text: str) -> None:
    assert is_time(text)


@pytest.mark.parametrize("text", ["尽快", "", "市水务局", "2026年底前由市水务局"])
def test_other_words_are_no_time(text: str) -> None:
    assert not is_time(text)


def test_the_sorted_times_of_a_table_without_words_of_their_own() -> None:
    task = records.task("t1", by=("2027", "2024", "2025-06"))
    (row,) = build(Facts(tasks=[task], plans=[PlanSource(plan=records.plan())]), made=MADE).rows
    assert row.times == ("2024年", "2025年6月", "2027年")
    assert [last_day(by) for by in ("2024", "2025-06")] == [date(2024, 12, 31), date(2025, 6, 30)]


def test_bureaus_have_the_short_name_that_plans_print() -> None:
    task = records.task("t1", lead=("市交委",))
    bureau = Bureau(id="b:市交委", name="贵阳市交通委员会", jurisdiction="贵阳市", names=("市交委", "市交通委员会"))
    facts = Facts(tasks=[task], plans=[PlanSource(plan=records.plan())], bureaus=[bureau])
    assert [column.label for column in build(facts, made=MADE).columns] == ["市交委"]
