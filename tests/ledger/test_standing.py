"""How a task stands: lights, the day that counts, the report that counts, and reports whose task changed."""

from __future__ import annotations

from datetime import date

import pytest

from plankb.ledger import Counts, Entry, Facts, build, follow
from plankb.model import Progress, State
from tests.ledger.made import PLAN, deadline, report, task

TODAY = date(2026, 5, 10)
PIPES = task("管网改造", "完成老旧管网改造")


def entry(*reports: Progress, ends: tuple[str, ...] = ("2026-12-31",), today: date = TODAY) -> Entry:
    facts = Facts(plans=[PLAN], tasks=[PIPES], deadlines=[deadline(PIPES, end) for end in ends], reports=reports)
    (found,) = build(facts, today=today).entries
    return found


@pytest.mark.parametrize(
    ("state", "end", "light"),
    [
        ("done", "2026-01-31", "green"),
        ("under-way", "2026-05-09", "red"),
        ("under-way", "2026-05-10", "yellow"),
        ("under-way", "2026-06-09", "yellow"),
        ("under-way", "2026-06-10", "green"),
        ("late", "2026-12-31", "yellow"),
        ("late", "2026-01-31", "red"),
    ],
)
def test_lights_by_state_and_day(state: State, end: str, light: str) -> None:
    assert entry(report(PIPES, state, "2026-01-20"), ends=(end,)).light == light


def test_nothing_due_and_nothing_reported_has_no_light() -> None:
    found = entry(ends=())
    assert (found.state, found.light, found.due, found.days) == ("not-started", "none", None, None)


def test_the_first_stage_counts_until_something_has_begun() -> None:
    stages = ("2026-03-31", "2026-12-31")
    assert entry(ends=stages).due == date(2026, 3, 31)
    assert entry(report(PIPES, "under-way", "2026-03-20"), ends=stages).due == date(2026, 12, 31)


def test_what_comes_again_is_to_be_done_again() -> None:
    yearly = task("总结", "每年12月底前报送总结")
    done = report(yearly, "done", "2026-12-20")

    def state(today: date) -> str:
        plan = PLAN.model_copy(update={"period": None})  # work without an end
        return build(Facts(plans=[plan], tasks=[yearly], reports=[done]), today=today).entries[0].state

    assert (state(date(2026, 12, 25)), state(date(2027, 2, 1))) == ("done", "under-way")


def test_the_report_of_the_latest_day_counts_and_of_one_day_the_leads() -> None:
    both = task("管网改造", bureaus={"lead": "市水务局", "support": "市财政局"})
    lead = report(both, "under-way", "2026-04-01", id_="lead", bureau="某市/市水务局")
    other = report(both, "done", "2026-04-01", id_="other", bureau="某市/市财政局")
    older = report(both, "done", "2026-03-01", id_="older", bureau="某市/市水务局")
    facts = Facts(plans=[PLAN], tasks=[both], reports=[lead, other, older])
    latest = build(facts, today=TODAY).entries[0].latest
    assert latest == lead


def test_a_report_that_was_taken_back_does_not_count() -> None:
    gone = report(PIPES, "done", "2026-04-01").model_copy(update={"withdrawn": "2026-04-02T00:00:00+08:00"})
    assert entry(gone).latest is None


def test_reports_follow_a_task_whose_words_changed_a_little() -> None:
    old = task("推进老旧供水管网改造", "全年改造老旧供水管网100公里以上")
    new = task("加快推进老旧供水管网改造", "全年改造老旧供水管网120公里以上")
    found = follow([report(old, "done", "2026-04-01", id_="r")], [new, task("其他工作", "完成绿道建设")])
    assert ([one.id for one in found.by_task[new.id]], found.suspects, found.lost) == (["r"], {"r": "moved"}, ())


def test_reports_do_not_go_to_a_task_of_other_words_or_to_one_of_two() -> None:
    old = task("推进老旧供水管网改造", "全年改造老旧供水管网100公里以上")
    said = report(old, "done", "2026-04-01", id_="r")
    other = task("完善公交线网", "新增公交线路5条")
    alike = [task(f"推进老旧供水管网改造{n}期", "全年改造老旧供水管网100公里以上") for n in "一二"]
    assert follow([said], [other]).lost == (said,)
    assert follow([said], alike).lost == (said,)


def test_a_task_of_the_same_id_with_other_words_is_suspect() -> None:
    old = task("管网改造", "改造100公里")
    new = task("管网改造", "改造120公里")
    found = follow([report(old, "done", "2026-04-01", id_="r")], [new])
    assert (list(found.by_task), found.suspects) == ([new.id], {"r": "changed"})


def test_a_plan_that_came_back_under_another_id_takes_reports_on_the_very_same_words() -> None:
    old, new = task("管网改造", "改造100公里"), task("管网改造", "改造100公里", plan="q")
    assert list(follow([report(old, "done", "2026-04-01")], [new]).by_task) == [new.id]


def test_counts_and_lists() -> None:
    tasks = [task(name) for name in ("甲", "乙", "丙", "丁")]
    ends = ["2026-04-30", "2026-05-20", "2026-12-31"]
    deadlines = [deadline(one, end) for one, end in zip(tasks, ends, strict=False)]
    reports = [report(tasks[1], "under-way", "2026-05-01"), report(tasks[2], "done", "2026-05-01")]
    ledger = build(Facts(plans=[PLAN], tasks=tasks, deadlines=deadlines, reports=reports), today=TODAY)
    counts = Counts.of(ledger)
    assert (counts.total, counts.reported, counts.done, counts.late, counts.soon, counts.not_started) == (
        4,
        2,
        1,
        1,
        1,
        2,
    )
    assert counts.share == 0.25
    assert [one.task.title for one in ledger.late().entries] == ["甲"]
    assert [one.task.title for one in ledger.due_within(10).entries] == ["甲", "乙"]
    assert [one.task.title for one in ledger.of_bureau("某市/市水务局", roles=("support",)).entries] == []
