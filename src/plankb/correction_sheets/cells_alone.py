"""A workbook with nothing but its cells: what openpyxl is given instead of the file that somebody hands back.

Names, rules of format, links, pictures, pivot tables and whatever else an office program or an attacker put in are left
out: openpyxl makes objects of all of them, of millions where there are millions, and stumbles over many. Cells that
hold nothing but a format are left out too, as people colour columns down to the last row.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from plankb.correction_sheets.size import Room, require
from plankb.correction_sheets.workbook_parts import MAIN, Parts, elements, parts

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_AFTER = (
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "drawing", "legacyDrawing", "tableParts", "extLst",
)  # fmt: skip
"""What follows the cells and the merged areas of a sheet, as the schema orders them."""
_MOST_STYLE_TAGS = 1_000_000
"""Excel knows 65,490 styles of cells, of five elements at most."""
_FORMULA = 200
"""Characters of a formula that are kept, enough to tell which one was not read."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NAMED = f'xmlns="{MAIN[1:-1]}"'


def cells_alone(archive: zipfile.ZipFile) -> BytesIO:
    """The same workbook: its cells and their styles, its merged areas, who saved it last.

    Raises ValueError, KeyError for what is no workbook, E548 for one of too many cells, rows or sheets.
    """
    whole, room, made = parts(archive), Room(), BytesIO()
    with zipfile.ZipFile(made, "w") as lean:
        for number, (_, name) in enumerate(whole.sheets, start=1):
            with archive.open(name) as part, lean.open(f"xl/worksheets/sheet{number}.xml", "w") as sheet:
                sheet.writelines(_sheet(elements(part, "row", "mergeCell", before=_AFTER), room))
        with lean.open("xl/sharedStrings.xml", "w") as strings:
            strings.writelines(_strings(archive, whole.strings, room))
        if whole.styles:
            styles = archive.read(whole.styles)
            require(styles.count(b"<") <= _MOST_STYLE_TAGS)
            lean.writestr("xl/styles.xml", styles)
        for name, content in _frame(whole):
            lean.writestr(name, content)
    made.seek(0)
    return made


def _sheet(found: Iterable[Element], room: Room) -> Iterator[bytes]:
    """A sheet of the cells that hold something, and the areas that are merged."""
    yield f"<worksheet {_NAMED}><sheetData>".encode()
    areas = []
    for element in found:
        if element.tag == f"{MAIN}row":
            yield _row(element, room)
        elif reference := element.get("ref"):
            room.merged(reference)
            areas.append(f"<mergeCell ref={quoteattr(reference)}/>")
    merged = f"<mergeCells>{''.join(areas)}</mergeCells>" if areas else ""
    yield f"</sheetData>{merged}</worksheet>".encode()


def _row(row: Element, room: Room) -> bytes:
    """A row; nothing of one that holds nothing and that no other is counted from."""
    cells = [text for cell in row if (text := _cell(cell))]
    room.row(len(cells))
    return f"<row{_said(row, 'r')}>{''.join(cells)}</row>".encode() if cells or row.get("r") is None else b""


def _cell(cell: Element) -> str:
    """A cell, plain; "" for one that holds nothing and says itself where it stands."""
    held = ""
    for child in cell:
        if child.tag == f"{MAIN}v":
            held += f"<v>{_escaped(child.text or '')}</v>"
        elif child.tag == f"{MAIN}f":
            held += f"<f>{escape((child.text or '')[:_FORMULA])}</f>"
        elif child.tag == f"{MAIN}is":
            held += f"<is>{_text(child)}</is>"
    return f"<c{_said(cell, 'r')}{_said(cell, 's')}{_said(cell, 't')}>{held}</c>" if held or not cell.get("r") else ""


def _said(element: Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        return ""
    return f' {name}="{value}"' if value.isalnum() else f" {name}={quoteattr(value)}"


def _escaped(text: str) -> str:
    """Text of an element; most are numbers, of which nothing is to be sought."""
    return text if text.isalnum() else escape(text)


def _strings(archive: zipfile.ZipFile, name: str | None, room: Room) -> Iterator[bytes]:
    """The texts that cells share."""
    yield f"<sst {_NAMED}>".encode()
    if name is not None:
        with archive.open(name) as part:
            for text in elements(part, "si"):
                room.string()
                yield f"<si>{_text(text)}</si>".encode()
    yield b"</sst>"


def _text(element: Element) -> str:
    """A text without its runs; how it is pronounced is left out."""
    plain = [child.text or "" for child in element.iterfind(f"{MAIN}t")]
    plain += [child.text or "" for child in element.iterfind(f"{MAIN}r/{MAIN}t")]
    return f'<t xml:space="preserve">{escape("".join(plain))}</t>'


def _frame(whole: Parts) -> Iterator[tuple[str, str]]:
    """The parts that hold the others together."""
    numbers = range(1, len(whole.sheets) + 1)
    kinds = [("worksheet", f"worksheets/sheet{number}", f"r{number}") for number in numbers]
    kinds += [("sharedStrings", "sharedStrings", "texts")]
    kinds += [("styles", "styles", "styles")] if whole.styles else []
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            + "".join(f'<Override PartName="/xl/{to}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for kind, to, _ in kinds)
            + "</Types>"
        ),
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            + "".join(
                f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{to}.xml"/>' for kind, to, id_ in kinds
            )
            + "</Relationships>"
        ),
    )
    listed = (
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="r{number}"/>'
        for number, (title, _) in zip(numbers, whole.sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        (
            f'<workbook {_NAMED} xmlns:r="{_OFFICE}"><workbookPr date1904="{int(whole.is_1904)}"/>'
            f"<sheets>{''.join(listed)}</sheets></workbook>"
        ),
    )
    yield (
        "docProps/core.xml",
        (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties">'
            f"<cp:lastModifiedBy>{escape(whole.saver)}</cp:lastModifiedBy></cp:coreProperties>"
        ),
    )
