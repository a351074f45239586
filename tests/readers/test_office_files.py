"""Files as offices have them, each a kind of fault that lost facts or made wrong ones: what is found in them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from plankb.extractors import Reading
from plankb.kb import read_file
from tests.readers.word import p, r, style, table, tc, word

TITLE = "绵阳市水利设施提升行动方案（2026—2028年）"


class Goal(NamedTuple):
    """What a target says."""

    indicator: str
    op: str | None
    value: float | None
    unit: str | None
    by: str | None


class Work(NamedTuple):
    """Who holds a task."""

    title: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    collective: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


def goals(reading: Reading) -> list[Goal]:
    return [Goal(t.indicator, t.op, t.value, t.unit, t.by) for t in reading.facts if t.kind == "target"]


def works(reading: Reading) -> list[Work]:
    return [
        Work(t.title, t.lead, t.support, t.joint, t.collective or (), t.by)
        for t in reading.facts
        if t.kind == "task"
    ]  # fmt: skip


class Files:
    """Writes a file and reads it as a plan."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def docx(self, *body: str, **parts: str) -> Reading:
        return self.file("方案.docx", word("".join(body), **parts))

    def text(self, text: str) -> Reading:
        return self.file("方案.txt", text.encode())

    def file(self, name: str, data: bytes) -> Reading:
        (self._folder / name).write_bytes(data)
        return read_file(self._folder / name)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def rows(*lines: str) -> str:
    """A table of cells parted by |; a cell "^" goes on from above, ¶ parts the paragraphs of a cell."""
    cells = [line.split("|") for line in lines]
    merged = {(i - 1, j) for i, row in enumerate(cells) for j, text in enumerate(row) if text == "^"}

    def cell(i: int, j: int, text: str) -> str:
        if text == "^":
            return tc(p(""), "<w:vMerge/>")
        begins = '<w:vMerge w:val="restart"/>' if (i, j) in merged else ""
        return tc("".join(map(p, text.split("¶"))), begins)

    return table(*("".join(cell(i, j, text) for j, text in enumerate(row)) for i, row in enumerate(cells)))


def test_measures_and_bureaus_of_a_cell_stay_apart(files: Files) -> None:
    reading = files.docx(
        p("绵阳市水利重点任务分工表"),
        rows(
            "序号|重点任务|牵头单位|配合单位|完成时限",
            "1|新建泵站12座¶改造水厂6座|市水利局|市财政局¶市自然资源和规划局|2027年底",
            "2|培训巡护员600人次|市人力资源社会保障局|市水利局¶各县（市、区）人民政府|2028年6月底",
        ),
    )
    assert goals(reading) == [
        ("新建泵站", "=", 12, "座", "2027"), ("改造水厂", "=", 6, "座", "2027"),
        ("培训巡护员", "=", 600, "人次", "2028"),
    ]  # fmt: skip
    first, second = works(reading)
    assert (first.lead, first.support) == (("市水利局",), ("市财政局", "市自然资源和规划局"))
    assert (second.support, second.collective) == (("市水利局",), ("各县（市、区）人民政府",))


BOX = ("专栏1  水库扩容工程", "1．水库改造。到2028年，改造水库15座。", "2．水闸更新。到2027年，更新水闸8座。")


@pytest.mark.parametrize("kind", ["one cell", "a column of cells", "text box"])
def test_a_box_is_a_box_however_it_is_drawn(files: Files, kind: str) -> None:
    inside = "".join(map(p, BOX))
    drawn = "<w:p><w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    framed = {
        "one cell": table(tc(inside)),
        "a column of cells": table(*(tc(p(line)) for line in BOX)),
        "text box": drawn.format(inside),
    }[kind]
    before = [
        p(TITLE),
        p("一、重点任务"),
        p("（一）完善设施"),
        p("推动设施提质增效，统筹安排各项工程。（责任单位：市水利局）"),
    ]
    after = [p("（二）加强队伍"), p("培训巡护员600人次。（责任单位：市人力资源社会保障局）")]
    reading = files.docx(*before, framed, *after)
    assert works(reading) == [
        Work("完善设施", joint=("市水利局",)), Work("加强队伍", joint=("市人力资源社会保障局",)),
    ]  # fmt: skip
    boxed = [t for t in reading.facts if t.kind == "target" and t.source == "box"]
    assert [(t.value, t.by) for t in boxed] == [(15, "2028"), (8, "2027")]
    assert all("专栏1" in t.section[-1] for t in boxed)


def test_paragraphs_of_an_item_keep_their_own_bureaus(files: Files) -> None:
    lines = ("新建泵站12座，市水利局牵头，市财政局配合", "改造水厂6座，市商务局牵头，市水利局配合")
    reading = files.docx(p(TITLE), p("一、重点任务"), p("（一）完善设施"), *map(p, lines))
    (work,) = works(reading)
    assert (work.lead, work.support) == (("市水利局", "市商务局"), ("市财政局", "市水利局"))
    assert [(goal.indicator, goal.value) for goal in goals(reading)] == [("新建泵站", 12), ("改造水厂", 6)]


