"""Records as tables on the terminal: which columns each kind has there; what they say is in `plankb.columns`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from plankb.cli.output import Column, console, write_table
from plankb.columns import COLUMNS, Shown, heading
from plankb.model import ROLES, AnyFact
from plankb.words import word

R = TypeVar("R", bound=BaseModel)

_QUOTE_SIZE = 80
_LONG = ("measures", "quote")
"""Columns of which the beginning is shown."""
_SOURCED = (("quote", 5), ("source", 4))
LAYOUT: Mapping[str, tuple[tuple[str, int], ...]] = MappingProxyType(
    {
        "task": (("title", 3), ("lead", 2), ("others", 3), ("by", 0), ("measures", 5), ("source", 4)),
        "target": (("indicator", 3), ("value", 2), ("by", 0), *_SOURCED),
        "deadline": (("by", 0), ("bound", 0), ("dates", 2), *_SOURCED),
        "project": (("name", 4), ("quantity", 2), ("box", 2), *_SOURCED),
        "citation": (("document", 4), ("number", 2), *_SOURCED),
        "doubt": (("reason", 3), *_SOURCED),
        "bureau": (("bureau", 3), ("jurisdiction", 0), ("names", 3), *((role, 0) for role in ROLES)),
        "plan": (("id", 2), ("plan", 4), ("jurisdiction", 0), ("period", 0), ("date", 0)),
        "passage": (("quote", 6), ("source", 3)),
    }
)
"""Keys of columns with their shares of the width; 0: as wide as the text needs."""


def write_facts(facts: Sequence[AnyFact], shown: Shown) -> None:
    """Facts of several kinds, a table a kind."""
    for kind in LAYOUT:
        same = [fact for fact in facts if fact.kind == kind]
        if same:
            console().print(f"{word('kind', kind, shown.lang)} ({len(same)})", style="bold")
            write_records(kind, same, shown)
            console().print()


def write_records(kind: str, records: Sequence[R], shown: Shown, more: Iterable[Column[R]] = ()) -> None:
    """Records of one kind as a table, with a column that says who corrected them where anybody did."""
    write_table(records, [*columns(kind, records, shown), *more])


def columns(kind: str, records: Iterable[BaseModel], shown: Shown) -> Iterator[Column[BaseModel]]:
    """The columns of a kind of record."""
    corrected = any(getattr(record, "review", None) for record in records)
    for key, share in (*LAYOUT[kind], *((("review", 1),) if corrected else ())):
        yield _column(kind, key, share, shown)


def _column(kind: str, key: str, share: int, shown: Shown) -> Column[BaseModel]:
    text = COLUMNS[kind][key]
    if key in _LONG and kind != "passage":
        return Column(heading(key, shown.lang), lambda record: _short(text(record, shown)), share)
    return Column(heading(key, shown.lang), lambda record: text(record, shown), share)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE_SIZE else text[: _QUOTE_SIZE - 1] + "…"
