"""The steps over a plan: each finds what it needs, fills only what it says; words are cut at recognised edges."""

from __future__ import annotations

from dataclasses import fields

import pytest

from plankb import rules
from plankb.document import CleanText
from plankb.extractors.pipeline import STEPS, Analysis, run
from plankb.extractors.records import Ids
from plankb.extractors.tokens import tokens
from plankb.model import Plan
from tests.corpus import clean_text
from tests.text import clean

GIVEN = ("plan", "clean", "ids")
PLAN = Plan(id="p", title="p")


def test_every_step_needs_only_what_is_there_before_it() -> None:
    known = set(GIVEN)
    for step in STEPS:
        assert set(step.needs) <= known, step.name
        known |= set(step.adds)
    assert known == {field.name for field in fields(Analysis)}


def test_every_step_fills_only_what_it_says() -> None:
    known = Analysis(PLAN, clean_text("ziyang-synergy"), Ids("p"))
    for step in STEPS:
        after = step.run(known)
        changed = {f.name for f in fields(Analysis) if getattr(after, f.name) is not getattr(known, f.name)}
        assert changed <= set(step.adds), step.name
        known = after


def test_the_tokens_are_a_view_of_the_clean_text() -> None:
    text = clean_text("ziyang-synergy")
    found = run(text, PLAN)
    assert found.tokens
    assert found.tokens.doc.text == text.text
    assert "".join(found.tokens.words) == text.text


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("times", "全市到2030年底前建成", ["到2030年底前"]),
        ("quantities", "新增床位3500张以上。", ["3500张以上"]),
        ("notes", "（市水务局牵头，市林业局配合）", ["（市水务局牵头，市林业局配合）"]),
        ("bureaus", "（市水务局牵头，市林业局配合）", ["市水务局", "市林业局"]),
    ],
)
def test_what_is_recognised_stands_in_the_spans_of_the_doc(kind: str, text: str, said: list[str]) -> None:
    found = run(clean(text), PLAN)
    assert found.tokens
    assert [span.text for span in found.tokens.doc.spans[kind]] == said


def test_every_recognised_edge_is_the_edge_of_a_token() -> None:
    text: CleanText = clean_text("guiyang-synergy")
    found = tokens(text, run(text, PLAN).notes)
    assert all(len(found.doc.spans[kind]) == len(spans) for kind, spans in found.recognised.items())


def test_a_piece_is_whole_where_the_tokens_of_the_doc_say_so() -> None:
    text: CleanText = clean_text("guiyang-synergy")
    found = tokens(text, run(text, PLAN).notes)
    edges = {0, *(token.idx for token in found.doc), len(text.text)}
    for start in range(0, len(text.text) - 6, 7):
        for end in range(start + 1, start + 6):
            behind = min(edge for edge in edges if edge > start) if start not in edges and end in edges else None
            adverb = behind is not None and text.text[start:behind] in rules.words("qualitative", "second_half")
            assert found.whole(start, end) is (end in edges and (start in edges or adverb)), text.text[start:end]


@pytest.mark.parametrize(
    ("text", "piece", "whole"),
    [
        ("启动国土变更调查工作", "更调查", False),
        ("完成国土变更登记", "变更", True),
        ("新型电力系统加快构建", "系统加快构建", False),
    ],
)
def test_a_piece_is_whole_where_it_begins_and_ends_with_words(text: str, piece: str, whole: bool) -> None:
    start = text.index(piece)
    assert tokens(clean(text), ()).whole(start, start + len(piece)) is whole


@pytest.mark.parametrize("sentence", ["到2026年，启动土地变更调查工作。", "到2026年，完成名录变更登记审核工作。"])
def test_words_that_hold_the_characters_of_an_outcome_state_none(sentence: str) -> None:
    found = run(clean(f"某市行动方案\n一、任务\n{sentence}"), PLAN)
    assert [target.qualitative for target in found.targets if "更" in (target.qualitative or "")] == []
