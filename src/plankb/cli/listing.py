"""`list`: the facts of the knowledge base under filters."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import typer

from plankb.cli import options
from plankb.cli.facts import write_records
from plankb.cli.help import command
from plankb.cli.output import write_csv, write_jsonl
from plankb.cli.session import Session, session
from plankb.columns import FIELDS, Shown, titles_of
from plankb.kb import FactFilter, KnowledgeBase
from plankb.model import AnyFact, Bureau

Kind = Literal["tasks", "targets", "deadlines", "bureaus", "projects", "citations", "doubts"]


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "list")
    def list_(
        ctx: typer.Context,
        kind: Annotated[Kind, typer.Argument(metavar="|".join(get_args(Kind)), help="list.kind")],
        plan: options.PlanNames = None,
        bureau: options.BureauNames = None,
        role: options.RoleNames = None,
        by: options.Years = None,
        indicator: Annotated[
            str | None,
            typer.Option("--indicator", metavar="WORDS", help="list.indicator"),
        ] = None,
        unresolved: Annotated[bool, typer.Option("--unresolved", help="list.unresolved")] = False,
        output: options.TableJsonlOrCsv = "table",
    ) -> None:
        at = session(ctx)
        indicators = None if indicator is None else at.kb.indicator_ids(indicator)
        where = FactFilter(
            plans=at.kb.plan_ids(plan),
            bureaus=at.kb.bureau_ids(bureau),
            roles=options.roles(role),
            by=options.years(by),
            indicator_ids=indicators or (),
        )
        found = [] if indicators == () else _records(at.kb, kind, where)
        if unresolved:
            found = [record for record in found if "?" in record.id]
        _write(at, kind, found, output)


def _records(kb: KnowledgeBase, kind: Kind, where: FactFilter) -> list[AnyFact | Bureau]:
    if kind == "bureaus":
        return [*kb.store.bureaus(where)]
    match kind:
        case "tasks":
            return [*kb.store.facts("task", where)]
        case "targets":
            return [*kb.store.facts("target", where)]
        case "deadlines":
            return [*kb.store.facts("deadline", where)]
        case "projects":
            return [*kb.store.facts("project", where)]
        case "citations":
            return [*kb.store.facts("citation", where)]
        case "doubts":
            return [*kb.store.facts("doubt", where)]


def _write(at: Session, kind: Kind, records: list[AnyFact | Bureau], output: str) -> None:
    if output == "jsonl":
        write_jsonl(records)
    elif output == "csv":
        write_csv(records, FIELDS[kind.removesuffix("s")])
    elif records:
        write_records(kind.removesuffix("s"), records, Shown(at.lang, titles_of(at.kb.store.plans())))
    at.remark("shared.found", count=len(records))
