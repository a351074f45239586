"""Text that a tool made of pages: what belongs to the page is gone, what it cut is whole again."""

from __future__ import annotations

import pytest

from plankb.readers.characters import repaired
from plankb.readers.plain import decode, read
from tests.text import clean

TITLE = "某市防洪排涝提升行动方案"
BODY = (
    "（2024—2027年）",
    "一、主要目标",
    "到2027年，城区排水管网达到12",
    "00公里，防洪标准达标率达到",
    "90%。",
    "二、重点任务",
    "（一）加固堤防。加固堤防35公里。（牵头单",
    "位：市水利局；配合单位：市财政局）",
)


def paged(number: str, end: str, *, head: str = TITLE) -> str:
    """The plan with a page break inside a number, behind an unfinished line and inside a note."""
    lines = [TITLE, *BODY[:3], number.format(1) + end + head, BODY[3], number.format(2) + end + head, *BODY[4:7]]
    return "\n".join([*lines, number.format(3) + end + head, BODY[7]]) + "\n"


NUMBERS = [
    "— {} —",
    "―{}―",
    "- {} -",
    "一 {} 一",
    "第 {} 页",
    "第{}页 共9页",
    "{}/9",
    "{}",
    "· {} ·",
    "－{}－",
    "# Page {}:",
]


@pytest.mark.parametrize("end", ["\n", "\n\n", "\f"])
@pytest.mark.parametrize("number", NUMBERS)
def test_page_numbers_and_running_heads_are_taken_out_of_sentences_numbers_and_notes(number: str, end: str) -> None:
    text = clean(paged(number, end)).text
    assert "城区排水管网达到1200公里，防洪标准达标率达到90%。" in text
    assert "（牵头单位：市水利局；配合单位：市财政局）" in text
    assert text.count(TITLE) == 1


def test_a_head_with_the_number_of_the_page_runs_too() -> None:
    text = clean(paged("— {} —", "\n", head="某市水利局文件汇编")).text
    assert "汇编" not in text
    assert "达到1200公里" in text


def test_what_comes_but_once_behind_a_page_break_stays() -> None:
    source = paged("— {} —", "\n").replace(TITLE + "\n" + BODY[3], "保障范围扩大\n" + BODY[3])
    assert "保障范围扩大" in clean(source).text


def test_a_year_behind_a_page_break_does_not_join_the_number_before_it() -> None:
    assert "352026" not in clean("一、目标\n累计加固堤防35\n— 1 —\n2026年新建泵站8座。\n").text


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("\u2f00、\u2f8f\u653f\u2f45\u6848", "一、行政方案"),
        ("\u2edb\u9669\u9632\u63a7", "风险防控"),
        ("6000\u2f3e", "6000户"),
        ("\uf934\u5e74\u4eba", "老年人"),
        ("１２（甲），㎡①", "１２（甲），㎡①"),
        ("增长８\U001001b0６个百分点", "增长８.６个百分点"),
    ],
)
def test_characters_of_fonts_are_read_as_what_they_stand_for(damaged: str, whole: str) -> None:
    assert repaired(damaged) == whole
    assert len(repaired(damaged)) == len(damaged)
    found = clean(damaged)
    assert found.text == whole
    assert found.raw == damaged
    assert all(found.text[i] == found.raw[found.offsets[i]] for i in range(len(found.text)) if i not in found.replaced)


def test_lines_of_two_encodings_in_one_file_are_all_read() -> None:
    first, second = "一、主要目标\n到2027年，加固堤防35公里。\n", "二、重点任务\n（一）治理河道。市水利局负责。\n"
    assert decode(first.encode() + second.encode("gb18030")) == first + second
    assert read(second.encode("gb18030") + first.encode()).source == second + first


def test_lines_broken_anywhere_are_joined_where_they_end_inside_a_sentence() -> None:
    text = clean(
        "某市知识产权发展规划\n（三）主要目标\n通过五年时间的努力，\n创造质量稳步提升。\n"
        "有\n效专利总量\n达到\n1900 件，\n"
        "商标品牌工作进展顺利，\n全社会知识产权\n保护满意度超过80%。\n\n# Page 12:\n"
        "1.加强新修订\n《某市安全条例》\n宣传解读，\n更新目录，编写专篇。（责任处室：法规处、\n科信处）\n"
    ).text
    assert "通过五年时间的努力，创造质量稳步提升。" in text
    assert "有效专利总量达到1900件，商标品牌工作进展顺利，全社会知识产权保护满意度超过80%。" in text
    assert "1.加强新修订《某市安全条例》宣传解读，更新目录，编写专篇。（责任处室：法规处、科信处）" in text
    assert "Page" not in text


def test_a_space_between_figures_and_words_does_not_part_a_title() -> None:
    item = "2.新增20 所小学，改造中学30 所，新增学位两万个，惠及全市城乡。"
    assert item.replace(" ", "") in clean(f"某市要点\n一、任务\n{item}").text


SENTENCES = (
    "2026 年，全区快递物流主体达到3.2 万户，仓储企业1.25 万户，冷链企业420 户；2027 年，全区快递物流主体达到"
    "3.8 万户，仓储企业达到1.6 万户，骨干“三类”企业达到560 户；2028 年，全区快递物流主体达到4.4 万户，仓储企业"
    "达到2 万户，骨干“三类”企业达到800 户，其中年营业收入5 亿元以上的企业达到12 户，平均物流成本下降0.6 个百分点，"
    "社会物流总费用与生产总值的比率降到12.5%左右，绿色包装使用率达到95%，智能分拣设备覆盖率达到80%以上。"
)
WORDS = (
    "坚持统筹规划、分类指导、分步实施，充分发挥各类市场主体的积极性和创造性，着力补齐农村寄递物流末端服务的短板，"
    "推动干线运输、区域分拨和末端配送高效衔接，持续改善从业人员的工作条件和生活保障，让城乡居民共享物流发展的成果"
)


@pytest.mark.parametrize("breadth", [56, 76, 90])
def test_lines_of_one_breadth_are_one_paragraph_though_their_letters_differ_in_number(breadth: int) -> None:
    """Office programs break at a breadth: 2027 takes half of what four Chinese letters take."""

    def broken(text: str) -> str:
        lines, used = [""], 0
        for letter in text:
            size = 0 if letter == " " else 1 if letter.isascii() else 2
            if used + size > breadth:
                lines.append("")
                used = 0
            lines[-1], used = lines[-1] + letter, used + size
        return "\n".join(lines)

    text = "\n".join(
        [TITLE, "一、主要目标", broken(SENTENCES), "二、总体要求", broken(WORDS + "。" + SENTENCES), broken(WORDS)]
    )
    paragraphs = clean(text).text.splitlines()
    assert paragraphs[2:] == [
        SENTENCES.replace(" ", ""),
        "二、总体要求",
        WORDS + "。" + SENTENCES.replace(" ", ""),
        WORDS,
    ]


def test_a_year_on_a_line_of_its_own_is_no_page_number() -> None:
    text = f"{TITLE}\n一、主要目标\n到\n2027\n年，城区排水管网达到1200公里。\n二、重点任务\n12\n加固堤防。\n"
    assert "2027年，城区排水管网" in clean(text).text
    assert "12" not in clean(text).text.split("重点任务")[1]
