"""Conflicts as one HTML page to hand round: the quotations side by side, each with its plan and section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plankb.columns import review_text
from plankb.errors import Language
from plankb.exports import pages
from plankb.model import Conflict
from plankb.words import word


def write(conflicts: Sequence[Conflict], titles: Mapping[str, str], *, lang: Language = "zh") -> bytes:
    """The page; `titles` are those of the plans, by id."""
    return pages.render(
        "conflicts.html.j2",
        lang=lang,
        conflicts=conflicts,
        kind=lambda conflict: word("conflict", conflict.type, lang),
        severity=lambda conflict: word("severity", conflict.severity, lang),
        title=lambda plan: titles.get(plan, plan),
        reviewed=lambda review: review_text(review, lang),
    )
