"""CSV, Markdown, HTML and Word, each read back by its own reader."""

from __future__ import annotations

import csv
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from markdown_it import MarkdownIt

from plankb.errors import PlankbError
from plankb.exports.formats import FORMATS, known, render
from plankb.matrix import Matrix
from plankb.matrix.cells import read_roles


def cells_of(matrix: Matrix) -> set[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    for row in matrix.rows:
        for column in matrix.columns:
            cell = row.cells.get(column.bureau.id)
            found |= {(str(row.number), column.bureau.name, role) for role in (cell.roles if cell else ())}
    return found


def roles_in(heads: list[str], rows: list[list[str]], matrix: Matrix) -> set[tuple[str, str, str]]:
    """(number, bureau, role) of a table whose headings name the bureaus."""
    found: set[tuple[str, str, str]] = set()
    for column in matrix.columns:
        (at,) = [number for number, head in enumerate(heads) if head.startswith(column.bureau.name)]
        for row in rows:
            roles = read_roles(row[at])
            assert roles is not None
            found |= {(row[0], column.bureau.name, role) for role in roles}
    return found


def test_csv_has_every_role_and_no_formula(matrix: Matrix) -> None:
    data = render("matrix", matrix, ".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
    assert roles_in(heads, rows, matrix) == cells_of(matrix)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert rows[2][heads.index("重点任务")] == "'@加强监管"
    assert rows[2][heads.index("审核记录")] == "已更正：张三 2026-01-01"


def test_markdown_has_every_role_and_shows_text_as_it_is(matrix: Matrix) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(render("matrix", matrix, ".md").decode())
    tables: list[list[list[str]]] = []
    for token in tokens:
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "inline" and tables and token.level >= 3:
            kinds = {child.type for child in token.children or ()}
            assert kinds <= {"text", "text_special", "html_inline", "softbreak"}
            assert all(child.content == "<br>" for child in token.children or () if child.type == "html_inline")
            tables[-1][-1].append("".join(child.content for child in token.children or ()))
    breakdown, (heads, *rows), *_ = tables
    assert roles_in(heads, rows, matrix) == cells_of(matrix)
    assert breakdown[4][1] == "+推进<b>建设</b>|a"


class Page(HTMLParser):
    """Tables as rows of (text, attributes), the tags met."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.tables: list[list[list[tuple[str, dict[str, str | None]]]]] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append(("", dict(attrs)))
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            text, attrs = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (text + data, attrs)


@pytest.fixture(scope="module")
def page(matrix: Matrix) -> Page:
    parsed = Page()
    parsed.feed(render("matrix", matrix, ".html").decode())
    return parsed


def test_html_has_every_role_with_its_source(matrix: Matrix, page: Page) -> None:
    heads, rows = page.tables[0][1], page.tables[0][2 : 2 + len(matrix.rows)]
    texts = [[text for text, _ in row] for row in rows]
    assert roles_in([text for text, _ in heads], texts, matrix) == cells_of(matrix)
    marked = [attrs["title"] for row in rows for text, attrs in row if attrs.get("class") == "mark" and text]
    assert any("（市发展改革委牵头，市交委等按职责分工负责）\n《某市实施方案》" in str(title) for title in marked)


def test_html_takes_no_text_for_markup_and_needs_nothing_else(matrix: Matrix, page: Page) -> None:
    html = render("matrix", matrix, ".html").decode()
    assert not page.tags & {"b", "script", "img", "link", "iframe"}
    assert "http://" not in html
    assert "https://" not in html


def test_word_table_is_landscape_with_its_headings_on_every_page(matrix: Matrix) -> None:
    document = docx.Document(BytesIO(render("matrix", matrix, ".docx")))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height
    headings = [
        paragraph.text
        for paragraph in document.paragraphs
        if str(paragraph.style and paragraph.style.name) == "Heading 1"
    ]
    assert headings == ["2个规划任务分解表", "单位任务汇总", "缺项清单", "规划与版本", "更正记录"]
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_word_document_has_every_role(matrix: Matrix) -> None:
    document: Any = docx.Document(BytesIO(render("matrix", matrix, ".docx")))
    breakdown, bureaus = document.tables[0], document.tables[1]
    assert [cell.text for cell in breakdown.rows[2].cells][:2] == ["2", "推广新能源汽车"]
    found: set[tuple[str, str, str]] = set()
    for row in list(bureaus.rows)[1:]:
        _, name, *numbers, _ = [cell.text for cell in row.cells]
        for role, listed in zip(("lead", "support", "joint"), numbers, strict=True):
            found |= {(number, name, role) for number in listed.split("、") if number}
    assert found == cells_of(matrix)


def test_unknown_format_names_those_that_are_known() -> None:
    assert [known("matrix", Path(f"a{suffix.upper()}")) for suffix in FORMATS["matrix"]] == list(FORMATS["matrix"])
    with pytest.raises(PlankbError) as caught:
        known("matrix", Path("责任矩阵.pdf"))
    assert caught.value.code == "E503"
    assert ".docx" in caught.value.text()


@pytest.mark.parametrize("suffix", FORMATS["matrix"])
def test_every_format_speaks_english(matrix: Matrix, suffix: str) -> None:
    assert render("matrix", matrix, suffix, lang="en") != render("matrix", matrix, suffix, lang="zh")
