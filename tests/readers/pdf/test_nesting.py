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


LINE = b"0 0 m 9 9 l S "
"""Three operators."""


def test_what_forms_draw_is_counted_by_operators() -> None:
    line = form(LINE, None)
    assert most_drawn(made(b"/X Do ", [line]), 10**6) == 1 + 3
    assert most_drawn(made(b"/X Do ", [form(b"/X Do " * 2, FIRST_FORM + 1), line]), 10**6) == 1 + (2 + 2 * 3)
    assert most_drawn(made(LINE + b"/X Do " * 4, [line]), 10**6) == 3 + 4 + 4 * 3
    assert most_drawn(made(b"/P Do " * 4, [line]), 10**6) == 4 + 4  # pictures
    assert most_drawn(made(b"/X Do " * 4, [line]), 15) == 15
    assert most_drawn(made(b"", [form(b"", None)]), 10**6) == 1


def packed_with(data: bytes, **objects: bytes) -> bytes:
    """The file with objects (o9: the ninth) packed into a stream before the others, as newer programs write them."""
    bodies = b"".join(objects.values())
    places = [sum(map(len, list(objects.values())[:at])) for at in range(len(objects))]
    head = b" ".join(b"%d %d" % (int(name[1:]), place) for name, place in zip(objects, places, strict=True)) + b" "
    entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(objects), len(head))
    return data.replace(b"1 0 obj", b"99 0 obj\n%s\nendobj\n1 0 obj" % stream(zlib.compress(head + bodies), entries), 1)


def test_resources_packed_into_an_object_stream_are_looked_up() -> None:
    drawing = stream(b"/X Do " * 2, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 31 0 R")
    data = made(b"/X Do ", [drawing, form(LINE, None)])
    assert most_drawn(data, 10**6) == 1 + (2 + 2)  # not there: X is taken for a picture
    named = b"<</XObject<</X %d 0 R>>>>" % (FIRST_FORM + 1)
    apart = {"o30": FONT, "o31": b"<</XObject 32 0 R>>", "o32": named}
    for objects in ({"o31": named, "o30": FONT}, {"o30": FONT, "o31": named}, apart):
        assert most_drawn(packed_with(data, **objects), 10**6) == 1 + (2 + 2 * 3)


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
