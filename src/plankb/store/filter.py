"""Which facts: `FactFilter`, and its translation into SQL over indexed columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from plankb.late import dataclass
from plankb.model import ROLES, Role
from plankb.store.records import short


@dataclass(frozen=True, slots=True)
class Candidates:
    """Facts of some ids, and besides all in which some words may stand together.

    It leaves out what surely does not belong, quickly; the caller looks closer. `ids` may be of other plans too.
    """

    ids: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFilter:
    """The conditions that a fact must meet, all of them; within one field one value is enough, and () means any.

    `bureaus` are bureau ids; a target, deadline or project meets them through the task that it belongs to. `roles` are
    roles of these bureaus, or of any bureau where `bureaus` is (). With `together` every one of them must take part;
    of each group of `each`, whatever its role, one.
    `by` are years ("2025"); a fact of several years meets any of them. `jurisdictions` and `levels` are those of the
    plan. `least` and `most` bound a target's value in its canonical unit, both included; `nature` is a target's, "any"
    whichever it says. `of` are the ids that a
    deadline belongs to, `not_of` those that it does not, `due` years of which one is that by which it is, or of its
    last day, or else its first. `section` and `text` are words that must all stand in the section path, and in the
    fact's own words; letter case does not count. `among` leaves out what surely is of other ids and words.
    """

    plans: tuple[str, ...] = ()
    bureaus: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    together: bool = False
    each: tuple[tuple[str, ...], ...] = ()
    by: tuple[str, ...] = ()
    indicator_ids: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    nature: str | None = None
    of: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    among: Candidates | None = None


ANY = FactFilter()

Sql = tuple[str, Sequence[object]]
"""A condition with its parameters."""


def condition(kind: str, where: FactFilter) -> Sql:
    """The WHERE clause on `plan p` and `fact f` for facts of a kind."""
    parts = list(_parts(kind, where))
    return " AND ".join(text for text, _ in parts), [value for _, values in parts for value in values]


def is_narrow(where: FactFilter) -> bool:
    """Whether a filter finds its facts by what they are tagged with, so that their plans need not be gone through."""
    return _is_tagged(where) or bool(where.among and where.among.words and not _is_limited(where))


def _is_tagged(where: FactFilter) -> bool:
    return bool(where.bureaus or where.roles or where.by or where.indicator_ids or where.ids or where.of)


def _is_limited(where: FactFilter) -> bool:
    """Whether other conditions than words leave few facts, or facts of few plans."""
    return _is_tagged(where) or bool(where.each or where.plans or where.jurisdictions or where.levels)


def _parts(kind: str, where: FactFilter) -> Iterator[Sql]:
    yield "f.kind = ?", [kind]
    for column, values in (
        ("p.id", where.plans), ("p.jurisdiction", where.jurisdictions), ("p.level", where.levels)
    ):  # fmt: skip
        if values:
            yield _among(column, values)
    if where.ids:
        yield _ids(where.ids)
    yield from (_of(where.of),) if where.of else ()
    if where.not_of:
        yield f"coalesce({_OWNER}, '') NOT IN (SELECT value FROM json_each(?))", [json.dumps(where.not_of)]
    yield from (_due(where.due),) if where.due else ()
    yield from _bureaus(where)
    tagged = _of_these if where.ids else _tagged
    for name, values in (("year", tuple(year[:4] for year in where.by)), ("indicator", where.indicator_ids)):
        if values:
            yield tagged((name,), values)
    yield from _of_target(where)
    if where.among is not None:
        yield _candidates(kind, where, where.among)
    for word in where.section:
        yield _SECTION, [folded(word)]
    for word in where.text:
        yield 'instr(said(f.plan, f.start, f."end", f.quote, f.record, f.body), ?) > 0', [folded(word)]


def _of_target(where: FactFilter) -> Iterator[Sql]:
    for sign, bound in ((">=", where.least), ("<=", where.most)):
        if bound is not None:
            yield f"f.value {sign} ?", [bound]
    if where.nature is not None:
        named = "IS NOT NULL" if where.nature == "any" else "= ?"
        yield f"json_extract(f.record, '$.nature') {named}", [] if where.nature == "any" else [where.nature]


_SECTION = """f.section IN (SELECT below.row FROM section above
    JOIN section below ON below.row BETWEEN above.row AND above.last WHERE instr(fold(above.heading), ?) > 0)"""


def _bureaus(where: FactFilter) -> Iterator[Sql]:
    roles = where.roles or ROLES
    tagged = _of_these if where.ids else _tagged
    for group in where.each:
        yield tagged(ROLES, group)
    if where.together:
        for bureau in where.bureaus:
            yield tagged(roles, (bureau,))
    elif where.bureaus or where.roles:
        yield tagged(roles, where.bureaus)


def _tagged(names: Sequence[str], values: Sequence[str]) -> Sql:
    """The facts of some tags, found by them."""
    terms, given = _terms(names, values)
    return f"f.row IN (SELECT fact FROM tag WHERE term IN ({terms}))", given


def _of_these(names: Sequence[str], values: Sequence[str]) -> Sql:
    """The same where few facts are left: each is asked for its tags, however many facts bear these."""
    terms, given = _terms(names, values)
    return f"EXISTS (SELECT 1 FROM tag WHERE fact = f.row AND term IN ({terms}))", given


def _terms(names: Sequence[str], values: Sequence[str]) -> Sql:
    name_sql, name_values = _among("name", names)
    value_sql, values_ = _among("value", values) if values else ("1", [])
    return f"SELECT no FROM term WHERE {name_sql} AND {value_sql}", [*name_values, *values_]


def _ids(ids: Sequence[str]) -> Sql:
    """Facts by id. An id may or may not start with its plan's id, so each way to read it is tried."""
    pairs = [pair for id_ in ids for pair in readings(id_)]
    keys = f"f.key IN ({', '.join('?' * len(pairs))})"
    whole = f"CASE WHEN f.key LIKE ':%' THEN p.id || f.key ELSE f.key END IN ({', '.join('?' * len(ids))})"
    return f"{keys} AND {whole}", [*(key for _, key in pairs), *ids]


