"""Items: the headings of a plan that can be tasks, with the text and the notes that belong to each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from plankb import rules
from plankb.document import INLINE, CleanText, Outline, Section
from plankb.extractors.notes.note import Note
from plankb.headings import TITLE_OF_ATTACHMENT
from plankb.model import Span

_NOT_HEADINGS = (*INLINE, "table", "box")
_CAPTION = 40
_CONTAINERS = ("annex", TITLE_OF_ATTACHMENT, "part")
_SMALL_DIVISIONS = ("cn_paren", "cn_one_sign")
_LARGE_DIVISIONS = ("part", "chapter", "section", "legal", "cn", "styled", "annex", TITLE_OF_ATTACHMENT, "roman")
_DIVISIONS = (*_LARGE_DIVISIONS, *_SMALL_DIVISIONS)
"""Headings whose run-in headings are items; those of any other only divide an item's text."""
_LONGEST_TITLE = 30
_IMPRINT = 15
"""How many paragraphs an imprint takes at most."""
_TOLD = 10
"""From how many characters on a group has text of its own, which makes it a task beside its items."""


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
    tree = _Tree(clean, outline)
    owners = _Owners(clean, tree, found)
    result = []
    for section in tree.headings:
        own, group = owners.own(section), owners.of_group(section)
        span = _own_span(clean, tree, section, whole=bool(group))
        inherited = () if own or group else owners.inherited(section)
        below = tree.children(section)
        told = clean.text[section.span[1] : tree.first_below(section) or span[1]].strip("。 \n")
        said = all(note.span[1] <= section.span[1] for note in own) and not told if own else len(told) < _TOLD
        grouped = bool(own or group) and said and any(map(_speaks_of_work, below))
        titled = not below and not told and tree.divides_elsewhere(section)
        result.append(Item(section, not below and not titled, span, own + group, inherited, grouped))
    return tuple(result)


class _Tree:
    """The headings of the outline without what only structures a paragraph, a box, a table or a remark."""

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
        empty = (s for s in self.headings if not self.children(s) and s.end - s.span[1] <= _TOLD)
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
    return first.span[0] - section.span[1] > _TOLD


def _conditions(outline: Outline) -> frozenset[int]:
    """The items that list conditions, as laws do (未落实…的；): they divide the text of the item above."""
    condition = rules.one("tasks", "condition")
    return frozenset(s.index for s in outline.sections if s.form not in _CONTAINERS and condition.search(s.title))


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
        inside = bool(_titles().remark.match(line)) or (inside and bool(numbered))
    return frozenset(found)


class _Owners:
    """Which heading each note belongs to."""

    def __init__(self, clean: CleanText, tree: _Tree, found: Sequence[Note]) -> None:
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


def _own_span(clean: CleanText, tree: _Tree, section: Section, *, whole: bool) -> Span:
    """From the heading to its first sub-heading or box; the lines that close the whole plan left out."""
    below = tree.first_below(section)
    end = section.end if whole or below is None else min(below, section.end)
    start, text = section.span[0], clean.text
    end = _before_imprint(clean, start, end)
    while end > start:
        end = start + len(text[start:end].rstrip())
        line = clean.paragraph_at(end - 1)
        if line.start <= section.span[0] or not _titles().closing.match(text, line.start, line.end):
            break
        end = line.start
    run_on = _titles().closing_behind.search(text, max(start, line.start), end)
    return start, run_on.start() if run_on else end


def _before_imprint(clean: CleanText, start: int, end: int) -> int:
    """Where the imprint begins among the last paragraphs of a piece of text; its end where there is none."""
    last, imprint = clean.paragraphs_in(start, end)[-_IMPRINT:], _titles().imprint
    return next((one.start for one in last if one.start > start and imprint.match(clean.text, one.start)), end)


@dataclass(frozen=True, slots=True)
class _Titles:
    no_task: tuple[re.Pattern[str], ...]
    work: re.Pattern[str]
    container: re.Pattern[str]
    aim_verb: re.Pattern[str]
    remark: re.Pattern[str]
    closing: re.Pattern[str]
    closing_behind: re.Pattern[str]
    imprint: re.Pattern[str]


@cache
def _titles() -> _Titles:
    nouns = rules.one("tasks", "work.nouns").vocabulary
    verbs = [verb for verb in rules.one("tasks", "work.verbs").words if verb not in nouns]
    closing = rules.one("tasks", "closing")
    return _Titles(
        tuple(rule.regex for rule in rules.many("tasks", "no_task")),
        re.compile("|".join(verbs)),
        rules.one("tasks", "containers").regex,
        rules.one("tasks", "aim_verb").regex,
        rules.one("tasks", "remark").regex,
        closing.regex,
        re.compile(f"(?<=[）)〕］】])(?:{closing.expression})"),
        rules.one("tasks", "imprint").regex,
    )


def holds_no_tasks(title: str) -> bool:
    """Whether a title announces aims, principles or the situation rather than work."""
    titles = _titles()
    bare = titles.aim_verb.sub("", title.strip("：:。 "))
    return not titles.work.match(bare) and any(pattern.search(bare) for pattern in titles.no_task)


def is_task(item: Item, clean: CleanText, outline: Outline) -> bool:
    """Whether an item is a task: a leaf of the working chapters, or any item that a note of its own makes somebody's.

    A note of a group that has no text of its own is that of its items, not the group's.
    """
    if any(note.names for note in item.notes) and (item.leaf or not item.grouped):
        return item.section.form not in _CONTAINERS
    if not item.leaf or item.section.form in _CONTAINERS or _is_attachment(item, clean, outline):
        return False
    chain = [s for s in outline.ancestors(item.section) if s.form not in INLINE]
    if any(holds_no_tasks(s.title) for s in chain):
        return False
    return not _titles().container.fullmatch(item.section.title) and not _is_table(item, clean)


def _speaks_of_work(section: Section) -> bool:
    """Whether a heading names work rather than a part of every item (年度计划, 具体措施)."""
    return not _titles().container.fullmatch(section.title) and not holds_no_tasks(section.title)


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
    aside = _titles().remark
    first = next((n for n, text in enumerate(texts) if aside.match(text)), len(texts))
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
