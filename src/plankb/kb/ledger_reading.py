"""Ledgers that come back: rows of many files become reports on the tasks of a knowledge base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from plankb.correction_sheets import ledger_rows
from plankb.correction_sheets.ledger_rows import Row, Rows
from plankb.errors import PlankbError
from plankb.kb import asker
from plankb.kb.report_record import progress
from plankb.ledger import Entry, Ledger
from plankb.ledger.cells import UnclearError, read_state
from plankb.ledger.judging import Judged, Read, judge
from plankb.model import Progress, State
from plankb.name_forms import squeezed

_NEAR, _CLEAR = 85.0, 5.0
"""Likeness in percent from which a row is of a task whose title changed, and how much less alike any other must be."""
_ALIKE = 60.0
"""Likeness in percent from which a title is the task's own under a few other words."""
_MOST_NEAR = 2_000
"""Titles that are looked for by likeness, each against every task: nobody renames more."""
_START = 40
"""Characters of a task's work that tell it from others."""
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")
"""Tables that may hold a ledger; of one that cannot be read it is told why."""


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What files of ledgers say: `new` reports, how many rows say nothing new, remarks on what was not taken, and how
    many files were read. Nothing is kept yet."""

    new: tuple[Judged, ...]
    unchanged: int
    remarks: tuple[PlankbError, ...]
    files: int

    @property
    def contradicting(self) -> tuple[Judged, ...]:
        """The new reports that contradict an earlier one or one another."""
        return tuple(one for one in self.new if one.contradictions)


def files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files that are named, and the workbooks of folders and of those in them. Raises E101 where one is not there,
    E717 for a folder without a workbook."""
    found: dict[Path, None] = {}
    for path in paths:
        try:
            inside = sorted(one for one in path.rglob("*") if _is_workbook(one)) if path.is_dir() else [path]
            there = path.exists()
        except (OSError, ValueError):
            there, inside = False, []
        if not there:
            raise PlankbError("E101", path=path)
        if not inside:
            raise PlankbError("E717", path=path)
        found.update(dict.fromkeys(inside))
    return tuple(found)


def _is_workbook(path: Path) -> bool:
    """Office programs put a file of the same ending beside one that is open."""
    return path.suffix.lower() in _WORKBOOKS and not path.name.startswith(("~$", ".")) and path.is_file()


def read(
    paths: Sequence[Path], ledger: Ledger, bureaus: Mapping[str, str], *, today: date, who: str | None = None
) -> Reported:
    """What the files say against a ledger that holds every task; `bureaus` are names by id, `who` stands for a reporter
    who is not named. Raises E101, E717, and E716, E725, E726 where no file can be
    read."""
    remarks: list[PlankbError] = []
    named = files(paths)
    rows: list[tuple[Path, Rows]] = []
    for path in named:
        try:
            rows.append((path, ledger_rows.read(path, today=today)))
        except PlankbError as error:
            remarks.append(_unreadable(path, error))
    if not rows:
        raise remarks[0]
    finder, reads = _Finder(ledger), []
    for path, found in rows:
        remarks += found.remarks
        maker = _Maker(path.name, bureaus, today, who, found.who)
        titled = 0
        for row in found.rows:
            try:
                entry, base, how = finder.find(row)
            except PlankbError as error:
                remarks.append(error)
                continue
            if how == "likeness":
                remarks.append(PlankbError("E719", cell=row.at, text=row.title[:40], title=entry.task.title))
            titled += how == "title"
            report = maker.report(row, entry, base)
            reads.append(Read(report=report, where=row.at, base=base.id if base else None))
        if titled:
            remarks.append(PlankbError("E729", path=path, count=titled))
    if finder.has_given_up:
        remarks.append(PlankbError("E731", most=_MOST_NEAR))
    judged = judge(reads, finder.entries, today=today)
    return Reported(new=tuple(judged.new), unchanged=judged.unchanged, remarks=tuple(remarks), files=len(rows))


def _unreadable(path: Path, error: PlankbError) -> PlankbError:
    """Why a file is no ledger, in words of ledgers."""
    match error.code:
        case "E519":
            return PlankbError("E725", path=path, kind=str(error.details["kind"]).strip())
        case "E510":
            return PlankbError("E726", path=path)
    return PlankbError("E716", path=path, why=error)


_How = Literal["id", "title", "likeness"]
"""How a task is found: by the hidden id, by a title that one task has, or by likeness, to be checked."""


