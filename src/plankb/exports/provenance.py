"""What a Word file or a workbook rests on, kept inside it: the records of its facts, so that it can be proved later.

They stand in a part of custom XML, which Word, Excel and LibreOffice carry along when the file is saved.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from xml.sax.saxutils import escape

from plankb.exports.formats import DraftFindings
from plankb.exports.safe import harmless_json
from plankb.model import Conflict, Coverage, Difference, Fact, Finding
from plankb.readers.archive import open_archive

NAMESPACE = "urn:plankb:facts"
_PART, _PROPERTIES = "customXml/plankb.xml", "customXml/plankbProps.xml"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = ("word/_rels/document.xml.rels", "xl/_rels/workbook.xml.rels")
_STORE_ID = "{7B1D2C0E-6C50-4B42-9E1A-504C414E4B42}"
_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of a part, so that the same facts give the same bytes."""
_HOLDERS = (Conflict, Coverage, Difference, Finding)


def facts_in(made: object) -> Iterator[Fact]:
    """The facts that something to be exported holds, however deep, as often as it holds them."""
    if isinstance(made, Fact):
        yield made
    elif isinstance(made, DraftFindings):
        draft = made.reading.plan.id if made.reading else None
        yield from (fact for finding in made.findings for fact in finding.related if fact.plan != draft)
    elif isinstance(made, _HOLDERS):
        for name in type(made).model_fields:
            yield from facts_in(getattr(made, name))
    elif is_dataclass(made):
        for field in fields(made):
            yield from facts_in(getattr(made, field.name))
    elif isinstance(made, Mapping):
        yield from facts_in(list(made.values()))
    elif isinstance(made, list | tuple):
        for one in made:
            yield from facts_in(one)


def embed(data: bytes, facts: Iterable[Fact]) -> bytes:
    """The same Word file or workbook with the records of these facts in it; `data` itself where there are none."""
    records = list(dict.fromkeys(fact.model_dump_json() for fact in facts))
    if not records:
        return data
    text = "".join(f"<fact>{escape(harmless_json(record))}</fact>" for record in records)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in (_PART, _PROPERTIES, _relations(_PART)):
                new.writestr(part, _named(part.filename, old.read(part)))
        for name, content in (
            (_PART, f'<facts xmlns="{NAMESPACE}">{text}</facts>'),
            (
                _PROPERTIES,
                f'<ds:datastoreItem ds:itemID="{_STORE_ID}" xmlns:ds="http://schemas.openxmlformats.org/'
                'officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>',
            ),
            (
                _relations(_PART),
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                f'Id="rId1" Type="{_TYPES}/customXmlProps" Target="plankbProps.xml"/></Relationships>',
            ),
        ):
            packed = zipfile.ZipInfo(name, _DAY)
            packed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(packed, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'.encode())
    return stream.getvalue()


def embedded(data: bytes) -> list[object]:
    """The records that a file holds, unchecked; none where it holds none.

    Raises ValueError where it is no archive of XML, E131 where it unpacks to too much.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    with open_archive(data) as archive:
        for name in archive.namelist():
            if not re.fullmatch(r"customXml/[^/]+\.xml", name):
                continue
            try:
                content = archive.read(name)
                root = fromstring(content) if NAMESPACE.encode() in content else None
            except (
                zipfile.BadZipFile,
                zlib.error,
                DefusedXmlException,
                ParseError,
                OSError,
                EOFError,
                RuntimeError,
            ) as error:
                raise ValueError("damaged") from error
            if root is not None and root.tag == f"{{{NAMESPACE}}}facts":
                return [json.loads(fact.text or "") for fact in root]
    return []


def _named(name: str, content: bytes) -> bytes:
    """A part of the file, with the facts entered where it lists parts."""
    if name == "[Content_Types].xml" and _PROPERTIES.encode() not in content:
        kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        entry = f'<Override PartName="/{_PROPERTIES}" ContentType="{kind}"/>'
        return content.replace(b"</Types>", f"{entry}</Types>".encode())
    if name in _MAIN and f"../{_PART}".encode() not in content:
        entry = f'<Relationship Id="rIdPlankb" Type="{_TYPES}/customXml" Target="../{_PART}"/>'
        return content.replace(b"</Relationships>", f"{entry}</Relationships>".encode())
    return content


def _relations(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"
