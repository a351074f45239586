"""PDFs whose forms draw forms: what they draw is added up, and too much is refused before pdfium draws it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import pytest

from plankb.errors import PlankbError
from plankb.readers import pdf
from plankb.readers.pdf import letters, page
from plankb.readers.pdf.nesting import most_drawn

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F 12 Tf 50 700 Td (Park) Tj ET "
FIRST_FORM = 6


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def form(content: bytes, to: int | None, *, entries: bytes = b"", subtype: bytes = b"/Form") -> bytes:
    """A form that knows the form of a number as X."""
    known = b"/XObject<</X %d 0 R>>" % to if to else b""
    resources = b"/Resources<</Font<</F 5 0 R>>%s>>" % known
    return stream(content, b"/Type/XObject/Subtype%s/BBox[0 0 900 900]%s%s" % (subtype, resources, entries))


def made(content: bytes, forms: Sequence[bytes], pages: int = 1) -> bytes:
    """A PDF whose pages draw `content`; the first form is X."""
    kids = b" ".join([b"3 0 R"] * pages)
    resources = b"<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>" if forms else b"<</Font<</F 5 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s>>" % resources,
        stream(content), FONT, *forms,
    ]  # fmt: skip
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + tail % (len(objects) + 1, table, len(objects) + 1, len(out))


def chain(drawn: int, depth: int) -> bytes:
    """Forms in each other, each of which draws the next so often."""
    forms = [form(b"/X Do " * drawn, FIRST_FORM + at + 1) for at in range(depth - 1)]
    return made(b"/X Do", [*forms, form(WORDS, None)])


def test_forms_in_each_other_are_multiplied() -> None:
    assert most_drawn(chain(1, 4), 10**6) < 20
    assert 10**4 <= most_drawn(chain(10, 5), 10**6) < 10**6
    assert most_drawn(chain(10, 12), 10**6) == 10**6
    assert most_drawn(made(WORDS, ()), 10**6) == 0


TEN = b"/X Do " * 10
PACKED = zlib.compress(TEN)


@pytest.mark.parametrize(
    "data",
    [
        chain(10, 12),
        made(b"/X Do", [form(b"/X Do " * 50, FIRST_FORM)]),
        made(b"/X Do", [form(b"/#58 Do " * 50, FIRST_FORM, subtype=b"/#46orm")]),
        made(b"/X Do", [form(b"/X %\nDo " * 50, FIRST_FORM)]),
        made(b"/X Do", [form(PACKED, FIRST_FORM, entries=b"/Filter/FlateDecode")]),
        made(b"/X Do", [form(PACKED.hex().encode(), FIRST_FORM, entries=b"/Filter[/ASCIIHexDecode/FlateDecode]")]),
        made(b"/X Do", [stream(TEN, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")]),
        made(b"/X Do " * 20_000, [form(b"0 0 m 9 9 l S " * 100, None)]),
    ],
    ids=["chain", "itself", "escaped", "comment", "packed", "hexadecimal", "names of the page", "page"],
)
def test_forms_without_end_are_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(PlankbError) as error:
        pdf.read(data)
    assert error.value.code == "E149"


def test_a_form_as_offices_use_them_is_read() -> None:
    assert pdf.read(chain(1, 4)).source.strip() == "Park"


def test_a_file_is_never_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PlankbError) as error:
        pdf.read(made(WORDS, (), pages=page.MOST_PAGES + 1))
    assert (error.value.code, error.value.details["count"]) == ("E150", page.MOST_PAGES + 1)
    monkeypatch.setattr(letters, "MOST_LETTERS", 3)
    with pytest.raises(PlankbError) as error:
        pdf.read(made(WORDS * 9, ()))
    assert error.value.code == "E151"
