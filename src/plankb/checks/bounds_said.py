"""Rule `contradictory-bound`: a bound said twice or against itself, a range that begins with its end, more than all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import rules
from plankb.checks.amounts import number, scale
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Fix, Severity

_ALL = 100.0


@rule(
    "contradictory-bound",
    severity="warning",
    zh="数值界限自相矛盾或重复，区间大小颠倒，降幅或比重超过100%",
    en="a bound said twice or against itself, a range that begins with its end, a cut or share beyond all there is",
    example="每座装机20万—10万千瓦；不低于60%以下",
)
def contradictory_bound(draft: Draft) -> Iterator[Remark]:
    """Wherever numbers stand, in paragraphs and in cells."""
    units = (*draft.full_sentences, *(cell.span for table in draft.tables for row in table.rows for cell in row.cells))
    for span in dict.fromkeys(units):
        for name, severity in (("against", None), ("twice", "info")):
            for form in rules.many("bounds", name):
                for match in form.regex.finditer(draft.text, *span):
                    yield _twice(match, severity)
        for match in rules.pattern("checks", "range").finditer(draft.text, *span):
            if _turned(match):
                first, sign = re.subn("[%％]$", "", match["a"])  # of 8%—5% the second sign is the unit
                words = f"{match['b']}{'%' * sign}{match['between']}{first}"
                fix = Fix(span=(match.start("a"), match.end("b")), text=words)
                yield Remark(match.span(), "E381", {"range": match.group()}, fixes=(fix,))
        for match in rules.one("bounds", "cut_times").regex.finditer(draft.text, *span):
            yield Remark(match.span(), "E382", {"words": match.group()})
        for match in rules.one("bounds", "about_all").regex.finditer(draft.text, *span):
            if not rules.one("bounds", "over_all").search(match["name"]):
                yield Remark(match.span(), "E819", {"words": match.group()})
        for match in rules.one("bounds", "beyond_all").regex.finditer(draft.text, *span):
            over = number(match["value"]) > _ALL or (number(match["value"]) == _ALL and match["more"])
            if over and not rules.one("bounds", "over_all").search(match["name"] or ""):
                surely: Severity = "error" if number(match["value"]) > _ALL else "warning"
                yield Remark(match.span(), "E382", {"words": match.group()}, surely)


def _twice(match: re.Match[str], severity: object) -> Remark:
    """A bound beside another: what stands behind the number is the one too many where both say the same."""
    span = match.span("extra")
    if severity == "info":
        return Remark(match.span(), "E384", {"words": match.group()}, "info", fixes=(Fix(span=span, text=""),))
    return Remark(match.span(), "E383", {"words": match.group()})


def _turned(match: re.Match[str]) -> bool:
    """Whether the first number of a range is the greater: 20万—10万千瓦, 8%—5%; not a fall (从8%到5%)."""
    first_unit = match["a_unit"] or match["b_unit"]
    first, last = (
        number(match[part].removesuffix(match[f"{part}_unit"])) * scale(unit)
        for part, unit in (("a", first_unit), ("b", match["b_unit"]))
    )
    moved = rules.one("bounds", "moved").search(match.string[max(0, match.start() - 12) : match.start()])
    return first > last and not (match["between"] in "至到" and moved)
