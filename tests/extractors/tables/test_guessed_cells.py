"""Tables of text whose merged cells were lost: rows put in line, headings of two rows, a name over two rows."""

from __future__ import annotations

from plankb.document import Cell, Row
from plankb.extractors.tables.columns import placed
from plankb.model import Plan, Target, Task
from tests.text import read_plan


def targets(table: str) -> list[str]:
    reading = read_plan(f"临江市养老服务规划\n二、主要目标\n{table}", Plan(id="p", title="", period="2021-2025"))
    found = [fact for fact in reading.facts if isinstance(fact, Target)]
    assert all(reading.clean.text[slice(*fact.span)] == fact.quote for fact in found)
    return [f"{f.indicator} {f.op or ''}{f.qualitative or f.value}{f.unit or ''} {f.by}" for f in found]


def test_rows_whose_category_was_merged_are_put_in_line() -> None:
    table = """
| 类别 | 指标名称 | 计算单位 | 2020年 | 2025年 | 指标属性 |
| --- | --- | --- | --- | --- | --- |
| 服务供给 | 养老床位总数 | 万张 | 3.2 | 4.5 | 约束性 |
| 护理型床位占比 | % | 40 | 55以上 | 约束性 | |
| 家庭养老床位 | 张 | 500 | 达到国家要求 | 预期性 | |
"""
    assert targets(table) == [
        "养老床位总数 =4.5万张 2025",
        "护理型床位占比 >=55% 2025",
        "家庭养老床位 达到国家要求 2025",
    ]


def test_a_name_over_two_rows_is_two_indicators() -> None:
    table = """
| 类别 | 指标名称 | 单位 | 2020年 | 2025年 | 属性 |
| --- | --- | --- | --- | --- | --- |
| 服务供给 | 养老机构用电量及占全市用电比重 | 万千瓦时 | 320 | 450 | 约束性 |
| % | 4 | 5 | 约束性 | | |
"""
    assert targets(table) == ["养老机构用电量 =450万千瓦时 2025", "养老机构用电量占全市用电比重 =5% 2025"]


def test_headings_of_two_rows_say_what_is_measured() -> None:
    table = """
| 服务类型 | 2020年 | | 2025年 | |
| --- | --- | --- | --- | --- |
| 数量 | 比重(%) | 数量 | 比重(%) | |
| 居家养老(万人) | 20 | 85 | 32 | 80 |
| 合计 | 24 | 100 | 40 | 100 |
"""
    assert targets(table) == ["居家养老 =32万人 2025", "居家养老比重 =80% 2025"]


def test_an_indicator_keeps_its_own_name_beside_those_of_its_unit() -> None:
    table = """
| 指标 | 单位 | 2020年 | 2025年 |
| --- | --- | --- | --- |
| 养老产业总产值 | 亿元 | 88 | 120 |
| 居家护理服务价值（预期性） | 亿元 | 50 | 60 |
"""
    assert targets(table) == ["养老产业总产值 =120亿元 2025", "居家护理服务价值 =60亿元 2025"]


def test_words_in_a_table_of_places_are_no_goals() -> None:
    table = """
| 地区 | 2025年美丽街区 |
| --- | --- |
| 城东区 | 滨河街区 |
| 城西区 | 古城街区 |
"""
    assert targets(table) == []


GOALS_BY_YEAR = """
| 序号 | 任务内容 | 2024年目标 | 2025年目标 | 牵头单位 |
| --- | --- | --- | --- | --- |
| （一）实施更新行动 | | | | |
| 1 | 推动校车更新 | 更新校车20辆 | 更新校车30辆 | 市教育局 |
| 到2025年完成校舍加固300间；新建校园食堂12座，添置远程教学设备200套，引导社会力量参与校园建设。 |
| 2 | 推动医疗设备更新 | 更新医疗装备26台 | 更新医疗装备24台 | 市卫生健康委 |
"""


def test_a_title_below_the_headings_is_no_second_row_of_them() -> None:
    text = f"临江市设备更新方案\n附件1\n设备更新责任清单\n{GOALS_BY_YEAR}"
    facts = read_plan(text, Plan(id="p", title="", period="2024-2027")).facts
    tasks = [(fact.title, fact.lead) for fact in facts if isinstance(fact, Task)]
    assert tasks == [("推动校车更新", ("市教育局",)), ("推动医疗设备更新", ("市卫生健康委",))]


def test_a_row_that_is_one_long_cell_holds_targets() -> None:
    text = f"临江市设备更新方案\n附件1\n设备更新责任清单\n{GOALS_BY_YEAR}"
    facts = read_plan(text, Plan(id="p", title="", period="2024-2027")).facts
    said = [f"{fact.indicator} {fact.value}{fact.unit} {fact.by}" for fact in facts if isinstance(fact, Target)]
    assert "校舍加固 300间 2025" in said
    assert "新建校园食堂 12座 2025" in said
    assert "添置远程教学设备 200套 2025" in said