_OF = "json_extract(f.record, '$.of')"
_OWNER = f"CASE WHEN {_OF} LIKE ':%' THEN p.id || {_OF} ELSE {_OF} END"


def _of(ids: Sequence[str]) -> Sql:
    keys = [key for id_ in ids for _, key in readings(id_)]
    among = "IN (SELECT value FROM json_each(?))"
    return f"{_OF} {among} AND {_OWNER} {among}", [json.dumps(keys), json.dumps(ids)]


def _due(years: Sequence[str]) -> Sql:
    named, values = _tagged(("year",), years)
    day = "ifnull(json_extract(f.record, '$.end'), json_extract(f.record, '$.start'))"
    return f"({named} OR substr({day}, 1, 4) IN ({', '.join('?' * len(years))}))", [*values, *years]


def readings(id_: str) -> Iterator[tuple[str, str]]:
    """The plans that an id may be of, "" for any, each with the key that it would have there."""
    yield "", id_
    for index, char in enumerate(id_):
        if char == ":" and index:
            yield id_[:index], short(id_[:index], id_)


def _candidates(kind: str, where: FactFilter, among: Candidates) -> Sql:
    """Facts of some ids or words: of few facts each is looked at, else they are found by the words."""
    # Letters differ in case: such words are let through.
    words = [word for word in among.words if word.lower() == word.upper()]
    if not words:
        return "1", []
    keys = json.dumps([key for id_ in among.ids for _, key in readings(id_)])
    if _is_limited(where):
        return _of_words(kind, keys, words)
    # A long quotation is not in the row but in its plan's text.
    says = """SELECT row FROM fact WHERE plan IN (SELECT value FROM json_each(plans_holding(?))) AND kind = ?
        AND (instr(quote, ?) OR (quote IS NULL AND quotes(plan, start, "end", ?)))"""
    # A target says what its quotation says; others have a name besides, and a task a text that may stand apart from it.
    named = "UNION ALL SELECT row FROM fact WHERE name IN (SELECT no FROM name WHERE instr(name, ?))"
    apart = "UNION ALL SELECT value FROM json_each(rows_apart())"
    each = " ".join([says, named * (kind != "target"), apart * (kind == "task")])
    values: list[object] = [keys]
    for word in words:
        values += [json.dumps([word]), kind, word, word, *[word] * (kind != "target")]
    others = " AND ".join(["1", *[f"row IN ({each})"] * (len(words) - 1)])
    by_id = "SELECT row FROM fact WHERE key IN (SELECT value FROM json_each(?))"
    return f"f.row IN ({by_id} UNION ALL SELECT row FROM ({each}) WHERE {others})", values


def _of_words(kind: str, keys: str, words: Sequence[str]) -> Sql:
    """The same, asked of each fact that other conditions leave."""
    quoted = """f.plan IN (SELECT value FROM json_each(plans_holding(?)))
        AND (instr(f.quote, ?) OR (f.quote IS NULL AND quotes(f.plan, f.start, f."end", ?)))"""
    named = "" if kind == "target" else " OR f.name IN (SELECT no FROM name WHERE instr(name, ?))"
    apart = " OR typeof(f.body) = 'blob'" if kind == "task" else ""
    said = " AND ".join([f"(({quoted}){named}{apart})"] * len(words))
    values = [keys, *(one for word in words for one in (json.dumps([word]), word, word, *[word] * bool(named)))]
    return f"(f.key IN (SELECT value FROM json_each(?)) OR ({said}))", values


def _among(column: str, values: Sequence[str]) -> Sql:
    return f"{column} IN ({', '.join('?' * len(values))})", list(values)


def folded(text: str) -> str:
    """Text as it is compared: without letter case."""
    return text.casefold()
