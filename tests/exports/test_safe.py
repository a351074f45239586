from __future__ import annotations

import pytest

from plankb.exports.safe import CELL_LIMIT, cell_text, csv_text, plain_text, sheet_names


def test_control_characters_and_lone_surrogates_are_dropped() -> None:
    assert plain_text("到\x002025\x1b[31m年\ud800\r\n底\ufffe") == "到2025[31m年\n底"


def test_cell_text_is_cut_at_the_limit_of_excel() -> None:
    assert len(cell_text("规" * (CELL_LIMIT + 5))) == CELL_LIMIT
    assert cell_text("规" * CELL_LIMIT) == "规" * CELL_LIMIT


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_csv_field_is_never_a_formula(start: str) -> None:
    assert csv_text(f"{start}1+1").startswith("'")


def test_csv_field_without_a_formula_is_left_alone() -> None:
    assert csv_text("达到95%以上-力争") == "达到95%以上-力争"


def test_sheet_names_are_clean_short_and_distinct() -> None:
    names = sheet_names(["市[发改]/委:*?", "甲" * 40, "甲" * 40, "''", "History", "a", "A"])
    assert names == ["市 发改  委", "甲" * 31, "甲" * 27 + " (2)", "Sheet", "History (2)", "a", "A (2)"]


def test_sheet_names_are_counted_as_excel_counts() -> None:
    assert sheet_names(["𠮷" * 20]) == ["𠮷" * 15]
    assert sheet_names(["a" * 30 + "'b"]) == ["a" * 30]
