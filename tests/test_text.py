"""Clean text: what is joined, what is dropped, and that the map leads back to the file."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb import rules
from plankb.document import CleanText
from plankb.rules.kinds import Rewrite
from tests.corpus import PLANS, clean_text
from tests.text import clean

HAN = re.compile(r"[\u4e00-\u9fff]")


def check_map(text: CleanText) -> None:
    """Every clean character maps back to the same character of the file, in order, and no Chinese one is lost."""
    assert len(text.offsets) == len(text.text)
    assert list(text.offsets) == sorted(text.offsets)
    for index, char in enumerate(text.text):
        if index not in text.replaced:
            assert text.raw[text.offsets[index]] == char
    assert HAN.findall("".join(c for i, c in enumerate(text.text) if i not in text.replaced)) == HAN.findall(text.raw)


@pytest.mark.parametrize("plan", PLANS)
def test_every_character_of_a_real_plan_maps_back(plan: str) -> None:
    check_map(clean_text(plan))


DAMAGE = (
    "到 2025 年|\n|\n\n|\f|，|。|（|）|**|<sub>3</sub>|\t| |一、|（二）|12|目 录|绿色建筑|占比|"
    "\u3000|[bookmark: _x]|\r\n|$O_3$| and |- 7 -|……|#|率达到"
)
PIECES = st.sampled_from([*DAMAGE.split("|"), "| a | 绿 |"])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_mixture_of_damage_maps_back(raw: str) -> None:
    check_map(clean(raw))


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(raw: str) -> None:
    clean(raw)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("到 2025\n\n年光伏装机，达到 100 万千瓦。", "到2025年光伏装机，达到100万千瓦。"),
        ("各级政府要加强领导，落实\n- 12 -\n责任，确保完成。", "各级政府要加强领导，落实责任，确保完成。"),
        ("一、总体要求\n（一）指导思想\n以高质量发展为主题。", "一、总体要求\n（一）指导思想\n以高质量发展为主题。"),
        ("（省能源局、省\n\n发展改革委牵头）", "（省能源局、省发展改革委牵头）"),
        ("推广LED 灯和Wi Fi，符合GB 3095标准。", "推广LED灯和Wi Fi，符合GB 3095标准。"),
        ("PM<sub>2.5</sub>浓度和$O_3$浓度。", "PM2.5浓度和O3浓度。"),
        ("第一章\n总则", "第一章总则"),
        ("改造旧房（牵头\n单位：市住建局）", "改造旧房（牵头单位：市住建局）"),
        (
            "第三章 推进战略，在建设上出新绩\n牢固树立理念，坚持绿色发展。",
            "第三章推进战略，在建设上出新绩\n牢固树立理念，坚持绿色发展。",
        ),
        ("- （一）办学\n- 加快建设校舍，\n  按期完工", "（一）办学\n加快建设校舍，按期完工"),
        ("> 一、任务\n>\n> 建设校舍。", "一、任务\n建设校舍。"),
        (
            "一、总体要求 以高质量发展为主题，推进教育改革任务落地。",
            "一、总体要求\n以高质量发展为主题，推进教育改革任务落地。",
        ),
        (
            "一、总体要求坚持育人为本，推进教育改革任务落地见效。",
            "一、总体要求\n坚持育人为本，推进教育改革任务落地见效。",
        ),
        ("1.加强 组织领导，落实各方责任，形成齐抓共管格局。", "1.加强组织领导，落实各方责任，形成齐抓共管格局。"),
        ("任务\t牵头单位\n修路\t市交委", "任务\t牵头单位\n修路\t市交委"),
        ("| 任务 | 单位 |\n|---|---|\n| 修路 | 市交委 |", "任务\t单位\n修路\t市交委"),
    ],
)
def test_damage_is_mended(raw: str, expected: str) -> None:
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "rule",
    [*rules.many("text", "remove", Rewrite), *rules.many("text", "replace", Rewrite)],
    ids=lambda rule: rule.name,
)
def test_every_rule_does_what_its_example_says(rule: Rewrite) -> None:
    assert clean(rule.examples[0]).text == rule.gives


GRID = (
    "序号\t工作任务\t负责部门\t时间进度\n1\t完善体制\t市委编办、市城管局\t2026年底前\n2\t编制规划\t市住建局\t常态工作"
)
LOST = {
    "one cell a line": GRID.replace("\t", "\n"),
    "between strokes": "\n|\n".join("|\n" + row.replace("\t", "\n|\n") for row in GRID.split("\n")) + "\n|",
    "bare strokes": GRID.replace("\t", " | "),
    "wide gaps": GRID.replace("\t", "    "),
    "commas": GRID.replace("\t", ","),
    "quoted cells": GRID.replace("市委编办、市城管局", '"市委编办、\n市城管局"'),
}


@pytest.mark.parametrize("raw", LOST.values(), ids=list(LOST))
def test_rows_that_lost_their_form_are_rows_again(raw: str) -> None:
    text = clean(raw)
    assert text.text == GRID
    assert {p.kind for p in text.paragraphs} == {"row"}
    check_map(text)


GROUPED = """指标\n2021年\n2026年\n属性
一、设施
1.公交站点覆盖率(%)\n82%\n95%以上\n约束性
2.每万人拥有
公共厕所数量(座)\n3.2\n4.0\n预期性
二、服务
3.水质检测频次达标率(%)\n其中：水厂\n管网末梢\n96.5%\n88%\n100%\n97%\n预期性
4.热线办结率(%)\n—\n≥98%\n预期性"""


def test_rows_that_their_nature_ends_stand_below_titles_and_hold_several_lines() -> None:
    """Names wrapped over lines are one cell; two names with their values column by column are two rows."""
    text = clean(GROUPED)
    assert text.text.split("\n") == [
        "指标\t2021年\t2026年\t属性",
        "一、设施",
        "1.公交站点覆盖率(%)\t82%\t95%以上\t约束性",
        "2.每万人拥有公共厕所数量(座)\t3.2\t4.0\t预期性",
        "二、服务",
        "3.水质检测频次达标率(%)其中：水厂\t96.5%\t100%\t预期性",
        "3.水质检测频次达标率(%)管网末梢\t88%\t97%\t预期性",
        "4.热线办结率(%)\t—\t≥98%\t预期性",
    ]


def test_values_that_do_not_fill_their_columns_are_no_rows() -> None:
    uneven = GROUPED.replace("96.5%\n88%\n100%\n97%", "96.5%\n88%\n100%")
    assert "96.5%\t" not in clean(uneven).text


@pytest.mark.parametrize("example", rules.one("text", "grid.heading").examples)
def test_column_headings(example: str) -> None:
    assert rules.one("text", "grid.heading").fullmatch(example)


RUN_ON = (
    "一、总体要求{0}（一）思路。坚持育人为本。{0}（二）目标。办好学校。{0}"
    "二、重点任务{0}（一）建校。1.新建。建小学三所。（市教育局负责）{0}2.改造。翻修校舍。{0}（二）招师。{1}"
)


@pytest.mark.parametrize("gap", [" ", "\u3000\u3000"])
def test_headings_that_run_into_the_text_begin_lines_again(gap: str) -> None:
    raw = RUN_ON.format(gap, "招聘教师，充实一线教学力量。" * 30)
    starts = [line[:4] for line in clean(raw).text.split("\n")]
    assert starts == ["一、总体", "（一）思", "（二）目", "二、重点", "（一）建", "1.新建", "2.改造", "（二）招"]


def test_the_rules_of_lines_that_ran_on_know_their_examples() -> None:
    title, start = (rules.one("text", f"runs.{name}").examples[0] for name in ("titles", "starts"))
    assert clean(f"一、{title}{start}。坚持育人为本，办好每一所学校。").text.count("\n") == 1


def test_a_long_paragraph_keeps_the_numbers_inside_it() -> None:
    raw = "（一）办学。主要做好以下工作：1.新建小学。2.改造中学。3.建设幼儿园。" + "按期完成各项建设任务。" * 40
    assert "\n" not in clean(raw).text


def test_the_contents_list_is_set_aside() -> None:
    text = clean(
        "某市规划\n目 录\n第一章 总则\t1\n第二章 任务.....3\n第一章 总则\n总则的内容，如下。\n第二章 任务\n内容，如下。"
    )
    assert [p.kind for p in text.paragraphs][1:4] == ["contents"] * 3
    assert [text.text[p.start : p.end] for p in text.paragraphs if p.kind == "text"] == [
        "某市规划", "第一章总则", "总则的内容，如下。", "第二章任务", "内容，如下。",
    ]  # fmt: skip


def test_rows_that_end_in_a_number_are_no_contents_list() -> None:
    rows = "序号\t类型\t指标\t2025年\n1\t供给\t规模（万吨）\t300\n2\t供给\t能效（PUE）\t1.2\n3\t服务\t网点\t12"
    assert {p.kind for p in clean(rows).paragraphs} == {"row"}


def test_a_position_knows_its_line_in_the_file() -> None:
    text = clean("甲，\r\n乙。\r\n\r\n丙。")
    assert text.line(text.text.index("丙")) == 4


def test_a_sentence_that_ends_at_the_margin_does_not_end_the_paragraph() -> None:
    first = "　　全面推进各项改革任务落地见效，建立健全长效机制，形成"
    second = "齐抓共管的工作格局，压实各方面责任，确保按时完成任务要求。"
    assert clean("\n".join([first, second, "到明年底，建成投用。"] * 4)).text.count("\n") == 3


GOALS = "到2025年，绿地率达到40%，供水普及率达到99%，新建公园12个，新增停车位3000个，居民满意度稳定在90%以上。"


@pytest.mark.parametrize(
    "stop", ["", "（责任单位：市交通局）", "责任单位：市交通局、市公安局"], ids=["none", "note", "open note"]
)
def test_text_pasted_without_line_breaks_gets_its_headings_back(stop: str) -> None:
    raw = (
        f"结合实际，制定本方案。一、总体要求（一）指导思想。坚持安全第一。（二）主要目标。{GOALS}"
        f"二、重点任务（三）建设公园。每年建公园3个。{stop}（四）改造道路。1.建新路。建设道路2条。{stop}2.修旧路。{stop}"
        "三、保障措施加强组织领导，落实责任。"
    )
    lines = clean(raw).text.split("\n")
    assert [line[:6] for line in lines] == [
        "结合实际，制", "一、总体要求", "（一）指导思", "（二）主要目", "二、重点任务", "（三）建设公",
        "（四）改造道", "1.建新路。", "2.修旧路。", "三、保障措施", "加强组织领导",
    ]  # fmt: skip
    check_map(clean(raw))


@pytest.mark.parametrize(
    "raw",
    [
        f"开展三项行动：（一）植树；（二）治沙；（三）护湖。{GOALS}" * 2,
        f"推动一、二、三产业融合，做到“十个一”。{GOALS}一、二产业增速稳定在5%以上。{GOALS}",
        f"森林覆盖率达到1.5倍。2.5万人受益。{GOALS}亩均效益3.6万元。{GOALS}",
    ],
    ids=["list in a sentence", "industries", "decimals"],
)
def test_numbers_in_running_text_open_no_paragraph(raw: str) -> None:
    assert "\n" not in clean(raw).text


def test_paragraphs_that_only_wide_gaps_part_are_told_apart() -> None:
    assert clean(f"{GOALS}　　{GOALS}　　{GOALS}").text.count("\n") == 2


CELLS = {
    "numbered": "序号 指　　标 预期值 属性 1 绿地率 40% 约束性 2 路网密度 8公里/平方公里 预期性".replace(" ", "\n\n"),
    "nature": "指标\n单位\n2020年\n2025年\n属性\n绿地率\n%\n36\n40\n约束性\n路网密度\n公里/平方公里\n6.5\n8\n预期性",
    "even": "指标名称\n2020年\n2025年\n绿地率（%）\n36\n40\n路网密度\n6.5\n8",
}


@pytest.mark.parametrize("raw", CELLS.values(), ids=CELLS)
def test_a_table_with_one_cell_a_line_gets_its_rows_back(raw: str) -> None:
    text = clean(f"专栏1 主要指标\n\n{raw}\n\n绿化管理体制机制更加完善，供给能力全面提升。")
    assert [p.kind for p in text.paragraphs] == ["text", "row", "row", "row", "text"]
    assert {text.text[p.start : p.end].count("\t") for p in text.paragraphs if p.kind == "row"} == {
        len(next(iter(text.text.split("\n")[1:2])).split("\t")) - 1
    }
    check_map(text)


def test_short_lines_that_do_not_come_out_as_a_table_stay_lines() -> None:
    text = clean("指标\n单位\n任务\n绿地率\n40%\n加强领导，压实责任。")
    assert {p.kind for p in text.paragraphs} == {"text"}


def test_a_number_that_the_margin_cuts_is_one_number() -> None:
    lines = [
        "全面推进各项改革任务落地见效，建立健全长效机制，到2",
        "025年，绿地率达到40%，路网密度达到8公里每平方公里，停车位3",
        "000个，供水普及率达到99%，管网漏损率降到8%以内，新建公园12个",
    ]
    assert "到2025年，" in clean("\n".join(lines * 4)).text
    assert "停车位3000个" in clean("\n".join(lines * 4)).text


@pytest.mark.parametrize(
    ("before", "after"), [("接口调用次数超过", "10 亿次；以数据为基础。"), ("省级示范企业达到", "20 户，市级更多。")]
)
def test_a_value_at_the_head_of_a_line_goes_on_with_its_predicate(before: str, after: str) -> None:
    assert clean(f"{before}\n{after}").text == (before + after).replace(" ", "")


def test_where_paragraphs_end_without_a_stop_each_line_is_one() -> None:
    line = "开展老旧小区改造，完善水电气路信等配套设施，建立长效管理机制"
    lines = [line + "，确保群众满意" * times for times in range(9)]
    assert clean("\n".join(lines)).text.split("\n") == lines


def test_a_line_of_responsibility_does_not_go_on_with_the_sentence_before_it() -> None:
    body = "开展老旧小区改造，完善水电气路信等配套设施，到2025年改造小区120个。"
    note = "责任单位：市住房城乡建设局"
    assert clean(f"{body}\n" * 9 + f"{body[:-1]}\n{note}").text.endswith(f"\n{note}")


def test_items_behind_the_words_that_announce_them_stand_alone() -> None:
    """A list of tasks kept in one line: notes, 具体措施：, items that begin with a year."""
    item = "（{n}）规范第{n}类审批管理。（市政务服务局牵头，各县区负责）具体措施：{items}"
    measures = "1．编制公布清单。（市政务服务局负责）2．2026年6月底前建立审查机制，加强监督。（市司法局负责）"
    raw = "某市重点任务分工方案\n\n" + "".join(item.format(n=n, items=measures) for n in "一二三")
    lines = [paragraph for paragraph in clean(raw).text.split("\n") if paragraph]
    assert [line for line in lines if line.startswith("2．")] == [
        "2．2026年6月底前建立审查机制，加强监督。（市司法局负责）"
    ] * 3
    assert lines.count("具体措施：") == 3


def test_a_sign_before_the_number_of_a_heading_is_no_part_of_it() -> None:
    raw = "二、重点任务\n☑（一）清淤。清淤30公里。\n★ （二）绿化。\n●坚持节约优先。"
    assert clean(raw).text == "二、重点任务\n（一）清淤。清淤30公里。\n（二）绿化。\n●坚持节约优先。"
