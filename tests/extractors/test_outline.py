"""The outline: depth in any order of forms, frames, run-in headings, and what is no heading."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb import document, rules
from plankb.document import heading_form, outline
from plankb.readers import html
from plankb.rules.kinds import HeadingForm
from tests.corpus import PLANS, clean_text
from tests.text import clean

HEADINGS = "第一章甲 第二节乙 一、丙 （三）丁 4.戊 （5）己 一是庚。 ——辛 专栏2壬 表3癸 附件1子 正文，如下。"


def tree(raw: str) -> list[str]:
    """The outline as indented titles."""
    found = outline(clean(raw))
    return ["  " * (len(found.ancestors(s)) - 1) + s.title for s in found.sections]


def test_numbered_notes_below_a_table_are_no_headings() -> None:
    notes = "注：1．水质比例指国控断面的比例。\n2．危桥指四类、五类桥梁，\n不含农村公路桥梁。\n3．床位数为年底数。"
    assert tree(f"一、目标\n{notes}\n二、任务\n1．清淤。") == ["目标", "任务", "  清淤"]
    assert tree("一、目标\n注：本表不含国有企业。\n1．清淤。\n2．绿化。") == ["目标", "  清淤", "  绿化"]


def test_a_dotted_number_lies_below_the_one_that_it_begins_with() -> None:
    raw = "2.1 甲事\n概述如下。\n2.1.1 乙事。做好乙事。\n2.1.2 丙事。做好丙事。\n2.2 丁事\n2.2.1 戊事。做好戊事。"
    assert tree(raw) == ["甲事", "  乙事", "  丙事", "丁事", "  戊事"]


@pytest.mark.parametrize("rule", rules.many("headings", "form", HeadingForm), ids=lambda form: form.name)
def test_every_form_knows_its_example(rule: HeadingForm) -> None:
    form = heading_form(clean(rule.examples[0]).text)
    assert form is not None
    assert (form[0], form[1]) == (rule.name, rule.value)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            "一、总则\n（一）背景\n背景如下。\n1.甲。甲的内容。\n2.乙。乙的内容。\n（二）目标\n目标如下。\n二、任务\n1.丙。丙的内容。",
            ["总则", "  背景", "    甲", "    乙", "  目标", "任务", "  丙"],
            id="conventional order",
        ),
        pytest.param(
            "一、甲\n（一）乙。内容。\n（二）丙。内容。\n二、丁\n（三）戊。内容。\n（四）己。内容。",
            ["甲", "  乙", "  丙", "丁", "  戊", "  己"],
            id="numbers that go on across headings",
        ),
        pytest.param(
            "一、甲\n1.目标。内容。\n二、乙\n（一）丙。内容。\n2.丁。内容。\n3.戊。内容。\n（二）己。内容。\n4.庚。内容。",
            ["甲", "  目标", "乙", "  丙", "    丁", "    戊", "  己", "    庚"],
            id="items counted through the whole plan",
        ),
        pytest.param(
            "一、甲\n（一）乙\n1.丙。内容。\n（二）丁\n2.戊。内容。\n二、己\n（一）庚\n3.辛。内容。\n三、壬\n（一）癸\n4.子。内容。",
            ["甲", "  乙", "    丙", "  丁", "    戊", "己", "  庚", "    辛", "壬", "  癸", "    子"],
            id="items counted across headings that begin anew",
        ),
        pytest.param(
            "一、甲\n1.乙项目。内容。\n2.121人才项目。内容。\n2.5亿元投资到位，用于建设。",
            ["甲", "  乙项目", "  121人才项目"],
            id="a title that starts with a digit",
        ),
        pytest.param(
            "1.甲\n（一）乙。内容。\n（二）丙。内容。\n2.丁\n（一）戊。内容。\n3.己\n（一）庚。内容。\n（二）辛。内容。",
            ["甲", "  乙", "  丙", "丁", "  戊", "己", "  庚", "  辛"],
            id="against the convention",
        ),
        pytest.param(
            "一、甲\n（一）乙。内容。\n（一）丙。内容。\n（四）丁。内容。\n三、戊\n三、己",
            ["甲", "  乙", "  丙", "  丁", "戊", "己"],
            id="repeated and skipped numbers",
        ),
        pytest.param(
            "一、甲\n1.乙。内容。\n专栏1 工程\n1.丙工程：内容。\n2.丁工程：内容。\n2.戊。内容。\n二、己",
            ["甲", "  乙", "    工程", "      丙工程：内容", "      丁工程：内容", "  戊", "己"],
            id="a box with a list of its own",
        ),
        pytest.param(
            "第一章 甲\n第一节 乙\n一、丙\n内容如下。\n第二节 丁\n第二章 戊\n第一节 己",
            ["甲", "  乙", "    丙", "  丁", "戊", "  己"],
            id="chapters and sections",
        ),
    ],
)
def test_depth(raw: str, expected: list[str]) -> None:
    assert tree(raw) == expected


@pytest.mark.parametrize(
    "line",
    [
        "到2025年，达到35%。",
        "2025年底前完成。",
        "1.2亿元投资到位。",
        "表1列出了主要指标。",
        "一是否合格，二是否达标。",
        "35.5万人受益。",
        "1.5倍于上年。",
    ],
)
def test_what_only_looks_like_a_number_is_no_heading(line: str) -> None:
    assert outline(clean(f"一、甲\n{line}")).sections[1:] == ()


def test_a_run_in_heading_ends_at_its_first_sentence() -> None:
    section = outline(clean("（一）加强领导。各部门要落实责任。（市政府办负责）")).sections[0]
    assert (section.heading, section.title, section.run_in) == ("（一）加强领导", "加强领导", True)


def test_a_path_names_headings_but_not_the_points_of_a_paragraph() -> None:
    text = clean("一、甲\n（一）乙\n一是丙丁。做到位。\n——戊己。做到位。")
    found = outline(text)
    assert found.path_at(text.text.index("做到位")) == ("一、甲", "（一）乙")
    assert found.path_at(len(text.text) - 1) == ("一、甲", "（一）乙")


@pytest.mark.parametrize("plan", PLANS)
def test_sections_of_a_real_plan_lie_inside_their_parents(plan: str) -> None:
    text = clean_text(plan)
    found = outline(text)
    assert found.sections
    for section in found.sections:
        assert text.text[slice(*section.span)].strip() == section.heading
        assert section.span[1] <= section.body[0] <= section.body[1] <= section.end
        if section.parent is not None:
            parent = found.sections[section.parent]
            assert parent.span[1] <= section.span[0]
            assert section.end <= parent.end


@given(
    st.lists(
        st.sampled_from(re.split(" ", HEADINGS)),
        max_size=30,
    )
)
def test_any_order_of_headings_gives_a_tree(lines: list[str]) -> None:
    text = clean("\n".join(lines))
    found = outline(text)
    for section in found.sections:
        assert section.parent is None or section.parent < section.index
        assert found.at(section.span[0]) == section or re.match(r"\s*$", section.heading)


def test_numbers_that_only_a_space_parts_from_their_titles_are_headings() -> None:
    assert tree("一、任务\n1 建设校舍\n新建小学。\n2 招聘教师\n补充师资。\n3个园区先行。") == [
        "任务",
        "  建设校舍",
        "  招聘教师",
    ]


def test_the_pattern_of_bare_numbers_knows_its_examples() -> None:
    bare = rules.one("headings", "bare")
    assert all(bare.match(example) for example in bare.examples)
    assert not any(bare.match(other) for other in bare.counter_examples)


def test_the_titles_of_a_web_page_before_the_first_number_are_no_headings() -> None:
    page = """<meta charset="utf-8"><h1>平川县人民政府关于印发平川县冷链物流实施方案的通知</h1><p>各乡镇人民政府：</p>
<p>现将《平川县冷链物流实施方案》印发给你们，请认真组织实施。</p><h1>平川县冷链物流实施方案</h1>
<p>为推动冷链物流高质量发展，制定本方案。</p><h2>一、主要任务</h2><h3>（一）建设冷库</h3>
<p>新建冷库20座。</p><h1>二、附则</h1><p>本方案自印发之日起施行。</p>"""
    found = outline(document.clean(html.read(page.encode())))
    assert [section.heading for section in found.sections] == ["一、主要任务", "（一）建设冷库", "二、附则"]
