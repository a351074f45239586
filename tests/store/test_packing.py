"""Packed texts, headings and tokens come out as they went in."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb.search.tokens import GAP, fold, spaced, tokens
from plankb.store import layout
from plankb.store.packing import pack
from plankb.store.sections import SectionWriter, paths
from tests import corpus
from tests.samples import sample


@pytest.mark.parametrize("plan", corpus.PLANS)
def test_a_real_text_with_its_map(plan: str) -> None:
    clean = corpus.clean_text(plan)
    packed = layout.pack_raw(clean.raw, clean.text, clean.offsets, clean.replaced)
    again = layout.unpack(packed, clean.text, layout.pack(clean))
    assert again == clean
    assert len(packed) < len(clean.raw.encode()) / 20  # most of the file stands in its clean text


@given(
    st.text(alphabet="公 交\n、ab", max_size=30),
    st.text(alphabet="公交、ab\t", max_size=20),
    st.lists(st.integers(0, 29), min_size=20, max_size=20),
    st.sets(st.integers(0, 19)),
)
def test_any_text_with_any_map(raw: str, text: str, places: list[int], replaced: set[int]) -> None:
    offsets = array("I", [min(place, max(0, len(raw) - 1)) for place in places[: len(text)]])
    packed = layout.pack_raw(raw, text, offsets, replaced)
    assert layout.unpack_raw(packed, text, offsets, replaced) == raw


@given(st.lists(st.lists(st.sampled_from("甲乙丙"), max_size=3).map(tuple), max_size=12))
def test_headings_are_a_tree_of_consecutive_numbers(given_paths: list[tuple[str, ...]]) -> None:
    writer = SectionWriter()
    numbers = [writer.enter(path) for path in given_paths]
    rows = writer.rows()
    found = paths((number, parent, heading) for number, (parent, _, heading) in enumerate(rows))
    assert [found[number] for number in numbers] == given_paths
    for number, (_, last, _) in enumerate(rows):
        below = [other for other in range(len(rows)) if found[other][: len(found[number])] == found[number]]
        assert set(range(number, last + 1)) <= set(below)


def test_the_last_below_a_heading_is_that_of_all_its_depths() -> None:
    writer = SectionWriter()
    for path in (("甲", "乙"), ("甲", "乙", "丙"), ("甲", "乙", "丁", "戊"), ("己",)):
        writer.enter(path)
    assert [(heading, last) for _, last, heading in writer.rows()] == [
        ("甲", 4), ("乙", 4), ("丙", 2), ("丁", 4), ("戊", 4), ("己", 5),
    ]  # fmt: skip


@given(st.text(alphabet="绿色建ab2。.、 _（", max_size=40))
def test_spaced_tokens_keep_their_places(text: str) -> None:
    expected = list(tokens(fold(text)))
    said = spaced(fold(text)).split(" ") if expected else []
    first = expected[0].position if expected else 0
    assert [(token, place + first) for place, token in enumerate(said) if token != GAP] == [
        (token.text, token.position) for token in expected
    ]


def test_the_same_plan_is_packed_to_the_same_bytes() -> None:
    one = sample("a")
    first, second = (pack(one.plan, one.clean, facts=one.facts, bureaus=one.bureaus) for _ in range(2))
    assert first == second


def test_a_plan_is_packed_with_its_full_text_unless_that_is_not_wanted() -> None:
    one = sample("a")
    whole = pack(one.plan, one.clean, facts=one.facts, bureaus=one.bureaus)
    bare = pack(one.plan, one.clean, facts=one.facts, bureaus=one.bureaus, fulltext=False)
    assert whole.content.passages
    assert len(whole.content.headings) == len(whole.content.sections)
    assert (bare.content.passages, bare.content.headings) == ((), ())
    assert bare.content.facts == whole.content.facts
