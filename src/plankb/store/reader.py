"""Reading the store: plans, facts, bureaus, texts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, overload

from pydantic import BaseModel

from plankb.errors import PlankbError
from plankb.model import (
    ROLES,
    AnyFact,
    Bureau,
    Citation,
    Correction,
    Deadline,
    Doubt,
    Plan,
    Progress,
    Project,
    Target,
    Task,
)
from plankb.store import bureaus, names, records
from plankb.store.bureaus import BureauRow
from plankb.store.filter import ANY, FactFilter, condition, is_narrow, readings
from plankb.store.labels import Labels
from plankb.store.listing import Listing
from plankb.store.opening import FULLTEXT, FULLTEXT_FORMAT, damage, opened
from plankb.store.records import Source
from plankb.store.rows import Rows, SqlRow
from plankb.store.tallies import Tallies

if TYPE_CHECKING:  # what questions do without
    from plankb.corrections import Suspicion
    from plankb.document import CleanText
    from plankb.store.extracted import Extracted
    from plankb.store.fulltext_engine import SqliteEngine

M = TypeVar("M", bound=BaseModel)
_FACTS = "plan p JOIN fact f ON f.plan = p.no"
_NO_ONE = " AND ".join(
    f"coalesce(json_array_length(f.record, '$.{name}'), 0) = 0" for name in (*ROLES, "collective", "by")
)
_TELLING = {
    "task": f"({_NO_ONE})",
    "target": """f.value IS NULL, coalesce(json_extract(f.record, '$.nature'), '') <> 'binding',
        json_extract(f.record, '$.nature') IS NULL, json_extract(f.record, '$.by') IS NULL""",
}
"""What comes first where the most telling facts of a kind do."""
_ANSWERS = " + ".join(f"coalesce(json_array_length(b.record, '$.{role}'), 0)" for role in ROLES)
FactKind = Literal["task", "target", "deadline", "project", "citation", "doubt"]


class Store:
    """A store file open for reading. Every method raises E203 where the file turns out to be damaged.

    It may be used from several threads; what another process swaps in is seen by opening it again.
    """

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self.db = db
        self._by_number = Rows(db, path)

    @classmethod
    def open(cls, path: Path) -> Store:
        """Opens a store file, and brings an older one to the newest schema.

        Raises E105 where it may not be read, E201 where there is none, E202 for one of a newer program, E203 for a
        damaged one, E215 for a folder, pipe or link in its place or beside it, E214 for one with triggers, or with
        views in the place of tables.
        """
        return cls(path, opened(path))

    def close(self) -> None:
        """Closes the file."""
        self.db.close()

    def check(self, *, whole: bool = False) -> None:
        """Reads the whole file for damage, its indexes too with `whole`; raises E203 where there is any."""
        pragma = "integrity_check" if whole else "quick_check"
        if self._rows(f"PRAGMA {pragma}(1)") != [("ok",)]:
            raise PlankbError("E203", path=self.path)

    def plans(self) -> list[Plan]:
        """All plans, by id."""
        return self._records(Plan, "SELECT record FROM plan ORDER BY id")

    def plan(self, plan: str) -> Plan:
        """One plan. Raises E204 where there is none of that id."""
        self._known(plan)
        return self._records(Plan, "SELECT record FROM plan WHERE id = ?", [plan])[0]

    def sources(self) -> dict[str, Source]:
        """Plan id to the file that it was read from."""
        with damage(self.path):
            rows = self._rows("SELECT id, path, sha256, stamp, read_at FROM plan ORDER BY id")
            return {plan: Source.of(*fields) for plan, *fields in rows}

    def raw(self, plan: str) -> str:
        """The text of a plan's file as it was decoded. Raises E204."""
        return self.clean(plan).raw

    def clean(self, plan: str) -> CleanText:
        """The clean text that the spans of a plan's facts point into. Raises E204."""
        from plankb.store import layout

        self._known(plan)
        sql = "SELECT raw, layout FROM plan_text JOIN plan ON no = plan WHERE id = ?"
        raw, packed = self._rows(sql, [plan])[0]
        with damage(self.path):
            return layout.unpack(raw, self.text(plan), packed)

    def text(self, plan: str) -> str:
        """Only the text of `clean(plan)`, without its map back to the file. Raises E204."""
        if plan not in self._numbers:
            self._known(plan)
        with damage(self.path):
            return self._by_number.text(self._numbers[plan])

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The number of each plan, by its id."""
        return dict(self._rows("SELECT id, no FROM plan"))

    def section_at(self, plan: str, position: int) -> tuple[str, ...] | None:
        """The headings above a place in the text of a plan, outermost first, by the passage of the full text that it
        lies in; None where it lies in none. Only where `has_fulltext`."""
        sql = """SELECT passage.plan, section, "end" FROM passage JOIN plan ON no = passage.plan
            WHERE id = ? AND start <= ? ORDER BY start DESC LIMIT 1"""
        rows = self._rows(sql, [plan, position])
        if not rows or position >= rows[0][2]:
            return None
        with damage(self.path):
            return self._by_number.sections(rows[0][0])[rows[0][1]]

    @overload
    def facts(self, kind: Literal["task"], where: FactFilter = ...) -> list[Task]: ...
    @overload
    def facts(self, kind: Literal["target"], where: FactFilter = ...) -> list[Target]: ...
    @overload
    def facts(self, kind: Literal["deadline"], where: FactFilter = ...) -> list[Deadline]: ...
    @overload
    def facts(self, kind: Literal["project"], where: FactFilter = ...) -> list[Project]: ...
    @overload
    def facts(self, kind: Literal["citation"], where: FactFilter = ...) -> list[Citation]: ...
    @overload
    def facts(self, kind: Literal["doubt"], where: FactFilter = ...) -> list[Doubt]: ...
    @overload
    def facts(self, kind: FactKind, where: FactFilter = ...) -> list[AnyFact]: ...
    def facts(self, kind: FactKind, where: FactFilter = ANY) -> Sequence[AnyFact]:
        """The facts of a kind that meet a filter, by plan and place in the text."""
        return list(self.each(kind, where))

    def each(self, kind: FactKind, where: FactFilter = ANY, *, limit: int = -1, offset: int = 0) -> Iterator[AnyFact]:
        """The same one by one: at most `limit` of them (all for -1), after the first `offset`."""
        sql, values = condition(kind, where)
        # With a narrow filter the facts are found first and then put in order; else the plans are gone through so.
        by_plan = "+p.id" if is_narrow(where) else "p.id"
        page = "" if (limit, offset) == (-1, 0) else f" LIMIT {int(limit)} OFFSET {int(offset)}"
        with damage(self.path):
            yield from self._by_number.facts(f"WHERE {sql} ORDER BY {by_plan}, f.start, f.row{page}", values)

    def ids(self, kind: FactKind, where: FactFilter = ANY, *, telling: bool = False) -> list[str]:
        """The ids of the facts of a kind that meet a filter, without their records.

        They come by plan and place in the text; with `telling`, the more telling before: targets that bind and have a
        number, then those with a number; tasks for which somebody answers or that have a time.
        """
        sql, values = condition(kind, where)
        order = f"{_TELLING[kind]}, " if telling and kind in _TELLING else ""
        rows = self._rows(f"SELECT p.id, f.key FROM {_FACTS} WHERE {sql} ORDER BY {order}p.id, f.start, f.row", values)
        return [records.full(plan, key) for plan, key in rows]

    @property
    def listing(self) -> Listing:
        """Facts found, counted and put in order without their records."""
        return Listing(self._rows)

    def read(self, rows: Iterable[int]) -> dict[int, AnyFact]:
        """The facts of some rows (see `listing`), by row."""
        wanted = list(rows)
        with damage(self.path):
            found = self._by_number.facts(
                "WHERE f.row IN (SELECT value FROM json_each(?)) ORDER BY f.row", [json.dumps(wanted)]
            )
            return dict(zip(sorted(wanted), found, strict=True))

    def targets_of_tasks(self, where: FactFilter = ANY) -> dict[str, tuple[str, ...]]:
        """The ids of tasks that meet a filter, each with those of its targets, without their records."""
        sql, values = condition("task", where)
        rows = self._rows(f"SELECT p.id, f.key, json_extract(f.record, '$.targets') FROM {_FACTS} WHERE {sql}", values)
        with damage(self.path):
            return {
                records.full(plan, key): tuple(records.full(plan, one) for one in json.loads(targets or "[]"))
                for plan, key, targets in rows
            }

    def count(self, kind: FactKind, where: FactFilter = ANY) -> int:
        """How many facts of a kind meet a filter."""
        sql, values = condition(kind, where)
        return int(self._rows(f"SELECT count(*) FROM {_FACTS} WHERE {sql}", values)[0][0])

    def counts(self) -> dict[str, dict[str, int]]:
        """Plan id to kind of fact to how many there are; a kind of which there are none is not named."""
        counts: dict[str, dict[str, int]] = {plan: {} for plan in self.sources()}
        for plan, kind, count in self._rows(f"SELECT p.id, f.kind, count(*) FROM {_FACTS} GROUP BY f.plan, f.kind"):
            counts[plan][kind] = count
        return counts

    def fact(self, fact: str) -> AnyFact | None:
        """The fact of an id; None where there is none."""
        with damage(self.path):
            for plan, key in readings(fact):
                for found in self._by_number.facts("WHERE f.key = ? AND (? = '' OR p.id = ?)", [key, plan, plan]):
                    if found.id == fact:
                        return found
        return None

    def bureaus(self, where: FactFilter = ANY) -> list[Bureau]:
        """The bureaus that meet a filter, by id: one record each, with the names and tasks of all plans that name it.

        `text` are words of a bureau's names. Under any other condition than `plans` and `bureaus` a record lists only
        the tasks that meet it, and a bureau that is left without a task is left out.
        """
        tasks = self._tasks_of(where)
        merged = (bureau for bureau in bureaus.merged(self._bureau_rows(where)) if bureaus.named(bureau, where.text))
        kept = merged if tasks is None else (bureaus.limited(bureau, tasks, where) for bureau in merged)
        with damage(self.path):
            return [Bureau.model_validate(bureau) for bureau in kept if bureau is not None]

    def corrections(self, plans: Iterable[str] = ()) -> list[Correction]:
        """People's corrections, of these plans or of all, the latest first; applied or not."""
        found = self._records(Correction, "SELECT record FROM override")
        wanted = frozenset(plans)
        kept = [correction for correction in found if not wanted or correction.plan in wanted]
        return sorted(kept, key=lambda correction: (correction.when, correction.id), reverse=True)

    def reports(self, tasks: Iterable[str] = ()) -> list[Progress]:
        """The reports on these tasks, or on all, in the order in which they came in; those taken back too."""
        wanted = list(tasks)
        where = "WHERE task IN (SELECT value FROM json_each(?))" if wanted else ""
        values = [json.dumps(wanted)] if wanted else []
        return self._records(Progress, f"SELECT record FROM report {where} ORDER BY no", values)

    def suspects(self, plans: Iterable[str] = ()) -> list[tuple[Correction, Suspicion]]:
        """The corrections that are not applied, since the plan says something else now, each with why."""
        from plankb.corrections import apply

        found = self.corrections(plans)
        why: dict[str, Suspicion] = {}
        for plan in dict.fromkeys(correction.plan for correction in found):
            why.update(
                apply(self.extracted(plan).facts, [o for o in found if o.plan == plan], self._text_of(plan)).suspects
            )
        return [(correction, why[correction.id]) for correction in found if correction.id in why]

    def extracted(self, plan: str) -> Extracted:
        """The facts and bureaus of a plan as they were read, before review; none where the plan is not there."""
        from plankb.store import extracted

        rows = self._rows("SELECT no FROM plan WHERE id = ?", [plan])
        with damage(self.path):
            return (
                extracted.of_plan(self.db, self._by_number, rows[0][0], plan) if rows else extracted.Extracted((), ())
            )

    def indicators(self, *, valued: bool = False) -> list[tuple[str, str]]:
        """Name and id of the indicator of every target, or of those with a number, by plan and place in the text."""
        number = "AND f.value IS NOT NULL" if valued else ""
        return self._rows(
            f"""SELECT json_extract(f.record, '$.indicator'), json_extract(f.record, '$.indicator_id')
                FROM {_FACTS} WHERE f.kind = 'target' {number} ORDER BY p.id, f.start, f.row"""
        )

    def years(self, kind: FactKind) -> list[str]:
        """The years that facts of a kind are set for, in order."""
        sql = """SELECT DISTINCT term.value FROM term JOIN tag ON tag.term = term.no JOIN fact ON fact.row = tag.fact
            WHERE term.name = 'year' AND fact.kind = ? ORDER BY 1"""
        return [year for (year,) in self._rows(sql, [kind])]

    @property
    def tallies(self) -> Tallies:
        """What is counted in SQL, for screens that show how much there is."""
        return Tallies(self._rows)

    def names(self) -> dict[str, str]:
        """What tasks and targets are called, by id: a task's title, a target's indicator."""
        name = "coalesce(json_extract(f.record, '$.title'), json_extract(f.record, '$.indicator'))"
        rows = self._rows(f"SELECT p.id, f.key, {name} FROM {_FACTS} WHERE f.kind IN ('task', 'target')")
        return {records.full(plan, key): name for plan, key, name in rows}

    @property
    def labels(self) -> Labels:
        """What tasks, targets, projects and citations are called."""
        with damage(self.path):
            current = names.is_current(self.db)
        return Labels(self._rows, self._by_number.sections, current=current)

    def named_bureaus(self) -> list[Bureau]:
        """Every bureau with its names in all plans, without its tasks, by id."""
        rows = self._rows("SELECT id, name, jurisdiction, names FROM bureau_name ORDER BY id")
        with damage(self.path):
            return [
                Bureau(id=id_, name=name, jurisdiction=place, names=json.loads(printed))
                for id_, name, place, printed in rows
            ]

    def bureaus_in(self, plans: Iterable[str], among: Iterable[str]) -> frozenset[str]:
        """Those of some bureaus (ids) that answer for a task of one of some plans."""
        sql = f"""SELECT DISTINCT b.id FROM bureau b JOIN plan p ON p.no = b.plan
            WHERE b.id IN (SELECT value FROM json_each(?)) AND p.id IN (SELECT value FROM json_each(?))
            AND {_ANSWERS} > 0"""
        rows = self._rows(sql, [json.dumps(list(among)), json.dumps(list(plans))])
        return frozenset(id_ for (id_,) in rows)

    def plans_with(self, bureaus: Iterable[str]) -> frozenset[str]:
        """The ids of the plans in which one of some bureaus answers for a task."""
        sql = f"""SELECT DISTINCT p.id FROM bureau b JOIN plan p ON p.no = b.plan
            WHERE b.id IN (SELECT value FROM json_each(?)) AND {_ANSWERS} > 0"""
        return frozenset(id_ for (id_,) in self._rows(sql, [json.dumps(list(bureaus))]))

    def plans_of(self, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Fact id to its plan's id and its kind, of those of some ids that there are."""
        wanted = set(ids)
        keys = json.dumps([key for id_ in wanted for _, key in readings(id_)])
        sql = f"SELECT p.id, f.key, f.kind FROM {_FACTS} WHERE f.key IN (SELECT value FROM json_each(?))"
        found = {records.full(plan, key): (plan, kind) for plan, key, kind in self._rows(sql, [keys])}
        return {id_: said for id_, said in found.items() if id_ in wanted}

    @cached_property
    def fulltext(self) -> SqliteEngine:
        """The full text in the file, and the vocabulary of its texts; see `has_fulltext`."""
        from plankb.store.fulltext_engine import SqliteEngine

        return SqliteEngine(self.path, self.db, self._by_number)

    @property
    def has_fulltext(self) -> bool:
        """Whether the file holds full text of this program's format."""
        return self.setting(FULLTEXT) == FULLTEXT_FORMAT

    def setting(self, name: str) -> str | None:
        """A setting of the knowledge base; None where it was never set."""
        rows = self._rows("SELECT value FROM setting WHERE name = ?", [name])
        return str(rows[0][0]) if rows else None

    def settings(self) -> dict[str, str]:
        """All settings of the knowledge base."""
        return dict(self._rows("SELECT name, value FROM setting"))

    def _tasks_of(self, where: FactFilter) -> frozenset[str] | None:
        """The ids of the tasks that bureaus may list; None where any may be listed."""
        rest = replace(where, plans=(), bureaus=(), text=())
        if rest == ANY:
            return None
        return frozenset(self.ids("task", replace(where, text=())))

    def _bureau_rows(self, where: FactFilter) -> Iterator[BureauRow]:
        parts = [(column, values) for column, values in (("p.id", where.plans), ("b.id", where.bureaus)) if values]
        marks = [f"{column} IN ({', '.join('?' * len(values))})" for column, values in parts]
        sql = f"""SELECT p.id, b.id, b.name, b.record FROM bureau b JOIN plan p ON p.no = b.plan
            WHERE {" AND ".join(marks) or "1"} ORDER BY b.id, p.id"""
        with damage(self.path):
            for row in self._rows(sql, [value for _, values in parts for value in values]):
                yield bureaus.unpack(*row)

    def _text_of(self, plan: str) -> str:
        """The clean text of a plan, "" where it is not there."""
        return self.text(plan) if self._rows("SELECT 1 FROM plan WHERE id = ?", [plan]) else ""

    def _known(self, plan: str) -> None:
        if not self._rows("SELECT 1 FROM plan WHERE id = ?", [plan]):
            known = "、".join(str(id_) for (id_,) in self._rows("SELECT id FROM plan ORDER BY id LIMIT 20"))
            raise PlankbError("E204", plan=plan, known=known)

    def _records(self, model: type[M], sql: str, values: Iterable[object] = ()) -> list[M]:
        return [self._record(model, record) for (record,) in self._rows(sql, values)]

    def _record(self, model: type[M], record: str) -> M:
        with damage(self.path):
            return model.model_validate_json(record)

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[SqlRow]:
        with damage(self.path):
            return self.db.execute(sql, list(values)).fetchall()
