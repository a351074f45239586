"""Numbered items that are no headings: 一是…；二是…, （1）…；（2）…, ①…②…, captions of figures; items in the order
of words: 首先…其次…再次…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from plankb import numbers, rules
from plankb.model import Span

Found = tuple[int, str, str, Span]
"""The number, as printed, what it heads, and where."""


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(rule.regex for rule in rules.many("checks", "inline"))


def runs(text: str, paragraphs: Sequence[Span]) -> Iterator[list[Found]]:
    """Runs of two items at least, inside a paragraph and over neighbouring ones that begin with an item."""
    for form in _forms():
        items: list[Found] = []
        for start, end in paragraphs:
            here = _items(form, text, start, end)
            goes_on = here and items and here[0][3][0] == start
            if not goes_on:
                yield from _cut(items)
                items = []
            items += here
        yield from _cut(items)


def _items(form: re.Pattern[str], text: str, start: int, end: int) -> list[Found]:
    found = []
    for match in form.finditer(text[start:end]):
        number = int(numbers.parse(match["number"]) or 0)
        found.append((number, match.group(), "", (start + match.start(), start + match.end())))
    return found


def _cut(items: Sequence[Found]) -> Iterator[list[Found]]:
    """Each list for itself: one that begins at 1 after a higher number, or after a 1 that stands alone, is new."""
    run: list[Found] = []
    for index, item in enumerate(items):
        follows = items[index + 1][0] if index + 1 < len(items) else 0
        if run and item[0] == 1 and (run[-1][0] > 1 or follows == 2) and follows != run[-1][0] + 2:
            yield from [run] if len(run) > 1 else []
            run = []
        run.append(item)
    yield from [run] if len(run) > 1 else []


def captions(text: str, paragraphs: Sequence[Span]) -> Iterator[list[Found]]:
    """The captions of figures in their order, those of one prefix (图2-1) together."""
    groups: dict[str, list[Found]] = {}
    caption = rules.one("checks", "caption")
    for start, end in paragraphs:
        match = caption.match(text[start:end])
        if match:
            span = (start, start + match.end())
            found = (int(match["number"]), match.group(), match["title"], span)
            groups.setdefault(match["prefix"] or "", []).append(found)
    yield from groups.values()


def out_of_order(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Words of order without the one that goes before them (再次 without 其次, 其次 without 首先), and that one."""
    for start, end in paragraphs:
        for entry in rules.many("checks", "ordered_word"):
            order, missing = entry.means.split()
            match = entry.regex.search(text, start, end)
            if match and not rules.pattern("checks", f"ordered_before.{order}").search(
                text, start, match.start("word")
            ):
                yield match.span("word"), missing
