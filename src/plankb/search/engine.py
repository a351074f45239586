"""Searching an index: a tree of words becomes a query of Whoosh, its hits become passages with highlights."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from whoosh import query as q
from whoosh import scoring, sorting
from whoosh.filedb.filestore import FileStorage

from plankb.model import Passage, Span
from plankb.search import lexicon, syntax
from plankb.search.syntax import Both, Either, Node, Not, Words
from plankb.search.tokens import fold, is_han, runs, tokens

_BOOSTS = {"section": 0.6, "title": 0.4}
"""How much a word in the headings or in the plan's title adds to one in the passage itself."""
_SUGGESTED = 3
"""Characters that a word must have to get a suggestion: of two, one right one says too little."""
_LETTER = r"[a-z0-9\u00b5-\u02ff\u0370-\u052f]"
_RELAXED_SHARE = 0.5
"""The share of a question's character pairs that a passage must hold where no passage holds all its words."""


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """The best passages, and how many there are in all, by plan and by kind of fact that they carry.

    `relaxed`: no passage holds all that was asked for, these hold much of it. `suggestion` is a query that would find
    something where this one finds nothing; None where there is none.
    """

    hits: tuple[Passage, ...] = ()
    total: int = 0
    plans: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    relaxed: bool = False
    suggestion: str | None = None


class Index:
    """An index folder open for searching; it may be used from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = FileStorage(str(folder)).open_index(schema=None)

    def search(self, text: str, *, limit: int = 20, plans: Sequence[str] = ()) -> SearchResult:
        """The passages that meet a query (see `plankb.search.syntax`), of all plans or of some, best first.

        Raises E351 to E355 for a query that cannot be understood.
        """
        tree = syntax.parse(text)
        with self._index.searcher(weighting=scoring.BM25F()) as searcher:
            among = q.Or([q.Term("plan", plan) for plan in plans]) if plans else None
            found = self._run(searcher, self._query(tree, searcher), among, limit)
            marks = [mark for words in syntax.positive(tree) if words.field is None for mark in self._marks(words)]
            if found:
                return _result(found, marks, limit)
            suggestion = self._suggestion(text, tree, searcher)
            pairs = _pairs(tree)
            if not pairs:
                return SearchResult(suggestion=suggestion)
            near = self._run(searcher, q.Or([q.Term("body", pair) for pair in pairs]), among, 5 * limit)
            return _relaxed(near, pairs, limit, suggestion)

    def _run(self, searcher: Any, query: Any, among: Any, limit: int) -> Any:
        facets = {"plan": sorting.FieldFacet("plan"), "kinds": sorting.FieldFacet("kinds")}
        return searcher.search(query, filter=among, limit=limit, groupedby=facets, maptype=sorting.Count)

    def _query(self, tree: Node, searcher: Any) -> Any:
        """Every word in the passage, its headings or its plan's title, and at least one in the passage itself."""
        own = [self._in("body", words) for words in syntax.positive(tree) if words.field is None]
        whole = self._node(tree, searcher)
        return q.And([whole, q.ConstantScoreQuery(q.Or(own), 0.0)]) if own else whole

    def _node(self, node: Node, searcher: Any) -> Any:
        match node:
            case Words(field=None):
                elsewhere = [self._in(name, node).with_boost(boost) for name, boost in _BOOSTS.items()]
                return q.Or([self._in("body", node), *elsewhere])
            case Words():
                return q.ConstantScoreQuery(self._filter(node, searcher), 0.0)
            case Not(Words(field=None) as words):
                return q.Not(self._in("body", words))
            case Not(part):
                return q.Not(self._node(part, searcher))
            case Both(parts):
                return q.And([self._node(part, searcher) for part in parts])
            case Either(parts):
                return q.Or([self._node(part, searcher) for part in parts])

    def _filter(self, words: Words, searcher: Any) -> Any:
        match words.field:
            case "by" | "kind":
                return q.Or([q.Term(words.field, piece) for piece in words.pieces])
            case "plan":
                ids = [term.decode() for term in searcher.reader().lexicon("plan")]
                named = [plan for plan in ids if all(piece in fold(plan) for piece in words.pieces)]
                return q.Or([self._in("title", words), *(q.Term("plan", plan) for plan in named)])
        return self._in(str(words.field), words)

    def _in(self, name: str, words: Words) -> Any:
        """Words in one field."""
        if words.form == "fuzzy":
            alike = [piece for whole in words.pieces for piece in self._alike(whole)]
            return q.Or([_piece(name, piece, open_end=False) for piece in alike])
        prefix = words.form == "prefix"
        return q.And([_piece(name, piece, open_end=prefix) for piece in words.pieces])

    def _alike(self, word: str) -> list[str]:
        return [word, *lexicon.near(self._folder, word)]

    def _marks(self, words: Words) -> Iterable[re.Pattern[str]]:
        pieces = words.pieces
        if words.form == "fuzzy":
            pieces = tuple(one for piece in pieces for one in self._alike(piece))
        return [_mark(piece, open_end=words.form == "prefix") for piece in pieces]

    def _suggestion(self, text: str, tree: Node, searcher: Any) -> str | None:
        """The query with each word that stands nowhere replaced by one that looks like it."""
        said = fold(text)
        changed = False
        for words in syntax.positive(tree):
            for piece in words.pieces if words.field is None else ():
                if searcher.search(_piece("body", piece, open_end=False), limit=1).is_empty():
                    near = lexicon.near(self._folder, piece, limit=1) if len(piece) >= _SUGGESTED else []
                    if not near:
                        return None
                    said, changed = said.replace(piece, near[0]), True
        return said if changed else None


