"""When words of a question fit a name: a title, an indicator, a heading, the title of a plan.

Names are compared without spaces, quotation marks, brackets and letter case, and with the synonyms of
`rules/synonyms.toml` made one. Words fit a name when all their characters stand in it in pieces of two or more
(绿色建筑占比 fits 城镇新建绿色建筑面积占比), so 回收利用率 does not fit 资源化利用率.
"""

from __future__ import annotations

from plankb.kept_patterns import compiled
from plankb.name_forms import bare, printed

__all__ = ["bare", "fits", "overlap", "pieces", "printed"]

_ASCII_WORD = compiled(r"[a-z0-9.%+]+")


def pieces(words: str, name: str) -> int:
    """In how many pieces bare `words` stand in a bare `name`; 0 where they do not fit."""
    if not words:
        return 0
    if words in name:
        return 1
    if words[:2] not in name or words[-2:] not in name:  # the first and the last piece hold these
        return 0
    least = [0] + [0] * len(words)
    for end in range(1, len(words) + 1):
        starts = (
            start
            for start in range(end)
            if (start == 0 or least[start]) and _is_piece(words, start, end) and words[start:end] in name
        )
        least[end] = min((least[start] + 1 for start in starts), default=0)
    return least[len(words)]


def _is_piece(words: str, start: int, end: int) -> bool:
    if end - start < 2:
        return False
    # a Latin word or a figure is one piece: PM2.5 is not PM and 2.5
    inside = words[start - 1 : start + 1] if start else ""
    after = words[end - 1 : end + 1] if end < len(words) else ""
    return not any(_ASCII_WORD.fullmatch(joint) for joint in (inside, after) if len(joint) == 2)


def fits(words: str, name: str) -> bool:
    """Whether words, as typed, fit a name, as printed."""
    return pieces(bare(words), bare(name)) > 0


def overlap(words: str, name: str) -> float:
    """The share of the pairs of characters of bare `words` that stand in a bare `name`, 0 to 1."""
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    return sum(pair in name for pair in pairs) / len(pairs) if pairs else 0.0
