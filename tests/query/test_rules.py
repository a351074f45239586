"""Every entry of `rules/questions.toml` means what its example says; English terms become Chinese."""

from __future__ import annotations

from typing import Any

import pytest

from plankb import rules
from plankb.query import Library, understand
from plankb.query.english import to_chinese
from plankb.query.matching import bare

_RULES = rules.load("questions")
_ENTRIES = [entry for group in ("word", "bound", "time") for entry in _RULES[group]]


@pytest.mark.parametrize("entry", _ENTRIES, ids=lambda entry: entry["example"])
def test_the_example_of_a_pattern_is_understood(entry: dict[str, Any], library: Library) -> None:
    query = understand(entry["example"], library.vocabulary, library.mentions).as_json()
    assert {field: query.get(field) for field in entry["expect"]} == entry["expect"], query


@pytest.mark.parametrize("entry", _RULES["synonym"], ids=lambda entry: entry["to"])
def test_synonyms_are_compared_as_one(entry: dict[str, Any]) -> None:
    one, other = entry["example"]
    assert bare(one) == bare(other)


@pytest.mark.parametrize("group", list(rules.load("glossary")))
def test_english_terms_become_chinese(group: str) -> None:
    for term, chinese in rules.load("glossary")[group].items():
        assert to_chinese(f"what about the {term} here?") == f"what about the {chinese} here?"
