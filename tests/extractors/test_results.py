"""Results: what a work report says was reached is read; what it says of the time to come is not."""

from __future__ import annotations

import pytest

from plankb.extractors.finding import Results, read_results
from plankb.model import Plan
from plankb.readers import plain


def read(body: str, *, title: str = "某市水务局2024年工作总结", heading: str = "一、主要工作完成情况") -> Results:
    text = f"{title}\n\n{heading}\n\n{body}\n"
    return read_results(plain.to_document(text), Plan(id="r", title=""))


def said(body: str, **more: str) -> list[tuple[str, float | int | None, str | None, str | None, str | None]]:
    return [(one.indicator, one.value, one.unit, one.change, one.by) for one in read(body, **more).results]


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("再生水利用率达到53%。", ("再生水利用率", 53, "%", None, "2024")),
        ("截至2024年底，再生水利用率已达到53%。", ("再生水利用率", 53, "%", None, "2024")),
        ("截至目前，建成充电桩42个。", ("建成充电桩", 42, "个", None, "2024")),
        ("已建成充电桩42个。", ("建成充电桩", 42, "个", None, "2024")),
        ("公共供水管网漏损率降至8.9%。", ("公共供水管网漏损率", 8.9, "%", None, "2024")),
        ("单位GDP能耗较2020年下降12%。", ("单位GDP能耗", 12, "%", "decrease", "2024")),
        ("森林覆盖率由52%提高到55.3%。", ("森林覆盖率", 55.3, "%", None, "2024")),
        ("2023年，再生水利用率达到50%。", ("再生水利用率", 50, "%", None, "2023")),
    ],
)
def test_what_was_reached_is_read_with_its_year(body: str, result: tuple[object, ...]) -> None:
    assert said(body) == [result]


@pytest.mark.parametrize(
    "heading", ["一、工作回顾", "一、主要成效", "一、发展基础", "一、存在的成绩与经验", "一、2024年工作开展情况"]
)
def test_headings_that_look_back_are_read(heading: str) -> None:
    assert len(said("再生水利用率达到53%。", heading=heading)) == 1


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("二、下一步工作打算", "再生水利用率达到60%。"),
        ("二、2025年工作计划", "再生水利用率达到60%。"),
        ("二、存在的问题", "再生水利用率仅达到53%。"),
        ("一、工作完成情况", "力争再生水利用率达到60%。"),
        ("一、工作完成情况", "预计再生水利用率达到60%。"),
        ("一、工作完成情况", "到2025年，再生水利用率达到60%。"),
    ],
)
def test_what_is_to_come_is_no_result(heading: str, body: str) -> None:
    assert said(body, heading=heading) == []


@pytest.mark.parametrize(
    ("title", "year"),
    [("某市2023年工作总结", "2023"), ("关于2022年度实施情况的通报", "2022"), ("某市工作情况汇报", None)],
)
def test_the_year_that_a_report_tells_of(title: str, year: str | None) -> None:
    assert read("再生水利用率达到53%。", title=title).year == year


def test_every_result_is_quoted_where_it_stands() -> None:
    found = read("再生水利用率达到53%，漏损率降至8.9%。建成充电桩42个。")
    assert len(found.results) == 3
    assert all(found.clean.text[slice(*one.span)] == one.quote for one in found.results)
