"""Searching, whatever the engine: a query becomes a tree, the engine finds passages, and they come back marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from plankb.model import Passage, Span
from plankb.search import syntax
from plankb.search.model import Found, Hit, SearchResult
from plankb.search.syntax import Both, Either, Node, Not, Words
from plankb.search.tokens import fold, is_han, runs, tokens

_SUGGESTED = 3
"""Characters that a word must have to get a suggestion: of two, one right one says too little."""
_RELAXED_SHARE = 0.5
"""The share of a question's character pairs that a passage must hold where no passage holds all its words."""
_NEAR = 5
"""How many times the passages asked for are looked at where none holds all the words."""


class Engine(Protocol):
    """Full text of one state of a knowledge base; it may be used from several threads.

    Trees hold no fuzzy words: `search` has put in their place the words that look like them.
    """

    def find(self, tree: Node, *, plans: Sequence[str], limit: int) -> Found:
        """The passages that meet a tree, of all plans for (): every word without a field stands in the passage, its
        headings or its plan's title, and at least one of them in the passage itself; best first."""
        ...

    def near(self, words: Sequence[str], *, plans: Sequence[str], limit: int) -> Sequence[Hit]:
        """The passages that hold some of these tokens, those that hold most of what is rare first."""
        ...

    def passages(self, plan: str) -> Sequence[Hit]:
        """All passages of a plan, in the order of its text."""
        ...

    def says(self, piece: str) -> bool:
        """Whether some passage holds a part of a query, as printed."""
        ...

    def alike(self, word: str, *, limit: int) -> list[str]:
        """Words of the texts that differ from a word by a slip or two, the likeliest first."""
        ...


def search(engine: Engine, text: str, *, limit: int = 20, plans: Sequence[str] = ()) -> SearchResult:
    """The passages that meet a query (see `plankb.search.syntax`), of all plans or of some, best first.

    Raises E351 to E355 for a query that cannot be understood.
    """
    asked = syntax.parse(text)
    tree = _widened(asked, engine)
    found = engine.find(tree, plans=plans, limit=limit)
    if found.total:
        marks = [
            mark(piece, open_end=words.form == "prefix")
            for words in syntax.positive(tree)
            if words.field is None
            for piece in words.pieces
        ]
        hits = tuple(passage(hit, marks) for hit in found.hits)
        return SearchResult(hits=hits, total=found.total, plans=found.plans, kinds=found.kinds)
    suggestion = _suggestion(text, asked, engine)
    pairs = _pairs(asked)
    if not pairs:
        return SearchResult(suggestion=suggestion)
    near = engine.near(pairs, plans=plans, limit=_NEAR * limit)
    return _relaxed(near, pairs, limit, suggestion)


def _widened(node: Node, engine: Engine) -> Node:
    """A tree with each fuzzy word replaced by the words that look like it."""
    match node:
        case Words(form="fuzzy"):
            alike = dict.fromkeys(one for piece in node.pieces for one in (piece, *engine.alike(piece, limit=5)))
            return Either(tuple(Words((one,), node.field) for one in alike))
        case Words():
            return node
        case Not(part):
            return Not(_widened(part, engine))
        case Both(parts):
            return Both(tuple(_widened(part, engine) for part in parts))
        case Either(parts):
            return Either(tuple(_widened(part, engine) for part in parts))


def _suggestion(text: str, tree: Node, engine: Engine) -> str | None:
    """The query with each word that stands nowhere replaced by one that looks like it."""
    said = fold(text)
    changed = False
    for words in syntax.positive(tree):
        for piece in words.pieces if words.field is None else ():
            if not engine.says(piece):
                near = engine.alike(piece, limit=1) if len(piece) >= _SUGGESTED else []
                if not near:
                    return None
                said, changed = said.replace(piece, near[0]), True
    return said if changed else None


def _pairs(tree: Node) -> list[str]:
    """The tokens of the words looked for; none where operators, fields or phrases say exactly what is wanted."""
    parts = tree.parts if isinstance(tree, Both) else (tree,)
    if not all(isinstance(part, Words) and part.field is None and part.form == "exact" for part in parts):
        return []
    texts = [piece for words in syntax.positive(tree) for piece in words.pieces]
    found = dict.fromkeys(token.text for text in texts for token in tokens(text))
    return [text for text in found if len(text) > 1]


def _relaxed(found: Sequence[Hit], pairs: Sequence[str], limit: int, suggestion: str | None) -> SearchResult:
    enough = max(2, _RELAXED_SHARE * len(pairs))
    near = [hit for hit in found if sum(pair in fold(hit.text) for pair in pairs) >= enough]
    marks = [mark(pair, open_end=False) for pair in pairs]
    hits = tuple(passage(hit, marks) for hit in near[:limit])
    plans = dict(Counter(hit.plan for hit in hits))
    return SearchResult(hits=hits, total=len(hits), plans=plans, relaxed=bool(hits), suggestion=suggestion)


_LETTER = r"[a-z0-9\u00b5-\u02ff\u0370-\u052f]"


def mark(piece: str, *, open_end: bool) -> re.Pattern[str]:
    """What a part of a query looks like in folded text: other letters must be a whole word, Chinese need not."""
    said = r"\s*".join(re.escape(piece[start:end]) for start, end in runs(piece))
    before = "" if is_han(piece[0]) else rf"(?<!{_LETTER})(?<!\d\.)"
    after = "" if open_end or is_han(piece[-1]) else rf"(?!{_LETTER})"
    return re.compile(before + said + after)


def passage(hit: Hit, marks: Iterable[re.Pattern[str]]) -> Passage:
    """A hit with its highlights."""
    folded = fold(hit.text)
    spans = sorted((match.start(), match.end()) for one in marks for match in one.finditer(folded))
    return Passage(
        plan=hit.plan,
        section=hit.section,
        text=hit.text,
        span=(hit.start, hit.start + len(hit.text)),
        highlights=_merged(spans),
        score=round(hit.score, 4),
    )


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted spans without overlaps."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
