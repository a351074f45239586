"""What is typed into the search field, and what is said of slips in it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb.errors import PlankbError
from plankb.search.syntax import Both, Either, Node, Not, Words, parse, positive


def word(*pieces: str) -> Words:
    return Words(pieces)


CASES: list[tuple[str, Node]] = [
    ("氢", word("氢")),
    ("绿色建筑 氢", Both((word("绿色建筑"), word("氢")))),
    ("绿色建筑 AND 氢", Both((word("绿色建筑"), word("氢")))),
    ("a OR b c", Either((word("a"), Both((word("b"), word("c")))))),
    ("(a OR b) c", Both((Either((word("a"), word("b"))), word("c")))),
    ("a NOT b", Both((word("a"), Not(word("b"))))),
    ("a -b", Both((word("a"), Not(word("b"))))),
    ("煤-电", word("煤", "电")),
    ('"三线一单"', word("三线一单")),
    ("“三线一单”", word("三线一单")),
    ("“绿色、建筑”", word("绿色", "建筑")),
    ("VOC*", Words(("voc",), form="prefix")),
    ("绿色建住~", Words(("绿色建住",), form="fuzzy")),
    ("plan:协同 公交", Both((Words(("协同",), field="plan"), word("公交")))),
    ("bureau：市交委", Words(("市交委",), field="bureau")),
    ("section:“工业 领域”", Words(("工业 领域",), field="section")),
    ("O<sub>3</sub>", word("o3")),
    ("PM2.5浓度", word("pm2.5浓度")),
    ("国发〔2018〕22号", word("国发", "2018", "22号")),
    ("OR氢", word("or氢")),
    ("氢\x1b[31m", Both((word("氢"), word("31m")))),
    ("时间:12", word("时间", "12")),
    ("[red]氢[/]", word("red", "氢")),
]


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_queries(query: str, expected: Node) -> None:
    assert parse(query) == expected


BAD = [
    ("", "E351"),
    ("   ", "E351"),
    ("，。！？", "E351"),
    ("\x00\x1b", "E351"),
    ('"三线一单', "E352"),
    ("“三线一单", "E352"),
    ("三线一单”", "E352"),
    ("(氢", "E353"),
    ("氢)", "E353"),
    ("(" * 400 + "氢", "E353"),
    ("氢" * 10_000, "E354"),
    ("NOT 氢", "E355"),
    ("-氢", "E355"),
    ("氢 OR", "E355"),
    ("AND 氢", "E355"),
    ("氢 NOT", "E355"),
    ("plan:", "E355"),
    ("plan:(氢)", "E355"),
]


@pytest.mark.parametrize(("query", "code"), BAD)
def test_slips_are_named(query: str, code: str) -> None:
    with pytest.raises(PlankbError, match=code) as caught:
        parse(query)
    assert "\n" not in caught.value.text()
    assert len(caught.value.text()) < 120


@given(st.text(alphabet='氢绿a1 ()"“”*~:-ANDORT、。', max_size=60))
def test_any_text_is_understood_or_declined(query: str) -> None:
    with suppress(PlankbError):
        assert positive(parse(query))