def test_a_title_ends_where_its_paragraph_ends(files: Files) -> None:
    reading = files.docx(
        p("绵阳市人民政府办公室"), p(f"关于印发《{TITLE}》的通知"), p("各县（市、区）人民政府，各部门："),
        p("现印发给你们，请认真组织实施。"), p("绵阳市人民政府办公室"), p("2026年3月8日"),
        p("绵阳市水利设施提升行动方案"), p("（2026—2028年）"), p("一、主要目标"),
        p("到2028年，农村自来水普及率达到92%。"),
    )  # fmt: skip
    plan = reading.plan
    assert plan.title.startswith("绵阳市水利设施提升行动方案")
    assert "各县" not in plan.title
    assert (plan.jurisdiction, plan.period, plan.issuer) == ("绵阳市", "2026-2028", "绵阳市人民政府办公室")


def test_heading_styles_are_headings(files: Files) -> None:
    lines = (("总体要求", 1), ("到2028年，农村自来水普及率达到92%。", 0), ("重点任务", 1), ("完善供水设施", 2),
             ("新建泵站12座。（责任单位：市水利局）", 0), ("加强队伍建设", 2),
             ("培训巡护员600人次。（责任单位：市人力资源社会保障局）", 0))  # fmt: skip
    styled = (p(text, f'<w:pStyle w:val="Heading{level}"/>' if level else "") for text, level in lines)
    reading = files.docx(p(TITLE), *styled)
    tasks = [t for t in reading.facts if t.kind == "task"]
    assert [(t.section, t.joint) for t in tasks] == [
        (("重点任务", "完善供水设施"), ("市水利局",)), (("重点任务", "加强队伍建设"), ("市人力资源社会保障局",)),
    ]  # fmt: skip


def test_a_contents_list_is_known_by_the_name_of_its_style(files: Files) -> None:
    entries = ("一、主要目标", "二、重点任务", "（一）完善供水设施", "三、保障措施")
    listed = [p(f"{entry}3", '<w:pStyle w:val="21"/>') for entry in entries]
    body = ("一、主要目标", "到2028年，农村自来水普及率达到92%。", "二、重点任务", "（一）完善供水设施",
            "新建泵站12座。（责任单位：市水利局）", "三、保障措施", "市水利局每半年通报进展。")  # fmt: skip
    reading = files.docx(p(TITLE), p("目  录"), *listed, *map(p, body), styles=style("21", "toc 1"))
    assert [work.title for work in works(reading)] == ["完善供水设施", "保障措施"]


def test_legal_and_bracketed_numerals_of_word_number_headings(files: Files) -> None:
    def level(depth: int, form: str, text: str) -> str:
        own = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        return f'<w:lvl w:ilvl="{depth}">{own}</w:lvl>'

    levels = level(0, "chineseLegalSimplified", "%1、") + level(1, "decimalEnclosedParen", "%2")
    numbering = f'<w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>'

    def item(text: str, depth: int) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="5"/></w:numPr>')

    reading = files.docx(
        p(TITLE), item("总体要求", 0), p("到2028年，农村自来水普及率达到92%。"), item("重点任务", 0),
        item("完善供水设施。新建泵站12座。（责任单位：市水利局）", 1), numbering=numbering,
    )  # fmt: skip
    (task,) = (t for t in reading.facts if t.kind == "task")
    assert (task.section, task.joint) == (("贰、重点任务", "⑴完善供水设施"), ("市水利局",))


def test_an_indicator_table_may_name_bureaus_and_span_its_head(files: Files) -> None:
    for head in ("责任部门", "牵头单位", "主管部门", "责任单位"):
        lines = (
            f"指标|单位|2025年|2028年|{head}",
            "农村自来水普及率|%|86|92|市水利局",
            "泵站数量|座|40|52|市水利局、市财政局",
        )
        for reading in (
            files.docx(p(TITLE), p("一、主要指标"), rows(*lines)),
            files.text("\n".join((TITLE, "一、主要指标", *lines)).replace("|", "\t")),
        ):
            assert goals(reading) == [
                ("农村自来水普及率", "=", 92, "%", "2028"), ("泵站数量", "=", 52, "座", "2028"),
            ]  # fmt: skip
            assert [t.baseline.value for t in reading.facts if t.kind == "target" and t.baseline] == [86, 40]
            named = [{*work.lead, *work.support, *work.joint} for work in works(reading)]
            assert named == [{"市水利局"}, {"市水利局", "市财政局"}]


