"""Reports against what is known: new, unchanged, contradictions."""

from __future__ import annotations

from datetime import date

import pytest

from plankb.ledger import Entry, Facts, build
from plankb.ledger.judging import Judgement, Read, judge
from plankb.model import Progress
from tests.ledger.made import PLAN, report, task

TODAY = date(2026, 5, 10)
PIPES = task("管网改造", "完成老旧管网改造")


def judged(reads: list[Read], *known: Progress) -> Judgement:
    entries = build(Facts(plans=[PLAN], tasks=[PIPES], reports=known), today=TODAY).entries
    by_task: dict[str, Entry] = {entry.task.id: entry for entry in entries}
    return judge(reads, by_task, today=TODAY)


def kinds(found: Judgement) -> list[list[str]]:
    return [[one.kind for one in new.contradictions] for new in found.new]


EARLIER = report(PIPES, "under-way", "2026-04-01", id_="r1", done=0.6)
DONE = report(PIPES, "done", "2026-04-01", id_="r1")


@pytest.mark.parametrize(
    ("known", "now", "expected"),
    [
        ([], report(PIPES, "under-way", "2026-05-01", done=0.3), []),
        ([EARLIER], report(PIPES, "under-way", "2026-05-01", done=0.8), []),
        ([EARLIER], report(PIPES, "under-way", "2026-05-01", done=0.3), ["falling"]),
        ([DONE], report(PIPES, "not-started", "2026-05-01"), ["undone"]),
        ([DONE], report(PIPES, "under-way", "2026-05-01", done=0.5), ["undone"]),
        ([EARLIER], report(PIPES, "done", "2026-03-01"), ["older"]),
        ([], report(PIPES, "done", "2026-05-11"), ["future"]),
        ([], report(PIPES, "done", "2026-05-01", done=0.5), ["inner"]),
        ([], report(PIPES, "under-way", "2026-05-01", done=1), ["inner"]),
    ],
)
def test_what_a_report_contradicts(known: list[Progress], now: Progress, expected: list[str]) -> None:
    assert kinds(judged([Read(report=now, where="a.xlsx", base="r1" if known else None)], *known)) == [expected]


def test_the_words_of_a_contradiction_name_both_sides() -> None:
    now = report(PIPES, "under-way", "2026-05-01", done=0.3)
    (why,) = judged([Read(report=now, where="a.xlsx", base="r1")], EARLIER).new[0].contradictions
    assert all(part in why.why.zh for part in ("60%", "2026-04-01", "张三", "30%"))
    assert all(part in why.why.en for part in ("60%", "2026-04-01", "30%"))


def test_two_files_that_disagree_are_told_and_texts_may_differ() -> None:
    one = report(PIPES, "done", "2026-05-01", who="甲")
    other = report(PIPES, "late", "2026-05-01", who="乙")
    noted = report(PIPES, "done", "2026-05-01", who="丙", note="已验收")
    reads = [Read(report=one, where="a.xlsx A5"), Read(report=other, where="b.xlsx A5")]
    assert kinds(judged(reads)) == [["disagree"], ["disagree"]]
    assert kinds(judged([reads[0], Read(report=noted, where="c.xlsx A5")])) == [[], []]


def test_a_year_of_reports_read_at_once_is_judged_month_by_month() -> None:
    months = [
        report(PIPES, "under-way", f"2026-0{month}-20", done=share)
        for month, share in ((3, 0.5), (1, 0.2), (2, 0.6), (4, 0.9))
    ]
    found = judged([Read(report=one, where=f"{one.when}.xlsx") for one in months])
    assert {new.report.when: [one.kind for one in new.contradictions] for new in found.new} == {
        "2026-01-20": [], "2026-02-20": [], "2026-03-20": ["falling"], "2026-04-20": [],
    }  # fmt: skip


def test_a_row_that_was_not_touched_is_no_report_whatever_came_since() -> None:
    since = report(PIPES, "done", "2026-05-02", id_="r2")
    untouched = report(PIPES, "under-way", "2026-05-10", done=0.6)
    found = judged([Read(report=untouched, where="a.xlsx", base="r1")], EARLIER, since)
    assert (found.new, found.unchanged) == ([], 1)


def test_a_row_that_rests_on_an_older_report_is_told() -> None:
    since = report(PIPES, "under-way", "2026-05-02", id_="r2", done=0.7)
    now = report(PIPES, "under-way", "2026-05-03", done=0.9)
    assert kinds(judged([Read(report=now, where="a.xlsx", base="r1")], EARLIER, since)) == [["overtaken"]]


def test_the_same_said_twice_is_one_report() -> None:
    now = report(PIPES, "done", "2026-05-01")
    found = judged([Read(report=now, where="a.xlsx A5"), Read(report=now, where="a.xlsx A9")])
    assert (len(found.new), found.unchanged) == (1, 1)
