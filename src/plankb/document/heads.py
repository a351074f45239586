"""Headings before their place in the tree is known: numbered ones by their form, others by how they are set.

A heading without a number is `styled` where the file gives its level, and `run_in` where a short sentence at the head
of its paragraph stands out in type, or opens one paragraph after another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from plankb import rules
from plankb.document.attachments import find_attachments, is_carried, listed_in
from plankb.document.clean import CleanText, Paragraph
from plankb.headings import TITLE_OF_ATTACHMENT, heading_form
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import Span

INLINE = ("ordinal", "dash")
"""Forms that structure a paragraph but are no heading of a section path."""
UNNUMBERED = ("styled", "run_in")
"""Forms of headings that have no number."""

_MAX_HEADING = 60
_SHORTEST_RUN_IN, _LONGEST_RUN_IN = 4, 30
_LONGEST_ALONE, _LONGEST_SET_OFF = 20, 46
"""The longest run-in heading of a section that has but one, and of one that is set in other type than its text."""
_SHORTEST_TITLE = 9
"""Shorter headings that are called as plans are (工作计划) may be a chapter of one."""
_SHORTEST_TEXT = 8
"""Shorter text behind a sentence does not make it a run-in heading."""
_NOTE = 240
"""Characters at the end of a paragraph among which its bracket of responsibility stands."""
_HABIT = 4
"""From how many run-in headings on a document is in the habit of them, so that one may stand alone."""
_SEVERAL = 3
"""From how many run-in headings on the only section of its form shows the habit."""
_DIVISIONS = ("chapter", "section")
_DIGIT_TITLE = compiled(r"(?P<number>\d{1,3})[．.](?P<title>\d{1,4}[\u4e00-\u9fff“][^。，；]{3,30})(?=。|$)")
_SENTENCE_END = compiled(r"[。！？]|(?<=[\u4e00-\u9fff”）％%])[.．](?=[\u4e00-\u9fff“]|$)")
_DOTTED = "num_dotted"
_ITEM = "num_paren"
_COUNTED = ("num", "cn_paren", "num_paren")
_INSIDE = compiled(r"(?<=[。；）)］\]])(?=[\d（(])")
_LEAD_END = "。：:！？ 　"


@dataclass(frozen=True, slots=True)
class Head:
    """A heading: `number` 0 where it has none, `level` as the file says it, `box` its frame (0 for none), `path` the
    numbers of a dotted one (12.2.1), () of any other."""

    form: str
    number: int
    span: Span
    title_start: int
    run_in: bool
    level: int | None = None
    box: int = 0
    path: tuple[int, ...] = ()


def find_heads(clean: CleanText) -> list[Head]:
    """The headings of a plan in order. Table rows and the contents list hold none."""
    numbered: dict[int, Head] = {}
    listed = listed_in(clean)
    bare, notes = _bare_numbers(clean), _numbered_notes(clean) | listed
    last = 0
    for index, paragraph in enumerate(clean.paragraphs):
        if paragraph.kind != "text" or index in notes:
            continue
        head = _numbered(clean, index) or _digit_title(clean.text, paragraph, last) or bare.get(paragraph.start)
        for own in (*((head,) if head else ()), *_glued(clean.text, paragraph, head)):
            numbered[own.span[0]] = own
            last = own.number if own.form == "num" else last
    numbered |= _closing_lists(clean, listed, numbered) | _attachment_titles(clean)
    styled = _styled(clean, numbered)
    run_in = _run_in(clean, {**numbered, **styled})
    found = [head for _, head in sorted({**numbered, **styled, **run_in}.items())]
    return [replace(head, box=0) for head in found] if _is_framed(clean) else found


def _closing_lists(clean: CleanText, listed: Iterable[int], heads: Mapping[int, Head]) -> dict[int, Head]:
    """The marks of lists of attachments that close a text; where its own text follows (the plan that a circular
    carries), they are headings of nothing."""
    found = {}
    for index in sorted(listed):
        head = _numbered(clean, index)
        if head is not None and head.form == "annex":
            later = min((start for start in heads if start > head.span[0]), default=None)
            if later is None or heads[later].form == "annex":
                found[head.span[0]] = head
    return found


def _numbered_notes(clean: CleanText) -> frozenset[int]:
    """The paragraphs that are the second and further of numbered notes below a table (注：1…, 2…, 3…)."""
    found: set[int] = set()
    due, wrapped = 0, False
    for index, paragraph in enumerate(clean.paragraphs):
        text = clean.text[paragraph.start : paragraph.end]
        if rules.one("headings", "notes.begin").search(text):
            due, wrapped = 2, False
        elif due and (match := rules.one("headings", "notes.number").search(text)) and _value(match["number"]) == due:
            found.add(index)
            due, wrapped = due + 1, False
        elif wrapped or heading_form(text):
            due = 0
        else:
            wrapped = True  # the rest of a note that was set in
    return frozenset(found)


def _value(number: str) -> int:
    """The number that digits or a circled digit say."""
    return int(unicodedata.normalize("NFKC", number))


def _attachment_titles(clean: CleanText) -> dict[int, Head]:
    """The titles of attachments below their marks, but for that of the plan which the document itself carries."""
    found = (one for one in find_attachments(clean) if not is_carried(clean, one))
    spans = (one.titled for one in found if one.titled)
    return {span[0]: Head(TITLE_OF_ATTACHMENT, 0, span, span[0], run_in=False) for span in spans}


def _is_framed(clean: CleanText) -> bool:
    """Whether most of the text stands in frames, which then are those of pages and set nothing apart."""
    framed = sum(p.end - p.start for p in clean.paragraphs if p.box)
    return framed * 2 > len(clean.text)


def _numbered(clean: CleanText, index: int) -> Head | None:
    """The heading that a paragraph starts with; its title may stand on the next line."""
    paragraph = clean.paragraphs[index]
    line = clean.text[paragraph.start : paragraph.end]
    form = heading_form(line)
    if form is None:
        return None
    name, number, offset = form
    stop = _SENTENCE_END.search(line, offset)
    end = stop.start() if stop else len(line)
    if name in ("box", "table", "annex"):
        if stop or len(line) > _MAX_HEADING:
            return None  # "表1列出了…。" is a sentence about a table
        end = len(line)
    if stop and stop.end() == len(line) and name not in INLINE and len(line) <= _MAX_HEADING and "，" not in line:
        end = stop.start()
    if rules.pattern("tables", "run_together.headings").search(line, offset, end):
        return None  # the headings of a table whose cells lost their edges
    run_in = bool(stop and stop.end() < len(line))
    start = paragraph.start
    path = tuple(map(int, re.findall(r"\d+", line[:offset]))) if name == _DOTTED else ()
    return Head(name, number, (start, start + end), start + offset, run_in, paragraph.level, paragraph.box, path)


def _glued(text: str, paragraph: Paragraph, head: Head | None) -> Iterator[Head]:
    """The headings that lost their line: the next item behind the stop of one (…具体工作。5.严格落实…), and the title
    of a chapter at the end of a paragraph (…（市教育局负责）三、保障措施)."""
    if head is not None and head.form in _COUNTED:
        number = head.number + 1
        for match in _INSIDE.finditer(text, head.title_start, paragraph.end):
            form = heading_form(text[match.end() : paragraph.end])
            if form is not None and form[:2] == (head.form, number):
                yield _inside(text, paragraph, match.end(), form)
                number += 1
    if head is None or head.form != _ITEM:
        yield from _items_with_notes(text, paragraph)
    chapter = rules.pattern("headings", "behind_end").search(text, paragraph.start, paragraph.end)
    if chapter:
        form = heading_form(chapter["heading"])
        if form is not None and form[0] == "cn":
            span = chapter.span("heading")
            yield Head("cn", form[1], span, span[0] + form[2], run_in=False, box=paragraph.box)


def _inside(text: str, paragraph: Paragraph, start: int, form: tuple[str, int, int]) -> Head:
    """The heading of a form that begins inside a paragraph."""
    title = start + form[2]
    stop = _SENTENCE_END.search(text, title, paragraph.end)
    end = stop.start() if stop else paragraph.end
    return Head(form[0], form[1], (start, end), title, bool(stop and stop.end() < paragraph.end), box=paragraph.box)


def _items_with_notes(text: str, paragraph: Paragraph) -> Iterator[Head]:
    """The items of one paragraph ((1)…。…（市财政局负责）(2)…) where each but the last closes with a bracket: what one
    bracket says is of its item alone."""
    found: list[Head] = []
    for match in _INSIDE.finditer(text, paragraph.start, paragraph.end):
        form = heading_form(text[match.end() : paragraph.end])
        if form is not None and form[:2] == (_ITEM, len(found) + 1):
            if found and text[paragraph.start : match.end()].rstrip("。；")[-1] not in "）)":
                return
            found.append(_inside(text, paragraph, match.end(), form))
    if len(found) > 1 and text[paragraph.start : paragraph.end].rstrip("。；")[-1] in "）)":
        yield from found


def _bare_numbers(clean: CleanText) -> dict[int, Head]:
    """Headings whose number only a space parted from the title (1 建设校舍), by where they start.

    The space is gone from clean text; that 1, 2, 3 … begin paragraphs one after another tells them from counts (3个).
    """
    found = [(p, m) for p in clean.paragraphs if p.kind == "text" and (m := _bare().match(clean.text, p.start, p.end))]
    numbers_ = [int(match["number"]) for _, match in found]
    heads = {}
    for index, (paragraph, match) in enumerate(found):
        beside = numbers_[max(0, index - 1) : index + 2]
        if numbers_[index] + 1 in beside or numbers_[index] - 1 in beside:
            stop = _SENTENCE_END.search(clean.text, match.end(), paragraph.end)
            end = stop.start() if stop else paragraph.end
            run_in = bool(stop and stop.end() < paragraph.end)
            span = (paragraph.start, end)
            heads[paragraph.start] = Head(
                "num", numbers_[index], span, match.end(), run_in, paragraph.level, paragraph.box
            )
    return heads


@cache
def _bare() -> re.Pattern[str]:
    return rules.one("headings", "bare").regex


def _digit_title(text: str, paragraph: Paragraph, last: int) -> Head | None:
    """The next number of a running list whose title starts with a digit (11.121人才梯队项目。), else None.

    A decimal looks the same, so the number must be the one that the list expects, and a title must follow.
    """
    match = _DIGIT_TITLE.match(text, paragraph.start, paragraph.end)
    if match is None or not last or int(match["number"]) != last + 1:
        return None
    span, run_in = (paragraph.start, match.end()), match.end() < paragraph.end - 1
    return Head("num", last + 1, span, match.start("title"), run_in, paragraph.level, paragraph.box)


def _styled(clean: CleanText, numbered: dict[int, Head]) -> dict[int, Head]:
    """Whole paragraphs without a number to which the file gives a heading's level; the plan's own title is none."""
    found: dict[int, Head] = {}
    for paragraph in clean.paragraphs:
        whole = paragraph.end - paragraph.start <= _MAX_HEADING and clean.text[paragraph.end - 1] not in "。；，"
        if paragraph.kind == "text" and paragraph.level is not None and whole and paragraph.start not in numbered:
            span = (paragraph.start, paragraph.end)
            found[paragraph.start] = Head(
                "styled", 0, span, paragraph.start, run_in=False, level=paragraph.level, box=paragraph.box
            )
    first = min((*found, *numbered), default=None)
    if first in found and _is_title(found[first], [*found.values(), *numbered.values()]):
        del found[first]
    chapters = min((start for start, head in numbered.items() if head.form not in INLINE), default=0)
    return {start: head for start, head in found.items() if start > chapters or not _is_document(clean.text, head)}


def _is_document(text: str, head: Head) -> bool:
    """Whether a heading before the first number is the title of the document, or of the circular that carries it."""
    line = text[slice(*head.span)]
    return len(line) >= _SHORTEST_TITLE and bool(rules.one("plan_info", "title").search(line))


def _is_title(first: Head, heads: Sequence[Head]) -> bool:
    """Whether the first heading of a document is its title: no other stands as high."""
    return not any(head is not first and head.level is not None and head.level <= (first.level or 0) for head in heads)


def _run_in(clean: CleanText, known: dict[int, Head]) -> dict[int, Head]:
    """Run-in headings: set off in type; or short sentences that open the paragraphs of a section one after another,
    where most sections of a form are so. With that habit a section may have but one."""
    groups = list(_plain_runs(clean, known))
    habit = _habit(groups)
    set_off = {group.form for group in groups if group.set_off}
    found: dict[int, Head] = {}
    alone: dict[int, Head] = {}
    sure: set[int] = set()
    for group in groups:
        if group.set_off or group.noted or (group.most and group.form in habit):
            found.update(group.heads)
            sure |= {start for start in group.heads if group.noted or group.whole or clean.paragraph_at(start).lead}
        elif group.form in habit or group.form in set_off:
            alone.update(group.heads)
    if len(found) >= _HABIT:
        plain = {start: head for start, head in alone.items() if _is_plain(clean.text[slice(*head.span)])}
        return {**found, **plain}
    return {start: head for start, head in found.items() if start in sure}


@dataclass(frozen=True, slots=True)
class _PlainRun:
    """The running text between one heading and the next: the form of the heading, the openings of paragraphs that
    could be headings, whether any is set off in type, whether most paragraphs have one, or all of several under a
    division of the plan, and whether these close with a bracket of responsibility."""

    form: str
    heads: dict[int, Head]
    set_off: bool
    most: bool
    whole: bool
    noted: bool


def _plain_runs(clean: CleanText, known: dict[int, Head]) -> Iterator[_PlainRun]:
    first = min(known, default=len(clean.text))
    texts = [p for p in clean.paragraphs if p.kind == "text" and p.start >= first]
    form = ""
    for is_heading, group in groupby(texts, key=lambda p: p.start in known):
        own = list(group)
        if is_heading:
            form = known[own[-1].start].form
            continue
        heads = {p.start: head for p in own if (head := _opening(clean.text, p))}
        before = next((index for index, p in enumerate(own) if p.start in heads), len(own))
        most = len(heads) > 1 and len(heads) * 3 >= (len(own) - before) * 2
        set_off = any(clean.paragraph_at(start).lead for start in heads)
        noted = most and sum(_has_note(clean, start) for start in heads) * 3 >= len(heads) * 2
        whole = form in _DIVISIONS and len(heads) == len(own) >= _SEVERAL
        yield _PlainRun(form, heads, set_off, most, whole, noted)


def _has_note(clean: CleanText, start: int) -> bool:
    """Whether a paragraph closes with a bracket that says who answers."""
    paragraph = clean.paragraph_at(start)
    return bool(_closing_note().search(clean.text[max(start, paragraph.end - _NOTE) : paragraph.end]))


@cache
def _closing_note() -> re.Pattern[str]:
    return rules.one("headings", "closing_note").regex


def _habit(groups: Sequence[_PlainRun]) -> frozenset[str]:
    """The forms of heading whose text mostly consists of paragraphs with such openings; of the only section of its
    form, where all of several do."""
    all_, such = Counter(g.form for g in groups), Counter(g.form for g in groups if g.most)
    often = {form for form, count in such.items() if count > 1 and count * 2 >= all_[form]}
    return frozenset(often | {g.form for g in groups if g.whole and all_[g.form] == 1})


def _is_plain(title: str) -> bool:
    """Whether a heading is short and of one piece, as one that stands alone must be."""
    return len(title) <= _LONGEST_ALONE and not set(title) & set("，、")


def _opening(text: str, paragraph: Paragraph) -> Head | None:
    """The short sentence that opens a paragraph as its heading would; None where it is running text."""
    if paragraph.lead:
        end = paragraph.start + len(text[paragraph.start : paragraph.start + paragraph.lead].rstrip(_LEAD_END))
        fits = end - paragraph.start <= _LONGEST_SET_OFF and text[end : end + 1] in _LEAD_END
    else:
        stop = text.find("。", paragraph.start, paragraph.end)
        end = stop if stop >= 0 else paragraph.end
        fits = end - paragraph.start <= _LONGEST_RUN_IN
    title = text[paragraph.start : end]
    if not fits or len(title) < _SHORTEST_RUN_IN or paragraph.end - end < _SHORTEST_TEXT:
        return None
    if _plain_sentence().search(title):
        return None
    return Head("run_in", 0, (paragraph.start, end), paragraph.start, run_in=True, box=paragraph.box)


@cache
def _plain_sentence() -> re.Pattern[str]:
    return rules.union("headings", "plain_sentence")
