"""Clean text comes back from the store with its map, its paragraphs and the cells of its tables, merged ones too."""

from __future__ import annotations

from dataclasses import fields

import pytest

from plankb import document
from plankb.document import CleanText
from plankb.readers import docx, html
from plankb.store import layout
from tests.readers.word import p, word
from tests.text import clean

MERGED = (
    "<table><caption>表1 任务</caption><tr><th>任务</th><th>单位</th><th>时限</th></tr>"
    "<tr><td rowspan=2>建设公园</td><td>市园林局</td><td>2025年</td></tr><tr><td colspan=2>市财政局</td></tr></table>"
)


@pytest.mark.parametrize(
    "text",
    [
        clean(""),
        clean("第一章 总则\n\n到2025年，建成\n公园10个。\f\n1\n\n项目\t数量\n公园\t3\n"),
        document.clean(html.read(f"<h1>规划</h1><p>建设公园</p>{MERGED}<p>修步道</p>".encode())),
        document.clean(docx.read(word(p("治理河道。") + p("一、任务")))),
    ],
    ids=["empty", "plain", "merged cells", "Word"],
)
def test_a_clean_text_comes_back_whole(text: CleanText) -> None:
    raw = layout.pack_raw(text.raw, text.text, text.offsets, text.replaced)
    back = layout.unpack(raw, text.text, layout.pack(text))
    assert [field.name for field in fields(CleanText) if getattr(back, field.name) != getattr(text, field.name)] == []
