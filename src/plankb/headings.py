"""The forms of numbered headings (第一章, 一、, （一）, 1., 一是, 专栏, …), from `rules/headings.toml`."""

from __future__ import annotations

import re
from functools import cache

from plankb import numbers, rules
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.rules.kinds import HeadingForm


@dataclass(frozen=True, slots=True)
class Form:
    """A form of heading: `rank` is its place by convention, the lower the further out."""

    name: str
    rank: int
    pattern: re.Pattern[str]


@cache
def forms() -> tuple[Form, ...]:
    """All forms, in the order of the rules."""
    return tuple(
        Form(form.name, form.rank, compiled(r"\s*" + form.expression))
        for form in rules.many("headings", "form", HeadingForm)
    )


_UNNUMBERED = 85
"""Headings without a number stand below all numbered ones, where the file gives them no level."""


TITLE_OF_ATTACHMENT = "annex_title"
"""The form of an attachment's own title, which has no number and stands right below its mark."""


@cache
def _ranks() -> dict[str, int]:
    ranks = {form.name: form.rank for form in forms()}
    return {**ranks, TITLE_OF_ATTACHMENT: ranks["annex"] + 1}


def rank(form: str) -> int:
    """Where a form stands by convention: the lower the number, the further out."""
    return _ranks().get(form, _UNNUMBERED)


@cache
def heading_pattern() -> re.Pattern[str]:
    """Matches the number of any heading form at the start of a line."""
    patterns = [re.sub(r"\(\?P<number>", "(?:", form.expression) for form in rules.many("headings", "form")]
    return compiled(r"\s*(?:" + "|".join(patterns) + ")")


def heading_form(text: str) -> tuple[str, int, int] | None:
    """(form, number, offset where the title starts) of a line that starts like a heading; None for any other line."""
    best: tuple[str, int, int] | None = None
    for form in forms():
        match = form.pattern.match(text)
        if match and (best is None or match.end() > best[2]):
            last = re.split(r"[.\-—]", match["number"] or "")[-1]
            best = (form.name, int(numbers.parse(last.translate(numbers.LEGAL)) or 0), match.end())
    return best
