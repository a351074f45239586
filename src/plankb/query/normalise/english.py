"""English terms of a question in Chinese, by `rules/glossary.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.register import places
from plankb.rules.kinds import Codes
from plankb.rules.sections import GLOSSARY

_TIED = compiled(r"(?<=[\u4e00-\u9fff])[-\u2010-\u2013](?=(?P<name>[\u4e00-\u9fff]+))")
"""A hyphen between two names in Chinese; it ties places (Guiyang-Gui'an), and is left where another word follows."""


@cache
def _terms() -> tuple[re.Pattern[str], dict[str, str]]:
    groups = (rules.one("glossary", group, Codes).values for group in GLOSSARY)
    terms = {term: chinese for group in groups for term, chinese in group.items()}
    longest = sorted(terms, key=len, reverse=True)
    pattern = rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, longest))})(?:s|es)?(?![A-Za-z])"
    return compiled(pattern, re.IGNORECASE), terms


def to_chinese(text: str) -> str:
    """A question with its English terms in Chinese; spaces between two of them go, and so does a term said twice.

    Staff say a term in both languages: wind power 风电.
    """
    if not re.search(r"[A-Za-z]{2}", text):
        return text
    text = rules.one("question_forms", "english_counted").regex.sub(_counted, text)
    pattern, terms = _terms()
    said = pattern.sub(lambda match: meaning(match.group(), terms) or match.group(), text)
    said = re.sub(r"(?<=[\u4e00-\u9fff])'s (?=[\u4e00-\u9fff])", "", said)
    said = re.sub(r"(?<=[\u4e00-\u9fff]) and (?=[\u4e00-\u9fff])", "和", said)
    said = _TIED.sub(lambda match: "和" if places.find(match["name"]) else match.group(), said)
    joined = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", said)
    return re.sub(r"([\u4e00-\u9fff]{2,})\1", r"\1", joined)


def _counted(match: re.Match[str]) -> str:
    """How many bureaus there are to be, in Chinese (at least three bureaus: 3个以上单位)."""
    said = (match["number"] or match["number2"]).lower()
    words = re.findall("[a-z]+", rules.one("parts", "english_number").expression)  # in order, from one on
    number = int(said) if said.isdigit() else words.index(said) + 1
    below = match["most"] or match["below"] or (match["up"] or "").lower() == "fewer"
    if below:
        return f"最多{number - bool(match['below'])}个单位"
    over = "超过" if match["over"] else ""
    return f"{over}{number}个{'' if over or match['exact'] else '以上'}单位"


def has_words(text: str) -> bool:
    """Whether a question holds English words, not only formulas (VOCs) and keys of filters (lead:)."""
    return bool(re.search(r"(?<![A-Za-z])[A-Za-z]?[a-z]{3,}(?![A-Za-z0-9:：])", text))


def meaning(word: str, terms: Mapping[str, str]) -> str | None:
    """What a word means, in the plural or past tense too; None where it is no term."""
    word = word.lower()
    forms = (word, *(word.removesuffix(end) for end in ("s", "es", "d", "ed")))
    return next((terms[form] for form in forms if form in terms), None)


def is_english(text: str) -> bool:
    """Whether a question is asked in English: it begins so, or has more of it than of Chinese names.

    Formulas (VOCs, PM2.5) and filters (lead:市交委) are no English.
    """
    words = re.findall(r"(?<![A-Za-z])[A-Z]?[a-z]+(?![A-Za-z0-9:：])", text)
    begins = re.match(r"\W*[A-Z]?[a-z]+(?![A-Za-z0-9:：])", text)
    return len(words) >= 2 and (begins is not None or sum(map(len, words)) > len(re.findall(r"[\u4e00-\u9fff]", text)))
