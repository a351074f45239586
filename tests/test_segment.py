"""Segmentation keeps the text whole and shares nothing with jieba's own global tokenizer."""

from __future__ import annotations

import jieba

from plankb.segment import words
from tests.corpus import clean_text


def test_words_joined_are_the_text() -> None:
    text = clean_text("ziyang-synergy").text
    assert "".join(words(text)) == text


def test_words_of_the_global_tokenizer_stay_its_own() -> None:
    jieba.add_word("建设城镇燃", freq=10**9)
    assert "建设城镇燃" not in words("新建设城镇燃气管道")
