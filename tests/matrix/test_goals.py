"""The lines of the cell of goals."""

from __future__ import annotations

import pytest

from plankb.matrix.cells import measures_of, title_of
from plankb.matrix.goals import goal_lines, without_years
from tests import records

TEXT = "漏损率降到9%以下，到2030年再生水利用率达到30%、40%。每台补助上限为10万元。"
TASK = records.task("t1", quote=TEXT, text=TEXT, span=(100, 100 + len(TEXT)))


def at(words: str) -> dict[str, object]:
    start = 100 + TEXT.index(words)
    return {"quote": words, "span": (start, start + len(words))}


def test_a_goal_has_its_year_where_its_words_do_not_name_it() -> None:
    target = records.target("g1", by="2026", **at("漏损率降到9%以下"))
    assert goal_lines(TASK, [target], "zh") == {"g1": "漏损率降到9%以下（2026年）"}


def test_a_year_that_is_named_is_not_said_again() -> None:
    target = records.target("g1", by="2030", **at("到2030年再生水利用率达到30%"))
    assert goal_lines(TASK, [target], "zh") == {"g1": "到2030年再生水利用率达到30%"}
    period = records.target("g1", by="2025", quote="“十四五”期间新建管网100公里", span=(0, 10))
    assert goal_lines(TASK, [period], "zh") == {"g1": "“十四五”期间新建管网100公里"}


def test_what_is_paid_is_no_goal() -> None:
    assert goal_lines(TASK, [records.target("g1", **at("每台补助上限为10万元"))], "zh") == {}


def test_goals_of_one_sentence_share_a_line() -> None:
    one = records.target("g1", by="2030", **at("到2030年再生水利用率达到30%"))
    other = records.target("g2", by="2030", **at("再生水利用率达到30%、40%"))
    line = "到2030年再生水利用率达到30%、40%"
    assert goal_lines(TASK, [other, one], "zh") == {"g1": line, "g2": line}


def test_goals_quoted_from_elsewhere_stand_alone() -> None:
    one = records.target("g1", by=None, quote="供水普及率达到98%", span=(0, 9))
    other = records.target("g2", by=None, quote="水质达标率达到99%", span=(5, 14))
    assert goal_lines(TASK, [one, other], "zh") == {"g1": "供水普及率达到98%", "g2": "水质达标率达到99%"}


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("漏损率降到9%（2026年）", ("漏损率降到9%", ("2026",))),
        ("漏损率降到9%（2026年、2027年）", ("漏损率降到9%", ("2026", "2027"))),
        ("漏损率降到9%（含管网）", ("漏损率降到9%（含管网）", ())),
    ],
)
def test_the_years_behind_a_line_are_told_from_it(line: str, parts: tuple[str, tuple[str, ...]]) -> None:
    assert without_years(line) == parts


def test_a_task_of_one_sentence_is_not_printed_twice() -> None:
    assert measures_of(records.task("t1", "加强管网巡查", text=" 加强管网巡查。")) == ""
    assert measures_of(records.task("t1", "加强管网巡查", text="加强巡查，每月通报。")) == "加强巡查，每月通报。"


@pytest.mark.parametrize(
    ("title", "shown"), [("1", "推动管网改造"), ("（三）", "推动管网改造"), ("5G基站建设", "5G基站建设")]
)
def test_a_task_titled_by_its_number_takes_its_words(title: str, shown: str) -> None:
    assert title_of(records.task("t1", title, text="推动管网改造；新建管网20公里")) == shown
