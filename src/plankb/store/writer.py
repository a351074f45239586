"""Writing the store. Whoever writes works on a file aside and swaps it in: see `plankb.kb`."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from plankb.corrections import apply, apply_to_bureaus
from plankb.document import CleanText
from plankb.errors import PlankbError, cause
from plankb.model import AnyFact, Bureau, Correction, Plan, Progress
from plankb.store import digests, extracted, layout, names, packing, views
from plankb.store.insert import clear, insert
from plankb.store.migrations import migrate
from plankb.store.opening import DAMAGE, FULLTEXT, FULLTEXT_FORMAT, STORE, distrust
from plankb.store.packing import Packed
from plankb.store.records import Source, kept_path
from plankb.store.rows import Rows


class StoreWriter:
    """A store file open for writing, made if missing; nothing is written before `commit`."""

    def __init__(self, path: Path) -> None:
        """Raises E205 where the file cannot be written, as every method does where the disk is full."""
        self._path = path
        with self._writing():
            self._db = sqlite3.connect(path, isolation_level=None)
            distrust(self._db)
            self._db.execute("PRAGMA foreign_keys = ON")
            # The file stands aside until it is complete, so no journal on disk is needed to keep it whole.
            self._db.execute("PRAGMA journal_mode = MEMORY")
            migrate(self._db)
            self._db.execute("BEGIN")
            names.renew(self._db)
            self._renamed: set[str] = set()
            views.create(self._db)  # as this program has them, whatever became of them
            self._rows = Rows(self._db, path.with_name(STORE))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise PlankbError("E205", path=self._path, why=cause(error)) from error
        except OSError as error:
            raise PlankbError("E205", path=self._path, why=cause(error)) from error

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What stands in the file, where this program never wrote it, as E203; what the disk refuses goes on."""
        try:
            yield
        except (sqlite3.OperationalError, sqlite3.IntegrityError):
            raise
        except DAMAGE as error:
            raise PlankbError("E203", path=self._path.with_name(STORE)) from error

    def put(
        self,
        plan: Plan,
        source: Source,
        clean: CleanText,
        *,
        facts: Sequence[AnyFact],
        bureaus: Iterable[Bureau],
        words: Mapping[str, int] | None = None,
    ) -> None:
        """Adds a plan with all that was read from it; one of the same id is replaced."""
        given = tuple(bureaus)
        self.put_packed(
            packing.pack(plan, clean, facts=facts, bureaus=given, words=words, fulltext=self.holds_fulltext), source
        )

    def put_packed(self, packed: Packed, source: Source) -> None:
        """The same of a plan that was packed where it was read, with full text if and only if `holds_fulltext`."""
        plan = packed.plan
        self.drop(plan.id)
        with self._writing():
            no = self._db.execute(
                "INSERT INTO plan (id, title, jurisdiction, level, date, record, path, sha256, stamp, read_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING no",
                (
                    plan.id, plan.title, plan.jurisdiction, plan.level, plan.date, plan.model_dump_json(),
                    kept_path(source.path), source.sha256, source.stamp, source.read_at,
                ),
            ).fetchone()[0]  # fmt: skip
            texts = (no, packed.raw, packed.clean, packed.layout)
            self._db.execute("INSERT INTO plan_text VALUES (?, ?, ?, ?)", texts)
            self._db.executemany(
                "INSERT INTO word VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET count = count + excluded.count",
                packed.words.items(),
            )
            self._insert(no, packed.content)
            if self._db.execute("SELECT 1 FROM override WHERE plan = ?", [plan.id]).fetchone():
                self._renew(plan.id)
            digests.keep(self._db, no)

    def drop(self, plan: str) -> None:
        """Removes a plan and all that was read from it; nothing happens where there is none."""
        with self._writing():
            row = self._db.execute("SELECT no FROM plan WHERE id = ?", [plan]).fetchone()
            if row:
                self._clear(row[0])
                self._db.execute("DELETE FROM plan WHERE no = ?", row)

    def correct(self, *, add: Iterable[Correction] = (), drop: Iterable[str] = ()) -> frozenset[str]:
        """Keeps corrections, a later one of the same id instead of an earlier, drops others by id, and applies them.

        Gives the ids of the plans that they speak of. Corrections outlive their plans; unknown ids are passed over.
        """
        with self._writing():
            plans = self._keep(add, drop)
            for plan in plans:
                self._renew(plan)
        return frozenset(plans)

    def report(self, reports: Iterable[Progress]) -> None:
        """Keeps reports on tasks; one of the same id changes where it stands."""
        with self._writing():
            self._db.executemany(
                "INSERT INTO report (id, plan, task, batch, record) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id)"
                " DO UPDATE SET plan = excluded.plan, task = excluded.task, record = excluded.record",
                [(one.id, one.plan, one.task, one.batch, one.model_dump_json()) for one in reports],
            )

    @property
    def holds_fulltext(self) -> bool:
        """Whether the file holds full text of this program's format."""
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", [FULLTEXT]).fetchone()
        return bool(row and row[0] == FULLTEXT_FORMAT)

    def hold_fulltext(self) -> None:
        """Keeps full text of all plans in the file from now on."""
        if self.holds_fulltext:
            return
        self.leave_fulltext()
        self.set(FULLTEXT, FULLTEXT_FORMAT)
        with self._writing():
            for (plan,) in self._db.execute("SELECT id FROM plan ORDER BY no").fetchall():
                self._renew(plan)

    def leave_fulltext(self) -> None:
        """Keeps no full text in the file."""
        with self._writing():
            for table in ("passage_words", "section_words"):
                self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
            self._db.execute("DELETE FROM passage")
            self._db.execute("DELETE FROM setting WHERE name = ?", [FULLTEXT])

    def describe(self, plan: Plan) -> None:
        """Changes the record of a plan; its facts stay as they were read."""
        with self._writing():
            self._db.execute(
                "UPDATE plan SET title = ?, jurisdiction = ?, level = ?, date = ?, record = ? WHERE id = ?",
                (plan.title, plan.jurisdiction, plan.level, plan.date, plan.model_dump_json(), plan.id),
            )
            for (no,) in self._db.execute("SELECT no FROM plan WHERE id = ?", [plan.id]).fetchall():
                digests.keep(self._db, no)

    def relocate(self, plan: str, path: str) -> None:
        """Notes that a plan's file, unchanged, now stands elsewhere."""
        with self._writing():
            self._db.execute("UPDATE plan SET path = ? WHERE id = ?", (kept_path(path), plan))

    def set(self, name: str, value: str | None) -> None:
        """Keeps a setting of the knowledge base; None forgets it."""
        with self._writing():
            if value is None:
                self._db.execute("DELETE FROM setting WHERE name = ?", [name])
            else:
                self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def count(self) -> int:
        """How many plans there are."""
        with self._writing():
            return int(self._db.execute("SELECT count(*) FROM plan").fetchone()[0])

    def commit(self) -> None:
        """Writes everything to the disk, waits until it is there, and closes the file."""
        try:
            with self._writing():
                with self._reading():
                    names.merge(self._db, self._renamed)
                self._db.execute("COMMIT")
                self._db.execute("PRAGMA optimize")
        finally:
            self._db.close()
        with self._writing(), self._path.open("rb+") as file:
            os.fsync(file.fileno())

    def close(self) -> None:
        """Closes the file; what was not committed is gone."""
        self._db.close()

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

    def _renew(self, plan: str) -> None:
        """Makes a plan's facts anew from what was read and from what people say; a plan that is not there stays so.

        Raises E203 for what this program never wrote.
        """
        with self._reading():
            row = self._db.execute(
                "SELECT no, record, raw, layout FROM plan JOIN plan_text ON plan = no WHERE id = ?", [plan]
            ).fetchone()
            if row is None:
                return
            no, record, raw, packed = row
            read = extracted.of_plan(self._db, self._rows, no, plan)
            clean, kept = layout.unpack(raw, self._rows.text(no), packed), Plan.model_validate_json(record)
            said = self._said_of(plan)
        facts, bureaus = read.facts, read.bureaus
        self._db.execute("DELETE FROM extracted WHERE plan = ?", [no])
        if said:
            self._db.execute("INSERT INTO extracted VALUES (?, ?)", (no, extracted.pack(facts, bureaus)))
            facts = apply(facts, said, clean.text).facts
            bureaus = apply_to_bureaus(bureaus, facts)
        content = packing.content(kept, clean, facts=facts, bureaus=bureaus, fulltext=self.holds_fulltext)
        self._clear(no)
        self._insert(no, content)
        digests.keep(self._db, no)

    def _said_of(self, plan: str) -> list[Correction]:
        """The corrections of a plan."""
        rows = self._db.execute("SELECT record FROM override WHERE plan = ?", [plan]).fetchall()
        return [Correction.model_validate_json(record) for (record,) in rows]

    def _insert(self, no: int, content: packing.Content) -> None:
        """Writes what was made of a plan's text, and what its facts and bureaus are called."""
        insert(self._db, no, content)
        names.enter(self._db, no)
        self._renamed.update(id_ for id_, _, _ in content.bureaus)

    def _clear(self, no: int) -> None:
        """Removes what was made of a plan's text; the text and the plan's record stay."""
        with self._reading():
            self._renamed.update(names.bureaus_of(self._db, no))
            names.leave(self._db, no)
            clear(self._db, no, self._rows.text(no))
            self._rows.forget()