STACKED = """
序号

类别

主要指标

2020年现状

2025年目标

指标

属性

1

综合

治理

校园监控覆盖率（%）

——

95

约束性

2



护学岗设置率（%）

80

98

约束性

3



心理教师配备率（%）

——

城市学校≥90

农村学校≥60

预期性

一、主要任务
"""


def test_one_cell_a_line_with_wrapped_and_blank_cells_is_a_table() -> None:
    assert targets(STACKED) == [
        "校园监控覆盖率 =95% 2025",
        "护学岗设置率 =98% 2025",
        "城市学校心理教师配备率 >=90% 2025",
        "农村学校心理教师配备率 >=60% 2025",
    ]


def test_a_table_of_indicators_behind_one_that_shares_out_work_is_no_more_of_it() -> None:
    text = """临江市养老服务方案
一、任务
序号\t工作任务\t牵头单位\t完成时限
1\t新建社区食堂40家\t市民政局\t2027年
附表：主要指标
指标\t单位\t2025年\t2028年
护理型床位占比\t%\t55\t65
"""
    facts = read_plan(text, Plan(id="p", title="", period="2026-2028")).facts
    assert [fact.title for fact in facts if isinstance(fact, Task)] == ["新建社区食堂40家"]
    assert "护理型床位占比" in [fact.indicator for fact in facts if isinstance(fact, Target)]


def row(*texts: str) -> Row:
    return Row(tuple(Cell(text, (0, 1)) for text in texts), (0, 1))


def test_cells_that_are_missing_at_several_places_are_put_back_where_the_others_suit_best() -> None:
    roles = ("number", "category", "content", "lead", "time")
    assert placed(row("3", "改造校舍门窗", "2027年底"), roles).texts == ("3", "", "改造校舍门窗", "", "2027年底")
    assert placed(row("加固校舍墙体", "市教育局"), roles).texts == ("", "", "加固校舍墙体", "市教育局", "")


def test_a_wide_row_is_not_put_in_line_by_trying_every_combination() -> None:
    found = placed(row(*["加固校舍墙体"] * 20), ("content",) * 40)  # of which there are 10 to the 11th
    assert found.texts == ("",) * 20 + ("加固校舍墙体",) * 20


def test_a_column_of_those_who_guide_or_supervise_answers_for_its_rows() -> None:
    table = (
        "序号\t经验做法\t主要内容\t归口管理部门\t适用范围\n"
        "一、办事便利（共2项）\n"
        "1\t证照到期提醒\t办理机构在证照到期前一个月提醒企业换发。\t市市场监管局、市司法局\t全市\n"
        "2\t跨区通办窗口\t设置统一窗口受理跨区事项。\t市行政审批局\t全市\n"
    )
    reading = read_plan(f"临江市改革经验推广清单\n{table}", Plan(id="p", title="", period="2021-2025"))
    tasks = [fact for fact in reading.facts if isinstance(fact, Task)]
    assert [task.title for task in tasks] == ["证照到期提醒", "跨区通办窗口"]
    assert [list(task.joint) for task in tasks] == [["市市场监管局", "市司法局"], ["市行政审批局"]]


def test_what_years_add_up_to_is_a_goal_of_the_last_of_them() -> None:
    table = """
| 任务 | 单位 | 2023年 | 2024年 | 五年累计 | 责任单位 |
| --- | --- | --- | --- | --- | --- |
| 新增托位 | 个 | 200 | 250 | 1200 | 市卫健委 |
| 改造老年食堂 | 家 | 10 | 12 | 60 | 市民政局 |
"""
    assert targets(table) == [
        "新增托位 =200个 2023",
        "新增托位 =250个 2024",
        "新增托位 =1200个 2027",
        "改造老年食堂 =10家 2023",
        "改造老年食堂 =12家 2024",
        "改造老年食堂 =60家 2027",
    ]


def test_a_grade_alone_takes_what_the_row_above_counts() -> None:
    table = """
| 指标 | 单位 | 2020年 | 2025年 |
| --- | --- | --- | --- |
| A级养老机构 | 家 | 8 | 15 |
| 其中：5A级 | 家 | 1 | 3 |
| 示范助餐点 | 个 | 20 | 50 |
| 其中：省级 | 个 | 2 | 9 |
"""
    assert targets(table) == [
        "A级养老机构 =15家 2025",
        "5A级养老机构 =3家 2025",
        "示范助餐点 =50个 2025",
        "省级示范助餐点 =9个 2025",
    ]


def test_a_number_and_its_unit_in_a_column_of_goals_is_said_of_the_work_of_its_row() -> None:
    table = """
| 工作任务 | 2024年目标 | 责任单位 | 具体内容 |
| --- | --- | --- | --- |
| 改造敬老院 | 6所 | 市民政局 | 护理能力提升 |
| 培训护理员 | ≥900人 | 市人社局 | 规范培训 |
"""
    assert targets(table) == ["改造敬老院 =6所 2024", "培训护理员 >=900人 2024"]
