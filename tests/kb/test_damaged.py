"""Damaged, hostile and far too large files: one line for the user, whatever they make a reader or the program raise."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import docx
import pytest

from plankb import quantities
from plankb.document import bounds, sentence_spans
from plankb.errors import PlankbError
from plankb.kb import guard, read_file

TEXT = "一、主要任务\n（一）建设公园。到2025年，绿地率达到40%。（市园林局牵头，市财政局配合）\n"
FILES = 60
"""Of each kind of damage to each format."""


def _word() -> bytes:
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 0).text = "绿地率"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page() -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    return f"<html><body><h1>某市规划</h1>{lines}<table><tr><td>a<td>b</table></body></html>".encode()


WHOLE: dict[str, Callable[[], bytes]] = {".docx": _word, ".html": _page, ".txt": TEXT.encode}


def _overwritten(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def _packed_anew(data: bytes, chance: random.Random) -> bytes:
    """A packed file whose parts are damaged and whose check sums are right again."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(stream, "w") as broken:
        for part in whole.infolist():
            content = whole.read(part)
            broken.writestr(part.filename, _overwritten(content, chance) if chance.random() < 0.3 else content)
    return stream.getvalue()


def _damaged(ending: str) -> Iterator[bytes]:
    chance, whole = random.Random(ending), WHOLE[ending]()
    for _ in range(FILES):
        yield _overwritten(whole, chance)
        yield whole[: chance.randrange(len(whole))]
        if ending == ".docx":
            yield _packed_anew(whole, chance)


def _told(path: Path) -> PlankbError | None:
    """What is said of a file that cannot be read; None for one that is read."""
    try:
        read_file(path)
    except PlankbError as error:
        return error
    return None


@pytest.mark.parametrize("ending", WHOLE)
def test_a_damaged_file_is_read_or_told_in_one_line(tmp_path: Path, ending: str) -> None:
    for data in _damaged(ending):
        path = tmp_path / f"草案{ending}"
        path.write_bytes(data)
        told = _told(path)
        assert told is None or (told.code.startswith("E1") and told.code != "E108"), told
        assert told is None or "\n" not in told.text()


@pytest.mark.parametrize(
    "text",
    [
        "（" * 990 + "市教育局" + "）" * 990 + "牵头。",
        "到2025年，绿地率达到" + "9" * 400 + "%。",
        "到" + "2" * 400 + "年，投资" + "一" * 500 + "亿元。",
        "系数由2020年的" + "8" * 400 + "提高到1:" + "7" * 400 + "。" + "6" * 400 + ".建设" + "5" * 400 + "座公园。",
        "[" * 5000,
        "《" * 3000 + "》" * 3000,
        "（" * 50_000 + "市教育局" + "）" * 50_000 + "牵头。",
        "推进节能改造" * 50_000,
        "一、" * 10_000,
        "指标\t" * 10_000,
    ],
    ids=["brackets", "digits", "numerals", "ratios", "open", "titles", "nested", "endless", "numbers", "tabs"],
)
def test_a_hostile_text_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "草案.txt"
    path.write_text(f"一、主要任务\n{text}\n", encoding="utf-8")
    assert all(fact.quote for fact in read_file(path).facts)


def test_a_plan_that_is_too_long_is_refused_with_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_CHARACTERS", 20_000)
    path = tmp_path / "草案.txt"
    path.write_text("建设公园。" * 5000, encoding="utf-8")
    with pytest.raises(PlankbError) as error:
        read_file(path)
    assert (error.value.code, error.value.details["most"]) == ("E119", 2)


def test_tables_of_too_many_cells_are_refused_with_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "任务表.txt"
    path.write_text("某市任务分工表\n" + "序号\t任务\n" * 30 + "\n正文。\n", encoding="utf-8")
    monkeypatch.setattr(bounds, "MOST_CELLS", 60)
    assert read_file(path).clean.text
    monkeypatch.setattr(bounds, "MOST_CELLS", 59)
    with pytest.raises(PlankbError, match="E156"):
        read_file(path)


@pytest.mark.parametrize(
    ("bound", "name", "text", "code"),
    [
        ("MOST_HEADINGS", "方案.txt", "".join(f"{n}. 建公园。到2028年建成。\n" for n in range(1, 60)), "E158"),
        ("MOST_MARKUP", "方案.html", "<html><body><p>建公园。到2028年建成。</p></body></html>", "E157"),
        ("MOST_CHARACTERS", "方案.txt", "\n" * 60, "E119"),
    ],
)
def test_too_many_headings_and_too_much_markup_are_refused_with_the_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, name: str, text: str, code: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(bounds, bound, 40)
    with pytest.raises(PlankbError) as error:
        read_file(path)
    assert (error.value.code, error.value.details["path"]) == (code, path)
    monkeypatch.setattr(bounds, bound, 10_000)
    if code != "E119":
        assert read_file(path).clean.text


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_BYTES", 2_000_000)
    path = tmp_path / "草案.txt"
    path.write_bytes(b"a" * 2_100_000)
    with pytest.raises(PlankbError) as error:
        read_file(path)
    assert error.value.code == "E118"


def test_a_fault_over_a_folder_that_cannot_be_looked_into_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refused)
    assert guard.fault(ValueError("x"), tmp_path).code == "E129"


def test_a_fault_of_the_program_is_told_by_its_place() -> None:
    with pytest.raises(PlankbError) as error, guard.guarded():
        guard.require_size(None)  # type: ignore[arg-type]
    assert (error.value.code, str(error.value.details["where"]).partition(":")[0]) == ("E129", "kb.guard")


@pytest.mark.parametrize("unit", ["达到40%", "从2020年的10%提高到", "一", "市教育局、", "（市教育局牵头）"])
def test_a_sentence_without_end_is_read_in_parts(tmp_path: Path, unit: str) -> None:
    text = unit * (3000 // len(unit))
    spans = list(sentence_spans(text, (0, len(text))))
    assert [spans[0][0], spans[-1][1]] == [0, len(text)]
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    assert max(end - start for start, end in spans) <= 2000


def test_numerals_without_end_are_no_quantity() -> None:
    assert quantities.find("建设" + "一" * 3000 + "个公园") == ()
    assert [one.value for one in quantities.find("建设二十个公园")] == [20]
