"""Responsibility notes: who leads, who supports, who answers; in brackets, on a line of their own, as a sentence.

A note is found by its words (`rules/roles.toml`) and parsed into names with their roles. What remains unparsed is
kept, so that a doubt can say so. Character spans are those of the text given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from plankb import register
from plankb.document import CleanText
from plankb.extractors.notes.names import Name, NoteReader, pieces, trimmed
from plankb.extractors.notes.vocabulary import (
    CLOSE,
    OPEN,
    Part,
    is_collective,
    is_known,
    note_rules,
    role_of_label,
)
from plankb.model import Span

_ENDS = "。；;！!？?"
_REMARK = 12
_LISTED = 3
"""From how many names on a list of bodies of a place is a note although the register knows none of them."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its span with brackets, its names in print order, the times it states, and what could not be read."""

    span: Span
    names: tuple[Name, ...]
    times: tuple[str, ...] = ()
    unread: tuple[Span, ...] = ()

    @property
    def has_lead(self) -> bool:
        """Whether the note names a lead, which makes its other bodies support."""
        return any(name.part == "lead" for name in self.names)

    def printed(self, role: Literal["lead", "support", "joint"]) -> tuple[str, ...]:
        """The names of one role, in print order."""
        parts: dict[str, tuple[Part, ...]] = {
            "lead": ("lead",),
            "support": ("support", "answer") if self.has_lead else ("support",),
            "joint": () if self.has_lead else ("answer",),
        }
        return tuple(name.text for name in self.names if not name.collective and name.part in parts[role])

    @property
    def collective(self) -> tuple[str, ...]:
        """The bodies that are not one bureau."""
        return tuple(name.text for name in self.names if name.collective)

    def led_by_first(self) -> Note:
        """The note with its first bureau as its lead, where it names none."""
        first = next((index for index, name in enumerate(self.names) if not name.collective), None)
        if self.has_lead or first is None:
            return self
        lead = replace(self.names[first], part="lead")
        return replace(self, names=(*self.names[:first], lead, *self.names[first + 1 :]))


def find_notes(clean: CleanText) -> tuple[Note, ...]:
    """All notes of a plan's paragraphs, in order; the first body leads where a remark says so."""
    texts = (p for p in clean.paragraphs if p.kind == "text")
    found = [note for p in texts for note in in_paragraph(clean.text, (p.start, p.end))]
    remark = note_rules().first_leads.search(clean.text)
    if remark is None:
        return tuple(found)
    sentence = clean.text[remark.start() : remark.end() + _REMARK]
    last = len(clean.text) if note_rules().from_here_on.search(sentence) else remark.end()
    first = max((note.span[0] for note in found if note.span[0] <= remark.start()), default=remark.start())
    return tuple(note.led_by_first() if first <= note.span[0] < last else note for note in found)


def in_paragraph(text: str, span: Span) -> tuple[Note, ...]:
    """The notes of a paragraph in order: brackets, labels at its start or behind a sentence, closing sentences."""
    label = _label_note(text, span)
    end = label.span[0] if label else span[1]
    found = [note for bracket in brackets(text, span[0], end) if (note := _bracket_note(text, bracket, span))]
    sentences = [] if label else list(_sentence_notes(text, span))
    return tuple(sorted((*found, *sentences, *([label] if label else ())), key=lambda note: note.span))


def brackets(text: str, start: int, end: int) -> Iterator[Span]:
    """Outermost bracketed pieces of a text, brackets included, widths mixed; one left open ends with its line."""
    position = start
    while position < end:
        if text[position] in OPEN:
            close = _closing(text, position, end)
            yield position, close
            position = close
        else:
            position += 1


def _closing(text: str, position: int, stop: int) -> int:
    depth = 0
    for index in range(position, stop):
        if text[index] in OPEN:
            depth += 1
        elif text[index] in CLOSE:
            depth -= 1
            if depth == 0:
                return index + 1
        elif text[index] == "\n":
            return index
    return stop


def _bracket_note(text: str, bracket: Span, paragraph: Span) -> Note | None:
    """The note in a bracket: it speaks of responsibility, or is nothing but known bodies behind a sentence."""
    inside = _inside(text, bracket)
    if note_rules().keyword.search(text, *inside):
        reader = NoteReader(text)
        reader.read(inside)
        if reader.found and reader.worded:
            return _note(reader, bracket)
    behind_sentence = bracket[0] == paragraph[0] or text[bracket[0] - 1] in _ENDS
    ends_sentence = text[bracket[1] : paragraph[1]] in ("", "。", "；", ";")
    return _names_only(text, inside, bracket, sure=behind_sentence) if behind_sentence or ends_sentence else None


def _inside(text: str, bracket: Span) -> Span:
    """What stands in a bracket, in the innermost where several say the same thing ((…))."""
    left, right = bracket
    inside = (left + 1, right - 1 if text[right - 1] in CLOSE else right)
    doubled = inside[0] < inside[1] and next(brackets(text, *inside), None) == inside
    return _inside(text, inside) if doubled else inside


