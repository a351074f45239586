"""Results against targets: 已达, 未达, 未到期, 无数据."""

from __future__ import annotations

import pytest

from plankb.checks.results import Match, against
from plankb.extractors.finding import read_results
from plankb.model import Plan, Target
from plankb.readers import plain
from tests.text import read_plan

PLAN = Plan(id="p", title="某市“十四五”水利规划", jurisdiction="贵阳市", period="2021-2025")
REPORT = Plan(id="r", title="2025年工作总结", jurisdiction="贵阳市")


def match(target: str, result: str, report: Plan = REPORT) -> Match:
    """The only target of a plan against a report."""
    facts = read_plan(f"{PLAN.title}\n\n一、主要目标\n\n到2025年，{target}。\n", PLAN).facts
    (asked,) = [fact for fact in facts if isinstance(fact, Target)]
    told = read_results(plain.to_document(f"{report.title}\n\n一、工作完成情况\n\n{result}\n"), report).results
    (found,) = against([asked], [PLAN], told, report)
    return found


@pytest.mark.parametrize(
    ("target", "result", "verdict"),
    [
        ("再生水利用率达到50%", "再生水利用率达到53%。", "reached"),
        ("再生水利用率达到50%", "再生水利用率达到50%。", "reached"),
        ("再生水利用率达到50%", "再生水利用率达到48%。", "short"),
        ("再生水利用率达到50%", "森林覆盖率达到60%。", "no-data"),
        ("再生水利用率达到50%", "再生水利用率提高5%。", "no-data"),
        ("公共供水管网漏损率控制在9%以内", "公共供水管网漏损率降至8.9%。", "reached"),
        ("公共供水管网漏损率控制在9%以内", "公共供水管网漏损率为9.5%。", "short"),
        ("单位GDP能耗下降13%", "单位GDP能耗下降14%。", "reached"),
        ("单位GDP能耗下降13%", "单位GDP能耗下降12%。", "short"),
        ("污水处理能力达到5万吨/日", "污水处理能力达到50000吨/日。", "reached"),
    ],
)
def test_verdicts(target: str, result: str, verdict: str) -> None:
    assert match(target, result).verdict == verdict


@pytest.mark.parametrize(
    ("target", "result", "verdict"),
    [
        ("森林覆盖率高于55%", "森林覆盖率稳定在55%以上。", "reached"),
        ("森林覆盖率高于55%", "森林覆盖率达到55%。", "short"),
        ("公共供水管网漏损率低于9%", "公共供水管网漏损率控制在9%以内。", "reached"),
    ],
)
def test_a_result_in_the_bound_of_its_target_is_not_called_short(target: str, result: str, verdict: str) -> None:
    assert match(target, result).verdict == verdict


@pytest.mark.parametrize(("result", "verdict"), [("48%", "not-due"), ("51%", "reached")])
def test_before_its_year_a_target_is_not_missed(result: str, verdict: str) -> None:
    before = REPORT.model_copy(update={"title": "2023年工作总结"})
    assert match("再生水利用率达到50%", f"再生水利用率达到{result}。", before).verdict == verdict


def test_a_name_that_differs_in_its_verb_is_near() -> None:
    found = match("建成充电桩40个", "新增充电桩42个。")
    assert (found.verdict, found.near) == ("reached", True)


def test_the_last_year_counts() -> None:
    found = match("再生水利用率达到50%", "2023年，再生水利用率达到45%。2024年，再生水利用率达到51%。")
    assert found.result is not None
    assert (found.result.value, found.result.by, found.verdict) == (51, "2024", "reached")
    assert found.result.quote.endswith("再生水利用率达到51%")


def test_the_report_of_another_place_says_nothing() -> None:
    other = REPORT.model_copy(update={"jurisdiction": "遵义市"})
    assert match("再生水利用率达到50%", "再生水利用率达到53%。", other).verdict == "no-data"
