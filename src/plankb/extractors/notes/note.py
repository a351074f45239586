"""Responsibility notes: who leads, who supports, who answers; in brackets, on a line of their own, as a sentence.

A note is found by its words (`rules/roles.toml`) and parsed into names with their roles. What remains unparsed is
kept, so that a doubt can say so. Character spans are those of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from plankb import register, times
from plankb.document.enclosed import brackets, inside_of
from plankb.extractors.notes.names import Name, NoteReader, pieces, trimmed
from plankb.extractors.notes.vocabulary import Part, bare_labels, labels, pattern, role_of_label
from plankb.model import Span
from plankb.register import is_function
from plankb.register.listed import is_collective

_ENDS = "。；;！!？?"
_COMMAS = "，,"
_FIELD, _SHORT_FIELD = "部门", 4
_TIMED = 40
"""The longest line that is nothing but a label with a time."""
_LISTED = 3
"""From how many names on a list of bodies of a place is a note although the register knows none of them."""


_CLOSING = 30
"""Clauses at the end of a sentence that may be its note: each is tried with all behind it."""
_LONGEST = 2000
"""Characters of a note in a bracket or a sentence; what is longer is none, however often it says 牵头."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its span with brackets, its names in print order, the times it states, and what could not be read.

    `unread` are pieces that are no name, `unclear` bodies whose part is said in unknown words. `labelled`: it is a
    label with its list, not a bracket or sentence.
    """

    span: Span
    names: tuple[Name, ...]
    times: tuple[str, ...] = ()
    unread: tuple[Span, ...] = ()
    unclear: tuple[Span, ...] = ()
    labelled: bool = False

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
    def bodies(self) -> tuple[tuple[str, Span], ...]:
        """The bureaus with a role, each with its place, in print order."""
        return tuple((name.text, name.span) for name in self.names if not name.collective and name.part != "none")

    @property
    def collective(self) -> tuple[str, ...]:
        """The bodies that are not one bureau."""
        return tuple(name.text for name in self.names if name.collective)

    def led_by(self, leads: Collection[Name]) -> Note:
        """The note with some of its bureaus as its leads, where it names none itself."""
        if self.has_lead:
            return self
        names = (replace(n, part="lead") if n in leads and not n.collective else n for n in self.names)
        return replace(self, names=tuple(names))

    def joined_with(self, other: Note) -> Note:
        """One note of this and the one that goes on with it."""
        return replace(
            self,
            span=(self.span[0], other.span[1]),
            names=self.names + other.names,
            times=self.times + other.times,
            unread=self.unread + other.unread,
            unclear=self.unclear + other.unclear,
        )


def in_paragraph(text: str, span: Span) -> tuple[Note, ...]:
    """The notes of a paragraph in order: brackets, labels at its start or behind a sentence, closing sentences."""
    label = _label_note(text, span)
    end = label.span[0] if label else span[1]
    found = [note for bracket in brackets(text, span[0], end) if (note := _bracket_note(text, bracket, span))]
    sentences = [] if label else list(_sentence_notes(text, span))
    return tuple(sorted((*found, *sentences, *([label] if label else ())), key=lambda note: note.span))


def _bracket_note(text: str, bracket: Span, paragraph: Span) -> Note | None:
    """The note in a bracket: it speaks of responsibility, or is nothing but known bodies behind a sentence."""
    inside = inside_of(text, bracket)
    if inside[1] - inside[0] > _LONGEST:
        return None
    if pattern("keyword").search(text, *inside):
        reader = NoteReader(text)
        reader.read(inside)
        if reader.found and reader.worded:
            return _note(reader, bracket)
    behind_sentence = bracket[0] == paragraph[0] or text[bracket[0] - 1] in _ENDS
    ends_sentence = text[bracket[1] : paragraph[1]] in ("", "。", "；", ";")
    if not (behind_sentence or ends_sentence):
        return None
    return _names_only(text, inside, bracket, sure=behind_sentence, last=bracket[1] == paragraph[1])


def _names_only(text: str, inside: Span, outer: Span, *, sure: bool, last: bool) -> Note | None:
    """The note that is nothing but names. `sure`: it stands behind a sentence, where nothing else does; `last`: it
    closes its paragraph.

    Behind a sentence most must be known, or be bodies of a place (市X局), at the end of the paragraph one such, the
    first of a list, or an office is enough; elsewhere all must be known, and several.
    """
    reader = NoteReader(text)
    reader.listed(inside, "answer")
    if reader.unread or not reader.found:
        return None
    known = [name for name in reader.found if is_function(name.text) or name.collective]
    placed = [name for name in reader.found if name in known or _is_placed(name.text)]
    if sure:
        listed = len(placed) == len(reader.found) and (known or len(placed) >= _LISTED)
        alone = len(known) * 2 > len(reader.found) or bool(listed)
        alone = alone or (last and all(name in placed or _is_office(name.text) for name in reader.found))
        first = reader.found[0]
        alone = alone or (last and first in known and register.has_prefix(first.text))
    else:
        alone = len(known) == len(reader.found) > 1
    return _note(reader, outer) if alone else None


def _is_office(name: str) -> bool:
    """Whether a name is that of an office inside a body (基金监管处)."""
    return bool(pattern("office").search(name))


def _is_placed(name: str) -> bool:
    """Whether a name says whose body it is, or is a place itself."""
    return register.has_prefix(name) or bool(pattern("place").fullmatch(name))


def _label_note(text: str, paragraph: Span) -> Note | None:
    """The note that a label opens at the start of a paragraph or behind a sentence (责任单位：A、B)."""
    if not pattern("label_mark").search(text, *paragraph):
        return _bare_label_note(text, paragraph)
    inside = list(brackets(text, *paragraph))
    for match in labels().finditer(text, *paragraph):
        start = match.start()
        opens = start == paragraph[0] or text[start - 1] in _ENDS
        if not (opens or text[start - 1] in _COMMAS) or any(
            a < start < b or (a == start and match["label"]) for a, b in inside
        ):
            continue
        role = role_of_label(match)
        timed = role == "time" and start == paragraph[0] and paragraph[1] - start <= _TIMED
        if not timed and role not in ("lead", "support", "answer"):
            continue
        span = start, _end_of_labels(text, start, paragraph[1])
        reader = NoteReader(text)
        reader.read(span)
        if not opens and (reader.unread or not reader.found):
            continue
        return _note(reader, span, labelled=True) if reader.found or any(map(times.find, reader.times)) else None
    return _bare_label_note(text, paragraph)


def _bare_label_note(text: str, paragraph: Span) -> Note | None:
    """The note of a whole paragraph that starts with a label without a colon, where all of it is known bodies."""
    if not bare_labels().match(text, *paragraph):
        return None
    reader = NoteReader(text)
    reader.read(paragraph)
    whole = reader.found and not reader.unread and all(is_function(n.text) or n.collective for n in reader.found)
    return _note(reader, paragraph, labelled=True) if whole else None


def _end_of_labels(text: str, start: int, end: int) -> int:
    """Where a labelled note ends: at the first full stop that no further label follows."""
    stop = text.find("。", start, end)
    while stop >= 0 and labels().match(text, stop + 1, end):
        stop = text.find("。", stop + 1, end)
    return end if stop < 0 else stop + 1


def _sentence_notes(text: str, span: Span) -> Iterator[Note]:
    """The sentences at the end of a paragraph that are notes without brackets (A牵头，B、C配合。)."""
    end = span[1]
    while end > span[0]:
        start = max(span[0], text.rfind("。", span[0], end - 1) + 1)
        note = _sentence_note(text, (start, end), alone=(start, end) == span)
        if note is None:
            yield from _closing_clauses(text, (start, end))
            return
        yield note
        end = start


def _closing_clauses(text: str, span: Span) -> Iterator[Note]:
    """The note that the last clauses of a sentence are (建成食堂40家，A牵头，B配合; 查处违规行为，由A负责)."""
    if not pattern("leads").search(text, *span) and "，由" not in text[slice(*span)]:
        return
    commas = [span[0] + comma.end() for comma in re.finditer("，", text[slice(*span)])]
    for start in commas[-_CLOSING:]:
        note = _sentence_note(text, (start, span[1]), alone=False)
        if note is not None and (note.has_lead or text[start] == "由"):
            yield note
            return


def _sentence_note(text: str, span: Span, *, alone: bool) -> Note | None:
    """The note that a whole sentence is: names and verbs, nothing else.

    Most names must be known, the others say whose they are; in a paragraph of its own (`alone`) one known is enough.
    """
    if span[1] - span[0] > _LONGEST or not pattern("keyword").search(text, *span):
        return None
    due = pattern("closing_time").search(text, *span)
    reader = NoteReader(text, strict=True)
    reader.read((span[0], due.start()) if due else span)
    if not reader.found or not reader.worded or reader.unread or reader.unclear or reader.open or reader.times:
        return None
    if any(char.isdigit() for name in reader.found for char in name.text):
        return None
    reader.times += [due.group().strip("，,；;")] if due else []
    known = [name for name in reader.found if is_function(name.text)]
    if alone and (known or all(name.collective or register.has_prefix(name.text) for name in reader.found)):
        return _note(reader, span)
    sure = [name for name in reader.found if name in known or name.collective]
    placed = all(name in sure or register.has_prefix(name.text) for name in reader.found)
    return _note(reader, span) if known and placed and len(sure) * 2 >= len(reader.found) else None


def in_cell(text: str, span: Span, part: Part) -> Note | None:
    """The names of a table cell, all of one part, or as the cell's own words say; None when it holds no name."""
    reader = NoteReader(text)
    if labels().search(text, *span):
        reader.read(span)
    else:
        reader.listed(span, part)
    return _note(reader, span) if reader.found else None


