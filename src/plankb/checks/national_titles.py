"""The nation's plans and programmes as a draft cites them: titles that are none, but nearly one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plankb import rules
from plankb.checks.registry import Draft, Remark
from plankb.model import Fix

_CITED = re.compile(r"《(?P<title>[^《》\n]{6,40})》")
_SIGNS = re.compile(r"[\s“”‘’\"'〈〉]")
_HEAD, _GENRE = 4, 2
"""Characters at the start of a title that two share which mean one document, and at its end that say its kind."""
_LIKE, _LIKE_OF_OTHER_KIND = 62.0, 80.0
"""From which likeness (0..100) a title is meant as a known one of its kind, and as one of another kind."""


def remarks(draft: Draft) -> Iterator[Remark]:
    """One remark for each title that is none of the nation's but nearly one."""
    for match in _CITED.finditer(draft.text):
        printed = match["title"]
        known = _meant(_SIGNS.sub("", printed))
        if known:
            fixes = (Fix(span=match.span("title"), text=known),)
            yield Remark(match.span(), "E496", {"title": printed, "known": known}, fixes=fixes)


def _meant(title: str) -> str | None:
    """The known title that another one is meant as; None where it is known itself, or like none."""
    from rapidfuzz import fuzz

    name, years = _parts(title)
    if (name, years) in _known() or any(name == one for one, _ in _known()):
        return None
    if rules.one("documents", "not_compared").search(name):
        return None
    for (one, own), whole in _known().items():
        of_nation = "国" in one[: _HEAD + _GENRE] or (years is not None and years == own)
        apart = years is not None and own is not None and years != own
        if one[:_HEAD] != name[:_HEAD] or not of_nation or apart or name.startswith(one + "实施"):
            continue
        least = _LIKE if one[-_GENRE:] == name[-_GENRE:] else _LIKE_OF_OTHER_KIND
        if fuzz.ratio(one, name) >= least:
            return whole
    return None


def _parts(title: str) -> tuple[str, tuple[str, str] | None]:
    """(name, first and last year) of a title; None where it has no years."""
    found = rules.one("documents", "years").search(title)
    return (title[: found.start()], (found["first"], found["last"])) if found else (title, None)


@cache
def _known() -> dict[tuple[str, tuple[str, str] | None], str]:
    return {_parts(_SIGNS.sub("", title)): title for title in rules.words("documents", "title")}
