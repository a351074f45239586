"""Searching an index folder of Whoosh that this user signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from whoosh import query as q
from whoosh import scoring, sorting
from whoosh.filedb.filestore import RamStorage

from plankb.search import lexicon, syntax
from plankb.search.model import Found, Hit
from plankb.search.syntax import Both, Either, Node, Not, Words
from plankb.search.tokens import fold, is_han, runs, tokens
from plankb.search.whoosh_index import Untyped, usable

_BOOSTS = {"section": 0.6, "title": 0.4}
"""How much a word in the headings or in the plan's title adds to one in the passage itself."""


class WhooshEngine:
    """An index open for searching; it may be used from several threads."""

    def __init__(self, files: Mapping[str, bytes], words: Callable[[str], Mapping[str, int]]) -> None:
        """`files` are those of `usable`; `words` gives the vocabulary near a word."""
        storage = RamStorage()
        storage.files.update(files)
        self._index = storage.open_index(schema=None)
        self._words = words

    @classmethod
    def open(cls, folder: Path, words: Callable[[str], Mapping[str, int]]) -> WhooshEngine | None:
        """The engine on a folder; None where it is not there, of another format, or not signed by this user."""
        files = usable(folder)
        return None if files is None else cls(files, words)

    def find(self, tree: Node, *, plans: Sequence[str], limit: int) -> Found:
        """See `Engine`."""
        with self._index.searcher(weighting=scoring.BM25F()) as searcher:
            found = _run(searcher, _query(tree, searcher), plans, limit)
            kinds: dict[str, int] = {}
            for said, count in found.groups("kinds").items():
                for kind in (said or "").split():
                    kinds[kind] = kinds.get(kind, 0) + count
            hits = tuple(map(_hit, islice(found, limit)))
            return Found(hits=hits, total=len(found), plans=dict(found.groups("plan")), kinds=kinds)

    def near(self, words: Sequence[str], *, plans: Sequence[str], limit: int) -> Sequence[Hit]:
        """See `Engine`."""
        with self._index.searcher(weighting=scoring.BM25F()) as searcher:
            return tuple(map(_hit, _run(searcher, q.Or([q.Term("body", word) for word in words]), plans, limit)))

    def passages(self, plan: str) -> Sequence[Hit]:
        """See `Engine`."""
        with self._index.searcher() as searcher:
            found = (each for each in searcher.documents(plan=plan) if "body" in each)
            return sorted(
                (Hit(plan=plan, section=tuple(one["path"]), text=one["body"], start=one["start"], score=0.0)
                 for one in found),
                key=lambda hit: hit.start,
            )  # fmt: skip

    def says(self, piece: str) -> bool:
        """See `Engine`."""
        with self._index.searcher() as searcher:
            return not searcher.search(_piece("body", piece, open_end=False), limit=1).is_empty()

    def alike(self, word: str, *, limit: int) -> list[str]:
        """See `Engine`."""
        return lexicon.near(self._words(word), word, limit=limit)


def _hit(hit: Untyped) -> Hit:
    return Hit(plan=hit["plan"], section=tuple(hit["path"]), text=hit["body"], start=hit["start"], score=hit.score)


def _run(searcher: Untyped, query: Untyped, plans: Sequence[str], limit: int) -> Untyped:
    among = q.Or([q.Term("plan", plan) for plan in plans]) if plans else None
    facets = {"plan": sorting.FieldFacet("plan"), "kinds": sorting.FieldFacet("kinds")}
    return searcher.search(query, filter=among, limit=limit, groupedby=facets, maptype=sorting.Count)


def _query(tree: Node, searcher: Untyped) -> Untyped:
    """Every word in the passage, its headings or its plan's title, and at least one in the passage itself."""
    own = [_in("body", words) for words in syntax.positive(tree) if words.field is None]
    whole = _node(tree, searcher)
    return q.And([whole, q.ConstantScoreQuery(q.Or(own), 0.0)]) if own else whole


def _node(node: Node, searcher: Untyped) -> Untyped:
    match node:
        case Words(field=None):
            labels = [_labelled(name, node, searcher).with_boost(boost) for name, boost in _BOOSTS.items()]
            return q.Or([_in("body", node), *labels])
        case Words():
            return q.ConstantScoreQuery(_filter(node, searcher), 0.0)
        case Not(Words(field=None) as words):
            return q.Not(_in("body", words))
        case Not(part):
            return q.Not(_node(part, searcher))
        case Both(parts):
            return q.And([_node(part, searcher) for part in parts])
        case Either(parts):
            return q.Or([_node(part, searcher) for part in parts])


def _filter(words: Words, searcher: Untyped) -> Untyped:
    match words.field:
        case "by" | "kind":
            return q.Or([q.Term(words.field, piece) for piece in words.pieces])
        case "plan":
            ids = [term.decode() for term in searcher.reader().lexicon("plan")]
            named = [plan for plan in ids if all(piece in fold(plan) for piece in words.pieces)]
            inside = q.And([q.Or([q.Term("plan", plan) for plan in named]), q.Every("body")])
            return q.Or([_labelled("title", words, searcher), inside])
    return _labelled(str(words.field), words, searcher)


def _labelled(of: str, words: Words, searcher: Untyped) -> Untyped:
    """The passages that have a label with all the words."""
    query = q.And([q.Term("of", of), _in("label", words)])
    return q.Or([q.Term("keys", hit["key"]) for hit in searcher.search(query, limit=None)])


def _in(name: str, words: Words) -> Untyped:
    """Words in one field."""
    prefix = words.form == "prefix"
    return q.And([_piece(name, piece, open_end=prefix) for piece in words.pieces])


def _piece(name: str, piece: str, *, open_end: bool) -> Untyped:
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
