"""The nation's laws as a draft cites them: titles that are none, and laws that are no longer in force."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from plankb import rules
from plankb.checks.registry import Draft, Remark
from plankb.model import Fix, Severity
from plankb.rules.kinds import Codes

_NATION = "中华人民共和国"
_CITED = re.compile(rf"《{_NATION}(?P<title>[^《》（(\n]{{1,40}})(?:[（(][^）)\n]{{1,20}}[）)])?》")
_LIKE, _SURE, _SHORTEST = 62.0, 80.0, 4
"""From which likeness (0..100) a title that is none is meant as a known one, and surely so; the shortest title."""
_BEFORE = 12
"""Characters before a title in which a word says that it is yet to be made."""


def remarks(draft: Draft) -> Iterator[Remark]:
    """A fix only where a character or two are wrong, or one law stands in another's place."""
    from rapidfuzz import fuzz, process

    known = rules.words("laws", "title")
    repealed = rules.one("laws", "repealed", Codes).values
    for match in _CITED.finditer(draft.text):
        title = match["title"]
        span = match.start("title"), match.end("title")
        if now := _now(title, draft.date):
            details: dict[str, object] = {"title": f"{_NATION}{title}", "now": f"{_NATION}{now}"}
            yield Remark(match.span(), "E363", details, _severity(now, draft.date), fixes=(Fix(span=span, text=now),))
        elif (
            title not in repealed
            and title not in known
            and rules.one("laws", "kind").search(title)
            and len(title) >= _SHORTEST
        ):
            kind = title[-1]
            other = _of_other_kind(title, known)
            near = (other, _SURE, 0) if other else process.extractOne(
                title, [one for one in known if one[-1] == kind], scorer=fuzz.ratio
            )  # fmt: skip
            if near and near[1] >= _LIKE:
                details = {"title": f"{_NATION}{title}", "known": f"{_NATION}{near[0]}"}
                fixes = (Fix(span=span, text=near[0]),) if near[1] >= _SURE else ()
                yield Remark(match.span(), "E496", details, fixes=fixes)
    yield from _regulations(draft)


def _of_other_kind(title: str, known: Collection[str]) -> str | None:
    """The law whose name a title bears as a regulation, or the other way about: 农业机械化促进条例."""
    kind = rules.pattern("laws", "kind")
    stem = kind.sub("", title)
    return next((one for one in known if one != title and kind.sub("", one) == stem), None)


def _regulations(draft: Draft) -> Iterator[Remark]:
    """Regulations of the nation without its name whose title has a word too many, too few or in another's place:
    《残疾人就业管理条例》. Titles that begin with a place, and those that are yet to be made, are not looked at."""
    known, empty = rules.words("regulations", "title"), rules.pattern("regulations", "empty")
    bare = {empty.sub("", one): one for one in known}
    for match in rules.one("regulations", "cited").finditer(draft.text):
        title = match["title"]
        before = draft.text[max(0, match.start() - _BEFORE) : match.start()]
        if (
            title in known
            or title in rules.words("laws", "title")
            or rules.one("regulations", "to_make").search(before)
        ):
            continue
        meant = bare.get(empty.sub("", title))
        if meant and meant[-1] == title[-1]:
            fix = Fix(span=match.span("title"), text=meant)
            yield Remark(match.span(), "E496", {"title": title, "known": meant}, fixes=(fix,))


def _now(title: str, date: str | None) -> str | None:
    """The law that stood in a repealed one's place when the draft was written; None where the title was in force then.

    A draft without a date is taken to be of today.
    """
    since = rules.one("laws", "since", Codes).values
    repealed = rules.one("laws", "repealed", Codes).values
    now = None
    while (later := repealed.get(now or title)) and (date is None or date > since[later]):
        now = later
    return now


def _severity(now: str, date: str | None) -> Severity | None:
    """A hint in the year of the change, when drafts are under way that rest on the older law; else the rule's own."""
    fresh = date is not None and date[:4] == rules.one("laws", "since", Codes).values[now][:4]
    return "info" if fresh else None
