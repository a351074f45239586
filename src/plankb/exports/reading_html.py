"""The plan with what was read in it, as one page: text with marks, facts in the margin, the record on hover."""

from __future__ import annotations

from plankb.errors import Language
from plankb.exports.pages import render
from plankb.exports.reading import MARKS, blocks, legend
from plankb.extractors import Reading
from plankb.words import word


def page(reading: Reading, *, lang: Language = "zh") -> bytes:
    """The page, self-contained; every text of the plan is escaped."""
    return render(
        "reading.html.j2",
        lang=lang,
        plan=reading.plan,
        blocks=list(blocks(reading, lang)),
        marks=[(kind, word("mark", kind, lang)) for kind in MARKS],
        counts=[(word("kind", kind, lang), count) for kind, count in legend(reading)],
        kinds={kind: word("kind", kind, lang) for kind, _ in legend(reading)},
    )
