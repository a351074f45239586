"""What a person types into the search field, as a tree.

    绿色建筑 氢            both words
    "三线一单" or “…”      a phrase
    A AND B, A OR B, NOT B, -B, ( … )
    VOC*                   words that begin so
    绿色建住~              words that look like it
    plan:协同 section:交通 bureau:市交委 by:2025 kind:task title:规划

Everything else in the text is a word or punctuation between words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from plankb.errors import PlankbError
from plankb.printing import UNSEEN
from plankb.search.tokens import fold, runs

Field = Literal["plan", "section", "bureau", "by", "kind", "title"]
FIELDS: tuple[Field, ...] = ("plan", "section", "bureau", "by", "kind", "title")
MAX_LENGTH = 500
_MAX_DEPTH = 20

_OPEN_QUOTE, _CLOSE_QUOTE = '"“„«「', '"”“»」'
_LEX = re.compile(
    rf"""(?P<quoted>[{_OPEN_QUOTE}](?P<phrase>[^{_OPEN_QUOTE}{_CLOSE_QUOTE}]*)[{_CLOSE_QUOTE}])
    | (?P<field>{'|'.join(FIELDS)})[:：]
    | (?P<operator>\(|\)|(?:AND|OR|NOT)\b|(?<!\S)-(?=\S)|\|\||&&)
    | (?P<quote>[{_OPEN_QUOTE}{_CLOSE_QUOTE}])
    | (?P<word>[^\s(){_OPEN_QUOTE}{_CLOSE_QUOTE}]+)""",
    re.VERBOSE,
)  # fmt: skip
_TAG = re.compile(r"</?su[bp]>", re.IGNORECASE)
_CONTROL = re.compile(f"[{UNSEEN}\t\r\n]")


@dataclass(frozen=True, slots=True)
class Words:
    """Text to find. `pieces` are its parts between punctuation, folded; all must stand in the passage."""

    pieces: tuple[str, ...]
    field: Field | None = None
    form: Literal["exact", "prefix", "fuzzy"] = "exact"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    part: Node


@dataclass(frozen=True, slots=True)
class Both:
    """All parts must be there."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One part is enough."""

    parts: tuple[Node, ...]


Node = Words | Not | Both | Either


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    text: str


def parse(query: str) -> Node:
    """The tree of a query.

    Raises E351 (nothing to find in it), E352 (a quotation mark is not closed), E353 (a bracket), E354 (too long),
    E355 (an operator without its words, or nothing but exclusions).
    """
    if len(query) > MAX_LENGTH:
        raise PlankbError("E354", size=len(query), limit=MAX_LENGTH)
    text = _TAG.sub("", _CONTROL.sub(" ", query))
    parser = _Parser(_lexemes(text))
    node = parser.either(0)
    if parser.rest():
        raise PlankbError("E353", query=_shown(query))
    if node is None:
        raise PlankbError("E351", query=_shown(query))
    if not any(True for _ in positive(node)):
        raise PlankbError("E355", query=_shown(query))
    return node


def positive(node: Node) -> list[Words]:
    """The words that are looked for, without those that are excluded."""
    match node:
        case Words():
            return [node]
        case Not():
            return []
        case Both(parts) | Either(parts):
            return [words for part in parts for words in positive(part)]


def _shown(query: str) -> str:
    return _CONTROL.sub(" ", query)[:40]


def _lexemes(text: str) -> list[_Lexeme]:
    found: list[_Lexeme] = []
    for match in _LEX.finditer(text):
        kind = match.lastgroup or ""
        if match["quote"]:
            raise PlankbError("E352", query=_shown(text))
        if match["quoted"]:
            found.append(_Lexeme("phrase", match["phrase"]))
        elif kind:
            found.append(_Lexeme(kind, match[kind]))
    return found


class _Parser:
    """Recursive descent: OR binds weaker than AND, which may be left out."""

    def __init__(self, lexemes: Sequence[_Lexeme]) -> None:
        self._lexemes = lexemes
        self._at = 0

    def rest(self) -> bool:
        """Whether words are left over, which only a closing bracket too many leaves."""
        return self._at < len(self._lexemes)

    def either(self, depth: int) -> Node | None:
        if depth > _MAX_DEPTH:
            raise PlankbError("E353", query="((((…")
        parts = [self._both(depth)]
        while self._take("OR", "||"):
            parts.append(self._operand(self._both(depth)))
        found = tuple(part for part in parts if part is not None)
        return _joined(Either, found)

    def _both(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while (lexeme := self._peek()) and not (lexeme.kind == "operator" and lexeme.text in (")", "OR", "||")):
            if self._take("AND", "&&"):
                if not parts:
                    raise PlankbError("E355", query=lexeme.text)
                parts.append(self._operand(self._one(depth)))
            elif part := self._one(depth):
                parts.append(part)
        return _joined(Both, tuple(parts))

    def _one(self, depth: int) -> Node | None:
        if self._take("NOT", "-"):
            return Not(self._operand(self._one(depth)))
        if self._take("("):
            inner = self.either(depth + 1)
            if not self._take(")"):
                raise PlankbError("E353", query="(")
            return inner
        lexeme = self._peek()
        if lexeme is None or lexeme.kind == "operator":
            return None
        self._at += 1
        if lexeme.kind == "field":
            return self._in_field(lexeme)
        return _words(lexeme, None)

    def _in_field(self, field: _Lexeme) -> Node | None:
        value = self._peek()
        if value is None or value.kind not in ("word", "phrase"):
            raise PlankbError("E355", query=f"{field.text}:")
        self._at += 1
        name: Field = next(name for name in FIELDS if name == field.text)
        return _words(value, name)

    def _operand(self, node: Node | None) -> Node:
        if node is None:
            raise PlankbError("E355", query="AND / OR / NOT")
        return node

    def _peek(self) -> _Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _take(self, *texts: str) -> bool:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind != "operator" or lexeme.text not in texts:
            return False
        self._at += 1
        return True


def _joined(kind: type[Both] | type[Either], parts: tuple[Node, ...]) -> Node | None:
    return kind(parts) if len(parts) > 1 else next(iter(parts), None)


def _words(lexeme: _Lexeme, field: Field | None) -> Words | None:
    """None for a word of nothing but punctuation."""
    text = fold(lexeme.text)
    mark = text[-1] if lexeme.kind == "word" and len(text) > 1 and text[-1] in "*~" else ""
    form: Literal["exact", "prefix", "fuzzy"] = "exact"
    if mark:
        form = "prefix" if mark == "*" else "fuzzy"
    pieces = tuple(_pieces(text.rstrip("*~")))
    return Words(pieces, field, form) if pieces else None


def _pieces(folded: str) -> list[str]:
    """The parts of a text between punctuation; white space does not part what stands in quotation marks."""
    pieces: list[str] = []
    last = -1
    for start, end in runs(folded):
        if pieces and not folded[last:start].strip():
            pieces[-1] += folded[last:end]
        else:
            pieces.append(folded[start:end])
        last = end
    return pieces
