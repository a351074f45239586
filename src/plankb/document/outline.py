"""The outline: which numbered headings hold which, in whatever order of forms a plan uses.

The forms (第一章, 一、, （一）, 1., 一是, 专栏, …) are data in `rules/headings.toml`. Their depth is read off the
document: form B lies below form A where numbers of A go on across numbers of B; only where a document does not show
it does the convention of GB/T 9704-2012 decide. Wrong and repeated numbers are tolerated: the order of headings counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from plankb import rules
from plankb.document.bounds import require_headings
from plankb.document.clean import CleanText
from plankb.document.heads import INLINE, Head, find_heads
from plankb.headings import TITLE_OF_ATTACHMENT, rank
from plankb.late import dataclass
from plankb.model import Span

_PROOF = 2
"""How often an order of forms must show before it overrules the convention."""
_FIXED = {"part", "chapter", "box", "table", "annex", TITLE_OF_ATTACHMENT}
_ENDS_BOX = {"part", "chapter", "section", "legal", "cn", "task_number", "box", "annex", TITLE_OF_ATTACHMENT}


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline.

    `heading` is the printed heading with its number, `title` without; `span` is the heading's, `body` runs from its end
    to the first heading below it, `end` is where the last of what it holds ends. `parent` is an index into the
    outline, None at the top; `path` are the headings from the outermost down to this one.
    """

    index: int
    form: str
    number: int
    heading: str
    title: str
    span: Span
    body: Span
    end: int
    parent: int | None
    path: tuple[str, ...]
    leaf: bool
    run_in: bool
    """Whether text follows the heading in its own paragraph."""
    boxed: bool
    """Whether a 专栏 holds it: its items are no headings of the section path."""