def test_cells_merged_downwards_count_for_every_row(files: Files) -> None:
    reading = files.docx(
        p("绵阳市水利重点任务分工方案"), p("一、重点任务"),
        rows(
            "序号|重点任务|牵头单位|完成时限", "1|新建泵站12座|市水利局|2027年底", "2|改造水厂6座|^|^",
            "3|更新水闸8座|^|2028年底", "4|培训巡护员600人次|市人力资源社会保障局|^",
        ),
    )  # fmt: skip
    assert [goal.by for goal in goals(reading)] == ["2027", "2027", "2028", "2028"]
    assert [work.lead for work in works(reading)] == [("市水利局",)] * 3 + [("市人力资源社会保障局",)]


def test_a_table_behind_a_task_is_no_part_of_it(files: Files) -> None:
    reading = files.docx(
        p(TITLE), p("一、重点任务"), p("（一）完善设施"), p("优化布局，主要指标见下表。（责任单位：市水利局）"),
        rows("指标|单位|2027年|2028年", "泵站数量|座|46|52"),
        p("（二）加强队伍"), p("培训巡护员600人次。（责任单位：市水利局）"),
    )  # fmt: skip
    first = next(t for t in reading.facts if t.kind == "task")
    assert (first.by, first.text) == ((), "优化布局，主要指标见下表。")
    assert [(goal.value, goal.by) for goal in goals(reading)][:2] == [(46, "2027"), (52, "2028")]


def test_rows_that_group_others_are_no_tasks(files: Files) -> None:
    reading = files.docx(
        p("绵阳市2026年水利重点任务清单"),
        rows(
            "序号|工作任务|责任单位|完成时限", "一|扩大供给||",
            "1|新建泵站12座|市水利局牵头，市财政局配合|2026年12月底",
            "2|更新水闸8座|市水利局、各县区政府|", "二|队伍建设||",
            "1|培训巡护员600人次|市人力资源社会保障局|2026年6月底",
        ),
    )  # fmt: skip
    assert works(reading) == [
        Work("新建泵站12座", ("市水利局",), ("市财政局",), by=("2026",)),
        Work("更新水闸8座", joint=("市水利局",), collective=("各县区政府",)),
        Work("培训巡护员600人次", joint=("市人力资源社会保障局",), by=("2026",)),
    ]


def test_rows_numbered_in_groups_and_years_without_a_word_are_read_from_text(files: Files) -> None:
    numbered = "指标\t2025年\t2030年\t指标属性\n（四）供水领域\t\t\t\n6.管网漏损率较2025年下降（%）\t—\t5\t预期性\n"
    assert [(goal.value, goal.unit, goal.by) for goal in goals(files.text(f"{TITLE}\n一、主要指标\n{numbered}"))] == [
        (5, "%", "2030")
    ]
    bare = "序号\t指标\t2025（现状值）\t2030（目标值）\t指标属性\n1\t水质优良比率（%）\t94.0\t95\t约束性\n"
    (target,) = (t for t in files.text(f"{TITLE}\n一、主要指标\n{bare}").facts if t.kind == "target")
    assert (target.value, target.by, target.baseline and target.baseline.year) == (95, "2030", "2025")


def test_the_colophon_and_the_list_of_attachments_are_no_tasks(files: Files) -> None:
    reading = files.docx(
        p(TITLE), p("一、重点任务"), p("（一）完善设施"), p("新建泵站12座。（责任单位：市水利局）"),
        p("附件：1．绵阳市水利主要指标表"), p("2．绵阳市水利重点任务分工表"), p("绵阳市水利局"), p("2026年3月8日"),
        p("抄送：市委办公室，市人大常委会办公室。"), p("绵阳市人民政府办公室　　2026年3月9日印发"),
    )  # fmt: skip
    assert works(reading) == [Work("完善设施", joint=("市水利局",))]
    assert [t.text for t in reading.facts if t.kind == "task"] == ["新建泵站12座。"]
    assert not [f for f in reading.facts if f.kind == "deadline"]


def test_the_title_stands_behind_the_mark_of_an_attachment_and_goes_on_over_lines(files: Files) -> None:
    body = "一、主要目标\n到2028年，农村自来水普及率达到92%。\n"
    marked = files.text(f"附件1\n{TITLE}\n{body}").plan
    assert (marked.title, marked.jurisdiction) == (TITLE, "绵阳市")
    wrapped = files.text(f"绵阳市水利设施提升行动方案\n（2026—2028年）\n{body}").plan
    assert wrapped.period == "2026-2028"


def test_embedded_files_and_notes_do_not_spoil_the_text(files: Files) -> None:
    high = '<w:vertAlign w:val="superscript"/>'
    runs = r("到2028年，农村自来水普及率") + r("1", high) + r("达到92%。总库容达到15万m") + r("3", high) + r("。")
    reading = files.docx(p(TITLE), p("一、主要目标"), f"<w:p>{runs}</w:p>")
    assert [(goal.indicator, goal.value, goal.unit) for goal in goals(reading)] == [
        ("农村自来水普及率", 92, "%"), ("总库容", 15, "万m³"),
    ]  # fmt: skip
