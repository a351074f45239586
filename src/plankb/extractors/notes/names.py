"""The names of one note, each with its part: from a list with verbs behind it, or with labels before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import cast

from plankb import register, rules
from plankb.document.enclosed import CLOSE, OPEN
from plankb.extractors.notes.vocabulary import (
    Part,
    labels_in,
    marked_part,
    pattern,
    role_of_label,
    split_verb,
    tells_who_leads,
)
from plankb.model import Span
from plankb.register import is_function
from plankb.register.listed import is_collective, is_name, known_start, unrun

_HEAD, _BUREAU = "部门", "局"
_QUOTES_OPEN, _QUOTES_CLOSE = "〈<《“", "〉>》”"
_MARK = re.compile(f"[{re.escape(OPEN + _QUOTES_OPEN + CLOSE + _QUOTES_CLOSE)}、，,；;。\n]")
"""Brackets, quotation marks, and what parts the names of a list outside them."""


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
    collective: bool


@dataclass
class NoteReader:
    """Collects the names of one note, the times it states, and what it could not understand."""

    text: str
    strict: bool = False
    """Leave off at the first piece that is no name, no known verb or a time: a note that may hold none is none then."""
    found: list[Name] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    """Pieces that are no name."""
    unclear: list[Span] = field(default_factory=list)
    """Bodies whose part the note says in words that the rules do not know."""
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
            self._clauses(self._without_unknown((span[0], start)), None)
        for index, match in enumerate(matches):
            end = matches[index + 1].start() if index + 1 < len(matches) else span[1]
            role = role_of_label(match)
            if role in ("lead", "support", "answer"):
                self.listed((match.end(), end), cast(Part, role))
            elif role == "time":
                self.times.append(self.text[match.end() : end].strip("；;，,。 \n"))

    def listed(self, span: Span, part: Part) -> None:
        """A list of names of one part; a verb inside it decides for the names before it, as far as it says more."""
        self.worded = True
        self._clauses(self._without_unknown(span), part)

    def _without_unknown(self, span: Span) -> Span:
        """A list up to the first label that says no role known here; what stands behind that is not clear."""
        unknown = pattern("unknown_label").search(self.text, *span)
        if unknown is None:
            return span
        self.unclear.append(trimmed(self.text, (unknown.start(), span[1])))
        return span[0], unknown.start()

    def _clauses(self, span: Span, default: Part | None) -> None:
        joined_at = pattern("joined")
        pending: list[_Pending] = []
        silent = False
        self._comma = ("、",) if "、" in self.text[slice(*span)] else ("，", ",", "；", ";")
        asides = _asides(self.text, span)
        for piece in pieces(self.text, span):
            if self.strict and (self.unread or self.unclear or self.times):
                return
            if any(start < piece[1] and piece[0] < end for start, end in asides):
                continue
            piece = _without_remark(self.text, piece)
            bare, role = split_verb(self.text, piece)
            joined = joined_at.search(self.text, *bare)
            if joined and (joined.start() > bare[0] or pending):
                self._take(pending, (bare[0], joined.start()), silent=silent)
                bare, silent = (joined.end(), bare[1]), True
            self._take(pending, bare, silent=silent)
            if role is not None:
                self.worded = True
                self._close_told(pending, role, default)
                pending, silent = [], False
        if pending:
            self.open = True
            self._close(pending, default or "answer")
        for aside in asides:
            self._take_aside(aside)

    def _take(self, pending: list[_Pending], span: Span, *, silent: bool) -> None:
        """The name or names of a piece."""
        start = span[0]
        for match in (*pattern("conjunction").finditer(self.text, *span), None):
            end = match.start() if match else span[1]
            part = trimmed(self.text, (start, end))
            if part[0] < part[1] and not self._goes_on(pending, part):
                for single in unrun(self.text, part):
                    self._take_one(pending, single, silent=silent)
            start = match.end() if match else end

    def _goes_on(self, pending: list[_Pending], span: Span) -> bool:
        """Whether a piece goes on with the collective before it: joins it (各区、县级市), or is another one of its kind
        where that is said in full (各盟行政公署、市人民政府)."""
        before = pending[-1] if pending else None
        text = self.text[slice(*span)]
        if before is None or not before.collective or pattern("collective_start").match(text):
            return False
        kind = is_function(text) or is_function(text + _BUREAU) or text.endswith(_BUREAU)
        functions = kind and not register.has_prefix(text)
        same = functions and any(pattern("everywhere").search(name.text) for name in _last_collectives(pending))
        if not (same or pattern("collective_goes_on").search(text)):
            return False
        if self.text[before.span[1] : span[0]] not in self._comma:
            return False
        if pattern("collective_end").search(before.text) and not pattern("bare_organ").fullmatch(text):
            pending.append(_Pending(text, span, before.silent, collective=True))
        else:
            whole = (before.span[0], span[1])
            pending[-1] = _Pending(self.text[slice(*whole)], whole, before.silent, collective=True)
        return True

    def _take_one(self, pending: list[_Pending], span: Span, *, silent: bool) -> None:
        text = pattern("defined").sub("", self.text[slice(*span)])
        collective = is_collective(text)
        marked = marked_part(text)
        if marked:
            bare = span[0], span[0] + marked[0]
            self.found.append(Name(self.text[slice(*bare)], bare, marked[1], collective=False))
        elif is_name(text) or is_function(text) or (collective and not pattern("not_name").search(text)):
            pending.append(_Pending(text, span, silent, collective))
        elif pattern("time").search(text):
            self._take_timed(pending, span, silent=silent)
        elif self._shares_head(span):
            pending.append(_Pending(text, span, silent, collective))
        elif known_start(text):
            self._leave_open(pending, span)
        else:
            self.unread.append(span)

    def _take_timed(self, pending: list[_Pending], span: Span, *, silent: bool) -> None:
        """A time, and the body that stands before it without a mark (市教育局2026年底前完成)."""
        words = self.text[slice(*span)]
        name = span[0], span[0] + len(words[: known_start(words)].rstrip())
        if name[0] < name[1]:
            self._take_one(pending, name, silent=silent)
        self.times.append(self.text[name[1] : span[1]].strip())

    def _leave_open(self, pending: list[_Pending], span: Span) -> None:
        """A body with a verb that the rules do not know: what it and the names before it do is not told."""
        start = pending[0].span[0] if pending else span[0]
        self.unclear.append((start, span[1]))
        self._close(pending, "none")
        pending.clear()

    def _shares_head(self, span: Span) -> bool:
        """Whether a piece is the field of a 部门 that a later piece of the list names (财政、教育部门)."""
        if not is_function(self.text[slice(*span)] + _HEAD):
            return False
        return bool(pattern("shared_head").match(self.text, span[1]))

    def _close(self, pending: Iterable[_Pending], part: Part) -> None:
        for name in pending:
            said: Part = "none" if name.silent and not name.collective else part
            self.found.append(Name(name.text, name.span, said, name.collective))

    def _close_told(self, pending: Sequence[_Pending], role: Part, default: Part | None) -> None:
        """Give names the part that the verb behind them says. Those before the first comma keep what the label says
        where the verb says no more (牵头单位：A，B按职责负责), and answer where it tells who helps (A，B配合)."""
        first, commas = 0, self._before_commas(pending)
        if role == "answer" and default is not None:
            first = commas[0] if default == "lead" and commas else len(pending)
        elif role == "support" and default != "support" and len(commas) == 1:
            first = 0 if any(name.part in ("lead", "answer") for name in self.found) else commas[0]
        self._close(pending[:first], default or "answer")
        self._close(pending[first:], role)

    def _before_commas(self, pending: Sequence[_Pending]) -> list[int]:
        """How many names stand before each comma of a list."""
        return [n for n, (a, b) in enumerate(pairwise(pending), 1) if "，" in self.text[a.span[1] : b.span[0]]]

    def _take_aside(self, span: Span) -> None:
        """The collectives of a remark on all tasks, which stand for the task that prints it."""
        found = (rule.regex.search(self.text, *span) for rule in rules.many("roles", "aside_names"))
        named = next(filter(None, found), None)
        if named is None:
            return
        pending: list[_Pending] = []
        for piece in pieces(self.text, named.span("names")):
            self._take(pending, piece, silent=False)
        said = {name.text for name in self.found}
        self._close([name for name in pending if name.collective and name.text not in said], "answer")


def _last_collectives(pending: Sequence[_Pending]) -> Iterator[_Pending]:
    """The collectives at the end of a list, the last first."""
    return takewhile(lambda name: name.collective, reversed(pending))


def _without_remark(text: str, piece: Span) -> Span:
    """A piece of a note without the remark that says who of the named leads, which stands alone or in brackets."""
    words = text[slice(*piece)]
    if not tells_who_leads(words) and not pattern("from_here_on").fullmatch(words.strip()):
        return piece
    bracket = next((index for index, char in enumerate(words) if char in OPEN), 0)
    return piece[0], piece[0] + bracket


def _asides(text: str, span: Span) -> list[Span]:
    """The sentences of a note that speak of all later tasks; without a stop before, from the remark's first word on."""
    found = []
    for match in pattern("aside").finditer(text, *span):
        before = max(text.rfind(mark, span[0], match.start()) for mark in "。；")
        start = before + 1 if before >= 0 else match.start()
        stop = text.find("。", match.end(), span[1])
        found.append((start, stop if stop >= 0 else span[1]))
    return found


