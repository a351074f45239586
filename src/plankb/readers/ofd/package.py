"""The parts of an OFD file: its pages in order, the templates below them, the fonts they name."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from plankb.errors import PlankbError
from plankb.readers.ofd.content import Font, PageReader, child, children, floats
from plankb.readers.pdf.page import MOST_PAGES, Page

_A4 = (0.0, 0.0, 210.0, 297.0)
"""The size of a page that names none: left, top, width, height in millimetres."""


def read_pages(archive: zipfile.ZipFile) -> Iterator[Page]:
    """The pages of all documents in the file. Raises ValueError where it is no OFD, E150, E151 for too much."""
    package = _Package(archive)
    root = package.part("OFD.xml", "")
    if root is None:
        raise ValueError("not an OFD")
    count = 0
    for body in children(root, "DocBody"):
        for page in _pages(package, _text(child(body, "DocRoot"))):
            count += 1
            if count > MOST_PAGES:
                raise PlankbError("E150", path="", count=f"{MOST_PAGES}+", most=MOST_PAGES)
            yield page


class _Package:
    """An archive whose parts name one another by relative paths."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}

    def part(self, target: str, base: str) -> Element | None:
        """A part that a part in the folder `base` names; None where it is not there. ValueError for broken XML."""
        from defusedxml.ElementTree import fromstring

        name = self._names.get(place(target, base).lower())
        if name is None:
            return None
        try:
            found: Element = fromstring(self._archive.read(name))
        except (ParseError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise ValueError(f"broken part {name}") from error
        return found


def place(target: str, base: str) -> str:
    """The path inside the archive of what a part in the folder `base` names."""
    target = target.strip().replace("\\", "/")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))


def _pages(package: _Package, target: str) -> Iterator[Page]:
    root = package.part(target, "")
    if root is None:
        raise ValueError("an OFD without its document")
    base = posixpath.dirname(place(target, ""))
    common = child(root, "CommonData")
    usual = _size(child(common, "PageArea")) or _A4
    reader = PageReader(_fonts(package, common, base))
    templates = {t.get("ID", ""): t.get("BaseLoc", "") for t in children(common, "TemplatePage")}
    for entry in children(child(root, "Pages"), "Page"):
        page = package.part(entry.get("BaseLoc", ""), base)
        if page is None:
            continue
        below = (templates.get(t.get("TemplateID", ""), "") for t in children(page, "Template"))
        layers = [part for name in below if name and (part := package.part(name, base)) is not None]
        yield reader.page([*layers, page], _size(child(page, "Area")) or usual)


def _size(area: Element | None) -> tuple[float, float, float, float] | None:
    numbers = floats(_text(child(area, "PhysicalBox")))
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def _fonts(package: _Package, common: Element | None, base: str) -> dict[str, Font]:
    found: dict[str, Font] = {}
    for kind in ("PublicRes", "DocumentRes"):
        for named in children(common, kind):
            resources = package.part(_text(named), base)
            for font in children(child(resources, "Fonts"), "Font"):
                name = font.get("FontName", "") or font.get("FamilyName", "")
                found[font.get("ID", "")] = Font(name, font.get("Bold", "") == "true")
    return found


def _text(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