@dataclass(frozen=True)
class Outline:
    """All sections in the order of the text."""

    sections: tuple[Section, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [section.span[0] for section in self.sections]

    def at(self, position: int) -> Section | None:
        """The innermost section that holds a position; None before the first heading."""
        index = bisect_right(self._starts, position) - 1
        while index >= 0:
            section = self.sections[index]
            if position < section.end:
                return section
            index = section.parent if section.parent is not None else -1
        return None

    def path_at(self, position: int) -> tuple[str, ...]:
        """The section path of a position, outermost first; () before the first heading."""
        section = self.at(position)
        return section.path if section else ()

    def ancestors(self, section: Section) -> tuple[Section, ...]:
        """The sections that hold a section, outermost first, itself last."""
        chain = [section]
        while chain[-1].parent is not None:
            chain.append(self.sections[chain[-1].parent])
        return tuple(reversed(chain))


def outline(clean: CleanText) -> Outline:
    """The outline of a plan. Table rows and the contents list hold no headings. Raises E158 for too many of them."""
    heads = find_heads(clean)
    require_headings(len(heads))
    return Outline(tuple(_sections(clean.text[: clean.body_end], heads, _parents(heads), _tabled_boxes(clean))))


def _tabled_boxes(clean: CleanText) -> dict[int, int]:
    """Where a box that is a table ends, by where the paragraph of its heading starts: with the rows and their notes."""
    ends: dict[int, int] = {}
    start = -1
    for before, paragraph in pairwise(clean.paragraphs):
        if before.kind == "text" and paragraph.kind == "row":
            start = before.start
            ends[start] = paragraph.end
        elif start in ends and (
            paragraph.kind == "row" or rules.pattern("headings", "notes.of_table").match(clean.text, paragraph.start)
        ):
            ends[start] = paragraph.end
        else:
            start = -1
    return ends


def _nesting(heads: Sequence[Head]) -> Counter[tuple[str, str]]:
    """How often numbers of form `a` go on (n, n + 1) across headings of form `b` that begin anew at 1: b lies below a.

    Where b goes on counting across a as well, as continuous numbers do, nothing is shown; nor where b begins anew only
    because a heading above it stands between, as （一） does after 二、 while items are counted through the plan.
    """
    evidence: Counter[tuple[str, str]] = Counter()
    last: dict[str, tuple[int, int]] = {}
    for index, head in enumerate(heads):
        if head.form in last and last[head.form][0] + 1 == head.number:
            between = heads[last[head.form][1] + 1 : index]
            evidence.update((head.form, form) for form in _begun_anew(between))
        last[head.form] = (head.number, index)
    return evidence


def _begun_anew(heads: Sequence[Head]) -> list[str]:
    """The forms among some headings that begin at 1 without a heading of a higher form before them."""
    seen: dict[str, bool] = {}
    for head in heads:
        if head.form not in seen:
            explained = any(rank(form) < rank(head.form) for form in seen)
            seen[head.form] = head.number <= 1 and not explained
    return [form for form, begun in seen.items() if begun]


def _below(form: str, other: str, evidence: Counter[tuple[str, str]]) -> bool:
    """Whether `form` lies below `other`."""
    shown = evidence[other, form] - evidence[form, other]
    if abs(shown) >= _PROOF and not {form, other} & _FIXED:
        return shown > 0
    return rank(form) > rank(other)


def _parents(heads: Sequence[Head]) -> list[int | None]:
    """The heading above each. What stands in a frame counts for itself; outside, the list goes on where it was left."""
    evidence = _nesting([head for head in heads if not head.box])
    levels = _told_levels(heads)
    outer: list[int] = []
    inner: list[int] = []
    parents: list[int | None] = []
    for index, head in enumerate(heads):
        if index and head.box != heads[index - 1].box:
            inner = []
            if not head.box and outer and heads[outer[-1]].form == "box":
                outer = outer[:-1]  # its frame is over
        if head.box:
            inner = _ancestors_in_frame(head, heads, inner, evidence)
        else:
            told = _ancestors_by_level(head, heads, outer, levels=levels)
            outer = _ancestors_of(head, heads, outer, evidence) if told is None else told
        above = [*outer, *inner]
        parents.append(above[-1] if above else None)
        (inner if head.box else outer).append(index)
    return parents


def _ancestors_in_frame(
    head: Head, heads: Sequence[Head], stack: list[int], evidence: Counter[tuple[str, str]]
) -> list[int]:
    """The part of a frame's own stack that holds a new heading: the title of the frame holds all of it."""
    if head.form == "box":
        return []
    title = stack[:1] if stack and heads[stack[0]].form == "box" else []
    return [*title, *_ancestors_of(head, heads, stack[len(title) :], evidence)]


def _told_levels(heads: Sequence[Head]) -> bool:
    """Whether the levels that the file gives can be trusted: no two forms of number share one."""
    forms: dict[int, set[str]] = {}
    for head in heads:
        if head.level is not None and head.number and not head.box:
            forms.setdefault(head.level, set()).add(head.form)
    return all(len(found) == 1 for found in forms.values())


def _ancestors_by_level(head: Head, heads: Sequence[Head], stack: list[int], *, levels: bool) -> list[int] | None:
    """The part of the stack that holds a heading whose level the file gives; None where that tells nothing.

    `levels`: those of numbered headings can be trusted.
    """
    told = [depth for depth, i in enumerate(stack) if heads[i].level is not None]
    if head.level is None or not told or not (levels or head.form == "styled"):
        return None
    higher = [depth for depth in told if (heads[stack[depth]].level or 0) < head.level]
    return stack[: higher[-1] + 1] if higher else []


def _ancestors_of(head: Head, heads: Sequence[Head], stack: list[int], evidence: Counter[tuple[str, str]]) -> list[int]:
    """The part of the stack that holds a new heading."""
    box = next((depth for depth, i in enumerate(stack) if heads[i].form == "box"), None)
    if box is not None and _inside_box(head, heads, stack, box):
        inner = stack[box + 1 :]
        same = [depth for depth, i in enumerate(inner) if heads[i].form == head.form]
        kept = inner[: same[-1]] if same else [i for i in inner if rank(heads[i].form) < rank(head.form)]
        return stack[: box + 1] + kept
    stack = stack[:box]
    for depth, index in enumerate(stack):
        if heads[index].form == head.form and not _holds(heads[index], head):
            return stack[:depth]
    while stack and not (_holds(heads[stack[-1]], head) or _below(head.form, heads[stack[-1]].form, evidence)):
        stack = stack[:-1]
    return stack


def _holds(outer: Head, head: Head) -> bool:
    """Whether a heading lies below another of its form: by the levels that the file gives, or by its dotted number."""
    if outer.path and len(outer.path) < len(head.path):
        return head.path[: len(outer.path)] == outer.path
    return outer.form == head.form == "styled" and (outer.level or 0) < (head.level or 0)


def _inside_box(head: Head, heads: Sequence[Head], stack: list[int], box: int) -> bool:
    """Whether a heading belongs to the open box: its own list, begun at 1 and counted on, or a form unused outside."""
    if head.form in _ENDS_BOX:
        return False
    inner = [heads[i] for i in stack[box + 1 :] if heads[i].form == head.form]
    outer = [heads[i] for i in stack[:box] if heads[i].form == head.form]
    if inner and outer and inner[-1].number == outer[-1].number:
        return inner[-1].run_in == head.run_in or outer[-1].run_in != head.run_in
    if inner:
        return head.number == inner[-1].number + 1 or not outer
    if head.form == "cn_paren":
        return head.number == 1
    return not outer or head.number == 1 or head.number != outer[-1].number + 1


def _sections(
    text: str, heads: Sequence[Head], parents: Sequence[int | None], boxes: Mapping[int, int]
) -> Iterable[Section]:
    ends = [
        min(end, boxes.get(head.span[0], end)) if head.form == "box" else end
        for head, end in zip(heads, _ends(len(text), heads, parents), strict=True)
    ]
    has_children = {parent for parent in parents if parent is not None}
    solid = {
        parent for i, parent in enumerate(parents) if parent is not None and heads[i].form not in (*INLINE, "table")
    }
    sections: list[Section] = []
    for index, head in enumerate(heads):
        heading = text[slice(*head.span)].replace("\n", "").strip()
        title = text[head.title_start : head.span[1]].replace("\n", "").strip().rstrip("。：:")
        parent = parents[index]
        path = sections[parent].path if parent is not None else ()
        boxed = parent is not None and (sections[parent].form == "box" or sections[parent].boxed)
        boxed = boxed or bool(head.box and head.form != "box")
        if head.form not in (*INLINE, "table") and not boxed:
            path = (*path, heading)
        body_end = heads[index + 1].span[0] if index in has_children else ends[index]
        body = (min(head.span[1], body_end), body_end)
        section = Section(
            index, head.form, head.number, heading, title, head.span, body, ends[index], parent, path,
            index not in solid, head.run_in, boxed,
        )  # fmt: skip
        sections.append(section)
        yield section


def _ends(size: int, heads: Sequence[Head], parents: Sequence[int | None]) -> list[int]:
    """Where each section ends: at the next heading that it does not hold."""
    ends = [size] * len(heads)
    open_: list[int] = []
    for index, head in enumerate(heads):
        while open_ and open_[-1] != parents[index]:
            ends[open_.pop()] = head.span[0]
        open_.append(index)
    return ends
