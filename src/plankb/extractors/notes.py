"""Responsibility notes: who leads, who supports, who answers; in brackets, on a line of their own or in a cell.

A note is found by its words (`rules/roles.toml`) and parsed into names with their roles. What remains unparsed is
kept, so that a doubt can say so. Character spans are those of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Literal

from plankb import register, rules
from plankb.model import Span

Part = Literal["lead", "support", "answer", "none"]

_OPEN, _CLOSE = "（(［[〔【〈<《“", "）)］]〕】〉>》”"
_NOTE_OPEN, _NOTE_CLOSE = "（(［[〔【", "）)］]〕】"
_SEPARATORS = "、，,；;。"


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name with its span and what the note says of it."""

    text: str
    span: Span
    part: Part
    collective: bool


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


@dataclass(frozen=True, slots=True)
class _Rules:
    labels: re.Pattern[str]
    label_roles: tuple[tuple[re.Pattern[str], str], ...]
    verbs: tuple[tuple[re.Pattern[str], Part], ...]
    closing: re.Pattern[str]
    opening: re.Pattern[str]
    joined: re.Pattern[str]
    share: re.Pattern[str]
    collective: tuple[re.Pattern[str], ...]
    goes_on: re.Pattern[str]
    conjunction: re.Pattern[str]
    ends: re.Pattern[str]
    longest: int
    keyword: re.Pattern[str]
    marked: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = rules.load("roles")
    labels = [(re.compile(entry["pattern"]), entry["role"]) for entry in data["label"]]
    one = "|".join(f"(?:{entry['pattern']})" for entry in data["label"])
    after, manner = data["verbs"]["after"], data["verbs"]["manner"]
    verbs = tuple((re.compile(f"{after}{manner}(?:{v['pattern']})$"), v["role"]) for v in data["verb"])
    return _Rules(
        labels=re.compile(rf"(?P<label>{one})[：:]"),
        label_roles=tuple(labels),
        verbs=verbs,
        closing=re.compile(data["closing"]["pattern"]),
        opening=re.compile(data["opening"]["pattern"]),
        joined=re.compile(data["joined"]["pattern"]),
        share=re.compile(data["share"]["pattern"]),
        collective=tuple(re.compile(entry["pattern"]) for entry in data["collective"]),
        goes_on=re.compile(data["collective_goes_on"]["pattern"]),
        conjunction=re.compile(data["conjunction"]["pattern"]),
        ends=re.compile(data["name"]["ends"]),
        longest=data["name"]["longest"],
        marked=re.compile(data["marked"]["pattern"]),
        keyword=re.compile("牵头|负责|配合|落实|单位|部门|主责|协办|参与|责任|实施"),
    )


def is_collective(name: str) -> bool:
    """Whether a name is a body that is not one bureau (各区人民政府, 省有关部门)."""
    return any(pattern.search(name) for pattern in _rules().collective)


def is_name(text: str) -> bool:
    """Whether a text can be the name of a body."""
    return (
        2 <= len(text) <= _rules().longest
        and bool(_rules().ends.search(text))
        and not re.search(r"[。：:！？\d]", text)
    )


