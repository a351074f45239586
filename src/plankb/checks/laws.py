"""The nation's laws as a draft cites them: titles that are none, and laws that are no longer in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import rules
from plankb.checks.registry import Draft, Remark
from plankb.model import Fix
from plankb.rules.kinds import Codes

_NATION = "中华人民共和国"
_CITED = re.compile(rf"《{_NATION}(?P<title>[^《》（(\n]{{1,40}})(?:[（(][^）)\n]{{1,20}}[）)])?》")
_LIKE, _SURE, _SHORTEST = 62.0, 80.0, 4
"""From which likeness (0..100) a title that is none is meant as a known one, and surely so; the shortest title."""
_KINDS = re.compile("(?:法|法典|条例|细则)$")


def remarks(draft: Draft) -> Iterator[Remark]:
    """A fix only where a character or two are wrong, or one law stands in another's place."""
    from rapidfuzz import fuzz, process

    known = rules.words("laws", "title")
    repealed = rules.one("laws", "repealed", Codes).values
    for match in _CITED.finditer(draft.text):
        title = match["title"]
        span = match.start("title"), match.end("title")
        if title in repealed:
            details: dict[str, object] = {"title": f"{_NATION}{title}", "now": f"{_NATION}{repealed[title]}"}
            yield Remark(match.span(), "E363", details, fixes=(Fix(span=span, text=repealed[title]),))
        elif title not in known and _KINDS.search(title) and len(title) >= _SHORTEST:
            kind = title[-1]
            near = process.extractOne(title, [one for one in known if one[-1] == kind], scorer=fuzz.ratio)
            if near and near[1] >= _LIKE:
                details = {"title": f"{_NATION}{title}", "known": f"{_NATION}{near[0]}"}
                fixes = (Fix(span=span, text=near[0]),) if near[1] >= _SURE else ()
                yield Remark(match.span(), "E496", details, fixes=fixes)
