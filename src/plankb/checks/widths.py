"""Rule `half-width`: half-width marks in Chinese text, where GB/T 15834 has full-width ones, and the other way about:
full-width marks and digits in numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from plankb import rules
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Fix, Span

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。"}
_HAN = "[\u4e00-\u9fff]"
_MARK = re.compile(
    rf"(?<={_HAN})[,;:?!](?={_HAN}|[“《（]|$)|(?<=[”》）)%])[,;:?!](?={_HAN})"
    rf"|\((?=[^()（）]*{_HAN}[^()（）]*[)）])|(?<={_HAN})\)(?![0-9A-Za-z])|(?<={_HAN})\.(?=$|{_HAN}|[“《（])",
    re.MULTILINE,
)
_SIGNS = re.compile("[，；：？！（）,;:?!()]")
_GROUPED, _FEW = 6, 3
"""Characters of a number from which on its thousands stay apart; numbers with full-width signs that are slips."""
_CONVERTED = 0.4
"""Share of half-width marks from which a text is one that a program has converted, and one remark says all."""


@rule(
    "half-width",
    severity="info",
    zh="中文语句中使用了半角标点，数字中使用了全角标点或全角数字",
    en="half-width marks in Chinese text, full-width marks or digits in numbers",
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
    yield from _numbers(draft)


def _numbers(draft: Draft) -> Iterator[Remark]:
    """2，000张, 14。8%, ３６个: each with its mark or digits as numbers have them."""
    rows = (row.span for table in draft.tables for row in table.rows)
    lines = [*dict.fromkeys((*draft.paragraphs, *rows))]
    for form in rules.many("checks", "wide_number"):
        found = [match for span in lines for match in form.regex.finditer(draft.text, *span)]
        if len(found) <= _FEW:  # of more, a program made them, or it is how the draft is typed
            for match in found:
                number = match.group("number")
                right = unicodedata.normalize("NFKC", number).replace("。", ".")
                right = right.replace(",", "") if len(right) < _GROUPED else right
                fixes = (Fix(span=match.span("number"), text=right),)
                yield Remark(match.span(), "E805", {"words": number, "right": right}, "warning", fixes=fixes)


def _marks(text: str, span: Span) -> list[int]:
    return [match.start() for match in _MARK.finditer(text, *span)]


def _remark(draft: Draft, places: list[int]) -> Remark:
    first = places[0]
    start = max(draft.text.rfind("\n", 0, first) + 1, first - 4)
    signs = "".join(dict.fromkeys(draft.text[place] for place in places))
    fixes = tuple(Fix(span=(place, place + 1), text=_FULL[draft.text[place]]) for place in places)
    return Remark((start, first + 1), "E435", {"signs": signs, "count": len(places)}, fixes=fixes)
