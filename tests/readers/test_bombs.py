"""Small files that unpack to much: measured by what they unpack to, not by what they say."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.readers import archive, read
from plankb.readers.pdf import guard
from plankb.readers.pdf.guard import lzw_size, run_lengths_size
from tests.readers.word import p, word


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def declaring(data: bytes, name: str, size: int) -> bytes:
    """An archive in which a part declares another size than it has."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        entry = whole.getinfo(name)
        directory = data.rfind(b"PK\x01\x02", 0, data.index(name.encode(), whole.start_dir) + 1)
    changed = bytearray(data)
    struct.pack_into("<I", changed, directory + 24, size)
    struct.pack_into("<I", changed, entry.header_offset + 22, size)
    return bytes(changed)


def packed(content: bytes, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(p("治理河道。")))) as old, zipfile.ZipFile(stream, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, content if name == "word/document.xml" else old.read(name))
    return stream.getvalue()


def test_a_part_that_declares_less_than_it_unpacks_to_is_refused(tmp_path: Path) -> None:
    bomb = declaring(packed(b" " * 50_000_000), "word/document.xml", 1000)
    assert len(bomb) < 100_000
    with pytest.raises(PlankbError, match="E104"):
        read(written(tmp_path, "方案.docx", bomb))


def test_a_part_is_counted_no_further_than_it_may_go() -> None:
    assert archive._inflates_to(memoryview(zlib.compress(b"a" * 1000)[2:-4] + b"rest"), 1000)
    assert not archive._inflates_to(memoryview(zlib.compress(b"a" * 1001)[2:-4]), 1000)


@pytest.mark.parametrize("more", [4, 255, 4096], ids=str)
def test_what_some_programs_add_to_the_header_of_a_part_hides_no_bomb(more: int) -> None:
    """A part's content begins after its name and after whatever else its header holds, up to many bytes."""
    for size, told in ((1000, 1000), (5000, 1000)):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            part = zipfile.ZipInfo("word/document.xml")
            part.compress_type = zipfile.ZIP_DEFLATED
            part.extra = struct.pack("<HH", 0xCAFE, more - 4) + b"\xff" * (more - 4)
            made.writestr(part, b" " * size)
        data = declaring(stream.getvalue(), "word/document.xml", told)
        if size == told:
            assert archive.open_archive(data).read("word/document.xml") == b" " * size
        else:
            with pytest.raises(ValueError, match="not what it declares"):
                archive.open_archive(data)