def brackets(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Outermost bracketed pieces of a text, brackets included, widths mixed; one left open ends with its line."""
    position, stop = start, len(text) if end is None else end
    while position < stop:
        if text[position] in _NOTE_OPEN:
            close = _closing(text, position, stop)
            yield position, close
            position = close
        else:
            position += 1


def _closing(text: str, position: int, stop: int) -> int:
    depth = 0
    for index in range(position, stop):
        if text[index] in _NOTE_OPEN:
            depth += 1
        elif text[index] in _NOTE_CLOSE:
            depth -= 1
            if depth == 0:
                return index + 1
        elif text[index] == "\n":
            return index
    return stop


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Note]:
    """The bracketed notes of a text and the lines that are notes, in order."""
    stop = len(text) if end is None else end
    for left, right in brackets(text, start, stop):
        inside = (left + 1, right - 1 if text[right - 1] in _NOTE_CLOSE else right)
        if note := parse(text, inside, outer=(left, right)):
            yield note


def line_note(text: str, span: Span) -> Note | None:
    """The note that a line is: it starts with a label (责任单位：A、B); None for any other line."""
    start = span[0]
    match = _rules().labels.match(text, start, span[1])
    if match is None or _role(match["label"]) not in ("lead", "support", "answer"):
        return None
    return parse(text, span, outer=span)


def sentence_note(text: str, span: Span) -> Note | None:
    """The note that a whole sentence is without brackets: bodies and verbs, nothing else (A牵头，B、C配合。)."""
    if not _rules().keyword.search(text, *span):
        return None
    reader = _Reader(text, span)
    reader.clauses(span)
    note = reader.note()
    whole = note is not None and not reader.unread and not reader.open
    return note if note and whole and all(_is_known(n.text) or n.collective for n in note.names) else None


def parse(text: str, span: Span, *, outer: Span) -> Note | None:
    """The note that a piece of text is; None when it is none (no word of responsibility, or no name)."""
    if not _rules().keyword.search(text, *span):
        return None
    reader = _Reader(text, outer)
    if _rules().labels.search(text, *span):
        reader.labelled(span)
    else:
        reader.clauses(span)
    return reader.note()


def names(text: str, span: Span, part: Part = "answer") -> Note | None:
    """The names of a table cell, all of one part, or as the cell's own words say; None when it holds no name."""
    reader = _Reader(text, span)
    if _rules().labels.search(text, *span):
        reader.labelled(span)
    else:
        reader.listed(span, part)
    return reader.note()


def trailing_names(text: str, span: Span) -> tuple[str, ...]:
    """The names of known bodies at the end of a piece of running text, in print order; () when there are none."""
    found: list[str] = []
    for start, end in reversed(list(_pieces(text, span))):
        name = text[slice(*_trim(text, (start, end)))]
        known = (
            name if _is_known(name) else next((name[i:] for i in range(1, len(name) - 2) if _is_known(name[i:])), None)
        )
        if known is None:
            break
        found.insert(0, known)
        if known != name:
            break
    return tuple(found)


def _is_known(name: str) -> bool:
    return register.is_function(name)


def _role(label: str) -> str:
    return next(role for pattern, role in _rules().label_roles if pattern.fullmatch(label))


@dataclass
class _Reader:
    """Collects the names of one note."""

    text: str
    outer: Span
    found: list[Name] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    worded: bool = False
    open: bool = False
    """Whether the last names stood without a verb."""

    def note(self) -> Note | None:
        if not self.found or not self.worded:
            return None
        return Note(self.outer, tuple(self.found), tuple(self.times), tuple(self.unread))

    def labelled(self, span: Span) -> None:
        """牵头单位：A、B；责任单位：C."""
        matches = list(_rules().labels.finditer(self.text, *span))
        if span[0] < matches[0].start():
            self.clauses((span[0], matches[0].start()))
        for index, match in enumerate(matches):
            end = matches[index + 1].start() if index + 1 < len(matches) else span[1]
            role = _role(match["label"])
            if role in ("lead", "support", "answer"):
                self.worded = True
                self.listed((match.end(), end), role)  # type: ignore[arg-type]
            elif role == "time":
                self.times.append(self.text[match.end() : end].strip("；;，,。 "))

    def listed(self, span: Span, part: Part) -> None:
        """A list of names of one part; a verb inside it decides for the names before it."""
        self.worded = True
        self._clauses(span, part)

    def clauses(self, span: Span) -> None:
        """A、B牵头，C、D等按职责分工负责."""
        self._clauses(span, None)

    def _clauses(self, span: Span, default: Part | None) -> None:
        pending: list[tuple[str, Span, bool]] = []
        silent = False
        for piece in _pieces(self.text, span):
            bare, role = self._verb(piece)
            joined = _rules().joined.search(self.text, *bare)
            if joined and joined.start() > bare[0]:
                self._take(pending, (bare[0], joined.start()), silent=False)
                bare, silent = (joined.end(), bare[1]), True
            elif joined and joined.start() == bare[0] and pending:
                bare, silent = (joined.end(), bare[1]), True
            self._take(pending, bare, silent=silent)
            if role is not None:
                self.worded = True
                self._close(pending, role)
                pending, silent = [], False
        if pending:
            self.open = True
            self._close(pending, default or "answer")

    def _verb(self, piece: Span) -> tuple[Span, Part | None]:
        """A piece without its verb, and the part that the verb gives; None when it ends in a name."""
        text = self.text[slice(*piece)]
        for pattern, role in _rules().verbs:
            match = pattern.search(text)
            if match and not is_collective(text):
                return (piece[0], piece[0] + match.start()), role
            if match:
                verb = re.search(r"(?:按|结合|根据|负责|牵头|配合|落实|参与|协助|组织实施|分别|共同).*$", text)
                start = verb.start() if verb else match.start()
                return (piece[0], piece[0] + start), role
        return piece, None

    def _take(self, pending: list[tuple[str, Span, bool]], span: Span, *, silent: bool) -> None:
        """The name or names of a piece, trimmed of what does not belong to them."""
        start = span[0]
        for match in (*_rules().conjunction.finditer(self.text, *span), None):
            end = match.start() if match else span[1]
            self._take_one(pending, _trim(self.text, (start, end)), silent=silent)
            start = match.end() if match else end

    def _take_one(self, pending: list[tuple[str, Span, bool]], span: Span, *, silent: bool) -> None:
        if span[0] >= span[1]:
            return
        text = self.text[slice(*span)]
        before = pending[-1] if pending else None
        if before and is_collective(before[0]) and _rules().goes_on.search(text) and not is_collective_start(text):
            between = self.text[before[1][1] : span[0]]
            if between == "、":
                whole = (before[1][0], span[1])
                pending[-1] = (self.text[slice(*whole)], whole, before[2])
                return
        for part in _run(self.text, span):
            self._take_known(pending, part, silent=silent)

    def _take_known(self, pending: list[tuple[str, Span, bool]], span: Span, *, silent: bool) -> None:
        text = self.text[slice(*span)]
        marked = _rules().marked.search(text)
        if marked:
            bare = (span[0], span[0] + marked.start())
            self.found.append(Name(self.text[slice(*bare)], bare, "lead", collective=False))
        elif is_name(text) or register.is_function(text):
            pending.append((text, span, silent))
        elif text.strip("等"):
            self.unread.append(span)

    def _close(self, pending: Iterable[tuple[str, Span, bool]], part: Part) -> None:
        for text, span, silent in pending:
            collective = is_collective(text)
            self.found.append(Name(text, span, "none" if silent and not collective else part, collective))


def is_collective_start(name: str) -> bool:
    """Whether a name starts a collective of its own (各…, 有关…), rather than going on with one."""
    return bool(re.match(r"各|有关|相关|[省市区县州](?:级|直)?(?:有关|相关|各)", name))


def _trim(text: str, span: Span) -> Span:
    """A span without white space, opening words (由, 请) and closing words (等部门)."""
    start, end = span
    while start < end and text[start] in " 　\t\n":
        start += 1
    while start < end and text[end - 1] in " 　\t\n：:":
        end -= 1
    opening = _rules().opening.match(text, start, end)
    share = None if opening else _rules().share.match(text, start, end)
    if opening or (share and _is_known(text[share.end() : end])):
        start = (opening or share).end()  # type: ignore[union-attr]
    closing = _rules().closing.search(text[start:end])
    if closing:
        end = start + closing.start()
    return start, end


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The pieces of a list, split at separators outside brackets; names that print with a comma stay whole."""
    whole = _joint_spans(text, span)
    start, depth = span[0], 0
    for index in range(*span):
        char = text[index]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif (char in _SEPARATORS or char == "\n") and depth == 0 and not any(a <= index < b for a, b in whole):
            yield start, index
            start = index + 1
    yield start, span[1]


def _run(text: str, span: Span) -> Iterator[Span]:
    """The names of a piece whose separators were lost (a cell of several lines): split only into known bodies."""
    cuts = [m.start() for m in re.finditer(r"(?<=[局委厅办部会社心府])(?=[省市县区州旗团自])", text[slice(*span)])]
    edges = [span[0], *(span[0] + cut for cut in cuts), span[1]]
    parts = list(pairwise(edges))
    whole = len(parts) < 2 or not all(_is_known(text[slice(*part)]) for part in parts)
    yield from [span] if whole else parts


def _joint_spans(text: str, span: Span) -> list[Span]:
    return [m.span() for name in register.joint_names() for m in re.finditer(re.escape(name), text[: span[1]])]
