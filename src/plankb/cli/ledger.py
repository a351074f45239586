"""`ledger`: the tasks with their state written, reports read back, what is due and late, history and undo."""

from __future__ import annotations

from collections.abc import Sequence
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
_Each = Annotated[str | None, typer.Option("--each-bureau", metavar="DIR", help="ledger.each")]
_Due = Annotated[int | None, typer.Option("--due", min=0, max=3660, metavar="DAYS", help="ledger.due")]
_Late = Annotated[bool, typer.Option("--late", help="ledger.late")]
_ByBureau = Annotated[bool, typer.Option("--by-bureau", help="ledger.by_bureau")]
_States = Annotated[list[str] | None, typer.Option("--state", metavar="STATE", help="ledger.state")]
_Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="ledger.date")]
_Soon = Annotated[int, typer.Option("--soon", min=0, max=3660, metavar="DAYS", help="ledger.soon")]
_History = Annotated[str | None, typer.Option("--history", metavar="TASK", help="ledger.history")]
_Undo = Annotated[bool, typer.Option("--undo", help="ledger.undo")]
_Suspects = Annotated[bool, typer.Option("--suspects", help="ledger.suspects")]
_Keep = Annotated[list[str] | None, typer.Option("--keep", metavar="ID", help="ledger.keep")]
_Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="ledger.who")]
_Report = Annotated[str | None, typer.Option("--report", metavar="FILE", help="ledger.report")]
_Accept = Annotated[list[int] | None, typer.Option("--accept", metavar="NUMBER", help="ledger.accept")]
_Yes = Annotated[bool, typer.Option("--yes", "-y", help="ledger.yes")]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="ledger.dry_run")]
_Clear = Annotated[bool, typer.Option("--skip-contradictions", help="ledger.skip")]


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "ledger")
    def ledger(
        ctx: typer.Context,
        files: _Files = None,
        to: options.OutputFile = None,
        each: _Each = None,
        plan: options.PlanNames = None,
        bureau: options.BureauNames = None,
        role: options.RoleNames = None,
        by: options.Years = None,
        state: _States = None,
        due: _Due = None,
        late: _Late = False,
        by_bureau: _ByBureau = False,
        day: _Day = None,
        soon: _Soon = 30,
        past: _History = None,
        undo: _Undo = False,
        suspects: _Suspects = False,
        keep: _Keep = None,
        report: _Report = None,
        accept: _Accept = None,
        who: _Who = None,
        yes: _Yes = False,
        dry_run: _DryRun = False,
        skip: _Clear = False,
        output: options.TableOrJsonl = "table",
    ) -> None:
        at, today = session(ctx), _today(day)
        if to is not None:
            known(as_path(to))  # before any work is done
        if undo or keep or past:
            _on_reports(at, undo=undo, keep=keep or [], past=past, output=output)
            return
        if files:
            read = at.kb.ledger.read([as_path(word) for word in files], who=who, today=today)
            _take(at, read, output, yes=yes, dry_run=dry_run, skip=skip)
            if to is None and each is None:
                return
        where = _where(at, plan, bureau, role, by)
        if report:
            _set_against(at, as_path(report), where, accept or [], to)
            return
        standing = at.kb.ledger.standing(where, today=today, soon=soon)
        if not standing.entries:
            raise PlankbError("E504")
        chosen = _chosen(standing, _states(state), due=due, late=late, suspects=suspects)
        kind = _kind(due, late=late, by_bureau=by_bureau)
        if each is not None:
            roles = options.roles(role) or ROLES
            written = at.kb.ledger.write_each(chosen, as_path(each), roles=roles, replace=yes, lang=at.lang)
            at.remark("ledger.each_written", count=len(written), path=each)
        if to is not None:
            _write(at, chosen, as_path(to), kind, due, where)
        if to is None and each is None:
            asked = bool(state or suspects or plan or bureau)
            _show(at, chosen, kind or ("asked" if asked else "by_bureau"), due, output, where)


def _kind(due: int | None, *, late: bool, by_bureau: bool) -> ListKind | None:
    """The list that the options ask for; None for the ledger itself."""
    return "by_bureau" if by_bureau else "late" if late else "due" if due is not None else None


def _where(
    at: Session, plan: list[str] | None, bureau: list[str] | None, role: list[str] | None, by: list[str] | None
) -> FactFilter:
    ids = at.kb.plan_ids(plan), at.kb.bureau_ids(bureau)
    return FactFilter(plans=ids[0], bureaus=ids[1], roles=options.roles(role), by=options.years(by))


def _on_reports(at: Session, *, undo: bool, keep: Sequence[str], past: str | None, output: str) -> None:
    if undo:
        gone = at.kb.ledger.undo()
        history(gone, at.lang, output)
        at.remark("ledger.undone", count=len(gone))
    if keep:
        at.kb.ledger.confirm(keep)
        at.remark("ledger.confirmed", count=len(keep))
    if past:
        found = at.kb.ledger.history(_task(at, past))
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


def _take(at: Session, read: Reported, output: str, *, yes: bool, dry_run: bool, skip: bool) -> None:
    """Shows what was read, and keeps it if the user agrees."""
    reports(read.new, at.lang, output)
    at.remarks(read.remarks)
    contradicting = len(read.contradicting)
    counted = {"new": len(read.new), "contradicting": contradicting, "files": read.files}
    at.remark("ledger.read", unchanged=read.unchanged, refused=len(read.remarks), **counted)
    taken = len(read.new) - (contradicting if skip else 0)
    if not taken or dry_run:
        return
    contradictory = 0 if skip else contradicting
    if not yes and not at.agrees("ledger.agree", count=taken, contradicting=contradictory):
        at.remark("ledger.not_kept")
        return
    kept = at.kb.ledger.take(read, contradictions=not skip)
    at.remark("ledger.kept", count=len(kept))


def _chosen(standing: Ledger, states: Sequence[State], *, due: int | None, late: bool, suspects: bool) -> Ledger:
    if states:
        standing = standing.where(lambda entry: entry.state in states)
    if suspects:
        standing = standing.where(lambda entry: entry.suspicion is not None)
    if late:
        return standing.late()
    return standing.due_within(due) if due is not None else standing


def _write(at: Session, chosen: Ledger, path: Path, kind: ListKind | None, due: int | None, where: FactFilter) -> None:
    bureau = where.bureaus[0] if len(where.bureaus) == 1 else None
    days, roles = due or chosen.soon, where.roles or ROLES
    at.kb.ledger.write(chosen, path, kind=kind, bureau=bureau, roles=roles, days=days, lang=at.lang)
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