def archive_of(*parts: tuple[str, int]) -> bytes:
    """An archive of parts of so many blanks."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, size in parts:
            made.writestr(name, b" " * size)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("parts", "size"),
    [
        ([("a.xml", 2_000_001)], 3),
        ([("a.xml", 1_500_000), ("b.RELS", 1_500_000)], 3),
        ([("a.png", 5_000_001)], 6),
    ],
    ids=["a part of XML", "parts of XML together", "all"],
)
def test_each_bound_of_an_archive_holds_by_itself(
    parts: list[tuple[str, int]], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_XML", 2_000_000)
    monkeypatch.setattr(archive, "_ALL", 5_000_000)
    with pytest.raises(PlankbError) as error:
        archive.open_archive(archive_of(*parts))
    assert (error.value.code, error.value.details["size"]) == ("E131", size)
    assert f"{error.value.details['most']} MB" in error.value.text()


def test_an_archive_of_too_many_parts_is_refused_with_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_PARTS", 3)
    with pytest.raises(PlankbError) as error:
        archive.open_archive(archive_of(*((f"{number}.png", 1) for number in range(4))))
    assert (error.value.code, error.value.details["count"], error.value.details["most"]) == ("E155", 4, 3)


def test_an_archive_at_its_bounds_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_XML", 1000)
    monkeypatch.setattr(archive, "_ALL", 3000)
    monkeypatch.setattr(archive, "_PARTS", 2)
    with archive.open_archive(archive_of(("a.xml", 1000), ("长名字.png", 2000))) as opened:
        assert opened.namelist() == ["a.xml", "长名字.png"]


def test_a_part_that_is_cut_before_its_content_is_not_what_it_declares() -> None:
    data = archive_of(("a.xml", 10))
    entry = zipfile.ZipFile(io.BytesIO(data)).infolist()[0]
    entry.header_offset = len(data) - 5
    assert not archive._is_as_declared(data, entry)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_no_office_program_uses_are_refused(tmp_path: Path, method: int) -> None:
    data = packed(b"<a/>", method=method)
    with pytest.raises(ValueError, match="not what it declares"):
        archive.open_archive(data)
    with pytest.raises(PlankbError, match="E104"):
        read(written(tmp_path, "方案.docx", data))


def pdf(streams: Sequence[bytes], packing: bytes = b"/FlateDecode") -> bytes:
    """A PDF of one page with these streams as its content."""
    contents = b" ".join(b"%d 0 R" % (4 + at) for at in range(len(streams)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents[%s]>>" % contents,
        *(b"<</Length %d/Filter %s>>\nstream\n%s\nendstream" % (len(stream), packing, stream) for stream in streams),
    ]
    made, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return made + tail % (size, table, size, len(made))


DRAWN = b"0 0 m 100 100 l S\n" * 2000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf([zlib.compress(DRAWN)]), "E149"),
        (pdf([zlib.compress(DRAWN[:9000])] * 8), "E149"),
        (pdf([zlib.compress(b" " * 90_000)] * 30), "E131"),
        (pdf([zlib.compress(zlib.compress(b" " * 90_000))], b"[/FlateDecode /FlateDecode]"), "E116"),
        (pdf([bytes([129, 32]) * 20_000], b"/RunLengthDecode"), "E131"),
    ],
    ids=["one stream", "several streams", "small streams", "packed twice", "run lengths"],
)
def test_a_pdf_is_measured_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, code: str
) -> None:
    monkeypatch.setattr(guard, "LIMIT", 2_000_000)
    monkeypatch.setattr(guard, "MOST_OF_A_STREAM", 5000)
    monkeypatch.setattr(guard, "MOST_OPERATORS", 10_000)
    with pytest.raises(PlankbError) as caught:
        read(written(tmp_path, "方案.pdf", data))
    assert caught.value.code == code


def test_a_pdf_that_draws_less_is_opened(tmp_path: Path) -> None:
    with pytest.raises(PlankbError, match="E103"):  # opened, and nothing in it
        read(written(tmp_path, "方案.pdf", pdf([zlib.compress(DRAWN)])))


def test_old_packings_are_counted() -> None:
    assert run_lengths_size(bytes([2, 65, 66, 67, 254, 65, 128]), 100) == 6
    # 9-bit codes: clear, 65, 258 (two letters), 259 (three), end
    codes = [256, 65, 258, 259, 257]
    bits = sum(code << 9 * (len(codes) - 1 - at) for at, code in enumerate(codes)) << 3
    assert lzw_size(bits.to_bytes(6, "big"), 100) == 1 + 2 + 3
    assert lzw_size(bits.to_bytes(6, "big"), 2) <= 6


def test_bytes_that_are_no_archive_are_told() -> None:
    for data in (b"", b"PK\x03\x04", b"nothing at all" * 100):
        with pytest.raises(ValueError, match="not an archive"):
            archive.open_archive(data)


def test_parts_that_are_stored_unpacked_are_read_and_must_be_as_long_as_they_say(tmp_path: Path) -> None:
    data = packed(word_xml := _document(b"\xe6\xb2\xbb\xe7\x90\x86\xe6\xb2\xb3\xe9\x81\x93"), method=zipfile.ZIP_STORED)
    assert "治理河道" in read(written(tmp_path, "方案.docx", data)).source
    with pytest.raises(PlankbError, match="E104"):
        read(written(tmp_path, "短.docx", declaring(data, "word/document.xml", len(word_xml) - 1)))


def _document(text: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(word(p("治理河道。")))) as whole:
        return whole.read("word/document.xml").replace("治理河道".encode(), text)


@pytest.mark.parametrize("over", [1, 2_500_000])
def test_how_much_a_file_unpacks_to_is_told_in_whole_megabytes(monkeypatch: pytest.MonkeyPatch, over: int) -> None:
    monkeypatch.setattr(archive, "_ALL", 5_000_000)
    with pytest.raises(PlankbError) as error:
        archive.open_archive(archive_of(("x.bin", 5_000_000 + over)))
    assert (error.value.code, error.value.details["size"], error.value.details["most"]) == (
        "E131",
        6 + over // 10**6,
        5,
    )
