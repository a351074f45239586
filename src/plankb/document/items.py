"""Items: the headings of an outline that can be pieces of work, without those that only divide a paragraph, a box, a
table, a remark or the text of an item; and what their titles say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from plankb import rules
from plankb.document.clean import CleanText
from plankb.document.heads import INLINE
from plankb.document.outline import Outline, Section
from plankb.headings import TITLE_OF_ATTACHMENT
from plankb.model import Span

_said = partial(rules.pattern, "tasks")
_NOT_HEADINGS = (*INLINE, "table", "box")
CONTAINERS = ("annex", TITLE_OF_ATTACHMENT, "part")
"""Forms of headings that hold items and are none."""
_SMALL_DIVISIONS = ("cn_paren", "cn_one_sign")
_LARGE_DIVISIONS = ("part", "chapter", "section", "legal", "cn", "styled", "annex", TITLE_OF_ATTACHMENT, "roman")
_DIVISIONS = (*_LARGE_DIVISIONS, *_SMALL_DIVISIONS)
"""Headings whose run-in headings are items; those of any other only divide an item's text."""
_LONGEST_TITLE = 30
_IMPRINT = 15
"""How many paragraphs an imprint takes at most."""
TOLD = 10
"""From how many characters on a heading has text of its own, which makes a group a task beside its items."""


class ItemTree:
    """The headings of an outline that can be items, in order (`headings`), and how they hold one another."""

    def __init__(self, clean: CleanText, outline: Outline) -> None:
        self._outline = outline
        self._parts = _parts_of_items(outline) | _conditions(outline)
        ordinals = _run_in_ordinals(outline)
        remarks = _remarks(clean)
        self.headings = [
            s
            for s in outline.sections
            if (s.form not in _NOT_HEADINGS or s.index in ordinals)
            and not s.boxed
            and s.span[0] not in remarks
            and s.index not in self._parts
        ]
        self._known = {s.index for s in self.headings}
        self._children: dict[int | None, list[Section]] = {}
        for section in self.headings:
            parent = self.parent(section)
            self._children.setdefault(parent.index if parent else None, []).append(section)
        self._alike = Counter((s.parent, s.form) for s in self.headings)
        empty = (s for s in self.headings if not self.children(s) and s.end - s.span[1] <= TOLD)
        self._empty = Counter((s.parent, s.form) for s in empty)

    def parent(self, section: Section) -> Section | None:
        """The heading above."""
        index = section.parent
        while index is not None and index not in self._known:
            index = self._outline.sections[index].parent
        return None if index is None else self._outline.sections[index]

    def children(self, section: Section | None) -> list[Section]:
        """The headings directly below."""
        return self._children.get(section.index if section else None, [])

    def divides_elsewhere(self, section: Section) -> bool:
        """Whether a heading of this form divides the plan: others beside it hold items or text, it alone none."""
        if section.form not in _LARGE_DIVISIONS or section.run_in:
            return False
        group = (section.parent, section.form)
        return self._alike[group] > 1 and self._empty[group] == 1

    def at(self, position: int) -> Section | None:
        """The innermost heading that holds a position; None before the first, and inside a box."""
        section = self._outline.at(position)
        if section is None or section.boxed or section.form == "box":
            return None
        return section if section.index in self._known else self.parent(section)

    def first_below(self, section: Section) -> int | None:
        """Where the first heading or box below a heading starts."""
        all_ = self._outline.sections
        behind = (all_[index] for index in range(section.index + 1, len(all_)))  # no copy of all that follow
        below = takewhile(lambda s: s.span[0] < section.end, behind)
        inner = (s for s in below if s.index in self._known or s.form not in (*INLINE, "table"))
        return next((s.span[0] for s in inner if s.index not in self._parts), None)


