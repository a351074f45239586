"""Word files for tests, made of their own XML."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from plankb.document import Block, BoxBlock, TableBlock, TextBlock
from plankb.readers.docx import read

_SPACES = (
    nsdecls("w", "r", "m")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def word(body: str, *, styles: str = "", numbering: str = "", notes: str = "") -> bytes:
    """A Word file with this XML in its body, added to its styles, in its numbering and as its footnotes."""
    document = docx.Document()
    last = document.element.body.sectPr
    for element in parse_xml(f"<w:body {_SPACES}>{body}</w:body>"):
        last.addprevious(element)
    for element in parse_xml(f"<w:styles {_SPACES}>{styles}</w:styles>"):
        document.styles.element.append(element)
    if numbering:
        root = document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        for element in parse_xml(f"<w:numbering {_SPACES}>{numbering}</w:numbering>"):
            root.append(element)
    stream = io.BytesIO()
    document.save(stream)
    return _with_notes(stream.getvalue(), notes) if notes else stream.getvalue()


def _with_notes(data: bytes, notes: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    return repacked(
        data,
        {
            "word/footnotes.xml": lambda _: f"<w:footnotes {_SPACES}>{notes}</w:footnotes>".encode(),
            "word/_rels/document.xml.rels": lambda old: old.replace(
                b"</Relationships>",
                f'<Relationship Id="rId77" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode(),
            ),
            "[Content_Types].xml": lambda old: old.replace(
                b"</Types>",
                b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument'
                b'.wordprocessingml.footnotes+xml"/></Types>',
            ),
        },
    )


def repacked(data: bytes, changes: dict[str, object]) -> bytes:
    """The archive with parts changed by functions of their old content (b"" for a new part)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            part = old.read(name) if name in old.namelist() else b""
            change = changes.get(name)
            new.writestr(name, change(part) if callable(change) else part)
    return stream.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def style(name: str, title: str, properties: str = "", based: str = "") -> str:
    """A style of paragraphs."""
    below = f'<w:basedOn w:val="{based}"/>' if based else ""
    head = f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/>'
    return f"{head}{below}<w:pPr>{properties}</w:pPr></w:style>"


def tc(content: str, properties: str = "") -> str:
    """A cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows, each the XML of its cells."""
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def shown(data: bytes) -> list[object]:
    """What was read: a paragraph as its text, a box as a list, a table as a dict from (row, column) to paragraphs."""
    return [_shown(block) for block in read(data).blocks]


def _shown(block: Block) -> object:
    match block:
        case TextBlock():
            return block.chars.text.strip()
        case TableBlock():
            return {(c.row, c.column): tuple(chars.text.strip() for chars in c.paragraphs) for c in block.cells}
        case BoxBlock():
            return [_shown(inner) for inner in block.blocks]


def texts(data: bytes) -> list[TextBlock]:
    """The paragraphs outside tables and boxes."""
    return [block for block in read(data).blocks if isinstance(block, TextBlock)]
