from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from plankb.tui.cells import clip, fit, one_line, plain, wrap

TEXTS = st.text(alphabet=st.sampled_from("绿色建筑占比，。（）《》“”80%μg/m³ abcXYZ—…\n\t\x1b[31m\u202e"), max_size=120)


@given(TEXTS, st.integers(min_value=1, max_value=40))
def test_a_fitted_cell_has_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(one_line(text), width)) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("绿色建筑", 8, "绿色建筑"),
        ("绿色建筑", 7, "绿色建…"),
        ("绿色建筑", 6, "绿色…"),
        ("abc", 2, "a…"),
        ("绿", 1, "…"),
    ],
)
def test_cut_text_ends_with_an_ellipsis(text: str, width: int, shown: str) -> None:
    assert clip(text, width) == shown


@given(TEXTS)
def test_no_control_character_reaches_the_terminal_and_spans_stay_true(text: str) -> None:
    safe = plain(text)
    assert len(safe) == len(text)
    assert not any(char in safe for char in "\x1b\t\u202e")


@given(TEXTS, st.integers(min_value=4, max_value=60))
def test_wrapped_lines_hold_every_character_once_and_fit(text: str, width: int) -> None:
    safe = plain(text)
    lines = list(wrap(safe, width))
    assert "".join(safe[line.start : line.end] for line in lines) == safe.replace("\n", "")
    assert all(cell_len(safe[line.start : line.end]) <= width for line in lines)
    assert sum(line.first for line in lines) == safe.count("\n") + 1


def test_no_line_begins_with_closing_punctuation() -> None:
    text = "推进绿色建筑发展，到二〇二五年新建绿色建筑占比达到百分之八十。"
    for width in range(6, 40):
        lines = [text[line.start : line.end] for line in wrap(text, width)]
        assert not any(line.startswith(("，", "。")) for line in lines), width


def test_numbers_and_words_stay_on_one_line() -> None:
    text = "达到 12345678 个"
    assert [text[line.start : line.end] for line in wrap(text, 10)] == ["达到 ", "12345678 ", "个"]
