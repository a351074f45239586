"""Where in a workbook's file its sheets, texts and styles stand, and its XML, read in bounded room."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from plankb.correction_sheets.size import MOST_SHEETS, require

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SAVER = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_CHUNK = 1 << 18
_LONGEST = 8 << 20
"""Bytes between one row (text, merged area) and the next: more is no table, and its tree would fill the memory."""
_LONGEST_LIST = 1 << 20
"""Bytes of a list of parts, and of what a file says of itself."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Names of parts: of each sheet of cells with its title, of the texts that cells share and of the styles, None
    where there is none. `saver` is who saved the file last, "" where it does not say."""

    sheets: tuple[tuple[str, str], ...]
    strings: str | None
    styles: str | None
    is_1904: bool
    saver: str


def parts(archive: zipfile.ZipFile) -> Parts:
    """The parts of a workbook. Raises ValueError, KeyError for what is none, E548 for one of too many sheets."""
    package = _related(archive, "")
    book = next((part for kind, part in package.values() if kind == "officeDocument"), "")
    related = _related(archive, book)
    sheets, named, is_1904 = [], 0, False
    with archive.open(book) as part:
        for element in elements(part, "workbookPr", "sheet", before=("definedNames", "calcPr", "extLst")):
            if element.tag == f"{MAIN}workbookPr":
                is_1904 = element.get("date1904") in ("1", "true")
                continue
            named += 1
            require(named <= MOST_SHEETS)
            kind, where = related.get(element.get(_ID, ""), ("", ""))
            if kind == "worksheet":
                sheets.append((element.get("name", ""), where))
    by_kind = dict(related.values())
    core = next((part for kind, part in package.values() if kind == "core-properties"), None)
    saver = _root(archive, core).findtext(_SAVER) if core else None
    return Parts(tuple(sheets), by_kind.get("sharedStrings"), by_kind.get("styles"), is_1904, saver or "")


def elements(part: IO[bytes], *names: str, before: tuple[str, ...] = ()) -> Iterator[Element]:
    """The elements of a part that have these names, each whole, up to the first that has a name of `before`; none is
    kept. Raises ValueError for no XML, E548 where one is longer than any table has it."""
    from lxml import etree

    wanted, since = {f"{MAIN}{name}" for name in names}, 0
    tags = [*wanted, *(f"{MAIN}{name}" for name in before)]
    parser = etree.XMLPullParser(
        ("start", "end"), tag=tags, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    while chunk := part.read(_CHUNK):
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            raise ValueError("no XML") from error
        since += len(chunk)
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            since = 0
            if element.tag not in wanted:
                return
            if event == "end":
                yield element
                _forget(element)
        require(since <= _LONGEST)


def _forget(element: Element) -> None:
    element.clear()
    above = element.getparent()
    while above is not None and (earlier := element.getprevious()) is not None:
        above.remove(earlier)


def _root(archive: zipfile.ZipFile, name: str) -> Element:
    from lxml import etree

    require(archive.getinfo(name).file_size <= _LONGEST_LIST)
    try:
        return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError("no XML") from error


def _related(archive: zipfile.ZipFile, part: str) -> Mapping[str, tuple[str, str]]:
    """What a part ("": the file) is related to inside the file: by id, the kind and the name of the other part."""
    folder, _, name = part.rpartition("/")
    found = {}
    for one in _root(archive, posixpath.join(folder, "_rels", f"{name}.rels")).iterfind("{*}Relationship"):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
            found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target)
    return found
