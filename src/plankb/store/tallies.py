"""Counts and names that a screen shows before anything else: each is one question to SQL, without a record."""

from __future__ import annotations

from collections.abc import Callable

from plankb.store.rows import SqlRow

_FACTS = "plan p JOIN fact f ON f.plan = p.no"


class Tallies:
    """Asks through `rows`, which runs a statement with its values and gives its rows. Raises what that raises."""

    def __init__(self, rows: Callable[..., list[SqlRow]]) -> None:
        self._rows = rows

    def kinds(self) -> dict[str, int]:
        """How many facts there are of each kind that has any."""
        return dict(self._rows("SELECT kind, count(*) FROM fact GROUP BY kind"))

    def plans(self) -> int:
        """How many plans there are."""
        return int(self._rows("SELECT count(*) FROM plan")[0][0])

    def bureaus(self) -> int:
        """How many bureaus there are."""
        return int(self._rows("SELECT count(DISTINCT id) FROM bureau")[0][0])

    def bureau_names(self) -> dict[str, str]:
        """What each bureau is called, by its id."""
        return dict(
            self._rows("SELECT b.id, b.name FROM bureau b JOIN plan p ON p.no = b.plan ORDER BY b.id, p.id DESC")
        )

    def plan_with_roles(self) -> str | None:
        """The id of the plan with the most tasks that somebody answers for; None where nobody does for any."""
        sql = """SELECT p.id FROM term JOIN tag ON tag.term = term.no JOIN fact f ON f.row = tag.fact
            JOIN plan p ON p.no = f.plan WHERE term.name IN ('lead', 'joint') AND f.kind = 'task'
            GROUP BY p.no ORDER BY count(DISTINCT f.row) DESC, p.id LIMIT 1"""
        return next((str(id_) for (id_,) in self._rows(sql)), None)

    def bureaus_called(self, name: str) -> list[str]:
        """The ids of the bureaus that any plan calls by a name."""
        sql = """SELECT DISTINCT b.id FROM bureau b LEFT JOIN json_each(b.record, '$.names') each
            WHERE b.name = ? OR each.value = ? ORDER BY b.id"""
        return [id_ for (id_,) in self._rows(sql, [name, name])]

    def busiest_bureau(self) -> str | None:
        """The name of the bureau that leads the most tasks; None without bureaus."""
        sql = """SELECT name FROM bureau GROUP BY id
            ORDER BY sum(coalesce(json_array_length(record, '$.lead'), 0)) DESC, length(name), id LIMIT 1"""
        return next((str(name) for (name,) in self._rows(sql)), None)

    def shared_indicator(self) -> str | None:
        """The indicator with a number in the most plans, by its shortest name; None without any."""
        name = "json_extract(f.record, '$.indicator')"  # min() makes SQLite take it from the row of the least length
        sql = f"""SELECT {name}, min(length({name})) FROM {_FACTS} WHERE f.kind = 'target'
            AND f.value IS NOT NULL GROUP BY json_extract(f.record, '$.indicator_id')
            ORDER BY count(DISTINCT f.plan) DESC, count(*), f.row LIMIT 1"""
        return next((str(row[0]) for row in self._rows(sql)), None)
