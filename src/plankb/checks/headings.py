"""Rule `numbering`: headings, boxes, tables and list items whose numbers repeat, skip or start over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plankb import numbers
from plankb.checks.registry import Draft, Remark, rule
from plankb.extractors.outline import Section, heading_form
from plankb.model import Span

_UNNUMBERED = frozenset({"dash"})
_THROUGHOUT = frozenset({"box", "table", "annex", "chapter", "part"})
"""Forms whose numbers run through the whole document, whatever holds them."""
_CONTINUED = re.compile(r"续|\(\d+/\d+\)")
_NUMBER = re.compile(r"[一二三四五六七八九十]+|\d+")
_LEADS_IN = re.compile(r"[^。；]{1,60}[^。；，、]")
_PARTED = re.compile(r"\d+[-—.]\d+")
_INLINE = {
    "ordinal": re.compile(r"(?:(?<=[。；：:;，,])|(?<=^))(?P<number>[一二三四五六七八九十]{1,2})(?P<rest>是)(?!否)"),
    "bracket": re.compile(r"(?<=[。；：:;])[（(](?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})[）)]"),
    "circled": re.compile(r"(?P<number>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])"),
}


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered thing: its number, the number as printed, what it heads, and where."""

    number: int
    printed: str
    title: str
    span: Span


@rule(
    "numbering",
    severity="warning",
    zh="标题、专栏、表、列表项的序号重复、跳号或重新起号",
    en="repeated, skipped or restarted numbers of headings, boxes, tables and list items",
    example="（一）……（二）……（四）……",
)
def numbering(draft: Draft) -> Iterator[Remark]:
    """Every run of numbers that belongs together, checked in its order."""
    for run in _runs(draft.reading.outline.sections):
        for items in _lists(run.items, draft):
            begins = run.begins if items[0] is run.items[0] else 0
            if items[0].number == 1 or not _begun_before(items[0], draft):
                yield from _slips(items, begins=begins)
    for start, end in draft.paragraphs:
        for items in _inline_runs(draft.text, start, end):
            yield from _slips(items, begins=None)


@dataclass(frozen=True, slots=True)
class _Run:
    """Items in order. `begins` is the number before the first when they continue an earlier run, None when any."""

    items: Sequence[_Item]
    begins: int | None


def _lists(items: Sequence[_Item], draft: Draft) -> Iterator[Sequence[_Item]]:
    """A run cut where a line without a number leads in a new list that begins at 1."""
    start = 0
    for index in range(1, len(items)):
        before = _paragraph_before(items[index].span[0], draft)
        fresh = before is not None and heading_form(before) is None and bool(_LEADS_IN.fullmatch(before))
        if items[index].number == 1 and fresh:
            yield items[start:index]
            start = index
    yield items[start:]


def _paragraph_before(position: int, draft: Draft) -> str | None:
    before = [span for span in draft.paragraphs if span[1] <= position]
    return draft.text[slice(*before[-1])] if before else None


def _begun_before(item: _Item, draft: Draft) -> bool:
    """Whether the list begins inside the line before: 注：1.甲；"""
    before = _paragraph_before(item.span[0], draft) or ""
    return any(mark + sign in before for mark in (str(item.number - 1),) for sign in "．.、")


def _runs(sections: Sequence[Section]) -> Iterator[_Run]:
    """Runs of headings: throughout the document for boxes and the like, else among the children of one heading."""
    groups: dict[tuple[str, int | None, int], list[_Item]] = {}
    order: dict[str, list[tuple[str, int | None, int]]] = {}
    annex = 0
    for section in sections:
        if section.form == "annex":
            annex += 1  # what follows an annex heading is numbered anew
        if section.form in _UNNUMBERED or section.form == "ordinal":
            continue
        item, prefix = _item(section)
        if item is None:
            continue
        throughout = section.form in _THROUGHOUT
        key = (section.form + prefix, None if throughout else section.parent, 0 if section.form == "annex" else annex)
        if key not in groups:
            order.setdefault(key[0], []).append(key)
        groups.setdefault(key, []).append(item)
    for keys in order.values():
        last: int | None = None
        for key in keys:
            items = groups[key]
            yield _Run(items, last if last is not None and items[0].number != 1 else 0)
            last = items[-1].number


def _item(section: Section) -> tuple[_Item | None, str]:
    """The numbered item of a section, and the prefix of a parted number: 表2-1 is item 1 of the tables "2-"."""
    span = section.span
    heading = section.heading
    parted = _PARTED.search(heading[: len(heading) - len(section.title)] if section.form != "table" else heading[:10])
    if parted:
        first, second = re.split(r"[-—.]", parted.group())
        return _Item(int(second), parted.group(), section.title, span), f"{first}-"
    if not section.number or (section.form == "annex" and re.match(r"附件\s*\d{3}", heading)):
        return None, ""  # 附件2024年… heads the annex of a year and has no number
    return _Item(section.number, _printed(heading, section), section.title, span), ""


def _printed(heading: str, section: Section) -> str:
    """The number with its marks, as printed: （二）, 第三章, 专栏4."""
    mark = heading[: len(heading) - len(section.title)] if heading.endswith(section.title) else heading[:8]
    return mark.strip(" 、．.：:") or heading[:6]


def _inline_runs(text: str, start: int, end: int) -> Iterator[list[_Item]]:
    """Runs inside one paragraph: 一是…；二是…, （1）…；（2）…, ①…②…; a run is one that has two items at least."""
    for pattern in _INLINE.values():
        items: list[_Item] = []
        for match in pattern.finditer(text[start:end]):
            number = int(numbers.parse(match["number"]) or 0)
            place = (start + match.start(), start + match.end())
            item = _Item(number, match.group(), "", place)
            if items and number == 1 and items[-1].number > 1:
                yield items
                items = []
            items.append(item)
        if len(items) > 1:
            yield items


def _slips(items: Sequence[_Item], *, begins: int | None) -> Iterator[Remark]:
    """One remark a slip: counting goes on from the printed number, unless the next item shows it misprinted."""
    if not items:
        return
    previous = begins
    for item, following in _with_next(items):
        expected = None if previous is None else previous + 1
        if expected is None or item.number == expected:
            previous = item.number
            continue
        misprint = following is not None and following.number == expected + 1
        remark = _remark(item, expected, items)
        if remark:
            yield remark
        previous = expected if misprint else item.number


def _with_next(items: Sequence[_Item]) -> Iterable[tuple[_Item, _Item | None]]:
    yield from pairwise(items)
    yield items[-1], None


def _remark(item: _Item, expected: int, items: Sequence[_Item]) -> Remark | None:
    same = [other for other in items if other.number == item.number and other is not item]
    if any(other.title == item.title for other in same if item.title) or _CONTINUED.search(item.printed + item.title):
        return None  # a table or heading that goes on over the page
    details: dict[str, object] = {"number": item.printed, "expected": _in_style(item, expected)}
    if item.number == expected - 1 or any(other.span < item.span for other in same):
        return Remark(item.span, "E411", details)
    if item.number > expected:
        return Remark(item.span, "E412", details)
    return Remark(item.span, "E413", details)


def _in_style(item: _Item, expected: int) -> str:
    """The expected number written as the printed one is."""
    chinese = re.search(r"[一二三四五六七八九十]", item.printed)
    return numbers.chinese(expected) if chinese else str(expected)
