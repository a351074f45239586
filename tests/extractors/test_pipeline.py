"""The pipeline: each component finds what it needs, and the text comes out as it went in."""

from __future__ import annotations

from plankb.extractors.pipeline import pipeline, run
from plankb.model import Plan
from tests.corpus import clean_text


def test_every_component_finds_what_it_needs() -> None:
    problems = (pipeline().analyze_pipes(keys=["assigns", "requires"]) or {})["problems"]
    assert not any(problems.values()), problems


def test_the_tokens_are_a_view_of_the_clean_text() -> None:
    text = clean_text("ziyang-synergy")
    assert run(text, Plan(id="p", title="p")).text == text.text
