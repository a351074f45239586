"""The ledger of a knowledge base: how its tasks stand, and the one way in for reports, from workbooks and by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.errors import Language, PlankbError
from plankb.kb import asker
from plankb.kb import draft as drafts
from plankb.kb.report_record import progress, words_of
from plankb.ledger import SOON, STATES, Entry, Facts, Ledger, build
from plankb.model import ROLES, Progress, Role, State, Task
from plankb.store import FactFilter, Store
from plankb.store.filter import ANY

if TYPE_CHECKING:
    from plankb.exports.ledger import LedgerFile
    from plankb.exports.side_by_side import Sheet
    from plankb.kb.ledger_files import ListKind
    from plankb.kb.ledger_reading import Reported
    from plankb.kb.ledger_results import Results


class LedgerDesk:
    """The ledger of one knowledge base. Every method that changes it works like a build: all or nothing.

    Reports are kept and never overwritten: a wrong one is taken back (`undo`, `withdraw`) or followed by another.
    """

    def __init__(self, folder: Path, store: Callable[[], Store]) -> None:
        self._folder = folder
        self._store = store

    def standing(self, where: FactFilter | None = None, *, today: date | None = None, soon: int = SOON) -> Ledger:
        """How the tasks that meet a filter stand on a day (today if None); all of them without one.

        `ledger.entries` has, for each task, `state`, `light`, `due`, `days`, `done`, `latest` and `reports`. A task is
        yellow `soon` days before it is due. Raises E204 for an unknown plan.
        """
        return build(self._facts(where), today=today or asker.today(), soon=soon)

    def entry(self, task: str, *, today: date | None = None) -> Entry:
        """The same of one task by its id. Raises E701."""
        self._task(task)
        (found,) = self.standing(FactFilter(ids=(task,)), today=today).entries
        return found

    def report(
        self,
        task: str,
        state: State,
        *,
        done: float | None = None,
        note: str = "",
        evidence: str = "",
        problems: str = "",
        next_step: str = "",
        who: str | None = None,
        when: date | None = None,
        bureau: str | None = None,
    ) -> Progress:
        """Keeps a report on a task: `done` is the share (0 to 1), `who` the user of this computer and `when` today
        where None, `bureau` the id of the bureau that reports.

        Raises E701 for an unknown task, E702, E706 for a share or a state that cannot be, E205, E206.
        """
        of = self._task(task)
        if state not in STATES:
            raise PlankbError("E706", state=state)
        if done is not None and not 0 <= done <= 1:
            raise PlankbError("E702", done=done)
        day = (when or asker.today()).isoformat()
        said = {"note": note, "evidence": evidence, "problems": problems, "next": next_step}
        made = progress(of, state, done=done, said=said, who=who or asker.user(), when=day, bureau=bureau)
        (kept,) = self.keep([made])
        return kept

    def keep(self, reports: Iterable[Progress]) -> tuple[Progress, ...]:
        """Keeps reports as one batch, and gives them as they are kept: none of them is there twice."""
        known = {report.id: report for report in self._store().reports()}
        batch, now = f"batch-{len({report.batch for report in known.values()}) + 1}", asker.now()
        fresh: dict[str, Progress] = {}
        for report in reports:
            id_ = _free_id(report, known)
            if id_ is not None:
                fresh[id_] = report.model_copy(update={"id": id_, "batch": batch, "kept": now})
        if fresh:
            self._write(fresh.values())
        return tuple(fresh.values())

    def undo(self) -> tuple[Progress, ...]:
        """Takes back what came in last, one report or a whole file of them, and gives it; it stays in the history.

        Raises E704 where nothing is left.
        """
        standing = [report for report in self._store().reports() if report.withdrawn is None]
        if not standing:
            raise PlankbError("E704")
        return self._withdraw([report for report in standing if report.batch == standing[-1].batch])

    def withdraw(self, ids: Sequence[str]) -> tuple[Progress, ...]:
        """Takes reports back by id. Raises E705 for an unknown one; then all stay."""
        return self._withdraw(self._reports(ids))

    def history(self, task: str) -> tuple[Progress, ...]:
        """All reports on a task in the order in which they came in, those taken back too. Raises E701 for a task that
        is not there and has none."""
        entries = self.standing(FactFilter(ids=(task,))).entries
        own = {report.id for entry in entries for report in entry.reports}
        found = tuple(one for one in self._store().reports() if one.task == task or one.id in own)
        if not found:
            self._task(task)
        return found

    def read(self, paths: Sequence[Path], *, who: str | None = None, today: date | None = None) -> Reported:
        """What ledgers that come back say, files or folders of them; nothing is kept (see `take`).

        `who` stands for a reporter whom a row does not name, `today` for a day. Raises E101, E716, E717, E725, E726.
        """
        from plankb.kb import ledger_reading

        day = today or asker.today()
        bureaus = {bureau.id: bureau.name for bureau in self._store().bureaus()}
        return ledger_reading.read(paths, self.standing(today=day), bureaus, today=day, who=who)

    def take(self, reported: Reported, *, contradictions: bool = True) -> tuple[Progress, ...]:
        """Keeps what was read, as one batch; without `contradictions` only what contradicts nothing."""
        return self.keep(one.report for one in reported.new if contradictions or not one.contradictions)

    def file(self, ledger: Ledger, *, bureau: str | None = None, roles: Sequence[Role] = ROLES) -> LedgerFile:
        """A ledger ready to be written; with the id of a `bureau` it is that bureau's own file. `roles` are those in
        which a task counts for a bureau in the summary."""
        from plankb.exports.ledger import LedgerFile

        names = {one.id: one.name for one in self._store().bureaus()}
        titles = {entry.plan.title for entry in ledger.entries}
        name = names.get(bureau, bureau) if bureau else titles.pop() if len(titles) == 1 else ""
        return LedgerFile(ledger=ledger, name=name, bureau=bureau, bureaus=names, roles=tuple(roles))

    def write(
        self,
        ledger: Ledger,
        path: Path,
        *,
        kind: ListKind | None = None,
        bureau: str | None = None,
        roles: Sequence[Role] = ROLES,
        days: int = SOON,
        lang: Language = "zh",
    ) -> None:
        """Writes a ledger in the format that the file's name asks for: .xlsx to fill in, .ics for calendars, and with a
        `kind` a list or the summary (.xlsx, .docx, .md, .csv, .html). Raises E503, E501, E502, E205."""
        from plankb.kb import ledger_files
        from plankb.kb.outputs import hand_out

        ending = ledger_files.known(path)
        made = self.file(ledger, bureau=bureau, roles=roles)
        hand_out(path, ledger_files.data(made, ending, kind, days=days, lang=lang))

    def write_each(
        self,
        ledger: Ledger,
        folder: Path,
        *,
        roles: Sequence[Role] = ROLES,
        replace: bool = False,
        lang: Language = "zh",
    ) -> tuple[Path, ...]:
        """Writes a workbook for each bureau with the tasks in which it has one of the roles, and one of the tasks that
        are in none of them. Raises E720 where a file is there already and `replace` is not set; E501, E502, E205."""
        from plankb.kb import ledger_files

        bureaus = {bureau.id: bureau for bureau in self._store().bureaus()}
        return ledger_files.write_each(ledger, bureaus, folder, replace=replace, roles=tuple(roles), lang=lang)

    def sheet(
        self, ledger: Ledger, kind: ListKind, *, roles: Sequence[Role] = ROLES, days: int = SOON, lang: Language = "zh"
    ) -> Sheet:
        """A list or the summary as a table in words, with the columns for a terminal."""
        from plankb.kb import ledger_files

        return ledger_files.sheet(self.file(ledger, roles=roles), kind, days=days, lang=lang, brief=True)

    def results(self, path: Path, where: FactFilter = ANY) -> Results:
        """What a work report says of the targets that meet a filter: proposals, of which nothing is kept (see
        `accept`). Raises E101 to E107 for a file that cannot be read."""
        from plankb.kb import ledger_results

        return ledger_results.read(self._store(), path, where)

    def results_sheet(self, results: Results, *, lang: Language = "zh") -> Sheet:
        """What a report says of targets as a table in words, those that it speaks of."""
        from plankb.kb import ledger_results

        return ledger_results.spoken_of(results, lang)

    def write_results(self, results: Results, path: Path, *, lang: Language = "zh") -> None:
        """Writes the proposals of a report: .xlsx to accept in and to read back, .docx, .html, .md, .csv to look at.
        Raises E503, E501, E502, E205."""
        from plankb.kb import ledger_results
        from plankb.kb.outputs import hand_out

        hand_out(path, ledger_results.render(results, path.suffix.lower(), lang=lang))

    def accept(self, results: Results, numbers: Sequence[int], *, lang: Language = "zh") -> tuple[Progress, ...]:
        """Keeps proposals of a report as reports on their tasks. Raises E724 for one that has nothing to accept."""
        from plankb.kb import ledger_results

        return self.keep(ledger_results.accepted(results, numbers, today=asker.today(), lang=lang))

    def confirm(self, ids: Sequence[str]) -> None:
        """Lets suspect reports stand on the words of today, on the task that they went to. Raises E705, E701 where
        there is none."""
        ledger = self.standing()
        home = {report.id: entry.task for entry in ledger.entries for report in entry.reports}
        changed = []
        for report in self._reports(ids):
            if report.id not in home:
                raise PlankbError("E701", task=report.title)
            changed.append(report.model_copy(update=words_of(home[report.id])))
        self._write(changed)

    def by_plan(self, *, today: date | None = None, soon: int = SOON) -> Iterator[Ledger]:
        """The ledger in parts, one a plan where that is possible: many plans need not be in memory at once."""
        if self._has_homeless():
            yield self.standing(today=today, soon=soon)
        else:
            for plan in self._store().sources():
                yield self.standing(FactFilter(plans=(plan,)), today=today, soon=soon)

    def _has_homeless(self) -> bool:
        """Whether there is a report of which the task is no more."""
        wanted = {report.task for report in self._store().reports() if report.withdrawn is None}
        return bool(wanted) and bool(wanted - set(self._store().ids("task")))

    def _facts(self, where: FactFilter | None) -> Facts:
        store = self._store()
        for plan in where.plans if where else ():
            store.plan(plan)
        if where and not self._has_homeless():
            tasks = store.facts("task", where)
            ids = tuple(task.id for task in tasks)
            plans = FactFilter(plans=where.plans) if where.plans else FactFilter(of=ids)
            return Facts(
                plans=[store.plan(plan) for plan in where.plans] or store.plans(),
                tasks=tasks,
                deadlines=store.facts("deadline", plans) if ids else [],
                reports=store.reports(ids) if ids else [],
            )
        # Else all tasks are looked at, so that a report whose task moved finds it whatever the filter.
        return Facts(
            plans=store.plans(),
            tasks=store.facts("task"),
            deadlines=store.facts("deadline"),
            reports=store.reports(),
            chosen=frozenset(store.ids("task", where)) if where else None,
        )

    def _task(self, task: str) -> Task:
        found = self._store().fact(task)
        if not isinstance(found, Task):
            raise PlankbError("E701", task=task)
        return found

    def _reports(self, ids: Sequence[str]) -> list[Progress]:
        known = {report.id: report for report in self._store().reports()}
        for id_ in ids:
            if id_ not in known:
                raise PlankbError("E705", id=id_)
        return [known[id_] for id_ in ids]

    def _withdraw(self, reports: Sequence[Progress]) -> tuple[Progress, ...]:
        now = asker.now()
        gone = tuple(report.model_copy(update={"withdrawn": report.withdrawn or now}) for report in reports)
        self._write(gone)
        return gone

    def _write(self, reports: Iterable[Progress]) -> None:
        with drafts.changing(self._folder) as draft:
            draft.writer.report(reports)


def _free_id(report: Progress, known: Mapping[str, Progress]) -> str | None:
    """The id under which a report is kept; None where the very same one stands already.

    One that was taken back and is made again is another one.
    """
    id_, count = report.id, 1
    while id_ in known:
        if known[id_].withdrawn is None:
            return None
        count += 1
        id_ = f"{report.id}-{count}"
    return id_
