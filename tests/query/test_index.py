"""Names found by their characters: nothing that a word fits is left out, and each character is looked for once."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from plankb.name_forms import bare, printed
from plankb.query.link.index import Lines, NameIndex
from plankb.store import Label, Labels, Name


def name(no: int, said: str, *, kind: str = "target", other: str | None = None) -> Name:
    return Name(no, kind, said, other, bare(said), bare(other or ""), printed(said), 1)


NAMES = [
    name(1, "污水处理率", other="城镇污水处理率"),
    name(2, "森林覆盖率"),
    name(3, "生活污水治理率", other="农村污水治理率"),
    name(4, "污水集中处理率", other="城镇污水处理率"),
]
BELOW = {
    "a": ("三、城乡建设", "（一）补齐污水管网"), "b": ("四、生态保护",), "c": ("三、城乡建设",), "e": ("三、城乡建设",),
}  # fmt: skip
LABELS = [
    Label("b", "plan", "target", 2), Label("a", "plan", "target", 1), Label("c", "plan", "target", 3),
    Label("d", "plan", "target", 4), Label("e", "plan", "task", 5), Label("f", "plan", "target", 2),
]  # fmt: skip


class Held(Labels):
    """The labels above without a store."""

    def __init__(self) -> None:
        super().__init__(lambda *_: [], lambda _: {}, current=True)

    def bearing(self, names: Iterable[int]) -> list[Label]:
        wanted = set(names)
        return [label for label in LABELS if label.no in wanted]

    def below(self, headings: Iterable[str]) -> list[Label]:
        wanted = set(headings)
        return [label for label in LABELS if not wanted.isdisjoint(BELOW.get(label.id, ()))]


HEADINGS = [name(9, heading, kind="heading") for heading in ("三、城乡建设", "四、生态保护", "（一）补齐污水管网")]
INDEX = NameIndex(NAMES, Held(), headings=lambda: HEADINGS)


@pytest.mark.parametrize(
    ("words", "found"),
    [(["城乡", "建设"], "ac"), (["污水管网"], "a"), (["管网补齐"], "a"), (["建城"], ""), ([], "")],
)
def test_facts_of_its_kinds_below_a_heading_that_all_words_fit(words: list[str], found: str) -> None:
    assert "".join(one.id for one in INDEX.below(words)) == found


def test_names_with_those_of_the_same_indicator() -> None:
    fitting = [NAMES[1], NAMES[3]]

    assert {one.no for one in INDEX.with_same(fitting, {"城镇污水处理率"})} == {1, 2, 4}
    assert {one.no for one in INDEX.with_same(fitting, set())} == {2, 4}


def test_names_that_may_hold_a_word_and_those_that_lack_one_character_of_it() -> None:
    assert [one.no for one in INDEX.may_hold("污水率")] == [1, 3, 4]
    assert [one.no for one in INDEX.may_hold("", "森林")] == [2]
    assert [one.no for one in INDEX.may_differ("森林复盖率", by=1)] == [2]


def test_every_fact_of_a_name_and_names_as_they_first_come() -> None:
    assert [one.id for one in INDEX.bearing([NAMES[0], NAMES[1]])] == ["b", "a", "f"]
    assert [one.no for one in INDEX.in_order([NAMES[0], NAMES[1]])] == [2, 1]


@pytest.mark.parametrize("often", [0, 40])
def test_lines_are_found_by_their_parts_be_they_rare_or_common(often: int) -> None:
    lines = Lines("\n".join(["绿色建筑", "绿化", "", "建筑绿色", "煤"] + ["绿"] * often))

    assert [number for number in lines.having("绿") if number < 5] == [0, 1, 3]
    assert list(lines.with_both("绿色", "建筑")) == ["绿色建筑", "建筑绿色"]
    assert list(lines.having("氢")) == []
