"""Reading the names of one note: a list with verbs behind it, or with labels before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from plankb import register
from plankb.extractors.note_rules import (
    Part,
    is_collective,
    is_known,
    is_name,
    labels_in,
    note_rules,
    pieces,
    role_of_label,
    split_verb,
    trimmed,
    unrun,
)
from plankb.model import Span

_HEAD = "部门"


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name with its span and what the note says of it."""

    text: str
    span: Span
    part: Part
    collective: bool


@dataclass(frozen=True, slots=True)
class _Pending:
    """A name that waits for the verb behind its list; `silent` after 会同, which gives no role."""

    text: str
    span: Span
    silent: bool


@dataclass
class NoteReader:
    """Collects the names of one note, the times it states, and the pieces that are no name."""

    text: str
    found: list[Name] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    worded: bool = False
    """Whether a verb or label said what the names are for."""
    open: bool = False
    """Whether the last names stood without a verb."""
    _comma: tuple[str, ...] = ("、",)
    """What stands between the members of one collective: 、, or another mark in a list that has no 、."""

    def read(self, span: Span) -> None:
        """A、B牵头，C等按职责分工负责; or 牵头单位：A；责任单位：B."""
        matches = labels_in(self.text, span)
        start = matches[0].start() if matches else span[1]
        if span[0] < start:
            self._clauses((span[0], start), None)
        for index, match in enumerate(matches):
            end = matches[index + 1].start() if index + 1 < len(matches) else span[1]
            role = role_of_label(match)
            if role in ("lead", "support", "answer"):
                self.listed((match.end(), end), cast(Part, role))
            elif role == "time":
                self.times.append(self.text[match.end() : end].strip("；;，,。 "))

    def listed(self, span: Span, part: Part) -> None:
        """A list of names of one part; a verb inside it decides for the names before it."""
        self.worded = True
        self._clauses(span, part)

    def _clauses(self, span: Span, default: Part | None) -> None:
        joined_at = note_rules().joined
        pending: list[_Pending] = []
        silent = False
        self._comma = ("、",) if "、" in self.text[slice(*span)] else ("，", ",", "；", ";")
        asides = _asides(self.text, span)
        for piece in pieces(self.text, span):
            if any(start <= piece[0] < end for start, end in asides):
                continue
            if note_rules().remark.search(self.text[slice(*piece)]):
                continue
            bare, role = split_verb(self.text, piece)
            joined = joined_at.search(self.text, *bare)
            if joined and (joined.start() > bare[0] or pending):
                self._take(pending, (bare[0], joined.start()), silent=silent)
                bare, silent = (joined.end(), bare[1]), True
            self._take(pending, bare, silent=silent)
            if role is not None:
                self.worded = True
                self._close(pending, role)
                pending, silent = [], False
        if pending:
            self.open = True
            self._close(pending, default or "answer")

    def _take(self, pending: list[_Pending], span: Span, *, silent: bool) -> None:
        """The name or names of a piece."""
        start = span[0]
        for match in (*note_rules().conjunction.finditer(self.text, *span), None):
            end = match.start() if match else span[1]
            part = trimmed(self.text, (start, end))
            if part[0] < part[1] and not self._goes_on(pending, part):
                for single in unrun(self.text, part):
                    self._take_one(pending, single, silent=silent)
            start = match.end() if match else end

    def _goes_on(self, pending: list[_Pending], span: Span) -> bool:
        """Whether a piece goes on with the collective before it (各区、县级市), which it then joins."""
        before = pending[-1] if pending else None
        text = self.text[slice(*span)]
        if before is None or not is_collective(before.text) or note_rules().collective_start.match(text):
            return False
        same = bool(note_rules().everywhere.search(before.text)) and is_known(text) and not register.has_prefix(text)
        if not (same or note_rules().goes_on.search(text)) or self.text[before.span[1] : span[0]] not in self._comma:
            return False
        whole = (before.span[0], span[1])
        pending[-1] = _Pending(self.text[slice(*whole)], whole, before.silent)
        return True

    def _take_one(self, pending: list[_Pending], span: Span, *, silent: bool) -> None:
        text = self.text[slice(*span)]
        marked = note_rules().marked.search(text)
        if marked:
            bare = (span[0], span[0] + marked.start())
            self.found.append(Name(self.text[slice(*bare)], bare, "lead", collective=False))
        elif is_name(text) or is_known(text) or (is_collective(text) and not note_rules().never.search(text)):
            pending.append(_Pending(text, span, silent))
        elif note_rules().time.search(text):
            self.times.append(text)
        elif self._shares_head(span):
            pending.append(_Pending(text, span, silent))
        else:
            self.unread.append(span)

    def _shares_head(self, span: Span) -> bool:
        """Whether a piece is the field of a 部门 that a later piece of the list names (财政、教育部门)."""
        if not is_known(self.text[slice(*span)] + _HEAD):
            return False
        return bool(note_rules().shared_head.match(self.text, span[1]))

    def _close(self, pending: Iterable[_Pending], part: Part) -> None:
        for name in pending:
            collective = is_collective(name.text)
            said: Part = "none" if name.silent and not collective else part
            self.found.append(Name(name.text, name.span, said, collective))


def _asides(text: str, span: Span) -> list[Span]:
    """The sentences of a note that speak of all later tasks; without a stop before, from the remark's first word on."""
    found = []
    for match in note_rules().aside.finditer(text, *span):
        before = max(text.rfind(mark, span[0], match.start()) for mark in "。；")
        start = before + 1 if before >= 0 else match.start()
        stop = text.find("。", match.end(), span[1])
        found.append((start, stop if stop >= 0 else span[1]))
    return found