def _piece(name: str, piece: str, *, open_end: bool) -> Any:
    """One part of a text, as printed: its tokens one after the other; the last may go on where the text may."""
    last_run = piece[list(runs(piece))[-1][0] :]
    found = [(token.text, token.position) for token in tokens(piece)]
    if is_han(last_run[0]) and len(last_run) > 1:
        found.pop()  # the pair before it holds the last character, and the text goes on as it likes
    terms = [q.Term(name, text) for text, _ in found]
    if open_end or (is_han(last_run[0]) and len(last_run) == 1):
        terms[-1] = q.Prefix(name, found[-1][0], constantscore=False)
    if len(terms) == 1:
        return terms[0]
    if all(isinstance(term, q.Term) for term in terms):
        return q.Phrase(name, [text for text, _ in found])
    return q.Sequence(terms)


def _mark(piece: str, *, open_end: bool) -> re.Pattern[str]:
    """What a part of a query looks like in folded text: other letters must be a whole word, Chinese need not."""
    said = r"\s*".join(re.escape(piece[start:end]) for start, end in runs(piece))
    before = "" if is_han(piece[0]) else rf"(?<!{_LETTER})(?<!\d\.)"
    after = "" if open_end or is_han(piece[-1]) else rf"(?!{_LETTER})"
    return re.compile(before + said + after)


def _pairs(tree: Node) -> list[str]:
    """The tokens of the words looked for; none where operators, fields or phrases say exactly what is wanted."""
    parts = tree.parts if isinstance(tree, Both) else (tree,)
    if not all(isinstance(part, Words) and part.field is None and part.form == "exact" for part in parts):
        return []
    texts = [piece for words in syntax.positive(tree) for piece in words.pieces]
    found = dict.fromkeys(token.text for text in texts for token in tokens(text))
    return [text for text in found if len(text) > 1]


def _relaxed(found: Any, pairs: Sequence[str], limit: int, suggestion: str | None) -> SearchResult:
    enough = max(2, _RELAXED_SHARE * len(pairs))
    near = [hit for hit in found if sum(pair in fold(hit["body"]) for pair in pairs) >= enough]
    marks = [_mark(pair, open_end=False) for pair in pairs]
    hits = tuple(_passage(hit, marks) for hit in near[:limit])
    plans = dict(Counter(hit.plan for hit in hits))
    return SearchResult(hits=hits, total=len(hits), plans=plans, relaxed=bool(hits), suggestion=suggestion)


def _result(found: Any, marks: Sequence[re.Pattern[str]], limit: int) -> SearchResult:
    kinds: dict[str, int] = {}
    for said, count in found.groups("kinds").items():
        for kind in (said or "").split():
            kinds[kind] = kinds.get(kind, 0) + count
    return SearchResult(
        hits=tuple(_passage(hit, marks) for hit in islice(found, limit)),
        total=len(found),
        plans=dict(found.groups("plan")),
        kinds=kinds,
    )


def _passage(hit: Any, marks: Iterable[re.Pattern[str]]) -> Passage:
    text = hit["body"]
    folded = fold(text)
    spans = sorted((match.start(), match.end()) for mark in marks for match in mark.finditer(folded))
    start = hit["start"]
    return Passage(
        plan=hit["plan"],
        section=tuple(hit["path"]),
        text=text,
        span=(start, start + len(text)),
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
