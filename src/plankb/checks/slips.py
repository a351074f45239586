"""Rule `wrong-wording`: sentences that say the opposite of what is meant, or run two patterns into one."""

from __future__ import annotations

from collections.abc import Iterator

from plankb import rules
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Fix


@rule(
    "wrong-wording",
    severity="warning",
    zh="双重否定使意思相反，或两种句式杂糅",
    en="a negation too many, or two sentence patterns run into one",
    example="防止不发生重大安全事故（应为“防止发生”）",
)
def wrong_wording(draft: Draft) -> Iterator[Remark]:
    """Wherever text stands; what is one too many is taken out."""
    units = (*draft.paragraphs, *(cell.span for table in draft.tables for row in table.rows for cell in row.cells))
    for span in dict.fromkeys(units):
        for section, code in (("negated", "E320"), ("tangled", "E321")):
            for form in rules.many("slips", section):
                for match in form.regex.finditer(draft.text, *span):
                    fix = Fix(span=match.span("extra"), text="")
                    yield Remark(match.span(), code, {"words": match.group()}, fixes=(fix,))
