"""Writing the store. Whoever writes works on a file aside and swaps it in: see `plankb.kb`."""

from __future__ import annotations

import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from plankb.corrections import apply, apply_to_bureaus
from plankb.document import CleanText
from plankb.errors import PlankbError
from plankb.model import ROLES, AnyFact, Bureau, Citation, Correction, Deadline, Doubt, Plan, Project, Target, Task
from plankb.store import extracted, layout
from plankb.store.filter import folded
from plankb.store.migrations import migrate
from plankb.store.source import Source

Tag = tuple[str, str]
"""What a fact is found by: ("year", "2025"), ("indicator", id), (role, bureau id)."""


class StoreWriter:
    """A store file open for writing, made if missing; nothing is written before `commit`."""

    def __init__(self, path: Path) -> None:
        """Raises E205 where the file cannot be written, as every method does where the disk is full."""
        self._path = path
        with self._writing():
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA foreign_keys = ON")
            # The file stands aside until it is complete, so no journal on disk is needed to keep it whole.
            self._db.execute("PRAGMA journal_mode = MEMORY")
            migrate(self._db)
            self._db.execute("BEGIN")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise PlankbError("E205", path=self._path, why=error) from error

    def put(
        self, plan: Plan, source: Source, clean: CleanText, *, facts: Sequence[AnyFact], bureaus: Iterable[Bureau]
    ) -> None:
        """Adds a plan with all that was read from it; one of the same id is replaced."""
        self.drop(plan.id)
        given = tuple(bureaus)
        with self._writing():
            self._db.execute(
                "INSERT INTO plan VALUES (?, ?, ?, ?, ?, ?)",
                (plan.id, plan.model_dump_json(), source.path, source.sha256, source.stamp, source.read_at),
            )
            self._db.execute(
                "INSERT INTO plan_text VALUES (?, ?, ?, ?)",
                (plan.id, zlib.compress(clean.raw.encode(), 6), clean.text, layout.pack(clean)),
            )
            self._db.execute("INSERT INTO extracted VALUES (?, ?)", (plan.id, extracted.pack(facts, given)))
            self._put_corrected(plan.id, facts, given)

    def drop(self, plan: str) -> None:
        """Removes a plan and all that was read from it; nothing happens where there is none."""
        with self._writing():
            self._db.execute("DELETE FROM plan WHERE id = ?", (plan,))

    def correct(self, *, add: Iterable[Correction] = (), drop: Iterable[str] = ()) -> frozenset[str]:
        """Keeps corrections, a later one of the same id instead of an earlier, drops others by id, and applies them.

        Gives the ids of the plans that they speak of. Corrections outlive their plans; unknown ids are passed over.
        """
        with self._writing():
            plans = self._keep(add, drop)
            for plan in plans:
                for (records,) in self._db.execute("SELECT records FROM extracted WHERE plan = ?", (plan,)).fetchall():
                    read = extracted.unpack(records)
                    self._db.execute("DELETE FROM fact WHERE plan = ?", (plan,))
                    self._db.execute("DELETE FROM bureau WHERE plan = ?", (plan,))
                    self._put_corrected(plan, read.facts, read.bureaus)
        return frozenset(plans)

    def _keep(self, add: Iterable[Correction], drop: Iterable[str]) -> dict[str, None]:
        """The plans of the corrections that were added and dropped."""
        plans: dict[str, None] = {}
        for id_ in drop:
            for (plan,) in self._db.execute("DELETE FROM override WHERE id = ? RETURNING plan", (id_,)).fetchall():
                plans[plan] = None
        for one in add:
            row = (one.id, one.plan, one.fact, one.model_dump_json())
            self._db.execute("INSERT OR REPLACE INTO override VALUES (?, ?, ?, ?)", row)
            plans[one.plan] = None
        return plans

    def relocate(self, plan: str, path: str) -> None:
        """Notes that a plan's file, unchanged, now stands elsewhere."""
        with self._writing():
            self._db.execute("UPDATE plan SET path = ? WHERE id = ?", (path, plan))

    def set(self, name: str, value: str) -> None:
        """Keeps a setting of the knowledge base."""
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def commit(self) -> None:
        """Writes everything to the disk and closes the file."""
        try:
            with self._writing():
                self._db.execute("COMMIT")
                self._db.execute("PRAGMA optimize")
        finally:
            self._db.close()

    def close(self) -> None:
        """Closes the file; what was not committed is gone."""
        self._db.close()

    def _put_corrected(self, plan: str, facts: Sequence[AnyFact], bureaus: Sequence[Bureau]) -> None:
        """Writes the facts and bureaus of a plan as they stand after all corrections: what every reader sees."""
        rows = self._db.execute("SELECT record FROM override WHERE plan = ?", (plan,)).fetchall()
        if rows:
            corrections = [Correction.model_validate_json(record) for (record,) in rows]
            facts = apply(facts, corrections).facts
            bureaus = apply_to_bureaus(bureaus, facts)
        self._db.executemany(
            "INSERT INTO bureau VALUES (?, ?, ?)", [(plan, bureau.id, bureau.model_dump_json()) for bureau in bureaus]
        )
        self._put_facts(facts)

    def _put_facts(self, facts: Sequence[AnyFact]) -> None:
        tags = _tags(facts)
        for fact in facts:
            row = self._db.execute(
                "INSERT INTO fact (id, plan, kind, start, section, words, record) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    fact.id, fact.plan, fact.kind, fact.span[0], folded("\n".join(fact.section)),
                    folded("\n".join(_words(fact))), fact.model_dump_json(),
                ),
            ).lastrowid  # fmt: skip
            self._db.executemany(
                "INSERT OR IGNORE INTO tag VALUES (?, ?, ?)", [(name, value, row) for name, value in tags[fact.id]]
            )


