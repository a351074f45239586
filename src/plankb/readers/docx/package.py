"""Opening a Word file: strict Open XML and broken relationships are mended in memory, old formats told by name."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from plankb.errors import PlankbError
from plankb.readers.archive import open_archive

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_MAIN = re.compile(rb"application/vnd\.(?:ms-word\.|openxmlformats-officedocument\.wordprocessingml\.)"
                         rb"(?:document|template)\.(?:macroEnabled(?:Template)?\.)?main\+xml")  # fmt: skip
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def open_package(data: bytes) -> WordDocument:
    """The python-docx document of a Word file.

    Raises ValueError where it is none, E131 where it unpacks to too much, E132 for an old .doc, E133 where it is
    locked with a password.
    """
    if data.startswith(_OLE):
        raise PlankbError("E133" if _ENCRYPTED in data else "E132", path="")
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    broken = (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, PackageNotFoundError, LxmlError,
        KeyError, AttributeError, TypeError, IndexError, OSError, ValueError,
    )  # fmt: skip
    with open_archive(data) as archive:
        try:
            return docx.Document(io.BytesIO(data))
        except broken:
            pass  # mended below, where that helps
        try:
            return docx.Document(io.BytesIO(_mended(archive)))
        except broken as error:
            raise ValueError("not a Word document") from error


def _mended(archive: zipfile.ZipFile) -> bytes:
    """The file with the names of transitional Open XML and without relationships to parts that are not there."""
    names = {entry.filename for entry in archive.infolist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in archive.infolist():
            part = archive.read(entry)
            if entry.filename.endswith((".xml", ".rels")):
                part = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part)
            if entry.filename == "[Content_Types].xml":
                part = _OTHER_MAIN.sub(_MAIN, part)
            if entry.filename.endswith(".rels"):
                part = _without_broken(part, entry.filename, names)
            target.writestr(entry.filename, part)
    return stream.getvalue()


def _without_broken(part: bytes, name: str, names: set[str]) -> bytes:
    """A part of relationships without those that lead to nothing."""
    from lxml import etree

    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    base = posixpath.dirname(posixpath.dirname(name))
    for relationship in root.findall(f"{_RELATIONSHIPS}Relationship"):
        target = relationship.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
        if relationship.get("TargetMode") != "External" and place not in names:
            root.remove(relationship)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
