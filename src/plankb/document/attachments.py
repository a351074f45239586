"""Attachments: what stands behind the text of a document as issued, each below its mark (附件2) with its own title.

The title of an attachment is a heading below the mark, so that what stands there says which of several plans it is
of; only the plan that a circular carries needs none, since it is the plan itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from plankb import rules
from plankb.document.clean import CleanText, Paragraph
from plankb.headings import heading_form
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import Span

_LONGEST_NUMBER = 8
"""Characters in which the number of an entry stands."""
_MOST_LINES, _LONGEST_LINE = 3, 46
_NEAR = 6
_IMPRINT = 300
"""More characters than a signature and an imprint have."""
_SPACE = compiled(r"\s")
_SIGNS = compiled(r"[\s《》〈〉“”\"]")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the list of attachments; `number` is 0 where it has none."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: `number` 0 where it has none, `title` "" where none is printed.

    `titled` is the span of the lines of its title below its mark, None where the title stands beside the mark or
    nowhere; `span` runs from its mark to its end, None where only the list names it.
    """

    number: int
    title: str
    span: Span | None = None
    titled: Span | None = None


def find_attachments(clean: CleanText) -> tuple[Attachment, ...]:
    """The attachments of a document in order, those that only its list names last."""
    marks, lists = _marks(clean)
    listed = tuple(entry for index in lists for _, entry in _entries(clean, index))
    heads = [index for index in marks if index not in lists]
    found = [_attachment(clean, index, listed) for index in heads]
    ends = [clean.paragraphs[index].start for index in heads[1:]] + [clean.body_end]
    there = [replace(one, span=(one.span[0], end)) for one, end in zip(found, ends, strict=False) if one.span]
    known = {_bare(one.title) for one in there}
    numbers = {one.number for one in there}
    gone = (e for e in listed if _bare(e.title) not in known and (not e.number or e.number not in numbers))
    return (*there, *(Attachment(entry.number, entry.title) for entry in gone))


def listed_in(clean: CleanText) -> frozenset[int]:
    """The paragraphs, by index, that list attachments: no headings of what follows them."""
    _, lists = _marks(clean)
    return frozenset(at for index in lists for at in _lines_of_list(clean, index))


def _lines_of_list(clean: CleanText, index: int) -> Iterator[int]:
    """The paragraphs of a list: its mark, its entries, and what goes on with their numbers, whatever sign ends it."""
    entries = list(_entries(clean, index))
    yield index
    yield from (at for at, _ in entries)
    if not entries or not entries[-1][1].number:
        return
    at, number = entries[-1][0] + 1, entries[-1][1].number + 1
    while at < len(clean.paragraphs) and re.match(rf"{number}\s*[.．、]", _start(clean, at)):
        yield at
        at, number = at + 1, number + 1


def _start(clean: CleanText, at: int) -> str:
    """The first characters of a paragraph."""
    begin = clean.paragraphs[at].start
    return clean.text[begin : begin + _LONGEST_NUMBER]


def _marks(clean: CleanText) -> tuple[list[int], list[int]]:
    """The paragraphs that are marks of attachments, and those of them that begin a list."""
    marks = [index for index, one in enumerate(clean.paragraphs) if _number(clean, one) is not None]
    return marks, [index for index in marks if _is_list(clean, index, marks)]


def _number(clean: CleanText, paragraph: Paragraph) -> int | None:
    """The number of the attachment that a paragraph is the mark of; None for any other paragraph."""
    if paragraph.kind != "text" or paragraph.end - paragraph.start > _LONGEST_LINE * 2:
        return None
    line = clean.text[paragraph.start : paragraph.end]
    form = heading_form(line) if line.lstrip().startswith("附") else None
    return form[1] if form is not None and form[0] == "annex" and "。" not in line else None


def _is_list(clean: CleanText, index: int, marks: Sequence[int]) -> bool:
    """Whether a mark begins the list of attachments: a title stands beside it, and others of the list or a signature
    follow, not a text of its own."""
    own = clean.paragraphs[index]
    line = clean.text[own.start : own.end]
    if _form("mark").match(line):
        following = clean.paragraphs[index + 1 : index + 2]
        return any(re.match(r"1\s*[.．、]", clean.text[p.start : p.end]) for p in following) and any(
            later > index and _number(clean, clean.paragraphs[later]) == 1 for later in marks
        )
    entry = _form("listed").match(_form("spaced").sub("附件", line, count=1))
    if entry is None:
        return False
    title = _bare(entry["title"])
    again = [later for later in marks if later > index]
    return bool(entry["number"]) or any(title in _below(clean, later) for later in again) or _is_last(clean, index)


