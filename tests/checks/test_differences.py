"""Differences between two versions of a plan, fact by fact."""

from __future__ import annotations

import pytest

from plankb.checks.differences import differences, excerpts
from plankb.model import Difference, Plan
from tests.text import read_plan

OLD = """一、主要目标
到2025年，农膜回收率达到85%，新建养老床位5000张。
二、重点任务
（一）推进城乡供水一体化。完善管网，2024年底前完成改造。（市水务局牵头，市财政局配合）
（二）提升农村电网品质。改造线路。（市能源局牵头）
"""


def compared(*changes: tuple[str, str]) -> list[Difference]:
    new = OLD
    for before, after in changes:
        assert before in new
        new = new.replace(before, after)
    plans = [Plan(id=name, title="某市规划", jurisdiction="贵阳市", period="2021-2025") for name in ("old", "new")]
    return list(differences(read_plan(OLD, plans[0]).facts, read_plan(new, plans[1]).facts))


@pytest.mark.parametrize(
    ("before", "after", "what", "verdict", "fields"),
    [
        ("85%", "80%", "target", "changed", ("value",)),
        ("85%", "90%", "target", "changed", ("value",)),
        ("85%", "85%以上", "target", "changed", ("op",)),
        ("2024年底前", "2025年底前", "deadline", "changed", ("by",)),
        ("市水务局牵头", "市住房城乡建设局牵头", "role", "changed", ("lead",)),
        ("，市财政局配合", "", "role", "changed", ("support",)),
        ("，新建养老床位5000张", "", "target", "removed", ()),
        ("5000张。", "5000张，秸秆综合利用率达到86%。", "target", "added", ()),
        ("改造线路。", "改造线路和配电房。", "text", "changed", ("text",)),
        ("（二）提升农村电网品质。改造线路。（市能源局牵头）\n", "", "task", "removed", ()),
    ],
)
def test_a_change_is_found_and_is_the_only_one(
    before: str, after: str, what: str, verdict: str, fields: tuple[str, ...]
) -> None:
    found = compared((before, after))
    assert [(one.what, one.verdict, one.fields) for one in found] == [(what, verdict, fields)]
    assert (found[0].before is None) == (verdict == "added")
    assert (found[0].after is None) == (verdict == "removed")


def test_a_version_without_changes_gives_none() -> None:
    assert compared() == []


def test_new_numbers_of_headings_are_no_change() -> None:
    assert compared(("（二）提升", "（三）提升"), ("（一）推进", "（二）推进")) == []


def test_a_bureau_under_its_short_name_is_the_same() -> None:
    assert [one.what for one in compared(("市水务局牵头", "贵阳市水务局牵头"))] in ([], ["text"])


@pytest.mark.parametrize(("value", "word"), [("80%", "弱化"), ("90%", "加严")])
def test_the_reason_says_which_way_a_target_went(value: str, word: str) -> None:
    (found,) = compared(("85%", value))
    assert word in found.why.zh
    assert "85%" in found.why.zh
    assert value in found.why.en


def test_a_task_of_nearly_the_same_title_is_the_same_task() -> None:
    (found,) = compared(("推进城乡供水一体化", "加快推进城乡供水一体化"))
    assert (found.what, found.fields) == ("text", ("title",))


def test_a_task_in_another_chapter_was_moved() -> None:
    moved = "（二）提升农村电网品质。改造线路。（市能源局牵头）\n"
    found = compared((moved, "三、能源保障\n（一）提升农村电网品质。改造线路。（市能源局牵头）\n"))
    assert [(one.what, one.verdict) for one in found] == [("task", "moved")]


def test_a_figure_that_changed_inside_a_task_is_told_once() -> None:
    found = compared(("改造线路。", "改造线路。到2025年，改造线路300公里。"))
    assert [(one.what, one.verdict) for one in found if one.what == "target"] == [("target", "added")]
    assert not [one for one in found if one.what == "text"]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (
            "市水务局牵头",
            "市住房城乡建设局牵头",
            ("……（市水务局牵头，市财政局配合）", "……（市住房城乡建设局牵头，市财政局配合）"),
        ),
        ("改造线路。", "改造线路和配电房。", ("……改造线路。……", "……改造线路和配电房。……")),
        ("农膜回收率达到85%", "农膜回收率达到80%", ("农膜回收率达到85%", "农膜回收率达到80%")),
    ],
)
def test_of_a_task_the_sentences_that_differ_are_shown(before: str, after: str, shown: tuple[str, str]) -> None:
    (one,) = compared((before, after))
    assert tuple("".join(side.split()) for side in excerpts(one)) == tuple("".join(side.split()) for side in shown)
