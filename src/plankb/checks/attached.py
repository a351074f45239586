"""The list of attachments (附件：1.… 2.…) against those that follow it, by number and by title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plankb import numbers, rules
from plankb.checks.registry import Draft, Remark
from plankb.model import Span

_LIKE = 60.0
"""From which likeness (0..100) two titles of one number are meant as one."""
_SIGNATURE = 80
"""Characters of what may follow a list of attachments in a document of which they are missing."""
_TITLE = 60
"""Characters beyond which the line below 附件1 is no title."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment as listed or as it follows: its number (0 without), its title ("" without), where it stands."""

    number: int
    title: str
    span: Span


def remarks(draft: Draft) -> Iterator[Remark]:
    """Where no attachment is in the file a hint says so: they may be in files of their own."""
    listed = listed_in(draft)
    spans = [one.span for one in listed]
    follow = [one for one in following(draft) if one.span not in spans]
    if listed and not follow and not draft.tables and _ends_with(draft, listed[-1]):
        yield Remark(listed[0].span, "E358", {"count": len(listed)}, "info")
    if not listed or not follow or (len(listed) == 1 and len(follow) == 1 and not follow[0].number):
        yield from _titles(listed, follow) if listed and follow else ()
        return
    there = {one.number for one in follow}
    for one in listed:
        if one.number and one.number not in there:
            yield Remark(one.span, "E373", {"number": one.number, "title": one.title})
    named = {one.number for one in listed}
    for one in follow:
        if one.number and one.number not in named:
            yield Remark(one.span, "E374", {"number": one.number})
    yield from _titles(listed, follow)


def titles(draft: Draft) -> Iterator[Remark]:
    """Attachments under nearly, but not quite, the title that the list has."""
    listed = listed_in(draft)
    spans = [one.span for one in listed]
    yield from _titles(listed, [one for one in following(draft) if one.span not in spans])


def _ends_with(draft: Draft, last: Attachment) -> bool:
    """Whether nothing follows the list of attachments but the signature and the day."""
    return len(draft.text) - last.span[1] < _SIGNATURE


def _titles(listed: Sequence[Attachment], follow: Sequence[Attachment]) -> Iterator[Remark]:
    """An attachment whose title is nearly, but not quite, the one listed under its number."""
    from rapidfuzz import fuzz

    for one in follow:
        same = [other for other in listed if other.number == one.number or len(listed) == len(follow) == 1]
        if len(same) != 1 or not one.title:
            continue
        mine, theirs = _plain(one.title), _plain(same[0].title)
        if mine != theirs and mine not in theirs and theirs not in mine and fuzz.ratio(mine, theirs) >= _LIKE:
            yield Remark(one.span, "E375", {"title": one.title, "listed": same[0].title})


def _plain(title: str) -> str:
    return rules.one("references", "title_noise").sub(title)


def listed_in(draft: Draft) -> list[Attachment]:
    """The entries of the list of attachments; [] without one."""
    lines = [(span, draft.text[slice(*span)]) for span in draft.paragraphs]
    first = rules.one("references", "list_begins")
    begin = next((at for at, (_, line) in enumerate(lines) if first.match(line)), None)
    if begin is None:
        return []
    found: list[Attachment] = []
    entry = rules.one("references", "list_entry")
    for at in range(begin, len(lines)):
        span, line = lines[at]
        match = entry.match(line)
        number = int(match["number"] or 0) if match else 0
        if match is None or (at > begin and number != len(found) + 1):
            break
        found.append(Attachment(number or 1, match["title"].strip("。；， 　"), span))
    return found


def following(draft: Draft) -> list[Attachment]:
    """The attachments behind the text, each with the title below its mark."""
    head = rules.one("references", "head")
    lines = [(span, draft.text[slice(*span)].strip()) for span in draft.paragraphs]
    found = []
    for at, (span, line) in enumerate(lines):
        match = head.fullmatch(line)
        if match is None:
            continue
        below = lines[at + 1][1] if at + 1 < len(lines) else ""
        title = match["title"] or (below if len(below) <= _TITLE and not below.endswith("。") else "")
        found.append(Attachment(int(numbers.parse(match["number"] or "0") or 0), title.strip(), span))
    return found
