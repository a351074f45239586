"""Scores of a scheme of a hundred points, and weights in percent, that do not come to a hundred.

考核实行百分制，日常检查30分、年度评估60分 leaves ten points to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from plankb import rules
from plankb.checks.amounts import number, plain
from plankb.checks.registry import Draft, Remark
from plankb.model import Span

_WHOLE, _EXACT = 100.0, 1e-9
_FEW = 2
"""Scores from which on they are those of a scheme."""


def remarks(draft: Draft) -> Iterator[Remark]:
    """Paragraph by paragraph: each run of scores behind words that say what they come to."""
    for span in draft.paragraphs:
        for scheme, part in (("scheme", "score"), ("weighed", "weight")):
            said = rules.one("scores", scheme).regex.search(draft.text, *span)
            if said:
                yield from _run(draft.text, (said.end(), span[1]), part)


def _run(text: str, span: Span, part: str) -> Iterator[Remark]:
    """The first run of scores side by side; parts of a part, in brackets or behind 其中, are not counted."""
    found: list[tuple[Span, str]] = []
    for match in rules.one("scores", part).regex.finditer(text, *span):
        between = text[found[-1][0][1] : match.start()] if found else ""
        if found and not rules.one("scores", "between").regex.fullmatch(between):
            break
        found.append((match.span(), match["value"]))
    if len(found) < _FEW or rules.one("scores", "more").search(text[found[-1][0][1] : span[1]].split("。")[0]):
        return
    values = [value for _, value in found]
    summed = sum(map(number, values))
    if abs(summed - _WHOLE) > _EXACT and all(0 < number(value) < _WHOLE for value in values):
        sign = "分" if part == "score" else "%"
        details: dict[str, object] = {
            "terms": "+".join(values), "sum": f"{plain(summed)}{sign}", "total": f"100{sign}"
        }  # fmt: skip
        yield Remark((found[0][0][0], found[-1][0][1]), "E813", details)
