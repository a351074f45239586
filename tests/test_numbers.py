"""Numerals: what each is worth, and what is none."""

from __future__ import annotations

import pytest

from plankb.numbers import chinese, half_width, parse


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("3,100", 3100), ("1.10", 1.1), ("１２.５", 12.5), ("③", 3),
        ("二十六", 26), ("十", 10), ("百", 100), ("两", 2), ("一百零五", 105), ("十五万", 150_000),
        ("二〇二五", 2025), ("二○三五", 2035), ("一亿五千万", 150_000_000), ("三万亿", 3_000_000_000_000),
    ],
)  # fmt: skip
def test_numerals(numeral: str, value: float) -> None:
    assert parse(numeral) == value


@pytest.mark.parametrize("text", ["", "绿色", "一二十", "1.2.3", "12,34", "二十六个"])
def test_what_is_no_numeral(text: str) -> None:
    assert parse(text) is None


def test_half_width_keeps_every_character_in_its_place() -> None:
    assert half_width("（１００％）≥５") == "(100%)≥5"


@pytest.mark.parametrize("value", range(1, 100))
def test_a_number_written_for_a_heading_reads_back(value: int) -> None:
    assert parse(chinese(value)) == value
