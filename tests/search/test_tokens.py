"""What is indexed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb.search.tokens import fold, tokens

CASES = [
    ("绿色建筑", [("绿色", 0), ("色建", 1), ("建筑", 2), ("筑", 3)]),
    ("氢", [("氢", 0)]),
    ("PM2.5浓度", [("pm2.5", 0), ("浓度", 1), ("度", 2)]),
    ("35蒸吨", [("35", 0), ("蒸吨", 1), ("吨", 2)]),
    ("VOCs、NOx", [("vocs", 0), ("nox", 2)]),
    ("氢 能", [("氢", 0), ("能", 1)]),
    ("μg/m³", [("μg", 0), ("m3", 2)]),
    ("\uff30\uff2d２．５", [("pm2.5", 0)]),
    ("2021-2025年", [("2021", 0), ("2025", 2), ("年", 3)]),
    ("，。（）", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_tokens(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(token.text, token.position) for token in tokens(fold(text))] == expected


@given(st.text())
def test_folding_keeps_the_length_so_that_places_stay(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
