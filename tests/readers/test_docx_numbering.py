"""Numbers that Word counts: each list as the page shows it."""

from __future__ import annotations

import pytest

from plankb.readers.numerals import written
from tests.readers.word import p, shown, style, table, tc, word


def level(depth: int, form: str, text: str, more: str = "") -> str:
    own = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}'
    return f'<w:lvl w:ilvl="{depth}">{own}</w:lvl>'


def lists(*levels: str, nums: str = '<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="3">{"".join(levels)}</w:abstractNum>{nums}'


def item(text: str, depth: int = 0, num: int = 5, more: str = "") -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>{more}')


def test_legal_levels_write_all_numbers_with_digits() -> None:
    numbering = lists(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    body = item("总则") + item("目标", 1) + item("任务") + item("水源", 1)
    assert shown(word(body, numbering=numbering)) == ["第一章总则", "1.1目标", "第二章任务", "2.1水源"]


def test_a_list_that_begins_anew_and_one_that_goes_on() -> None:
    nums = (
        '<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="3"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲") + item("乙") + item("丙", num=6) + item("丁", num=6) + item("戊")
    numbering = lists(level(0, "decimal", "%1."), nums=nums)
    assert shown(word(body, numbering=numbering)) == ["1.甲", "2.乙", "1.丙", "2.丁", "3.戊"]


def test_a_level_that_never_begins_anew_counts_through() -> None:
    numbering = lists(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    body = item("甲") + item("子", 1) + item("丑", 1) + item("乙") + item("寅", 1)
    assert shown(word(body, numbering=numbering)) == ["一、甲", "1.子", "2.丑", "二、乙", "3.寅"]


LISTED = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
STYLES = "".join(
    (
        style("a1", "一级", LISTED.format(5)),
        style("a2", "二级", LISTED.format(5)),
        style("a3", "二级加粗", based="a2"),
        style("a4", "不编号", LISTED.format(0), based="a1"),
    )
)


def test_styles_bring_numbers_also_those_they_are_based_on() -> None:
    numbering = lists(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="a1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="a2"/>'),
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{name}"/>')
        for text, name in (
            ("总则", "a1"),
            ("目标", "a2"),
            ("原则", "a3"),
            ("说明", "a4"),
            ("任务", "a1"),
            ("水源", "a3"),
        )
    )
    assert shown(word(body, styles=STYLES, numbering=numbering)) == [
        "一、总则", "（一）目标", "（二）原则", "说明", "二、任务", "（一）水源",
    ]  # fmt: skip


def test_deleted_paragraphs_are_not_counted_and_empty_cells_keep_their_number() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    deleted = item("", more=gone).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    numbering = lists(level(0, "decimal", "%1"))
    assert shown(word(item("甲") + deleted + item("乙"), numbering=numbering)) == ["1甲", "2乙"]
    rows = [tc(item("")) + tc(p(text)) for text in ("甲", "乙")]
    assert shown(word(table(*rows), numbering=numbering)) == [
        {(0, 0): ("1",), (0, 1): ("甲",), (1, 0): ("2",), (1, 1): ("乙",)}
    ]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (2, "chineseLegalSimplified", "贰"), (12, "chineseCounting", "十二"), (3, "decimalEnclosedParen", "⑶"),
        (4, "upperRoman", "IV"), (9, "lowerRoman", "ix"), (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "㉑"),
        (2, "ideographTraditional", "乙"), (28, "upperLetter", "BB"), (5, "decimalZero", "05"),
        (7, "decimalFullWidth", "７"),
        (1, "bullet", ""), (6, "unheardOf", "6"), (30, "decimalEnclosedParen", "30"),
    ],
)  # fmt: skip
def test_formats_of_numbers(value: int, form: str, text: str) -> None:
    assert written(value, form) == text
