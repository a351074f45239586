"""Characters that a terminal or a page would obey, or that nobody sees, leave every file that is handed out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb.correction_sheets import workbook
from plankb.exports.formats import FORMATS, ConflictList, DraftFindings, What, render
from plankb.exports.safe import harmless_json, plain_text
from plankb.matrix import Facts, PlanSource, build
from plankb.model import Conflict, Finding, Words
from tests import records
from tests.exports.conftest import MADE

OBEYED = "\x1b\x07\x7f\x85\x9b\u00ad\u061c\u200b\u200d\u200e\u202e\u2028\u2066\u2069\u2060\ufeff\ufff9"
HOSTILE = f"推进{OBEYED}公交优先"


def contents(data: bytes) -> list[str]:
    """The text of a file, or of the parts of one."""
    if data[:2] != b"PK":
        return [data.decode("utf-8-sig")]  # Excel knows UTF-8 by the mark at the start
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return [packed.read(name).decode() for name in packed.namelist() if name.endswith((".xml", ".rels"))]


def made(what: What, folder: Path, text: str = HOSTILE) -> object | None:
    """Something to hand out whose every text is hostile; None for what is made elsewhere."""
    task = records.task("t1", text, lead=("市交委",), text=text, section=(text,))
    target = records.target("g1", quote=text)
    match what:
        case "matrix":
            plan = records.plan(title=text, issuer=text)
            bureaus = (records.bureau("市交委", names=(f"市{OBEYED}交委",)),)
            return build(Facts(tasks=(task,), plans=(PlanSource(plan=plan, path=text),), bureaus=bureaus), made=MADE)
        case "conflicts":
            words = Words(zh=text, en=text)
            one = Conflict(id="c", type="inside", severity="error", indicator=text, facts=(target, task), why=words)
            return ConflictList([one], {"p": text})
        case "findings":
            words = Words(zh=text, en=text)
            found = Finding(rule="numbering", severity="error", message=words, span=(0, 2), quote=text, line=1)
            return DraftFindings(file=folder / "草案.txt", findings=[found], titles={"p": text})
        case "records":
            return [task, target]
    return None


CASES: list[tuple[What, str]] = [
    (what, ending)
    for what in ("matrix", "conflicts", "findings", "records")
    for ending in FORMATS[what]
    if (what, ending) != ("findings", ".docx")
]


@pytest.mark.parametrize(("what", "ending"), CASES)
def test_nothing_that_is_obeyed_or_unseen_is_handed_out(tmp_path: Path, what: What, ending: str) -> None:
    data = render(what, made(what, tmp_path), ending)
    for text in contents(data):
        assert [hex(ord(char)) for char in OBEYED if char in text] == []
    assert "公交优先" in "".join(contents(data))


@pytest.mark.parametrize(("what", "ending"), CASES)
def test_a_text_without_end_is_handed_out(tmp_path: Path, what: What, ending: str) -> None:
    """Word takes 255 characters in a property, Excel 32,767 in a cell: neither is the end of the export."""
    assert "公交优先" in "".join(contents(render(what, made(what, tmp_path, "公交优先" * 10_000), ending)))


@given(st.text())
def test_plain_text_is_printable_but_for_its_layout(text: str) -> None:
    plain = plain_text(text)
    assert plain_text(plain) == plain
    assert not set(plain) & set(OBEYED)
    assert [char for char in text if char.isalnum() and char not in plain] == []


@given(st.text())
def test_harmless_json_means_the_same(text: str) -> None:
    import json

    packed = harmless_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(packed) == text
    assert not set(packed) & set(OBEYED)


def test_a_workbook_of_such_text_says_nothing_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "矩阵.xlsx"
    path.write_bytes(render("matrix", made("matrix", tmp_path), ".xlsx"))
    assert workbook.read(path).changes == []
