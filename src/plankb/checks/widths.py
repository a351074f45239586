"""Rule `half-width`: half-width marks in Chinese text, where GB/T 15834 has full-width ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Fix, Span

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HAN = "[\u4e00-\u9fff]"
_MARK = re.compile(
    rf"(?<={_HAN})[,;:?!](?={_HAN}|[“《（]|$)|(?<=[”》）)%])[,;:?!](?={_HAN})"
    rf"|\((?=[^()（）]*{_HAN}[^()（）]*[)）])|(?<={_HAN})\)(?![0-9A-Za-z])",
    re.MULTILINE,
)
_SIGNS = re.compile("[，；：？！（）,;:?!()]")
_CONVERTED = 0.4
"""Share of half-width marks from which a text is one that a program has converted, and one remark says all."""


@rule(
    "half-width",
    severity="info",
    zh="中文语句中使用了半角标点",
    en="half-width marks in Chinese text",
    example="完善机制,加强监管",
)
def half_width(draft: Draft) -> Iterator[Remark]:
    """One remark a paragraph; one for the whole draft where nearly half its marks are such."""
    found = [(span, _marks(draft.text, span)) for span in draft.paragraphs]
    found = [(span, marks) for span, marks in found if marks]
    count = sum(len(marks) for _, marks in found)
    signs = sum(len(_SIGNS.findall(draft.text, *span)) for span in draft.paragraphs)
    if found and count > _CONVERTED * signs:
        yield _remark(draft, [mark for _, marks in found for mark in marks])
    else:
        yield from (_remark(draft, marks) for _, marks in found)


def _marks(text: str, span: Span) -> list[int]:
    return [match.start() for match in _MARK.finditer(text, *span)]


def _remark(draft: Draft, places: list[int]) -> Remark:
    first = places[0]
    start = max(draft.text.rfind("\n", 0, first) + 1, first - 4)
    signs = "".join(dict.fromkeys(draft.text[place] for place in places))
    fixes = tuple(Fix(span=(place, place + 1), text=_FULL[draft.text[place]]) for place in places)
    return Remark((start, first + 1), "E435", {"signs": signs, "count": len(places)}, fixes=fixes)
