"""Facts found, counted and put in order by the store alone; whoever shows some of them reads these."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from plankb.model import ROLES, Role
from plankb.store.filter import FactFilter, condition, is_narrow
from plankb.store.records import full
from plankb.store.rows import SqlRow

_FACTS = "plan p JOIN fact f ON f.plan = p.no"


class Listed(NamedTuple):
    """A fact that was found: its row, its plan's id, its kind, whether it has a number, and where it stands."""

    row: int
    plan: str
    kind: str
    valued: bool
    span: tuple[int, int]


class TaskRoles(NamedTuple):
    """Who has which role in a task: names as printed, and the ids of the bureaus that they mean."""

    id: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    joint: tuple[str, ...]
    bureaus: Mapping[str, str]


class Listing:
    """Asks through `rows`, which runs a statement with its values and gives its rows. Raises what that raises."""

    def __init__(self, rows: Callable[..., list[SqlRow]]) -> None:
        self._rows = rows

    def tasks(self, where: FactFilter) -> list[Listed]:
        """The tasks of a filter, by plan and place in the text."""
        return self._listed("task", where, "p.id, f.start, f.row")

    def targets(self, where: FactFilter, *, last: Collection[int] = ()) -> list[Listed]:
        """The targets of a filter: those with a number before those in words, then by plan, binding ones first, then by
        place; those of some names (by number) come last."""
        order = """f.name IN (SELECT value FROM json_each(?)), f.value IS NULL, p.id,
            coalesce(json_extract(f.record, '$.nature'), '') <> 'binding', f.start, f.row"""
        return self._listed("target", where, order, json.dumps(sorted(last)))

    def deadlines(self, where: FactFilter, *, not_of: Collection[int]) -> list[int]:
        """The rows of the deadlines of a filter that belong to none of some facts (by row)."""
        sql, values = condition("deadline", where)
        owner = "fact o ON o.key = json_extract(f.record, '$.of') AND o.plan = f.plan"
        found = self._rows(f"SELECT f.row, o.row FROM {_FACTS} LEFT JOIN {owner} WHERE {sql}", values)
        return [row for row, of in found if of not in not_of]

    def by_role(self, where: FactFilter) -> list[tuple[Listed, Role]]:
        """The tasks of a filter by bureaus, with the first role, lead before support before joint, that one of these
        has. Those that they lead come first, then those that they support; else by plan and place."""
        sql, values = condition("task", where)
        ranks = " ".join(f"WHEN '{role}' THEN {rank}" for rank, role in enumerate(ROLES))
        marks = ", ".join("?" * len(where.bureaus))
        rows = self._rows(
            f"""SELECT f.row, p.id, f.start, f."end", min(CASE term.name {ranks} END) AS rank
                FROM {_FACTS} JOIN tag ON tag.fact = f.row JOIN term ON term.no = tag.term
                WHERE {sql} AND term.value IN ({marks}) AND term.name IN {ROLES}
                GROUP BY f.row ORDER BY rank, p.id, f.start, f.row""",
            [*values, *where.bureaus],
        )
        return [
            (Listed(row, plan, "task", valued=False, span=(start, end)), ROLES[rank])
            for row, plan, start, end, rank in rows
        ]

    def roles(self, rows: Iterable[int]) -> dict[int, TaskRoles]:
        """Of the facts of some rows that are tasks who has which role, by row."""
        found = self._rows(
            f"""SELECT f.row, p.id, f.key, f.record FROM {_FACTS}
                WHERE f.kind = 'task' AND f.row IN (SELECT value FROM json_each(?))""",
            [json.dumps([*rows])],
        )
        return {row: _roles(full(plan, key), record) for row, plan, key, record in found}

    def _listed(self, kind: str, where: FactFilter, order: str, *ordering: str) -> list[Listed]:
        sql, values = condition(kind, where)
        # With a narrow filter the facts are found first and then put in order; else the plans are gone through so.
        order = order.replace("p.id", "+p.id") if is_narrow(where) else order
        statement = f"""SELECT f.row, p.id, f.value IS NOT NULL, f.start, f."end" FROM {_FACTS}
            WHERE {sql} ORDER BY {order}"""
        return [
            Listed(row, plan, kind, valued=bool(valued), span=(start, end))
            for row, plan, valued, start, end in self._rows(statement, [*values, *ordering])
        ]


def _roles(id_: str, record: str) -> TaskRoles:
    said = json.loads(record)
    lead, support, joint = (tuple(said.get(role, ())) for role in ROLES)
    return TaskRoles(id_, lead, support, joint, said.get("bureaus", {}))
