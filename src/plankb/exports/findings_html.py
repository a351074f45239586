"""Findings as one HTML page: each with its line, its words, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plankb.columns import review_text
from plankb.errors import Language
from plankb.exports import pages
from plankb.extractors import Reading
from plankb.model import Finding
from plankb.words import word

_AROUND = 60
"""Characters shown on either side of the words concerned."""


def write(
    findings: Sequence[Finding],
    name: str,
    titles: Mapping[str, str],
    *,
    reading: Reading | None = None,
    lang: Language = "zh",
) -> bytes:
    """The page of a draft called `name`; `titles` are those of the plans, by id.

    With `reading`, the draft as it was read, each finding shows the words around it and the section that they stand in.
    """
    return pages.render(
        "findings.html.j2",
        lang=lang,
        name=name,
        findings=findings,
        counts=[
            (word("severity", severity, lang), sum(finding.severity == severity for finding in findings))
            for severity in ("error", "warning", "info")
        ],
        rule=lambda finding: word("rule", finding.rule, lang),
        severity=lambda finding: word("severity", finding.severity, lang),
        around=lambda finding: _around(finding, reading.clean.text) if reading else ("", ""),
        section=lambda finding: " / ".join(reading.outline.path_at(finding.span[0])) if reading else "",
        title=lambda plan: titles.get(plan, plan),
        reviewed=lambda review: review_text(review, lang),
    )


def _around(finding: Finding, text: str) -> tuple[str, str]:
    """What stands before and after the words in their paragraph; "…" where it is cut."""
    before = text[max(0, finding.span[0] - _AROUND) : finding.span[0]]
    after = text[finding.span[1] : finding.span[1] + _AROUND]
    start, end = before.rpartition("\n"), after.partition("\n")
    cut = len(before) == _AROUND and not start[1], len(after) == _AROUND and not end[1]
    return ("…" if cut[0] else "") + start[2], end[0] + ("…" if cut[1] else "")
