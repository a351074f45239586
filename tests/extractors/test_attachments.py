"""Attachments: plans and tables of their own behind a circular, with their titles; forms of which nothing is taken."""

from __future__ import annotations

import pytest

from plankb.extractors import Reading
from plankb.model import Plan
from tests.text import read_plan

CIRCULAR = """平川县教育局关于印发学前教育提升计划等两个文件的通知
平教发〔2024〕8号

各乡镇中心校，各幼儿园：
现将《平川县学前教育提升计划（2024—2026年）》《平川县幼儿园校舍安全行动方案》印发给你们，请遵照执行。

附件：1.平川县学前教育提升计划（2024—2026年）
2.平川县幼儿园校舍安全行动方案
3.幼儿园备案申报表

平川县教育局
2024年5月6日

附件1

平川县学前教育提升计划
（2024—2026年）

一、目标任务
普惠性幼儿园覆盖率达到90%以上。
二、重点举措
（一）新建公办幼儿园6所。责任单位：县教育局、县住房城乡建设局

附件2

平川县幼儿园校舍安全行动方案

一、工作任务
（一）全面排查校舍。到2027年，完成校舍改造20所。由县教育局牵头，县住房城乡建设局配合。

附件3
幼儿园备案申报表
一、填表说明
1.申报单位应当在2024年12月底前填报，园舍面积不少于300平方米。（责任单位：县教育局）
"""


def read(text: str) -> Reading:
    return read_plan(text, Plan(id="p", title=""))


def test_a_circular_with_several_plans_says_of_each_fact_which_one_it_is_of() -> None:
    found = read(CIRCULAR)
    assert [(task.title, task.section[:2]) for task in found.tasks] == [
        ("新建公办幼儿园6所", ("附件1", "平川县学前教育提升计划（2024—2026年）")),
        ("全面排查校舍", ("附件2", "平川县幼儿园校舍安全行动方案")),
    ]


def test_the_plan_lists_its_attachments_where_they_stand() -> None:
    found = read(CIRCULAR)
    assert [(one.number, one.title, one.blank) for one in found.plan.attachments] == [
        (1, "平川县学前教育提升计划（2024—2026年）", False),
        (2, "平川县幼儿园校舍安全行动方案", False),
        (3, "幼儿园备案申报表", True),
    ]
    spans = [one.span for one in found.plan.attachments]
    assert [found.clean.text[slice(*span)].split("\n")[0] for span in spans if span] == ["附件1", "附件2", "附件3"]
    held = [fact.quote for fact in found.facts if spans[1] and spans[1][0] <= fact.span[0] < spans[1][1]]
    assert any("完成校舍改造20所" in quote for quote in held)


def test_a_target_without_a_time_lies_in_the_period_of_its_own_attachment() -> None:
    target = next(one for one in read(CIRCULAR).targets if one.indicator == "普惠性幼儿园覆盖率")
    assert (target.by, target.period) == (None, ("2024", "2026"))


def test_nothing_is_taken_from_a_form_and_that_is_said() -> None:
    found = read(CIRCULAR)
    form = found.plan.attachments[2].span
    assert form
    assert not [fact for fact in found.facts if fact.span[0] >= form[0]]
    assert ["幼儿园备案申报表" in said.text("zh") for said in found.remarks] == [True]


def test_the_plan_that_a_circular_was_issued_for_is_the_document_itself() -> None:
    text = """平川县人民政府办公室关于印发平川县冷链物流实施方案的通知
各乡镇人民政府：
现将《平川县冷链物流实施方案》印发给你们。

附件：平川县冷链物流实施方案

平川县人民政府办公室
2024年3月9日

附件

平川县冷链物流实施方案

一、主要任务
（一）建设冷库。责任单位：县商务局
"""
    found = read(text)
    assert found.plan.title == "平川县冷链物流实施方案"
    assert found.plan.attachments == ()
    assert [task.section for task in found.tasks] == [("附件", "一、主要任务", "（一）建设冷库")]


@pytest.mark.parametrize(
    ("title", "body", "blank"),
    [
        ("××县冷库建设方案", "一、目标任务\n（一）新建冷库20座。", True),
        ("冷库建设方案（参考样式）", "一、目标任务\n（一）新建冷库20座。", True),
        ("冷库建设任务分工表", "一、目标任务\n（一）新建冷库20座。", False),
        ("冷库建设情况统计表", "填报单位：（盖章）\n序号\t名称\t面积\n1\t\t\n2\t\t\n", True),
        ("冷库建设情况统计表", "序号\t名称\t2025年目标（平方米）\n1\t城关镇\t2000\n2\t河口镇\t800\n", False),
        ("县级冷库方案", "一、目标......\n1.新建冷库XX座\n2.改造冷库XX座\n3.培训XX人次", True),
    ],
)
def test_a_form_is_known_by_its_title_or_by_its_blanks(title: str, body: str, blank: bool) -> None:
    text = f"平川县商务局关于做好冷库建设的通知\n各乡镇人民政府：\n一、加快建设。\n附件1\n{title}\n{body}\n"
    (attachment,) = read(text).plan.attachments
    assert (attachment.title, attachment.blank) == (title, blank)


def test_what_is_only_listed_has_no_place() -> None:
    text = """平川县商务局关于做好冷库建设的通知
各乡镇人民政府：
一、加快建设。2025年底前，新建冷库20座。（责任单位：县商务局）
附件：1.冷库建设名单
2.冷库建设标准

平川县商务局
2024年3月9日
"""
    found = read(text)
    assert [(one.number, one.title, one.span) for one in found.plan.attachments] == [
        (1, "冷库建设名单", None),
        (2, "冷库建设标准", None),
    ]
    assert [task.title for task in found.tasks] == ["加快建设"]


def test_the_year_in_the_title_of_an_attachment_is_a_period_and_no_deadline() -> None:
    text = """平川县商务局关于做好冷库建设的通知
各乡镇人民政府：
现将任务下达给你们。
附件2
2025年冷库建设重点工作安排
一、主要目标
新建冷库20座。
"""
    (target,) = read(text).targets
    assert (target.value, target.by, target.period) == (20, None, ("2025", "2025"))


LISTED = """绵阳市人民政府办公室关于印发绵阳市水利发展实施方案的通知
各县（市、区）人民政府：
现将《绵阳市水利发展实施方案》印发给你们，请认真贯彻执行。
附件：1．绵阳市水利发展重点任务分工表
2．绵阳市农村饮水安全专项行动方案
绵阳市人民政府办公室
2026年3月1日
绵阳市水利发展实施方案
（2026—2028年）
一、重点任务
（一）治理河道。治理中小河流30条。（牵头单位：市水利局）
附件1
绵阳市水利发展重点任务分工表
序号\t工作任务\t牵头单位
1\t新建泵站35座\t市财政局
附件2
绵阳市农村饮水安全专项行动方案
一、重点任务
（一）建设水厂。新建水厂6座。（市水利局牵头）
"""


def test_the_list_of_attachments_before_a_plan_is_neither_a_task_nor_the_heading_of_the_plan() -> None:
    reading = read_plan(LISTED, Plan(id="p", title=""))
    assert [(task.title, task.section[0]) for task in reading.tasks] == [
        ("治理河道", "一、重点任务"), ("新建泵站35座", "附件1"), ("建设水厂", "附件2"),
    ]  # fmt: skip


def test_the_period_stands_below_the_title_of_the_plan_that_a_circular_carries() -> None:
    plan = read_plan(LISTED, Plan(id="p", title="")).plan
    assert (plan.title, plan.period) == ("绵阳市水利发展实施方案（2026—2028年）", "2026-2028")
