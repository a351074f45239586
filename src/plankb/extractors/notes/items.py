"""Items: the headings of a plan that can be tasks, with the text and the notes that belong to each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plankb.document import INLINE, CleanText, Outline, Section
from plankb.document.items import (
    CONTAINERS,
    TOLD,
    ItemTree,
    holds_no_tasks,
    is_container,
    is_remark,
    own_span,
    speaks_of_work,
)
from plankb.extractors.notes.note import Note
from plankb.model import Span

_CAPTION = 40


@dataclass(frozen=True, slots=True)
class Item:
    """A heading with its own text: `span` runs from the heading to its first sub-heading or box, or to its end.

    `notes` are those that name who answers for it, `inherited` those of the group it stands in. `leaf`: it holds no
    other items, and is no title of a chapter of which nothing stands here. `grouped`: it has no text of its own, and
    its notes are those of its sub-items, which are the tasks.
    """

    section: Section
    leaf: bool
    span: Span
    notes: tuple[Note, ...]
    inherited: tuple[Note, ...]
    grouped: bool = False


def items(clean: CleanText, outline: Outline, found: Sequence[Note]) -> tuple[Item, ...]:
    """All headings that may be tasks, in order, each with its notes."""
    tree = ItemTree(clean, outline)
    owners = _Owners(clean, tree, found)
    result = []
    for section in tree.headings:
        own, group = owners.own(section), owners.of_group(section)
        span = own_span(clean, tree, section, whole=bool(group))
        inherited = () if own or group else owners.inherited(section)
        below = tree.children(section)
        line = clean.paragraph_at(section.span[0])
        beside = [note.span for note in own if section.span[1] <= note.span[0] < line.end]
        rest = (section.span[1], tree.first_below(section) or span[1])
        told = without(clean.text, rest, beside).strip("。；; \n")
        said = all(note.span[1] <= line.end for note in own) and not told if own else len(told) < TOLD
        grouped = bool(own or group) and said and any(map(speaks_of_work, below))
        titled = not below and not told and tree.divides_elsewhere(section)
        result.append(Item(section, not below and not titled, span, own + group, inherited, grouped))
    return tuple(result)


class _Owners:
    """Which heading each note belongs to."""

    def __init__(self, clean: CleanText, tree: ItemTree, found: Sequence[Note]) -> None:
        self._clean, self._tree = clean, tree
        self._own: dict[int, list[Note]] = {}
        self._group: dict[int, list[Note]] = {}
        self._noted: dict[int, bool] = {}
        for note in found:
            section = tree.at(note.span[0])
            if section is not None and self._same_frame(note, section):
                self._own.setdefault(section.index, []).append(note)
        self._forms = Counter(section.form for section in tree.headings if self._is_plain_leaf(section))
        for section in tree.headings:
            self._lift(section)

    def _same_frame(self, note: Note, section: Section) -> bool:
        """Whether no frame stands between a note and a heading: a note in a box is not that of the item around it."""
        at = self._clean.paragraph_at
        return at(note.span[0]).box == at(section.span[0]).box

    def own(self, section: Section) -> tuple[Note, ...]:
        """The notes inside a heading's own text."""
        return tuple(self._own.get(section.index, ()))

    def of_group(self, section: Section) -> tuple[Note, ...]:
        """The notes that stand after the last of a heading's sub-items and speak of all of them."""
        return tuple(self._group.get(section.index, ()))

    def inherited(self, section: Section) -> tuple[Note, ...]:
        """The notes of the nearest group that holds a heading, where none of the group's items has its own."""
        parent = self._tree.parent(section)
        if parent is None or self._has_noted_items(parent):
            return ()
        return self.own(parent) + self.of_group(parent) or self.inherited(parent)

    def _has_noted_items(self, group: Section) -> bool:
        """Whether an item of a group has a note of its own; looked at once, however many the items."""
        if group.index not in self._noted:
            self._noted[group.index] = any(child.index in self._own for child in self._tree.children(group))
        return self._noted[group.index]

    def _is_plain_leaf(self, section: Section) -> bool:
        """Whether a heading without sub-headings has a note that can be nobody else's: not the last of a group."""
        if section.index not in self._own or self._tree.children(section):
            return False
        siblings = self._tree.children(self._tree.parent(section))
        return len(siblings) == 1 or section.index != siblings[-1].index

    def _lift(self, section: Section) -> None:
        """Give a group's note, which stands in its last sub-item, to the group."""
        below = self._tree.children(section)
        if len(below) < 2 or any(child.index in self._own for child in below[:-1]):
            return
        last = below[-1]
        mine = self._own.get(last.index, [])
        if not mine or self._tree.children(last) or section.index in self._own:
            return
        lifted = [note for note in mine if self._after_group(note, last)]
        if not lifted and self._forms[section.form] and not self._forms[last.form]:
            lifted = mine  # notes stand at the level of `section` elsewhere, so this one closes the group
        if lifted:
            self._group[section.index] = lifted
            self._own[last.index] = [note for note in mine if note not in lifted]
            if not self._own[last.index]:
                del self._own[last.index]

    def _after_group(self, note: Note, last: Section) -> bool:
        """Whether a note stands in a paragraph of its own below the last sub-item."""
        paragraph = self._clean.paragraph_at(note.span[0])
        if paragraph.start <= last.span[0]:
            return False
        alone = paragraph.start == note.span[0]
        return alone or last.run_in


def is_task(item: Item, clean: CleanText, outline: Outline) -> bool:
    """Whether an item is a task: a leaf of the working chapters, or any item that a note of its own makes somebody's.

    A note of a group that has no text of its own is that of its items, not the group's.
    """
    if any(note.names for note in item.notes) and (item.leaf or not item.grouped):
        return item.section.form not in CONTAINERS
    if not item.leaf or item.section.form in CONTAINERS or _is_attachment(item, clean, outline):
        return False
    chain = [s for s in outline.ancestors(item.section) if s.form not in INLINE]
    if any(holds_no_tasks(s.title) for s in chain):
        return False
    return not is_container(item.section.title) and not _is_table(item, clean)


def _is_attachment(item: Item, clean: CleanText, outline: Outline) -> bool:
    """Whether an item is one of a list of attachments: below 附件 it has a title and nothing else."""
    parent = outline.sections[item.section.parent] if item.section.parent is not None else None
    inside = clean.paragraphs_in(item.section.span[1], item.span[1])
    return parent is not None and parent.form == "annex" and not item.section.run_in and not inside


def _is_table(item: Item, clean: CleanText) -> bool:
    """Whether an item's text is nothing but a table, whose rows are the tasks, with its caption and remarks."""
    inside = clean.paragraphs_in(item.section.span[1], item.span[1])
    texts = [clean.text[p.start : p.end] for p in inside if p.kind == "text"]
    has_rows = len(texts) < len(inside) and not item.section.run_in
    first = next((n for n, text in enumerate(texts) if is_remark(text)), len(texts))
    return has_rows and all(len(text) <= _CAPTION for text in texts[:first])


def without(text: str, span: Span, cut: Iterable[Span]) -> str:
    """A piece of text without some of its spans, paragraphs joined."""
    pieces = []
    position = span[0]
    for start, end in sorted(cut):
        if start >= position and end <= span[1]:
            pieces.append(text[position:start])
            position = end
    pieces.append(text[position : span[1]])
    return re.sub(r"\s*\n\s*", "", "".join(pieces)).strip()
