"""The facts inside a Word file or workbook: entered where an office program looks for parts, once however often."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import openpyxl
import pytest

from plankb.exports import provenance
from tests import records

FACTS = [records.task("demo:t", quote="1.推广<新能源>汽车&\x0b"), records.target("demo:g")]


def _word() -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    document.add_paragraph("推广新能源汽车")
    document.save(stream)
    return stream.getvalue()


def _book() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        assert len(names) == len(set(names))
        return {name: packed.read(name).decode(errors="replace") for name in names}


@pytest.fixture(params=[(_word, "word/_rels/document.xml.rels"), (_book, "xl/_rels/workbook.xml.rels")])
def whole(request: Any) -> tuple[bytes, str]:
    make, relations = request.param
    return make(), relations


def test_the_part_is_listed_once_by_the_main_document_alone(whole: tuple[bytes, str]) -> None:
    data, relations = whole
    once = provenance.embed(data, FACTS)
    for made in (once, provenance.embed(once, FACTS)):
        parts = _parts(made)
        assert [name for name, text in parts.items() if "../customXml/plankb.xml" in text] == [relations]
        assert parts[relations].count("../customXml/plankb.xml") == 1
        assert [name for name, text in parts.items() if "/customXml/plankbProps.xml" in text] == ["[Content_Types].xml"]
        assert parts["[Content_Types].xml"].count("plankbProps.xml") == 1
        assert re.search(r'<Relationship [^>]*Target="plankbProps.xml"', parts["customXml/_rels/plankb.xml.rels"])
        assert [one["id"] for one in provenance.embedded(made)] == ["demo:t", "demo:g"]  # type: ignore[index]


def test_other_parts_stay_as_they_were(whole: tuple[bytes, str]) -> None:
    data, relations = whole
    before, after = _parts(data), _parts(provenance.embed(data, FACTS))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {relations, "[Content_Types].xml"}
    assert set(after) - set(before) == {
        "customXml/plankb.xml", "customXml/plankbProps.xml", "customXml/_rels/plankb.xml.rels",
    }  # fmt: skip


def test_without_facts_a_file_stays_as_it_is(whole: tuple[bytes, str]) -> None:
    data, _ = whole
    assert provenance.embed(data, []) is data
    assert provenance.embedded(data) == []


def test_facts_that_are_damaged_are_told(whole: tuple[bytes, str]) -> None:
    data = provenance.embed(whole[0], FACTS)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, content[:-5] if part.filename == "customXml/plankb.xml" else content)
    with pytest.raises(ValueError, match="damaged"):
        provenance.embedded(stream.getvalue())