def _words(fact: AnyFact) -> Iterator[str]:
    """What a fact says: the text that a filter by words looks at."""
    yield fact.quote
    match fact:
        case Task():
            yield from (fact.title, fact.text)
        case Target():
            yield from (fact.indicator, fact.scope or "")
        case Project():
            yield from (fact.name, fact.box or "")
        case Citation():
            yield from (fact.title, fact.number or "")
        case Deadline() | Doubt():
            pass


def _tags(facts: Sequence[AnyFact]) -> dict[str, set[Tag]]:
    """Fact id to tags. A task has the indicators of its targets; what belongs to a task has the task's bureaus."""
    tags: dict[str, set[Tag]] = defaultdict(set)
    for fact in facts:
        tags[fact.id].update(_own_tags(fact))
    tasks = [fact for fact in facts if isinstance(fact, Task)]
    for task in tasks:
        bureaus = {tag for tag in tags[task.id] if tag[0] in ROLES}
        for target in task.targets:
            tags[task.id].update(tag for tag in tags[target] if tag[0] == "indicator")
            tags[target].update(bureaus)
    for fact in facts:
        if isinstance(fact, Deadline) and fact.of:
            tags[fact.id].update(tag for tag in tags[fact.of] if tag[0] != "year")
        elif isinstance(fact, Project | Citation):
            tags[fact.id].update(
                tag for task in tasks if _holds(task, fact) for tag in tags[task.id] if tag[0] in ROLES
            )
    return tags


def _holds(task: Task, fact: AnyFact) -> bool:
    return task.span[0] <= fact.span[0] and fact.span[1] <= task.span[1]


def _own_tags(fact: AnyFact) -> Iterator[Tag]:
    if isinstance(fact, Task):
        yield from (("year", year[:4]) for year in fact.by)
        for role in ROLES:
            yield from ((role, fact.bureaus[name]) for name in getattr(fact, role) if name in fact.bureaus)
    elif isinstance(fact, Target | Deadline) and fact.by:
        yield "year", fact.by[:4]
    if isinstance(fact, Target):
        yield "indicator", fact.indicator_id
