from __future__ import annotations

import pytest

from plankb.tui.completion import LIMIT, Entry, complete, initials, matches

NAMES = ("市生态环境局", "贵安新区生态环境局", "市交委", "绿色建筑占比", "PM2.5浓度")
ENTRIES = [Entry(name, "column.bureau") for name in NAMES]


@pytest.mark.parametrize(
    ("typed", "start", "found"),
    [
        ("市", 0, ["市交委", "市生态环境局"]),
        ("请问市生", 2, ["市生态环境局"]),
        ("生态", 0, ["市生态环境局", "贵安新区生态环境局"]),
        ("哪些ssth", 2, ["市生态环境局"]),
        ("pm2", 0, []),
        ("PM2", 0, ["PM2.5浓度"]),
        ("s", 0, []),
        ("市交委", 0, []),
        ("市交委 ", 0, []),
        ("", 0, []),
        ("<[", 0, []),
    ],
)
def test_the_end_of_what_is_typed_begins_a_name(typed: str, start: int, found: list[str]) -> None:
    offered = complete(typed, ENTRIES)
    assert [completion.entry.text for completion in offered] == found
    assert all(completion.start == start for completion in offered)


def test_no_more_are_offered_than_can_be_read() -> None:
    many = [Entry(f"市第{number}局", "column.bureau") for number in range(50)]
    assert len(complete("市第", many)) == LIMIT


def test_initials_keep_what_is_no_chinese() -> None:
    assert initials("PM2.5浓度") == "pm2.5nd"
    assert matches("贵安新区生态环境局", "gaxq")
    assert matches("绿色建筑占比", "建筑")
    assert not matches("绿色建筑占比", "xyz")
