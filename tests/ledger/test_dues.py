"""Days: what is due when, to the day."""

from __future__ import annotations

from datetime import date

import pytest

from plankb.extractors import read_plan
from plankb.ledger import dues
from plankb.ledger.dues import Due, is_ongoing, last_day
from plankb.model import Deadline, Plan, Review, Task
from plankb.readers import plain
from tests.ledger.made import PLAN, deadline, task

TODAY = date(2026, 5, 10)


def read(sentence: str, plan: Plan) -> tuple[Due, ...]:
    """When the only task of a plan is due, the plan read as it would be."""
    text = f"{plan.title}\n\n一、重点任务\n\n（一）加强管网建设。{sentence}（市水务局牵头）\n"
    facts = read_plan(plain.to_document(text), plan).facts
    (found,) = [fact for fact in facts if isinstance(fact, Task)]
    return dues(found, [fact for fact in facts if isinstance(fact, Deadline)], plan)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("2026年3月底前完成管网普查。", ["2026-03-31"]),
        ("2026年第三季度完成管网普查。", ["2026-09-30"]),
        ("第三季度完成管网普查。", ["2026-09-30"]),
        ("上半年完成管网普查。", ["2026-06-30"]),
        ("9月底前完成管网普查。", ["2026-09-30"]),
        ("6月15日前完成管网普查。", ["2026-06-15"]),
        ("年底前完成管网普查。", ["2026-12-31"]),
        ("2026年2月底前出台方案，2027年底前全面完成。", ["2026-02-28", "2027-12-31"]),
        ("每年12月底前报送总结。", ["2026-12-31"]),
        ("每年6月底、12月底前各报送一次。", ["2026-06-30", "2026-12-31"]),
        ("每年底前报送总结。", ["2026-12-31"]),
        ("每季度末通报情况。", ["2026-06-30"]),
        ("每季度通报情况。", ["2026-06-30"]),
        ("每年培训100人次。", ["2026-12-31"]),
        ("2026年9月底前完成普查，每年新建管网10公里。", ["2026-09-30"]),
        ("每家企业每年补贴不超过200万元。", []),
        ("每月5日前报送信息。", ["2026-06-05"]),
        ("持续推进管网建设。", []),
        ("做好2022年度城市体检成果应用。", []),
        ("对标2020年水平，持续改善。", []),
    ],
)
def test_a_task_is_due_to_the_day(sentence: str, days: list[str]) -> None:
    assert [due.next(TODAY).isoformat() for due in read(sentence, PLAN)] == days


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("责任单位：市水务局\n\n完成时限：2026年6月底前", "2026-06-30"),
        ("牵头单位：市水务局；完成时限：2026年9月15日前", "2026-09-15"),
        ("责任科室：管网科\n\n完成时限：2026年", "2026-12-31"),
    ],
)
def test_a_time_that_closes_a_group_of_tasks_is_that_of_each_to_the_day(note: str, day: str) -> None:
    text = (
        f"{PLAN.title}\n\n一、推进管网普查\n\n（二）具体措施\n\n1.组织各区开展管网普查，建立问题清单。\n\n"
        f"2.督促各区按照清单修复管网。\n\n{note}\n\n二、加强河道保洁\n\n（二）具体措施\n\n"
        "1.组织开展河道保洁。\n\n责任单位：市水务局\n\n完成时限：2026年11月底前\n"
    )
    facts = read_plan(plain.to_document(text), PLAN).facts
    deadlines = [fact for fact in facts if isinstance(fact, Deadline)]
    found = [(one.title[:4], dues(one, deadlines, PLAN)) for one in facts if isinstance(one, Task)]
    days = [(title, [str(due.on) for due in when]) for title, when in found]
    assert days == [("组织各区", [day]), ("督促各区", [day]), ("组织开展", ["2026-11-30"])]


def test_a_year_outside_the_words_of_a_task_is_due_at_its_end() -> None:
    known = task("加强管网建设").model_copy(update={"by": ("2026", "2028")})
    found = dues(known, [deadline(known, "2026-03-31", quote="2026年3月底前")], PLAN)
    assert [(due.words, str(due.on)) for due in found] == [("2026年3月底前", "2026-03-31"), ("2028年", "2028-12-31")]


def test_months_without_a_year_belong_to_the_year_after_the_date_of_the_plan() -> None:
    plan = Plan(id="p", title="某市工作方案", date="2025-11-20")
    assert [due.on for due in read("3月底前完成管网普查。", plan)] == [date(2026, 3, 31)]


def test_months_without_a_year_are_no_day_in_a_plan_of_several_years() -> None:
    plan = Plan(id="p", title="某市“十四五”规划", period="2021-2025", date="2021-11-20")
    assert read("3月底前完成管网普查。", plan) == ()


def test_what_comes_again_knows_its_period() -> None:
    (yearly,) = read("每年12月底前报送总结。", Plan(id="p", title="某市工作方案", date="2026-01-15"))
    assert (yearly.next(date(2026, 12, 31)), yearly.next(date(2027, 1, 1))) == (date(2026, 12, 31), date(2027, 12, 31))
    assert yearly.since(TODAY) == date(2026, 1, 1)


def test_what_comes_again_ends_with_the_plan() -> None:
    plan = Plan(id="p", title="某市“十四五”规划", period="2021-2025", date="2021-11-20")
    (yearly,) = read("每年12月底前报送总结。", plan)
    assert [yearly.next(date(year, 6, 1)).year for year in (2022, 2025, 2026, 2030)] == [2022, 2025, 2025, 2025]
    assert yearly.since(date(2030, 6, 1)) == date(2025, 1, 1)


def test_a_corrected_time_counts_before_the_words() -> None:
    said = task("加强管网建设", "2026年3月底前完成。")
    review = Review(action="correct", who="张三", when="2026-01-01", fields=("by",))
    corrected = said.model_copy(update={"by": ("2026-06",), "review": review})
    assert [due.on for due in dues(corrected, [deadline(said, "2026-03-31")], PLAN)] == [date(2026, 6, 30)]


@pytest.mark.parametrize("text", ["持续推进管网建设", "长期坚持"])
def test_work_without_an_end_is_told(text: str) -> None:
    assert is_ongoing(task("一", text))
    assert not is_ongoing(task("一", "漏损率持续下降"))


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026", date(2026, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2026-03-31", date(2026, 3, 31))],
)
def test_the_last_day_of_a_time(text: str, day: date) -> None:
    assert last_day(text) == day


@pytest.mark.parametrize("text", ["", "每年", "2026-13", "2026-", "2026-1-1-1", "0", "-5"])
def test_other_words_are_no_day(text: str) -> None:
    assert last_day(text) is None