def trimmed(text: str, span: Span) -> Span:
    """A span without white space, opening words (由, 金融部分由) and closing words (等部门)."""
    start, end = span
    while start < end and text[start] in " 　\t\n":
        start += 1
    while start < end and text[end - 1] in " 　\t\n：:":
        end -= 1
    start, end = _unstarred(text, start, end)
    opening = pattern("opening").match(text, start, end)
    if opening:
        start = opening.end()
    closing = pattern("closing").search(text[start:end])
    if closing:
        end = start + closing.start()
    partial = pattern("partial").search(text[start:end])
    if partial:
        end = start + partial.start()
    share = None if opening else pattern("share").match(text, start, end)
    if share and is_function(text[share.end() : end]):
        start = share.end()
    return start, end


def _unstarred(text: str, start: int, end: int) -> Span:
    """A span without the sign at its start or end (市教育局★)."""
    star = pattern("star")
    start += bool(star.match(text, start, end))
    return start, end - bool(start < end and star.match(text, end - 1, end))


def pieces(text: str, span: Span) -> Iterator[Span]:
    """The pieces of a list, split at separators outside brackets; names that print with a comma stay whole."""
    said = [name for name in register.joint_names() if text.find(name, *span) >= 0]
    whole = [m.span() for name in said for m in re.compile(re.escape(name)).finditer(text, *span)]
    for shared in ("zones", "shared_level", "shared_place", "shared_kind"):
        whole += [m.span() for m in pattern(shared).finditer(text, *span) if _is_shared(m.group())]
    start, depth = span[0], 0
    for mark in _MARK.finditer(text, *span):
        char, index = mark[0], mark.start()
        if char in OPEN + _QUOTES_OPEN:
            depth += 1
        elif char in CLOSE + _QUOTES_CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and not any(a <= index < b for a, b in whole):
            yield start, index
            start = index + 1
    yield start, span[1]


def _is_shared(text: str) -> bool:
    """Whether words before a shared last one are places or levels, not the fields of bodies (教育、西城区政府)."""
    return not any(is_function(word + _BUREAU) for word in pattern("level_joint").split(text))
