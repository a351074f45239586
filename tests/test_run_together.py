"""A table whose cells a file ran together gives a doubt and no fact; what stands before and after it is read."""

from __future__ import annotations

import pytest

from plankb.model import Doubt, Plan, Target, Task
from tests.text import read_plan

PLAN = Plan(id="x", title="某县工作方案", period="2026-2030")
FIGURES = "农村供水目标分解表指标2027年2028年2029年自来水普及率88%90%92%水质合格率96%97%98%"
SHARES = "绿化情况汇总建成区绿化覆盖率35%36.5%38%公园服务半径覆盖率70%75%80%"
WORK = "1、重点工程清单序号项目名称建设内容责任单位完成时限1老旧管网改造更换供水管网36公里"


def _read(text: str) -> tuple[list[str], list[str]]:
    """The values of the targets, and the reasons of the doubts."""
    facts = read_plan(f"某县工作方案\n一、主要任务\n{text}", PLAN).facts
    return [str(one.value) for one in facts if isinstance(one, Target)], [
        one.reason for one in facts if isinstance(one, Doubt)
    ]


@pytest.mark.parametrize("table", [FIGURES, SHARES, WORK])
def test_nothing_is_read_from_it_and_that_is_said(table: str) -> None:
    values, reasons = _read(f"{table}。")
    assert values == []
    assert reasons == ["table-run-together"]


def test_figures_run_on_to_the_end_of_their_paragraph_and_no_further() -> None:
    values, _ = _read(f"到2029年，建成水厂6座。{FIGURES}。渠系漏水率18%16%15%。\n到2029年，修复水井25眼。")
    assert values == ["6", "25"]


def test_headings_hold_their_sentence_alone() -> None:
    values, _ = _read(f"{WORK}。到2029年，修复水井25眼。")
    assert values == ["25"]


def test_its_headings_are_no_title_of_a_task() -> None:
    titles = [
        one.title for one in read_plan(f"某县工作方案\n一、主要任务\n{WORK}。", PLAN).facts if isinstance(one, Task)
    ]
    assert not any("序号" in title for title in titles)


@pytest.mark.parametrize(
    "text",
    [
        "2027年、2028年和2029年，自来水普及率分别达到88%、90%和92%。",
        "明确责任单位、完成时限和建设内容，到2029年自来水普及率达到88%、90%和92%。",
    ],
)
def test_lists_in_a_sentence_are_none(text: str) -> None:
    values, reasons = _read(text)
    assert "table-run-together" not in reasons
    assert values
