"""Word files: what a reader of the page sees is what is read, in order; the map leads back to the runs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from plankb.readers import docx as reader


def saved(make: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    make(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraphs_and_table(document: Any) -> None:
    document.add_heading("一、总体要求", 1)
    paragraph = document.add_paragraph("到2025年，")
    paragraph.add_run("绿地率").bold = True
    paragraph.add_run("达到40%。")
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("指标", "目标"), ("绿地率", "40%")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("二、任务")


def text_of(data: bytes) -> str:
    return reader.read(data).source


def test_paragraphs_and_tables_come_in_their_order() -> None:
    assert text_of(saved(paragraphs_and_table)).splitlines() == [
        "一、总体要求", "到2025年，绿地率达到40%。", "指标\t目标", "绿地率\t40%", "二、任务",
    ]  # fmt: skip


def test_every_piece_is_the_text_of_its_run() -> None:
    read = reader.open_text(saved(paragraphs_and_table))
    assert "".join(read.text[piece.start : piece.end] for piece in read.pieces) == "".join(
        element.text for element in read.document.element.body.iter() if element.tag.endswith("}t")
    )
    bold = next(piece for piece in read.pieces if read.text[piece.start : piece.end] == "绿地率")
    assert bold.run.find(qn("w:rPr")) is not None


def numbered(document: Any) -> None:
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, form, text in (
            (0, "chineseCounting", "%1、"),
            (1, "chineseCounting", "（%2）"),
            (2, "decimal", "%3."),
        )
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for depth, text in ((0, "总则"), (1, "目标"), (1, "原则"), (2, "甲"), (0, "任务"), (1, "产业")):
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>')
        )


def test_numbers_that_word_counts_are_read_as_they_are_seen() -> None:
    assert text_of(saved(numbered)).splitlines() == [
        "一、总则", "（一）目标", "（二）原则", "1.甲", "二、任务", "（一）产业",
    ]  # fmt: skip


def marked(document: Any) -> None:
    paragraph = document.add_paragraph("保留")
    space = nsdecls("w")
    for xml in (
        f'<w:del {space} w:id="1" w:author="a"><w:r><w:delText>删去</w:delText></w:r></w:del>',
        f'<w:ins {space} w:id="2" w:author="a"><w:r><w:t>加上</w:t></w:r></w:ins>',
        f"<w:hyperlink {space}><w:r><w:t>链接</w:t></w:r></w:hyperlink>",
        f"<w:r {space}><w:t>制表</w:t><w:tab/><w:t>符</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))


def test_deleted_text_is_gone_and_inserted_text_and_links_are_there() -> None:
    assert text_of(saved(marked)) == "保留加上链接制表 符\n"


def spanning(document: Any) -> None:
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "宽"
    table.cell(0, 2).text = "右"
    table.cell(1, 2).text = "下"


def test_a_cell_over_two_columns_keeps_the_columns_in_line() -> None:
    assert text_of(saved(spanning)).splitlines() == ["宽\t\t右", "\t\t下"]


def archive(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"plain text", b"\xd0\xcf\x11\xe0 old word", archive({}), archive({"a.txt": b"x"}),
        archive({"[Content_Types].xml": b"<broken"}), saved(paragraphs_and_table)[:900],
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_refused_in_one_way(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        text_of(data)
