"""Office files whose bytes depend on what they hold alone, not on when they were written."""

from __future__ import annotations

import io
import re
import zipfile

_DAY = (1980, 1, 1, 0, 0, 0)
_FIXED = (_DAY, (1980, 1, 31, 0, 0, 0))
"""Days that say nothing of when a file was written; the second is that of xlsxwriter for a large workbook, which is not
packed again for that."""
_PROPERTIES = "docProps/core.xml"
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def settled(data: bytes, *, dated: bool = False) -> bytes:
    """The same file with one fixed time on all of its parts, and in its properties unless these are `dated` by what
    the file holds; `data` itself where nothing is to be changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        if dated and all(part.date_time in _FIXED for part in old.infolist()):
            return data
        parts = [(part, old.read(part)) for part in old.infolist()]
    fixed = [(part, content if dated or part.filename != _PROPERTIES else _undated(content)) for part, content in parts]
    if fixed == parts and all(part.date_time == _DAY for part, _ in parts):
        return data
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in fixed:
            settled_part = zipfile.ZipInfo(part.filename, _DAY)
            settled_part.compress_type, settled_part.external_attr = part.compress_type, part.external_attr
            new.writestr(settled_part, content)
    return stream.getvalue()


def _undated(properties: bytes) -> bytes:
    return _TIME.sub(rb"\g<1>%04d-%02d-%02dT00:00:00Z\g<2>" % _DAY[:3], properties)