def _parts_of_items(outline: Outline) -> frozenset[int]:
    """The run-in headings that only divide the text of an item: of a numbered one, and of （一） where not nearly all
    sections of that form have some and no other text, so that it is the form of the items."""
    run_in = [section for section in outline.sections if section.form == "run_in" and section.parent is not None]
    divided = {section.parent for section in run_in}
    leaves = [s for s in outline.sections if s.form in _SMALL_DIVISIONS and (s.leaf or s.index in divided)]
    leaves = [s for s in leaves if not s.boxed and not any(holds_no_tasks(a.title) for a in outline.ancestors(s))]
    bare = {parent for parent in divided if parent is not None and not _says_more(outline.sections[parent], run_in)}
    nearly_all = sum(s.index in bare for s in leaves) * 5 >= len(leaves) * 4
    divisions = _DIVISIONS if nearly_all else _LARGE_DIVISIONS
    return frozenset(s.index for s in run_in if outline.sections[s.parent or 0].form not in divisions)


def _says_more(section: Section, run_in: Sequence[Section]) -> bool:
    """Whether an item has text of its own before its first run-in heading, so that it is the work itself."""
    first = next(below for below in run_in if below.parent == section.index)
    return first.span[0] - section.span[1] > TOLD


def _conditions(outline: Outline) -> frozenset[int]:
    """The items that list conditions, as laws do (未落实…的；): they divide the text of the item above."""
    condition = rules.one("tasks", "condition")
    return frozenset(s.index for s in outline.sections if s.form not in CONTAINERS and condition.search(s.title))


def _run_in_ordinals(outline: Outline) -> frozenset[int]:
    """The paragraphs 一是…。二是…。 of a section that have headings of their own, and so are items."""
    groups: dict[int | None, list[Section]] = {}
    for section in outline.sections:
        if section.form == "ordinal":
            groups.setdefault(section.parent, []).append(section)
    several = [group for group in groups.values() if len(group) > 1]
    return frozenset(s.index for group in several if all(map(_has_title, group)) for s in group)


def _has_title(section: Section) -> bool:
    return section.run_in and len(section.title) <= _LONGEST_TITLE


def _remarks(clean: CleanText) -> frozenset[int]:
    """Where the lines start that go on with a numbered remark (注：1.…), and look like items."""
    found: set[int] = set()
    inside = False
    for paragraph in clean.paragraphs:
        line = clean.text[paragraph.start : paragraph.end]
        numbered = re.match(r"[（(]?\d{1,2}[.．、）)]", line)
        if inside and numbered:
            found.add(paragraph.start)
        inside = is_remark(line) or (inside and bool(numbered))
    return frozenset(found)


def own_span(clean: CleanText, tree: ItemTree, section: Section, *, whole: bool) -> Span:
    """From the heading to its first sub-heading or box; the lines that close the whole plan left out."""
    below = tree.first_below(section)
    end = section.end if whole or below is None else min(below, section.end)
    start, text = section.span[0], clean.text
    end = _before_imprint(clean, start, end)
    while end > start:
        end = start + len(text[start:end].rstrip())
        line = clean.paragraph_at(end - 1)
        if line.start <= section.span[0] or not _said("closing").match(text, line.start, line.end):
            break
        end = line.start
    run_on = _said("closing_behind").search(text, max(start, line.start), end)
    return start, run_on.start() if run_on else end


def _before_imprint(clean: CleanText, start: int, end: int) -> int:
    """Where the imprint begins among the last paragraphs of a piece of text; its end where there is none."""
    last, imprint = clean.paragraphs_in(start, end)[-_IMPRINT:], _said("imprint")
    return next((one.start for one in last if one.start > start and imprint.match(clean.text, one.start)), end)


def holds_no_tasks(title: str) -> bool:
    """Whether a title announces aims, principles or the situation rather than work."""
    bare = _said("aim_verb").sub("", title.strip("：:。 "))
    return not _said("work").match(bare) and bool(rules.union("tasks", "no_task").search(bare))


def is_container(title: str) -> bool:
    """Whether a title only holds tasks, or is that of a part of every item (年度计划, 具体措施)."""
    return bool(_said("containers").fullmatch(title))


def is_remark(line: str) -> bool:
    """Whether a line explains what stands above it (注：…)."""
    return bool(_said("remark").match(line))


def speaks_of_work(section: Section) -> bool:
    """Whether a heading names work rather than a part of every item."""
    return not is_container(section.title) and not holds_no_tasks(section.title)