class _Finder:
    """Which task a row is of: by its id, by the report that it showed, by its words."""

    def __init__(self, ledger: Ledger) -> None:
        self.entries = {entry.task.id: entry for entry in ledger.entries}
        self._of_report = {report.id: entry for entry in ledger.entries for report in entry.reports}
        self._reports = {report.id: report for entry in ledger.entries for report in entry.reports}
        self._titled: dict[str, list[Entry]] = defaultdict(list)
        for entry in ledger.entries:
            self._titled[squeezed(entry.task.title)].append(entry)
        self._near_found: dict[str, Entry | None] = {}

    def find(self, row: Row) -> tuple[Entry, Progress | None, _How]:
        """The task, the report that the row showed, and how the task was found. Raises E718, and E728 where a row bears
        the hidden id of one task and the words of another: it was copied, or sorted without its id.
        """
        base = self._reports.get(row.base or "")
        entry = self.entries.get(row.task or "") or self._of_report.get(row.base or "")
        if entry is not None:
            named = self._titled.get(squeezed(row.title), [])
            if entry in named or (len(named) != 1 and _is_of(row, entry, base)):
                return entry, base, "id"
            if len(named) != 1:
                raise PlankbError("E728", cell=row.at, text=row.title[:40], title=entry.task.title)
            return named[0], None, "likeness"
        near = self._by_words(row)
        if near is None:
            raise PlankbError("E718", cell=row.at, text=row.title[:40])
        titled = squeezed(row.title) == squeezed(near.task.title)
        return near, None, "title" if titled else "likeness"

    def _by_words(self, row: Row) -> Entry | None:
        title = squeezed(row.title)
        if not title:
            return None
        same = self._titled.get(title, [])
        if len(same) > 1:
            work = squeezed(row.measures)[:200]
            same = [entry for entry in same if work and squeezed(entry.task.text).startswith(work)]
        return same[0] if len(same) == 1 else None if self._titled.get(title) else self._near(title)

    @property
    def has_given_up(self) -> bool:
        """Whether so many titles were of no task that further ones were not looked for by likeness."""
        return len(self._near_found) >= _MOST_NEAR

    def _near(self, title: str) -> Entry | None:
        if title not in self._near_found:
            if self.has_given_up:
                return None
            self._near_found[title] = self._nearest(title)
        return self._near_found[title]

    def _nearest(self, title: str) -> Entry | None:
        from rapidfuzz import fuzz, process

        found = process.extract(title, self._titled.keys(), scorer=fuzz.ratio, limit=2, score_cutoff=_NEAR)
        if not found or (len(found) > 1 and found[0][1] - found[1][1] < _CLEAR):
            return None
        entries = self._titled[found[0][0]]
        return entries[0] if len(entries) == 1 else None


@dataclass(frozen=True)
class _Maker:
    """Rows of one file become reports."""

    origin: str
    bureaus: Mapping[str, str]
    today: date
    who: str | None
    saver: str | None

    def report(self, row: Row, entry: Entry, base: Progress | None) -> Progress:
        bureau = row.bureau if row.bureau in self.bureaus else None
        state = row.state or _meant(row, base)
        # Who sets the state to done and leaves the share that stood there means all of it.
        left = base is not None and base.state != "done" and row.done == base.done
        done = None if state == "done" and left else row.done
        # The day that stood there is that of the report before.
        day = row.when if row.when and not (base and base.when == row.when.isoformat()) else None
        when = (day or self.today).isoformat()
        who = row.who or (self.bureaus[bureau] if bureau else None) or self.who or self.saver or asker.user()
        return progress(
            entry.task, state, done=done, said=row.texts, who=who, when=when, bureau=bureau, origin=self.origin
        )


def _is_of(row: Row, entry: Entry, base: Progress | None) -> bool:
    """Whether the words of a row are those of the task that its hidden id names, or were when it was written."""
    from rapidfuzz import fuzz

    said = squeezed(row.title)
    known = [squeezed(title) for title in (entry.task.title, base.title if base else "") if title]
    if not said or any(said in title or title in said or fuzz.ratio(said, title) >= _ALIKE for title in known):
        return True
    work = squeezed(row.measures)[:_START]
    return bool(work) and squeezed(entry.task.text).startswith(work)


def _meant(row: Row, base: Progress | None) -> State:
    """The state of a row that names none: that of before; else what its note or its share tells."""
    if base is not None:
        return base.state
    try:  # people write the state into the column of what was done
        told = read_state(row.texts["note"])
    except UnclearError:
        told = None
    return told or ("done" if row.done == 1 else "under-way")
