"""Searching the full text in the store's own file: a tree of words becomes one SQL query."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from plankb.search import syntax
from plankb.search.engine import mark
from plankb.search.model import Found, Hit
from plankb.search.syntax import Both, Either, Node, Not, Words
from plankb.search.tokens import fold, is_han, runs, spaced
from plankb.store.opening import damage
from plankb.store.records import KINDS
from plankb.store.rows import Rows, SqlRow

_SECTION, _TITLE = 0.6, 0.4
"""How much a word in the headings or in the plan's title adds to one in the passage itself."""
_FEW_PLANS, _SECTIONS = 12, 8
_BELOW = """SELECT below.row FROM section_words JOIN section above ON above.row = section_words.rowid
    JOIN section below ON below.row BETWEEN above.row AND above.last WHERE section_words MATCH ?"""
_ANSWERED = """SELECT passage.row FROM term JOIN tag ON tag.term = term.no JOIN fact ON fact.row = tag.fact
    JOIN passage ON passage.plan = fact.plan AND passage.start < fact."end" AND passage."end" > fact.start
    WHERE term.name IN ('lead', 'support', 'joint') AND fact.kind = 'task'"""

_Row = tuple[int, int, int | None, int, int, int, float]
"""Passage, plan, section, start, end, kinds, score."""


