"""Brackets and titles of a text: where they open and close."""

from __future__ import annotations

import pytest

from plankb.document.enclosed import brackets, inside_of, titles


def _pieces(text: str) -> list[str]:
    return [text[slice(*span)] for span in brackets(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("修复湿地（甲局牵头）并管护(乙局)。", ["（甲局牵头）", "(乙局)"]),
        ("外（里（更里）外）后", ["（里（更里）外）"]),
        ("宽窄不一（甲局)。", ["（甲局)"]),
        ("没有收尾（甲局\n下一行（乙局）", ["（甲局", "（乙局）"]),
        ("一对也没有）", []),
    ],
    ids=["two", "nested", "widths", "left open", "none"],
)
def test_outermost_brackets(text: str, found: list[str]) -> None:
    assert _pieces(text) == found


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("（甲局）", "甲局"),
        ("（（甲局））", "甲局"),
        ("（甲局（本部））", "甲局（本部）"),
        ("（甲局（本部）", "甲局（本部）"),
    ],
    ids=["one", "twice", "another inside", "left open"],
)
def test_what_brackets_hold(text: str, inside: str) -> None:
    assert text[slice(*inside_of(text, (0, len(text))))] == inside


def test_titles_inside_titles_are_left_whole() -> None:
    text = "按《关于贯彻《湿地条例》2031年版的意见》和《林草图集》，《没有收尾"
    assert [text[slice(*span)] for span in titles(text)] == ["《关于贯彻《湿地条例》2031年版的意见》", "《林草图集》"]
