"""Short names as the plans write them in full: zones before a bureau (贵安 for 贵安新区), indicators (绿建占比)."""

from __future__ import annotations

import re

from plankb import rules
from plankb.query.normalise.names import bare, pieces
from plankb.query.vocabulary import Vocabulary

_ZONE = "新区"
_BODY = r"(?:(?!方案|规划|计划|文件)[\u4e00-\u9fff]){2,8}?[局委办](?!员|托)"
"""A body right after its zone, over no word for a plan (滨湖方案里市发改委)."""
_LEAST, _MOST, _LONGER = 3, 6, 3
"""Characters of a short name of an indicator, and how many times as long its full name may be."""


def with_zones(text: str, vocabulary: Vocabulary) -> str:
    """A question with the zones before bureaus by their full names (滨湖生态局: 滨湖新区生态局)."""
    for zone in vocabulary.bureau_places:
        if zone.endswith(_ZONE) and (short := zone.removesuffix(_ZONE)) in text:
            text = re.sub(rf"{short}(?!{_ZONE})(?:的)?(?={_BODY})", zone, text)
    return text


def with_shares(text: str, vocabulary: Vocabulary) -> str:
    """A question with the share of one thing in another (电力占能源消费的比重) as the plans name it (电力消费比重)."""
    return rules.one("question_forms", "share_of").regex.sub(lambda match: _share(match, vocabulary), text)


def _share(match: re.Match[str], vocabulary: Vocabulary) -> str:
    part, whole = match["part"], match["whole"]
    for start in range(len(part) - 1):
        for end in (whole, whole[-2:], f"占{whole}", ""):
            if vocabulary.fits(bare(f"{part[start:]}{end}比例")):
                return f"{part}{end}比例{match['ask'] or ''}"
    return match.group()


def measure_in_full(word: str, vocabulary: Vocabulary) -> str | None:
    """The name of an indicator that a word shortens (绿建占比: 绿色建筑占比); None where it shortens none, or several.

    The name has the characters of the word in their order, and ends as it does.
    """
    said = bare(word)
    if not _LEAST <= len(said) <= _MOST or not all("\u4e00" <= char <= "\u9fff" for char in said):
        return None
    found = sorted({full for name in vocabulary.named("target") if (full := _tail(said, name.bare))}, key=len)
    return found[0] if found and all(pieces(found[0], other) for other in found) else None


def _tail(said: str, name: str) -> str | None:
    """The shortest end of a name that holds the characters of a word in order, the first one at its start."""
    at = len(name)
    for char in reversed(said):
        at = name.rfind(char, 0, at)
        if at < 0:
            return None
    full = name[at:]
    fits = name.endswith(said[-1]) and len(said) < len(full) <= _LONGER * len(said)
    return full if fits and _in_pairs(said, full) else None


def _in_pairs(said: str, full: str) -> bool:
    """Whether a short name takes its characters from different words of a name: no more than two side by side."""
    return sum(said[index : index + 2] in full for index in range(len(said) - 1)) < len(said) - 1
