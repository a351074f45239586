"""Bureaus as rows, a row a plan; of the whole knowledge base one record each, made of the rows of all plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter
from typing import Literal, TypedDict, cast

from plankb.model import ROLES, Bureau
from plankb.store.filter import FactFilter, folded
from plankb.store.records import from_json, to_json

_LISTS: tuple[Literal["names", "lead", "support", "joint"], ...] = ("names", *ROLES)


class BureauRow(TypedDict):
    """The fields of a bureau as they come from the file, before they are validated."""

    id: str
    name: str
    jurisdiction: str | None
    names: list[str]
    lead: list[str]
    support: list[str]
    joint: list[str]


def unpack(plan: str, id_: str, name: str, record: str) -> BureauRow:
    """The fields of a bureau as one plan names it, all of them."""
    row = BureauRow(id=id_, name=name, jurisdiction=None, names=[], lead=[], support=[], joint=[])
    return cast(BureauRow, {**row, **from_json(plan, record)})


def pack(plan: str, bureau: Bureau) -> str:
    """A bureau without its id and name, which have columns of their own."""
    return to_json(plan, bureau.model_dump(mode="json", exclude={"kind", "id", "name"}, exclude_defaults=True))


def merged(rows: Iterable[BureauRow]) -> Iterator[BureauRow]:
    """One record a bureau, of rows sorted by bureau: the first plan's name, the names and tasks of all."""
    for _, same in groupby(rows, key=itemgetter("id")):
        every = list(same)
        first = every[0]
        first["jurisdiction"] = next((row["jurisdiction"] for row in every if row["jurisdiction"]), None)
        for field in _LISTS:
            first[field] = list(dict.fromkeys(chain.from_iterable(row[field] for row in every)))
        yield first


def named(bureau: BureauRow, words: Iterable[str]) -> bool:
    """Whether all words stand in the names of a bureau, letter case aside."""
    names = folded("\n".join([bureau["name"], *bureau["names"]]))
    return all(folded(word) in names for word in words)


def limited(bureau: BureauRow, tasks: frozenset[str], where: FactFilter) -> BureauRow | None:
    """A bureau with those of the tasks alone, in the roles of a filter; None where none is left."""
    roles = where.roles or ROLES
    for role in ROLES:
        bureau[role] = [task for task in bureau[role] if role in roles and task in tasks]
    return bureau if any(bureau[role] for role in ROLES) else None