def _is_last(clean: CleanText, index: int) -> bool:
    """Whether nothing but a signature or an imprint follows a mark, so that it only names what is not in the file."""
    behind = [one for one in clean.paragraphs[index + 1 :] if one.kind != "note"]
    plain = all(p.kind == "text" and heading_form(clean.text[p.start : p.end]) is None for p in behind)
    return plain and sum(p.end - p.start for p in behind) <= _IMPRINT


def _below(clean: CleanText, index: int) -> str:
    """The first lines from a mark on, in one."""
    lines = clean.paragraphs[index : index + 1 + _MOST_LINES]
    return _bare("".join(clean.text[p.start : p.end] for p in lines if p.kind == "text"))


def _entries(clean: CleanText, index: int) -> Iterator[tuple[int, Listed]]:
    """The entries of the list that a paragraph begins, each with the index of its paragraph."""
    last = 0
    for at, paragraph in enumerate(clean.paragraphs[index:], index):
        line = clean.text[paragraph.start : paragraph.end]
        match = _form("listed").match(line)
        if paragraph.kind != "text" or match is None:
            if last == 0 and _form("mark").match(line):
                continue
            return
        number = int(match["number"] or 0)
        if number != last + 1 and (last or number):
            return
        yield at, Listed(number, match["title"])
        if not number:
            return
        last = number


def _attachment(clean: CleanText, index: int, listed: Sequence[Listed]) -> Attachment:
    paragraph = clean.paragraphs[index]
    line = clean.text[paragraph.start : paragraph.end]
    number, begin = _number(clean, paragraph) or 0, (paragraph.start, paragraph.end)
    if not _form("mark").match(line):
        form = heading_form(line)
        return Attachment(number, line[form[2] if form else 0 :].strip("：: 　"), begin)
    titled = _title_lines(clean, index + 1, listed)
    title = _SPACE.sub("", clean.text[slice(*titled)]) if titled else ""
    if not title:
        title = next((entry.title for entry in listed if entry.number and entry.number == number), "")
    return Attachment(number, title, begin, titled)


def _title_lines(clean: CleanText, first: int, listed: Sequence[Listed]) -> Span | None:
    """The lines below a mark that are its title: those that a list names so, else those that make a title together."""
    lines: list[Paragraph] = []
    for paragraph in clean.paragraphs[first : first + _MOST_LINES]:
        text = clean.text[paragraph.start : paragraph.end]
        fits = paragraph.kind == "text" and len(text) <= _LONGEST_LINE
        if not fits or heading_form(text) or _form("no_title").search(text):
            break
        lines.append(paragraph)
    known = {_bare(entry.title) for entry in listed}
    whole = 0
    for count, last in enumerate(lines, 1):
        text = _SPACE.sub("", "".join(clean.text[p.start : p.end] for p in lines[:count]))
        added = clean.text[last.start : last.end]
        goes_on = whole == count - 1 and rules.one("plan_info", "title_goes_on").match(added)
        if _bare(text) in known:
            whole = count
            break
        if (whole and goes_on) or (not whole and _is_title(text)):
            whole = count
    return (lines[0].start, lines[whole - 1].end) if whole else None


def _is_title(text: str) -> bool:
    """Whether a line is called as plans or attachments are."""
    return bool(rules.one("plan_info", "title").search(text) or _form("title").search(text))


def is_carried(clean: CleanText, attachment: Attachment) -> bool:
    """Whether an attachment is the plan that the document's own title says it issues (关于印发X的通知)."""
    if attachment.span is None or not attachment.title:
        return False
    before, title = _bare(clean.text[: attachment.span[0]]), _bare(attachment.title)
    at = before.find(title)
    while at >= 0:
        head, tail = before[max(0, at - _NEAR) : at], before[at + len(title) : at + len(title) + _NEAR]
        if _form("carried_before").search(head) and _form("carried_behind").match(tail):
            return True
        at = before.find(title, at + 1)
    return False


def _bare(text: str) -> str:
    return _SIGNS.sub("", text)


@cache
def _form(section: str) -> re.Pattern[str]:
    return rules.one("attachments", section).regex
