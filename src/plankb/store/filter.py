"""Which facts: `FactFilter`, and its translation into SQL over indexed columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from plankb.model import ROLES, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFilter:
    """The conditions that a fact must meet, all of them; within one field one value is enough, and () means any.

    `bureaus` are bureau ids; a target, deadline or project meets them through the task that it belongs to. `roles` are
    roles of these bureaus, or of any bureau where `bureaus` is (). With `together` every one of them must take part.
    `by` are years ("2025"); a fact of several years meets any of them. `section` and `text` are words that must all
    stand in the section path, and in the fact's own words; letter case does not count.
    """

    plans: tuple[str, ...] = ()
    bureaus: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    together: bool = False
    by: tuple[str, ...] = ()
    indicator_ids: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


ANY = FactFilter()

Sql = tuple[str, list[Any]]
"""A condition with its parameters."""


def condition(kind: str, where: FactFilter) -> Sql:
    """The WHERE clause on table `fact` for facts of a kind."""
    parts = list(_parts(kind, where))
    return " AND ".join(text for text, _ in parts), [value for _, values in parts for value in values]


def _parts(kind: str, where: FactFilter) -> Iterator[Sql]:
    yield "kind = ?", [kind]
    for column, values in (("plan", where.plans), ("id", where.ids)):
        if values:
            yield _among(column, values)
    yield from _bureaus(where)
    for name, values in (("year", tuple(year[:4] for year in where.by)), ("indicator", where.indicator_ids)):
        if values:
            yield _tagged((name,), values)
    for column, words in (("section", where.section), ("words", where.text)):
        for word in words:
            yield f"instr({column}, ?) > 0", [folded(word)]


def _bureaus(where: FactFilter) -> Iterator[Sql]:
    roles = where.roles or ROLES
    if where.together:
        for bureau in where.bureaus:
            yield _tagged(roles, (bureau,))
    elif where.bureaus or where.roles:
        yield _tagged(roles, where.bureaus)


def _tagged(names: Sequence[str], values: Sequence[str]) -> Sql:
    name_sql, name_values = _among("name", names)
    value_sql, values_ = _among("value", values) if values else ("1", [])
    return f"row IN (SELECT fact FROM tag WHERE {name_sql} AND {value_sql})", [*name_values, *values_]  # noqa: S608


def _among(column: str, values: Sequence[str]) -> Sql:
    return f"{column} IN ({', '.join('?' * len(values))})", list(values)


def folded(text: str) -> str:
    """Text as it is compared: without letter case."""
    return text.casefold()
