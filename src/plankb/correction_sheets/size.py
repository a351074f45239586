"""How much a workbook holds, counted before it is opened: openpyxl makes an object of every cell, merged ones too."""

from __future__ import annotations

import zipfile
from contextlib import suppress

from plankb.errors import PlankbError

MOST_CELLS = 3_000_000
"""Cells of all sheets, and those that merged areas cover: a ledger of a thousand plans has a fourth of that."""
MOST_SHEETS = 1_000
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin")


def require_size(archive: zipfile.ZipFile) -> None:
    """Raises E548 for a workbook of more cells or sheets than anybody fills in."""
    cells = sheets = 0
    for entry in archive.infolist():
        if not entry.filename.lower().endswith(_PICTURES):
            more, named = _counted(archive, entry, MOST_CELLS - cells)
            cells, sheets = cells + more, sheets + named
        if cells > MOST_CELLS or sheets > MOST_SHEETS:
            raise PlankbError("E548", path="", most=MOST_CELLS // 10_000, sheets=MOST_SHEETS)


def _counted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> tuple[int, int]:
    """The cells and the sheets that a part names; counted no further than `most`, 0 for what is no XML."""
    from lxml import etree

    cells = sheets = 0
    with archive.open(entry) as part, suppress(etree.XMLSyntaxError):
        wanted = ("{*}c", "{*}mergeCell", "{*}sheet")
        for _, element in etree.iterparse(part, tag=wanted, resolve_entities=False, no_network=True, huge_tree=True):
            name = etree.QName(element).localname
            cells += 1 if name == "c" else _area(element.get("ref", "")) if name == "mergeCell" else 0
            sheets += name == "sheet"
            if cells > most or sheets > MOST_SHEETS:
                break
            element.clear()
            while (earlier := element.getprevious()) is not None:
                element.getparent().remove(earlier)
    return cells, sheets


def _area(reference: str) -> int:
    """How many cells an area (A1:C3) covers; 0 where it is none."""
    from openpyxl.utils.cell import range_boundaries

    with suppress(ValueError, TypeError):
        left, top, right, bottom = (bound or 1 for bound in range_boundaries(reference))
        return (right - left + 1) * (bottom - top + 1)
    return 0
