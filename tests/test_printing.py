"""One list of what is obeyed or unseen, and every door that text goes through keeps to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from plankb.cli.output import Column, console, write_line, write_table
from plankb.exports.safe import cell_text, csv_text, harmless_json, plain_text, safe
from plankb.kb import read_file
from plankb.kb.ledger_files import file_name
from plankb.ledger.cells import read_text
from plankb.printing import marked, printed
from plankb.query.recognise.text import plain as as_question
from plankb.tui.cells import plain as as_cell

OBEYED = [
    *map(chr, (0, 7, 8, 11, 12, 27, 31, 0x7F, 0x80, 0x85, 0x9B, 0x9D, 0x9F)),
    *"\u00ad\u061c\u180e\u200b\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\u206f\ufeff\ufff9\ufffe\uffff",
    "\ud800", "\udfff", "\U000e0001", "\U000e0041", "\U000e007f",
]  # fmt: skip
DOORS: dict[str, Callable[[str], str]] = {
    "printed": printed,
    "marked": marked,
    "safe": safe,
    "plain_text": plain_text,
    "cell_text": cell_text,
    "csv_text": csv_text,
    "cell of the screens": as_cell,
    "cell of a ledger": lambda text: read_text(text)[0],
    "name of a file": lambda text: file_name(text, None, set()),
    "question": as_question,
}


@pytest.mark.parametrize("char", OBEYED, ids=ascii)
@pytest.mark.parametrize("door", DOORS)
def test_no_door_lets_such_a_character_through(door: str, char: str) -> None:
    made = DOORS[door](f"市{char}财政局")
    assert char not in made
    assert made.startswith("市")
    assert made.endswith("财政局")


@pytest.mark.parametrize("char", OBEYED, ids=ascii)
def test_json_writes_it_as_an_escape_that_means_the_same(char: str) -> None:
    said = harmless_json(json.dumps({"名称": f"市{char}财政局"}, ensure_ascii=False))
    assert char not in said
    assert json.loads(said) == {"名称": f"市{char}财政局"}


@pytest.mark.parametrize("char", ["\n", "\t", "　", "𠮷", "é", "①", "🙂", "·"])
def test_what_is_text_stays(char: str) -> None:
    assert printed(f"甲{char}乙") == marked(f"甲{char}乙") == f"甲{char}乙"


def test_marks_keep_the_length_so_that_spans_stand() -> None:
    assert marked("".join(OBEYED)) == "\ufffd" * len(OBEYED)
    assert marked("甲\r乙") == "甲\ufffd乙"


def test_the_command_line_marks_what_any_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "市\x1b]0;x\x07\u202e财政局"
    write_line(hostile)
    console().print(hostile, style="bold")
    write_table([hostile], [Column(hostile, lambda text: text)])
    out = capsys.readouterr().out
    assert not set(out) & set(OBEYED)
    assert out.count("财政局") == 4


@pytest.mark.parametrize("char", [char for char in OBEYED if char.isprintable() is False and char > "\x9f"], ids=ascii)
def test_a_name_is_read_through_what_nobody_sees(tmp_path: Path, char: str) -> None:
    """A hidden character inside a name would make of one bureau two that look the same."""
    if char in "\u2028\u2029\ufffe\uffff" or "\ud800" <= char <= "\udfff":
        pytest.skip("a line's end, or no text")
    plan = tmp_path / "甲市规划.txt"
    task = f"1.建设公园。到2025年建成公园10个。（市财{char}政局牵头，市住建局配合）"
    text = f"甲市规划（2023—2025年）\n\n一、重点任务\n{task}\n"
    plan.write_text(text, encoding="utf-8")
    names = {name for bureau in read_file(plan).bureaus for name in bureau.names}
    assert "市财政局" in names
    assert not [name for name in names if char in name]
