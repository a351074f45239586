"""Formats: known by what a file holds, refused in one line where they cannot be read."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from plankb.errors import PlankbError
from plankb.readers import archive, formats, office, read
from plankb.words import table
from tests.readers import plan
from tests.readers.word import p, repacked, word

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
RTF = rb"{\rtf1\ansi \u27835?\u29702?\u27827?\u36947?}"


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.doc", word(p("治理河道。")), formats.DOCX), ("a.txt", b"%PDF-1.7 ...", formats.PDF),
        ("a.wps", OLD_WORD, formats.OFFICE), ("a.doc", RTF, formats.OFFICE), ("a.txt", plan.as_ofd(), formats.OFD),
        ("a.doc", b"\xef\xbb\xbf<!DOCTYPE html><p>", formats.HTML), ("a.txt", "治理河道。".encode(), None),
        ("a.md", b"# <html> in a title", None), ("a.txt", b"PK\x03\x04 no archive", None),
    ],
)  # fmt: skip
def test_what_a_file_holds_tells_its_format(name: str, data: bytes, form: formats.Format | None) -> None:
    assert formats.found(data) == form


def test_a_file_with_the_wrong_ending_is_read_as_what_it_is_and_that_is_said(tmp_path: Path) -> None:
    document = read(written(tmp_path, "方案.wps", word(p("治理河道30公里。"))))
    assert document.source.strip() == "治理河道30公里。"
    assert [(remark.code, remark.details["ending"]) for remark in document.remarks] == [("E136", ".wps")]
    assert read(written(tmp_path, "方案.docx", word(p("治理河道30公里。")))).remarks == ()


def test_an_old_word_file_named_as_a_new_one_says_how_to_save_it(tmp_path: Path) -> None:
    with pytest.raises(PlankbError, match=r"E132.*\.doc.*save it as \.docx") as caught:
        read(written(tmp_path, "方案.docx", OLD_WORD))
    assert "另存为 .docx" in caught.value.text("zh")


def test_a_word_file_of_pictures_alone_says_what_to_do(tmp_path: Path) -> None:
    picture = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
        "0def46b80000000049454e44ae426082"
    )
    document = docx.Document()
    document.add_picture(io.BytesIO(picture))
    document.save(str(tmp_path / "扫描.docx"))
    with pytest.raises(PlankbError, match="E135"):
        read(tmp_path / "扫描.docx")


def test_a_locked_file_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(PlankbError, match="E133"):
        read(written(tmp_path, "方案.docx", OLD_WORD + "EncryptedPackage".encode("utf-16-le")))


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.rtf", "a.odt"])
def test_without_libreoffice_one_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(office, "find", lambda: None)
    data = RTF if name.endswith("rtf") else OLD_WORD
    with pytest.raises(PlankbError, match=r"E137.*LibreOffice.*\.docx") as caught:
        read(written(tmp_path, name, data))
    assert "\n" not in caught.value.text("zh")


def test_a_program_that_takes_too_long_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/child\nwait\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "find", lambda: slow)
    monkeypatch.setattr(office, "_SECONDS", 1)
    with pytest.raises(PlankbError, match="E139"):
        read(written(tmp_path, "a.doc", OLD_WORD))
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text(encoding="utf-8").split()[2] == "Z"


def test_a_program_that_makes_nothing_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    idle = tmp_path / "soffice"
    idle.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    idle.chmod(0o755)
    monkeypatch.setattr(office, "find", lambda: idle)
    with pytest.raises(PlankbError, match="E138"):
        read(written(tmp_path, "a.doc", OLD_WORD))


def test_libreoffice_is_not_taken_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = written(tmp_path, "soffice", b"#!/bin/sh\n")
    fake.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office.find() != fake


@pytest.mark.parametrize("name", ["a.docx", "a.ofd"])
def test_what_unpacks_to_too_much_is_refused_by_what_it_unpacks_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml" if name == "a.docx" else "OFD.xml", b" " * 3_000_000)
    assert len(stream.getvalue()) < 10_000
    monkeypatch.setattr(archive, "_XML", 2_000_000)
    with pytest.raises(PlankbError, match="E131"):
        read(written(tmp_path, name, stream.getvalue()))


@pytest.mark.parametrize("ending", sorted(formats.ENDINGS))
@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"\0" * 60, word(p("治理河道。"))[:2000], plan.as_ofd()[:900], OLD_WORD, b"%PDF-1.4\n%%EOF",
        b"{\\rtf1 " + b"{" * 5000, b"<html>" + b"<b>" * 5000, bytes(range(256)) * 40, b"\0" * 4096,
    ],
)  # fmt: skip
def test_a_damaged_file_of_any_ending_is_refused_or_read_but_never_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, data: bytes
) -> None:
    monkeypatch.setattr(office, "find", lambda: None)
    told = ""
    try:
        read(written(tmp_path, f"a{ending}", data))
    except PlankbError as error:
        told = error.text("zh")
    assert not told or str(tmp_path / f"a{ending}") in told
    assert "\n" not in told


def test_xml_entities_are_not_followed(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plan.as_ofd())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            new.writestr(name, laughs + part.replace("主要指标", "&c;"))
    with pytest.raises(PlankbError, match="E104"):
        read(written(tmp_path, "a.ofd", stream.getvalue()))

    def laughing(part: bytes) -> bytes:
        text = part.decode().replace("治理河道。", "治理&c;河道。")
        return text.replace("<w:document", laughs + "<w:document", 1).encode()

    data = repacked(word(p("治理河道。")), {"word/document.xml": laughing})
    assert "哈" not in read(written(tmp_path, "a.docx", data)).source


def test_the_readme_and_the_screens_name_every_kind_that_is_read() -> None:
    limits = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").partition("## Limits")[2]
    said = limits.partition("LibreOffice")[0]
    assert {word for word in re.findall(r"\.\w+", said) if word in formats.ENDINGS} == set(formats.ENDINGS)
    for form in formats.FORMATS:
        assert f"format.{form.name}" in table("records")
