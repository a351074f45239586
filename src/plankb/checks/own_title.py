"""A draft's own title said otherwise than it is: with other years, as another kind of document, in other words.

A plan may cite the one before it, whose years end before its own begin; years that overlap are a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import in_force, numbers, rules
from plankb.checks import by_calendar as calendar
from plankb.checks.registry import Draft, Remark
from plankb.model import Fix

_LIKE, _KIND, _FRONT = 70.0, 2, 1500
"""From which likeness (0..100) a title in the line that hands it out is meant for the draft's own; characters of the
kind of a document (方案, 规划), and of a text in which its title stands."""
_YEARS = re.compile(r"[（(]?\s*(20\d\d)\s*年?\s*[-—–－~～至到]+\s*(20\d\d)\s*年?\s*[）)]?")
_SIGNS = re.compile(r"[\s“”\"《》〈〉（）()]")


def remarks(draft: Draft) -> Iterator[Remark]:
    """Titles in 《》 that are the draft's own but for their years or words, then 本规划 in what is no 规划."""
    yield from _years(draft)
    yield from _agreed_to(draft)
    yield from _kind(draft)


def lengths(draft: Draft) -> Iterator[Remark]:
    """三年行动方案（2026—2029年）: a title that says so many years and has more."""
    for match in rules.pattern("draft_dates", "years_in_title").finditer(draft.text):
        count, last, first = int(numbers.parse(match["count"]) or 0), int(match["last"]), int(match["first"])
        if count and last - first + 1 != count:
            details: dict[str, object] = {"words": f"{match['count']}年", "count": count, "years": last - first + 1}
            yield Remark(match.span(), "E323", details | {"period": f"{first}—{last}年"})


def periods(draft: Draft) -> Iterator[Remark]:
    """为做好“十四五”时期水利工作 in a plan of 2026—2030年, as the one before it said: years that are over when it
    begins, or not begun when it ends. A plan of one year may be for that year alone."""
    own, sections = in_force.years(draft.reading.plan), draft.reading.outline.sections
    front = sections[0].span[0] if sections else min(len(draft.text), _FRONT)
    found = [*rules.pattern("draft_dates", "made_for").finditer(draft.text, 0, front)]
    found += rules.pattern("draft_dates", "guide_of").finditer(draft.text)
    for match in found if own else ():
        year, period = match.groupdict().get("year"), match["period"]
        first, last = (int(year), int(year)) if year else calendar.years_of(period)
        one_year = own is not None and own[0] == own[1]
        if own and (last < own[0] or first > own[1]) and (period or one_year):
            own_years = f"{own[0]}年" if one_year else f"{own[0]}—{own[1]}年"
            yield Remark(match.span(), "E817", {"words": match.group(), "years": own_years})


def _plain(title: str) -> str:
    return _SIGNS.sub("", _YEARS.sub("", title))


def _years(draft: Draft) -> Iterator[Remark]:
    own, base = in_force.years(draft.reading.plan), _plain(draft.reading.plan.title)
    for match in rules.pattern("draft_dates", "quoted_title").finditer(draft.text) if own else ():
        years = _YEARS.search(match["title"])
        if not years or not own or _plain(match["title"]) != base:
            continue
        first, last = int(years[1]), int(years[2])
        if (first, last) != own and last >= own[0] and first <= own[1]:
            right = f"{own[0]}—{own[1]}年"
            yield Remark(match.span(), "E418", {"printed": f"{first}—{last}年", "title": right}, "error")


def _agreed_to(draft: Draft) -> Iterator[Remark]:
    """《乙方案》已经市政府同意，现印发给你们 below 关于印发甲方案的通知."""
    from rapidfuzz import fuzz

    base = _plain(draft.reading.plan.title)
    for match in rules.pattern("draft_dates", "agreed_to").finditer(draft.text):
        title = _plain(match["title"])
        if title != base and not title.endswith(base) and not base.endswith(title) and fuzz.ratio(title, base) >= _LIKE:
            yield Remark(match.span("title"), "E801", {"title": match["title"], "other": draft.reading.plan.title})


def _kind(draft: Draft) -> Iterator[Remark]:
    """制定本规划 in a title that ends in 方案; a draft that says both is not judged."""
    kinds = rules.words("draft_dates", "kinds_of_document")
    title = _plain(draft.reading.plan.title)
    own = title[-_KIND:]
    if own not in kinds or title not in _plain(draft.text[:_FRONT]):
        return  # a title that the text does not print was given by someone else
    for match in rules.pattern("draft_dates", "made_here").finditer(draft.text):
        said = match["kind"]
        if said != own and said in kinds:
            fix = Fix(span=match.span("kind"), text=own)
            yield Remark(match.span(), "E809", {"said": match.group(), "own": own}, fixes=(fix,))
        return
