"""Documents that a plan refers to."""

from __future__ import annotations

import pytest

from plankb.model import Citation, Plan
from tests import corpus
from tests.text import read_plan


def citations(text: str) -> list[Citation]:
    reading = read_plan(text, Plan(id="draft", title="某市方案"))
    found = [fact for fact in reading.facts if isinstance(fact, Citation)]
    assert all(reading.clean.text[slice(*fact.span)] == fact.quote for fact in found)
    return found


@pytest.mark.parametrize(
    ("text", "title", "number", "quote"),
    [
        ("根据《学前教育法》制定。", "学前教育法", None, "《学前教育法》"),
        ("按照《关于推进医养结合的意见》（国办发〔2015〕84号）要求。", "关于推进医养结合的意见", "国办发〔2015〕84号",
         "《关于推进医养结合的意见》（国办发〔2015〕84号）"),
        ("落实《国务院关于印发规划的通知（国发[2021]29号）》。", "国务院关于印发规划的通知", "国发[2021]29号", None),
        ("《湖南省某办法》湘政发〔2021〕21号文件。", "湖南省某办法", "湘政发〔2021〕21号", None),
        ("符合《声环境质量标准》（GB 3096-2008）。", "声环境质量标准", "GB3096-2008", None),
        ("依据《不动产登记暂行条例》（国务院令第656号）。", "不动产登记暂行条例", "国务院令第656号", None),
        ("《关于印发〈数字乡村纲要〉的通知》已发。", "关于印发〈数字乡村纲要〉的通知", None, None),
        ("《关于落实《教育规划》的通知》已发。", "关于落实《教育规划》的通知", None, None),
        ("《全民健身计划（2021—2025年）》提出。", "全民健身计划（2021—2025年）", None, None),
    ],
)  # fmt: skip
def test_title_and_number(text: str, title: str, number: str | None, quote: str | None) -> None:
    (found,) = citations(text)
    assert (found.title, found.number) == (title, number)
    assert quote is None or found.quote == quote


def test_a_document_is_listed_once_with_the_number_that_any_mention_gives() -> None:
    (found,) = citations("一、任务\n（一）宣传。学习《森林法》。\n（二）执行。严格执行《森林法》（主席令第39号）。")
    assert found.number == "主席令第39号"
    assert found.section == ("一、任务", "（一）宣传")


def test_a_title_that_does_not_end_and_the_plans_own_title_are_none() -> None:
    assert citations("《某市方案》的实施。学习《没有结束的标题。") == []


def test_a_number_that_a_wrap_cut_off_is_whole() -> None:
    (found,) = citations("《道路运输意见》（交运发〔2019〕\n16号）；")
    assert found.number == "交运发〔2019〕16号"


def test_the_corpus_names_its_standards_with_their_numbers() -> None:
    reading = read_plan(corpus.raw("guiyang-air-145"), Plan(id="guiyang-air-145", title=""))
    found = {fact.title: fact.number for fact in reading.facts if isinstance(fact, Citation)}
    assert found["环境空气质量标准"] == "GB3095-2012"
    assert found["贵阳市燃煤污染控制实施方案"] == "筑府办发〔2017〕22号"
    assert "贵阳市“十四五”空气质量改善规划" not in found