def _note(reader: NoteReader, span: Span, *, labelled: bool = False) -> Note:
    parts = tuple(reader.found), tuple(reader.times), tuple(reader.unread), tuple(reader.unclear)
    return Note(span, *parts, labelled=labelled)


def in_running_text(text: str, span: Span) -> Note | None:
    """Who leads by the words of a text itself (自然资源部门牵头…，财政、水利等部门参与); None where nobody does.

    Beside a lead also those who take part, and the collectives that do theirs (各区要…); 会同 gives no role.
    """
    names: list[Name] = []
    for match in pattern("led_in_text").finditer(text, *span):
        leads = _trailing_names(text, match.span("names"))
        support = _listed_names(text, match.span("support")) if leads and match["support"] else []
        names += [Name(text[slice(*name)], name, "lead", collective=False) for name in leads]
        names += [Name(text[slice(*name)], name, "support", is_collective(text[slice(*name)])) for name in support]
    if not names:
        return None
    said = {name.text for name in names}
    doing = (match.span() for match in pattern("doing").finditer(text, *span) if match.group() not in said)
    names += [Name(text[slice(*name)], name, "answer", collective=True) for name in doing]
    return Note((names[0].span[0], names[-1].span[1]), tuple(names))


def _trailing_names(text: str, span: Span) -> list[Span]:
    """The known bodies at the end of a piece of running text, in print order."""
    found: list[Span] = []
    for piece in reversed(list(pieces(text, span))):
        start, end = trimmed(text, piece)
        known = next((i for i in range(start, max(start + 1, end - 2)) if is_function(text[i:end])), None)
        if known is None:
            break
        found.insert(0, (known, end))
        if known != start:
            break
    return [name for name in found if not is_collective(text[slice(*name)])]


def _listed_names(text: str, span: Span) -> list[Span]:
    """The bodies of a list of which most are known, by their field alone too (财政、水利等部门); none otherwise."""
    found = [trimmed(text, piece) for piece in pieces(text, span)]
    words = [text[slice(*name)] for name in found]
    known = [w for w in words if is_function(w) or is_function(w + _FIELD) or is_collective(w) or w.endswith(_FIELD)]
    short = all(word in known or len(word) <= _SHORT_FIELD for word in words)
    return found if short and len(known) * 2 > len(words) else []
