"""Names found by their characters: nothing that a word fits is left out, and each character is looked for once."""

from __future__ import annotations

import pytest

from plankb.query.link.index import NameIndex
from plankb.store import Label


def label(id_: str, name: str, *, below: tuple[str, ...] = (), other: str | None = None) -> Label:
    return Label(id_, "plan", "target", below, name, None, (), other)


INDEX = NameIndex(
    [
        label("a", "污水处理率", below=("三、城乡建设", "（一）补齐污水管网"), other="城镇污水处理率"),
        label("b", "森林覆盖率", below=("四、生态保护",)),
        label("c", "生活污水治理率", below=("三、城乡建设",), other="农村污水治理率"),
        label("d", "污水集中处理率", other="城镇污水处理率"),
    ]
)


@pytest.mark.parametrize(
    ("words", "found"),
    [(["城乡", "建设"], "ac"), (["污水管网"], "a"), (["管网补齐"], "a"), (["建城"], ""), ([], "")],
)
def test_labels_below_a_heading_that_all_words_fit(words: list[str], found: str) -> None:
    assert "".join(one.id for one in INDEX.below(words)) == found


def test_labels_with_those_of_the_same_indicator_stay_in_order() -> None:
    fitting = [one for one in INDEX.labels if one.id in "bd"]

    assert [one.id for one in INDEX.with_same(fitting, {"城镇污水处理率"})] == ["a", "b", "d"]
    assert [one.id for one in INDEX.with_same(fitting, set())] == ["b", "d"]
