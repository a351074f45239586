"""Findings as one HTML page: each with its line, its words, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plankb.errors import Language
from plankb.exports import pages
from plankb.exports.tables import review_text
from plankb.model import Finding
from plankb.phrases import word


def write(findings: Sequence[Finding], name: str, titles: Mapping[str, str], *, lang: Language = "zh") -> bytes:
    """The page of a draft called `name`; `titles` are those of the plans, by id."""
    return pages.render(
        "findings.html.j2",
        lang=lang,
        name=name,
        findings=findings,
        counts=[
            (word("severity", severity, lang), sum(finding.severity == severity for finding in findings))
            for severity in ("error", "warning", "info")
        ],
        severity=lambda finding: word("severity", finding.severity, lang),
        said=lambda words: words.zh if lang == "zh" else words.en,
        title=lambda plan: titles.get(plan, plan),
        reviewed=lambda review: review_text(review, lang),
    )
