"""The formats of files that are read: the one list, by which endings are known, messages written, readers found."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name in words (`records.format`), the module that reads it, and the endings of its files."""

    name: str
    reader: str
    endings: tuple[str, ...]


PLAIN = Format("plain", "plankb.readers.plain", (".txt", ".text", ".md", ".markdown"))
DOCX = Format("docx", "plankb.readers.docx", (".docx",))
PDF = Format("pdf", "plankb.readers.pdf", (".pdf",))
HTML = Format("html", "plankb.readers.html", (".html", ".htm"))
OFD = Format("ofd", "plankb.readers.ofd", (".ofd",))
OFFICE = Format("office", "plankb.readers.office", (".doc", ".wps", ".rtf", ".odt"))

PICTURE = Format("picture", "plankb.readers.pdf.ocr", ())
"""Read only where the user names the file himself: in a folder of plans a picture is seldom one."""

FORMATS: tuple[Format, ...] = (DOCX, PDF, HTML, OFD, OFFICE, PLAIN)
ENDINGS = {ending: form for form in FORMATS for ending in form.endings}
KINDS = " ".join(ENDINGS)
"""The file endings that can be read, for messages."""

_HEAD = 1024
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_BOM = b"\xef\xbb\xbf"


def named(path: PurePath) -> Format | None:
    """The format that a file's ending names; None for one that is not known."""
    return ENDINGS.get(path.suffix.lower())


def found(data: bytes) -> Format | None:
    """The format that a file's first bytes show; None where they show none, as those of text do."""
    head = data[:_HEAD].removeprefix(_BOM)
    if b"%PDF-" in head:
        return PDF
    if data.startswith(_PICTURES):
        return PICTURE
    if data.startswith(_OLE) or head.startswith(b"{\\rtf"):
        return OFFICE
    if data.startswith(b"PK\x03\x04"):
        return _archived(data)
    return HTML if _PAGE.match(head) else None


def _archived(data: bytes) -> Format | None:
    """The format of an archive, by the parts in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    for part, form in (("word/document.xml", DOCX), ("ofd.xml", OFD), ("content.xml", OFFICE)):
        if part in names:
            return form
    return None