def _names_only(text: str, inside: Span, outer: Span, *, sure: bool) -> Note | None:
    """The note that is nothing but names. `sure`: it stands behind a sentence, where nothing else does.

    There most must be known, or be bodies of a place (市X局); elsewhere all, and several.
    """
    reader = NoteReader(text)
    reader.listed(inside, "answer")
    if reader.unread or not reader.found:
        return None
    known = [name for name in reader.found if is_known(name.text) or name.collective]
    placed = [name for name in reader.found if name in known or _is_placed(name.text)]
    if sure:
        listed = len(placed) == len(reader.found) and (known or len(placed) >= _LISTED)
        alone = len(known) * 2 > len(reader.found) or bool(listed)
    else:
        alone = len(known) == len(reader.found) > 1
    return _note(reader, outer) if alone else None


def _is_placed(name: str) -> bool:
    """Whether a name says whose body it is, or is a place itself."""
    return register.has_prefix(name) or bool(note_rules().place.fullmatch(name))


def _label_note(text: str, paragraph: Span) -> Note | None:
    """The note that a label opens at the start of a paragraph or behind a sentence (责任单位：A、B)."""
    inside = list(brackets(text, *paragraph))
    for match in note_rules().labels.finditer(text, *paragraph):
        start = match.start()
        opens = start == paragraph[0] or text[start - 1] in _ENDS
        if not opens or any(a < start < b or (a == start and match["label"]) for a, b in inside):
            continue
        if role_of_label(match) not in ("lead", "support", "answer"):
            continue
        span = start, _end_of_labels(text, start, paragraph[1])
        reader = NoteReader(text)
        reader.read(span)
        return _note(reader, span) if reader.found else None
    return _bare_label_note(text, paragraph)


def _bare_label_note(text: str, paragraph: Span) -> Note | None:
    """The note of a whole paragraph that starts with a label without a colon, where all of it is known bodies."""
    if not note_rules().bare_labels.match(text, *paragraph):
        return None
    reader = NoteReader(text)
    reader.read(paragraph)
    whole = reader.found and not reader.unread and all(is_known(n.text) or n.collective for n in reader.found)
    return _note(reader, paragraph) if whole else None


def _end_of_labels(text: str, start: int, end: int) -> int:
    """Where a labelled note ends: at the first full stop that no further label follows."""
    stop = text.find("。", start, end)
    while stop >= 0 and note_rules().labels.match(text, stop + 1, end):
        stop = text.find("。", stop + 1, end)
    return end if stop < 0 else stop + 1


def _sentence_notes(text: str, span: Span) -> Iterator[Note]:
    """The sentences at the end of a paragraph that are notes without brackets (A牵头，B、C配合。)."""
    end = span[1]
    while end > span[0]:
        start = max(span[0], text.rfind("。", span[0], end - 1) + 1)
        note = _sentence_note(text, (start, end), alone=(start, end) == span)
        if note is None:
            return
        yield note
        end = start


def _sentence_note(text: str, span: Span, *, alone: bool) -> Note | None:
    """The note that a whole sentence is: names and verbs, nothing else.

    Most names must be known, the others say whose they are; in a paragraph of its own (`alone`) one known is enough.
    """
    if not note_rules().keyword.search(text, *span):
        return None
    reader = NoteReader(text)
    reader.read(span)
    if not reader.found or not reader.worded or reader.unread or reader.open or reader.times:
        return None
    known = [name for name in reader.found if is_known(name.text)]
    if alone and (known or all(name.collective or register.has_prefix(name.text) for name in reader.found)):
        return _note(reader, span)
    sure = [name for name in reader.found if name in known or name.collective]
    placed = all(name in sure or register.has_prefix(name.text) for name in reader.found)
    return _note(reader, span) if known and placed and len(sure) * 2 >= len(reader.found) else None


def in_cell(text: str, span: Span, part: Part) -> Note | None:
    """The names of a table cell, all of one part, or as the cell's own words say; None when it holds no name."""
    reader = NoteReader(text)
    if note_rules().labels.search(text, *span):
        reader.read(span)
    else:
        reader.listed(span, part)
    return _note(reader, span) if reader.found else None


def _note(reader: NoteReader, span: Span) -> Note:
    return Note(span, tuple(reader.found), tuple(reader.times), tuple(reader.unread))


def trailing_names(text: str, span: Span) -> tuple[str, ...]:
    """The names of known bodies at the end of a piece of running text, in print order; () when there are none."""
    found: list[str] = []
    for piece in reversed(list(pieces(text, span))):
        name = text[slice(*trimmed(text, piece))]
        known = next((name[i:] for i in range(max(1, len(name) - 2)) if is_known(name[i:])), None)
        if known is None:
            break
        found.insert(0, known)
        if known != name:
            break
    return tuple(name for name in found if not is_collective(name))
