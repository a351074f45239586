"""English terms of a question in Chinese, by `rules/glossary.toml`."""

from __future__ import annotations

import re
from functools import cache

from plankb import rules


@cache
def _terms() -> tuple[re.Pattern[str], dict[str, str]]:
    terms = {term: chinese for group in rules.load("glossary").values() for term, chinese in group.items()}
    longest = sorted(terms, key=len, reverse=True)
    pattern = rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, longest))})(?:s|es)?(?![A-Za-z])"
    return re.compile(pattern, re.IGNORECASE), terms


def to_chinese(text: str) -> str:
    """A question with its English terms in Chinese; spaces between two of them go."""
    if not re.search(r"[A-Za-z]{2}", text):
        return text
    pattern, terms = _terms()
    said = pattern.sub(lambda match: _meaning(match.group(), terms), text)
    said = re.sub(r"(?<=[\u4e00-\u9fff])'s (?=[\u4e00-\u9fff])", "", said)
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", said)


def _meaning(word: str, terms: dict[str, str]) -> str:
    word = word.lower()
    return next(terms[form] for form in (word, word.removesuffix("s"), word.removesuffix("es")) if form in terms)


def is_english(text: str) -> bool:
    """Whether a question is asked in English, Chinese names in it apart."""
    words = re.findall(r"[A-Za-z]{2,}", text)
    return len(words) >= 2 and sum(map(len, words)) > len(re.findall(r"[\u4e00-\u9fff]", text))