class SqliteEngine:
    """The full text of one state of a store; it may be used from several threads."""

    def __init__(self, path: Path, db: sqlite3.Connection, rows: Rows) -> None:
        self._path, self._db, self._rows = path, db, rows

    def find(self, tree: Node, *, plans: Sequence[str], limit: int) -> Found:
        """See `Engine`."""
        query = _Query(self)
        with damage(self._path):
            # A single word is what the passages are found by; more need not be asked of them.
            where = "1" if isinstance(tree, Words) and tree.field is None else query.condition(tree)
            own = [words for words in syntax.positive(tree) if words.field is None]
            rows = self._run(*query.sql(where, own, self._numbers(plans)))
            best = heapq.nsmallest(limit, rows, key=lambda row: (-row[6], row[0]))
            hits = tuple(map(self._hit, best))
            return Found(hits=hits, total=len(rows), plans=self._by_plan(rows), kinds=_by_kind(rows))

    def near(self, words: Sequence[str], *, plans: Sequence[str], limit: int) -> Sequence[Hit]:
        """See `Engine`."""
        # What holds half of the words holds one of the rarer half: the common ones need not be looked up.
        rare = sorted(words, key=self.frequency)[: len(words) - max(2, len(words) // 2) + 1] or words
        match = " OR ".join(f'"{word}"' for word in rare)
        among = self._numbers(plans)
        sql = f"""SELECT p.row, p.plan, p.section, p.start, p."end", p.kinds, -bm25(passage_words) AS score
            FROM passage_words JOIN passage p ON p.row = passage_words.rowid
            WHERE passage_words MATCH ? AND {_among(among)} ORDER BY score DESC, p.row LIMIT ?"""
        with damage(self._path):
            return tuple(map(self._hit, self._run(sql, [match, limit])))

    def best(self, words: Sequence[str], *, plans: Sequence[str], limit: int) -> Sequence[Hit]:
        """The passages of some plans that hold most of what is rare among some tokens; of a few plans each has as many
        as `limit`, and common tokens count too."""
        among = self._numbers(plans)
        if not words or among is None or len(among) > _FEW_PLANS:
            return self.near(words, plans=() if among is None or len(among) == len(self._ids) else plans, limit=limit)
        match = " OR ".join(f'"{word}"' for word in words)
        sql = """SELECT p.row, p.plan, p.section, p.start, p."end", p.kinds, -bm25(passage_words) AS score
            FROM passage_words JOIN passage p ON p.row = passage_words.rowid
            WHERE passage_words MATCH ? AND passage_words.rowid BETWEEN ? AND ? AND p.plan = ?
            ORDER BY score DESC, p.row LIMIT ?"""
        with damage(self._path):
            rows = [row for no in among for row in self._run(sql, [match, *self._rows_of(no), no, limit])]
        return tuple(map(self._hit, rows))

    def headed(self, words: Sequence[str], *, plans: Sequence[str], limit: int) -> Sequence[Hit]:
        """The passages below the headings of some plans that hold most of what is rare among some tokens."""
        among = self._numbers(plans)
        if not words:
            return ()
        among = None if among is None or len(among) == len(self._ids) else among
        match = " OR ".join(f'"{word}"' for word in words)
        found = f"""SELECT s.row, s.last, s.plan FROM section_words JOIN section s ON s.row = section_words.rowid
            WHERE section_words MATCH ? AND {_among(among).replace("p.plan", "s.plan")}
            ORDER BY bm25(section_words), s.row LIMIT ?"""
        below = """SELECT row, plan, section, start, "end", kinds, 0.0 FROM passage
            WHERE plan = ? AND section BETWEEN ? AND ? ORDER BY start LIMIT ?"""
        with damage(self._path):
            sections = self._run(found, [match, _SECTIONS])
            rows = [row for first, last, no in sections for row in self._run(below, [no, first, last, limit])]
        return tuple(map(self._hit, rows))

    def _rows_of(self, plan: int) -> tuple[int, int]:
        """The numbers of a plan's first and last passage; those of other plans may lie between."""
        first, last = self._run("SELECT min(row), max(row) FROM passage WHERE plan = ?", [plan])[0]
        return (first, last) if first is not None else (0, -1)

    @cached_property
    def size(self) -> int:
        """How many passages there are."""
        return int(self._run("SELECT count(*) FROM passage")[0][0])

    def passages(self, plan: str) -> Sequence[Hit]:
        """See `Engine`."""
        sql = """SELECT row, plan, section, start, "end", kinds, 0.0 FROM passage WHERE plan = ? ORDER BY start"""
        with damage(self._path):
            return [self._hit(row) for no in self._numbers([plan]) or () for row in self._run(sql, [no])]

    def says(self, piece: str) -> bool:
        """See `Engine`."""
        sql = "SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT 1"
        return bool(self._run(sql, [phrase(piece, open_end=False)]))

    def plans_saying(self, piece: str) -> frozenset[str]:
        """The ids of the plans in whose texts a piece stands as `says` means it."""
        sql = """SELECT DISTINCT p.id FROM passage_words JOIN passage ON passage.row = passage_words.rowid
            JOIN plan p ON p.no = passage.plan WHERE passage_words MATCH ?"""
        return frozenset(id_ for (id_,) in self._run(sql, [phrase(piece, open_end=False)]))

    def plans_saying_best(self, pieces: Sequence[str], *, passages: int) -> frozenset[str]:
        """The ids of the plans of the best passages, so many at most, in each of which all pieces stand."""
        sql = """SELECT passage.plan FROM passage_words JOIN passage ON passage.row = passage_words.rowid
            WHERE passage_words MATCH ? ORDER BY bm25(passage_words), passage.row LIMIT ?"""
        match = " AND ".join(phrase(piece, open_end=False) for piece in pieces)
        return frozenset(self._ids[no] for (no,) in self._run(sql, [match, passages]))

    def alike(self, word: str, *, limit: int) -> list[str]:
        """See `Engine`."""
        from plankb.search import lexicon

        return lexicon.near(self.vocabulary(word), word, limit=limit)

    def vocabulary(self, word: str) -> Mapping[str, int]:
        """The words of the texts about as long as a word, with how often they stand there."""
        from plankb.search import lexicon

        most = lexicon.slips(word)
        sql = "SELECT word, count FROM word WHERE length(word) BETWEEN ? AND ?"
        return dict(self._run(sql, [len(word) - most, len(word) + most]))

    def titled(self, words: Words) -> list[int]:
        """The numbers of the plans in whose title words stand."""
        marks = [mark(piece, open_end=words.form == "prefix") for piece in words.pieces]
        return [no for no, _, title in self._plans if all(one.search(title) for one in marks)]

    def called(self, words: Words) -> list[int]:
        """The numbers of the plans in whose id words stand."""
        return [no for no, plan, _ in self._plans if all(piece in plan for piece in words.pieces)]

    def bureaus(self, words: Words) -> list[str]:
        """The ids of the bureaus one of whose names holds the words."""
        marks = [mark(piece, open_end=words.form == "prefix") for piece in words.pieces]
        found = self._run("SELECT DISTINCT id, name, json_extract(record, '$.names') FROM bureau")
        names = ((id_, fold(f"{name}\n{others or ''}")) for id_, name, others in found)
        with damage(self._path):
            return sorted({id_ for id_, said in names if all(one.search(said) for one in marks)})

    @cached_property
    def _plans(self) -> list[tuple[int, str, str]]:
        with damage(self._path):
            return [(no, fold(plan), fold(title)) for no, plan, title in self._run("SELECT no, id, title FROM plan")]

    @cached_property
    def _ids(self) -> dict[int, str]:
        return dict(self._run("SELECT no, id FROM plan"))

    def _numbers(self, plans: Sequence[str]) -> list[int] | None:
        wanted = set(plans)
        return [no for no, plan in self._ids.items() if plan in wanted] if plans else None

    def frequency(self, token: str) -> int:
        """How many passages hold a token, up to 5,000."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT 5000)"
        return int(self._run(sql, [f'"{token}"'])[0][0])

    def _hit(self, row: _Row) -> Hit:
        _, plan, section, start, end, _, score = row
        return Hit(
            plan=self._ids[plan], section=self._rows.sections(plan)[section],
            text=self._rows.text(plan)[start:end], start=start, score=score,
        )  # fmt: skip

    def _by_plan(self, rows: Sequence[_Row]) -> dict[str, int]:
        counts: dict[int, int] = {}
        for row in rows:
            counts[row[1]] = counts.get(row[1], 0) + 1
        return {self._ids[no]: count for no, count in counts.items()}

    def _run(self, sql: str, values: Sequence[object] = ()) -> list[SqlRow]:
        with damage(self._path):
            return self._db.execute(sql, values).fetchall()


class _Query:
    """The SQL of a tree of words, part by part."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine
        self._tables: list[str] = []
        self._values: list[object] = []
        self._names: dict[tuple[object, ...], str] = {}

    def sql(self, where: str, own: Sequence[Words], among: Sequence[int] | None) -> tuple[str, list[object]]:
        """The query for `_Row`s; passages hold one of the words `own`, if there are any."""
        score, source = "0.0", "passage p"
        values = list(self._values)
        if own:
            extra = [part for words in own for part in self._extra(words)]
            score = " + ".join(["-bm25(passage_words)", *extra])
            source = "passage_words JOIN passage p ON p.row = passage_words.rowid"
            where = f"passage_words MATCH ? AND {where}"
            values = [*self._values, " OR ".join(f"({_all(words)})" for words in own)]
        tables = f"WITH {', '.join(self._tables)} " if self._tables else ""
        columns = f'p.row, p.plan, p.section, p.start, p."end", p.kinds, {score}'
        return f"{tables}SELECT {columns} FROM {source} WHERE {where} AND {_among(among)}", values

    def condition(self, node: Node) -> str:
        """What a passage `p` must meet."""
        match node:
            case Words(field=None):
                body = self._table("SELECT rowid FROM passage_words WHERE passage_words MATCH ?", [_all(node)])
                return f"(p.row IN {body} OR {' OR '.join(self._elsewhere(node))})"
            case Words():
                return self._field(node)
            case Not(Words(field=None) as words):
                body = self._table("SELECT rowid FROM passage_words WHERE passage_words MATCH ?", [_all(words)])
                return f"p.row NOT IN {body}"
            case Not(part):
                return f"NOT coalesce({self.condition(part)}, 0)"
            case Both(parts):
                return f"({' AND '.join(map(self.condition, parts))})"
            case Either(parts):
                return f"({' OR '.join(map(self.condition, parts))})"

    def _elsewhere(self, words: Words) -> Iterator[str]:
        yield f"coalesce(p.section IN {self._below(words)}, 0)"
        yield _among(self._engine.titled(words))

    def _extra(self, words: Words) -> Iterator[str]:
        for weight, condition in zip((_SECTION, _TITLE), self._elsewhere(words), strict=True):
            yield f"{weight} * ({condition})"

    def _field(self, words: Words) -> str:
        match words.field:
            case "by":
                return self._any([f"' ' || p.years || ' ' LIKE {self._value(f'% {y} %')}" for y in words.pieces])
            case "kind":
                return self._any([f"p.kinds & {1 << KINDS.index(k)}" for k in words.pieces if k in KINDS])
            case "plan":
                return _among([*self._engine.called(words), *self._engine.titled(words)])
            case "title":
                return _among(self._engine.titled(words))
            case "bureau":
                ids = self._engine.bureaus(words)
                values = f" AND term.value IN ({', '.join('?' * len(ids))})"
                return f"p.row IN {self._table(_ANSWERED + values, ids)}"
        return f"coalesce(p.section IN {self._below(words)}, 0)"

    def _below(self, words: Words) -> str:
        return self._table(_BELOW, [_all(words)])

    def _any(self, parts: Sequence[str]) -> str:
        return f"coalesce({' OR '.join(parts)}, 0)" if parts else "0"

    def _value(self, value: object) -> str:
        """A value as a table of its own, so that values stay in the order of the tables."""
        return f"(SELECT * FROM {self._table('SELECT ?', [value])})"

    def _table(self, select: str, values: Sequence[object]) -> str:
        known = (select, tuple(values))
        if known not in self._names:
            name = self._names[known] = f"t{len(self._names)}"
            self._tables.append(f"{name} AS MATERIALIZED ({select})")
            self._values.extend(values)
        return self._names[known]


def phrase(piece: str, *, open_end: bool) -> str:
    """One part of a text, as printed, for FTS5: its tokens one after the other; at the end the text may go on."""
    last = piece[list(runs(piece))[-1][0] :]
    found = [token for token in spaced(piece).split(" ") if token]
    han = is_han(last[0])
    if han and len(last) > 1:
        found.pop()  # the pair before it holds the last character, and the text goes on as it likes
    star = " *" if open_end or (han and len(last) == 1) else ""
    return f'"{" ".join(found)}"{star}'


def _all(words: Words) -> str:
    return " AND ".join(phrase(piece, open_end=words.form == "prefix") for piece in words.pieces)


def _among(plans: Sequence[int] | None) -> str:
    return "1" if plans is None else f"p.plan IN ({', '.join(map(str, plans))})"


def _by_kind(rows: Sequence[_Row]) -> dict[str, int]:
    counts: dict[int, int] = {}
    for row in rows:
        counts[row[5]] = counts.get(row[5], 0) + 1
    found = {kind: sum(n for mask, n in counts.items() if mask >> bit & 1) for bit, kind in enumerate(KINDS)}
    return {kind: count for kind, count in found.items() if count}
