from __future__ import annotations

from typing import Any

import pytest

from plankb import phrases
from plankb.model import Target
from plankb.words import word


def _target(**fields: Any) -> Target:
    return Target(id="x", plan="p", section=(), quote="", span=(0, 0), indicator="", indicator_id="", **fields)


@pytest.mark.parametrize(
    ("fields", "zh", "en"),
    [
        ({"op": ">=", "value": 80, "unit": "%"}, "≥80%", "≥80%"),
        ({"op": "=", "value": 18.5, "unit": "%", "change": "decrease", "base_year": "2020"}, "较2020年下降18.5%", None),
        ({"op": "=", "value": 18, "unit": "%", "change": "decrease"}, "下降18%", "down by 18%"),
        ({"op": "range", "value": 1.5, "value_max": 2.0, "unit": "万吨"}, "1.5～2万吨", "1.5～2万吨"),
        ({"op": "~", "value": 3100, "unit": "万千瓦", "stretch": True}, "约3100万千瓦（力争）", None),
        ({"qualitative": "基本形成"}, "基本形成", "基本形成"),
        ({}, "", ""),
    ],
)
def test_a_target_in_words(fields: dict[str, Any], zh: str, en: str | None) -> None:
    assert phrases.value(_target(**fields)) == zh
    if en is not None:
        assert phrases.value(_target(**fields), "en") == en


def test_small_numbers_have_no_exponent() -> None:
    assert phrases.number(0.00001) == "0.00001"
    assert phrases.number(1e6) == "1000000"


def test_codes_have_words_in_both_languages_and_unknown_codes_stay() -> None:
    assert (word("role", "lead"), word("role", "lead", "en")) == ("牵头", "lead")
    assert word("level", None) == ""
    assert word("level", "galactic") == "galactic"
