"""`ledger`: the tasks with their state written, reports read back, what is due and late, history and undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from plankb.cli import options
from plankb.cli.help import command
from plankb.cli.ledger_shown import history, listed, reports
from plankb.cli.options import as_path
from plankb.cli.output import write_jsonl
from plankb.cli.session import Session, session
from plankb.errors import PlankbError
from plankb.kb import STATES, FactFilter, Ledger
from plankb.kb.ledger_files import ListKind, known
from plankb.kb.ledger_reading import Reported
from plankb.model import ROLES, State
from plankb.words import table

_Files = Annotated[list[str] | None, typer.Argument(metavar="FILE", help="ledger.file")]


@dataclass(frozen=True, slots=True)
class _Written:
    """Where the ledger, or one for each bureau, is written."""

    to: options.OutputFile = None
    each: Annotated[str | None, typer.Option("--each-bureau", metavar="DIR", help="ledger.each")] = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which tasks are shown or written, and as of which day."""

    plan: options.PlanNames = None
    bureau: options.BureauNames = None
    role: options.RoleNames = None
    by: options.Years = None
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE", help="ledger.state")] = None
    due: Annotated[int | None, typer.Option("--due", min=0, max=3660, metavar="DAYS", help="ledger.due")] = None
    late: Annotated[bool, typer.Option("--late", help="ledger.late")] = False
    by_bureau: Annotated[bool, typer.Option("--by-bureau", help="ledger.by_bureau")] = False
    day: Annotated[str | None, typer.Option("--date", metavar="DAY", help="ledger.date")] = None
    soon: Annotated[int, typer.Option("--soon", min=0, max=3660, metavar="DAYS", help="ledger.soon")] = 30

    @property
    def kind(self) -> ListKind | None:
        """The list that is asked for; None for the ledger itself."""
        return "by_bureau" if self.by_bureau else "late" if self.late else "due" if self.due is not None else None

    def where(self, at: Session) -> FactFilter:
        """The tasks of the plans, bureaus, roles and years named. Raises what naming them raises."""
        plans, bureaus = at.kb.plan_ids(self.plan), at.kb.bureau_ids(self.bureau)
        return FactFilter(plans=plans, bureaus=bureaus, roles=options.roles(self.role), by=options.years(self.by))

    def chosen(self, standing: Ledger) -> Ledger:
        """Of a ledger the tasks in the states, and due or late, as asked for. Raises E706."""
        if states := _states(self.state):
            standing = standing.where(lambda entry: entry.state in states)
        if self.late:
            return standing.late()
        return standing.due_within(self.due) if self.due is not None else standing


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is asked of reports that were kept."""

    past: Annotated[str | None, typer.Option("--history", metavar="TASK", help="ledger.history")] = None
    undo: Annotated[bool, typer.Option("--undo", help="ledger.undo")] = False
    suspects: Annotated[bool, typer.Option("--suspects", help="ledger.suspects")] = False
    keep: Annotated[list[str] | None, typer.Option("--keep", metavar="ID", help="ledger.keep")] = None


@dataclass(frozen=True, slots=True)
class _Report:
    """A work report that is set against the targets."""

    report: Annotated[str | None, typer.Option("--report", metavar="FILE", help="ledger.report")] = None
    accept: Annotated[list[int] | None, typer.Option("--accept", metavar="NUMBER", help="ledger.accept")] = None


@dataclass(frozen=True, slots=True)
class _Taking:
    """How reports of bureaus are taken over."""

    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="ledger.who")] = None
    yes: Annotated[bool, typer.Option("--yes", "-y", help="ledger.yes")] = False
    dry_run: Annotated[bool, typer.Option("--dry-run", help="ledger.dry_run")] = False
    skip: Annotated[bool, typer.Option("--skip-contradictions", help="ledger.skip")] = False


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "ledger")
    @options.spread
    def ledger(
        ctx: typer.Context,
        written: _Written,
        asked: _Asked,
        kept: _Kept,
        report: _Report,
        taking: _Taking,
        files: _Files = None,
        output: options.TableOrJsonl = "table",
    ) -> None:
        at, today = session(ctx), _today(asked.day)
        if written.to is not None:
            known(as_path(written.to))  # before any work is done
        if kept.undo or kept.keep or kept.past:
            _on_reports(at, kept, output)
            return
        if files:
            _take(at, at.kb.ledger.read([as_path(word) for word in files], who=taking.who, today=today), taking, output)
            if written.to is None and written.each is None:
                return
        where = asked.where(at)
        if report.report:
            _set_against(at, as_path(report.report), where, report.accept or [], written.to)
            return
        standing = at.kb.ledger.standing(where, today=today, soon=asked.soon)
        if not standing.entries:
            raise PlankbError("E504")
        chosen = asked.chosen(standing.where(lambda entry: entry.suspicion is not None) if kept.suspects else standing)
        if written.each is not None:
            roles = where.roles or ROLES
            files_made = at.kb.ledger.write_each(
                chosen, as_path(written.each), roles=roles, replace=taking.yes, lang=at.lang
            )
            at.remark("ledger.each_written", count=len(files_made), path=written.each)
        if written.to is not None:
            _write(at, chosen, as_path(written.to), asked, where)
        if written.to is None and written.each is None:
            listed_as: ListKind = "asked" if asked.state or kept.suspects or asked.plan or asked.bureau else "by_bureau"
            _show(at, chosen, asked.kind or listed_as, asked.due, output, where)


def _on_reports(at: Session, kept: _Kept, output: str) -> None:
    if kept.undo:
        gone = at.kb.ledger.undo()
        history(gone, at.lang, output)
        at.remark("ledger.undone", count=len(gone))
    if kept.keep:
        at.kb.ledger.confirm(kept.keep)
        at.remark("ledger.confirmed", count=len(kept.keep))
    if kept.past:
        found = at.kb.ledger.history(_task(at, kept.past))
        history(found, at.lang, output)
        at.remark("shared.found", count=len(found))


def _set_against(at: Session, report: Path, where: FactFilter, accept: Sequence[int], to: str | None) -> None:
    """A work report beside the targets: shown, written to accept in, or accepted by number."""
    found = at.kb.ledger.results(report, where)
    if to is not None:
        at.kb.ledger.write_results(found, as_path(to), lang=at.lang)
        at.remark("ledger.results_written" if to.lower().endswith(".xlsx") else "ledger.results_shown", path=to)
    elif not accept:
        listed(at.kb.ledger.results_sheet(found, lang=at.lang))
    at.remark("ledger.counts", counts=found.counts(at.lang))
    if accept:
        at.remark("ledger.kept", count=len(at.kb.ledger.accept(found, accept, lang=at.lang)))


def _task(at: Session, words: str) -> str:
    """A task by its id, or by words of its title that no other has. Raises E701, E722."""
    tasks = at.kb.store.facts("task")
    if any(task.id == words for task in tasks) or at.kb.store.reports([words]):
        return words
    same = [task for task in tasks if task.title == words]
    found = same or [task for task in tasks if words in task.title]
    if not found:
        raise PlankbError("E701", task=words)
    if len(found) > 1:
        raise PlankbError("E722", task=words, known="、".join(f"{task.title} ({task.id})" for task in found[:5]))
    return found[0].id


def _take(at: Session, read: Reported, how: _Taking, output: str) -> None:
    """Shows what was read, and keeps it if the user agrees."""
    reports(read.new, at.lang, output)
    at.remarks(read.remarks)
    contradicting = len(read.contradicting)
    counted = {"new": len(read.new), "contradicting": contradicting, "files": read.files}
    at.remark("ledger.read", unchanged=read.unchanged, refused=len(read.remarks), **counted)
    taken = len(read.new) - (contradicting if how.skip else 0)
    if not taken or how.dry_run:
        return
    contradictory = 0 if how.skip else contradicting
    if not how.yes and not at.agrees("ledger.agree", count=taken, contradicting=contradictory):
        at.remark("ledger.not_kept")
        return
    kept = at.kb.ledger.take(read, contradictions=not how.skip)
    at.remark("ledger.kept", count=len(kept))


def _write(at: Session, chosen: Ledger, path: Path, asked: _Asked, where: FactFilter) -> None:
    bureau = where.bureaus[0] if len(where.bureaus) == 1 else None
    days, roles = asked.due or chosen.soon, where.roles or ROLES
    at.kb.ledger.write(chosen, path, kind=asked.kind, bureau=bureau, roles=roles, days=days, lang=at.lang)
    at.remark("ledger.written", path=path, count=len(chosen.entries))


def _show(at: Session, chosen: Ledger, kind: ListKind, due: int | None, output: str, where: FactFilter) -> None:
    """A list on the screen."""
    if output == "jsonl":
        write_jsonl(entry.latest for entry in chosen.entries if entry.latest)
    else:
        roles = where.roles or ROLES
        listed(at.kb.ledger.sheet(chosen, kind, roles=roles, days=due or chosen.soon, lang=at.lang))
    at.remark("ledger.counts", counts=at.kb.ledger.file(chosen).counts(at.lang))
    if chosen.lost:
        at.remark("ledger.lost", count=len(chosen.lost))
        history(chosen.lost, at.lang, output)
    if chosen.suspects:
        at.remark("ledger.suspect", count=len(chosen.suspects))
        history([entry.latest for entry in chosen.suspects if entry.latest], at.lang, output)


def _states(words: Sequence[str] | None) -> tuple[State, ...]:
    """States by their code or their word in either language. Raises E706."""
    found = []
    for word in words or ():
        named = [state for state in STATES if word in (state, *table("records")[f"state.{state}"])]
        if not named:
            raise PlankbError("E706", state=word)
        found += named
    return tuple(found)


def _today(text: str | None) -> date | None:
    """Raises E723 for what is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise PlankbError("E723", text=text) from error
