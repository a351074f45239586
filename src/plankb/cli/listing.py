"""`extract` and `list`: the facts of one file, and those of the knowledge base under filters."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal, get_args

import typer

from plankb.cli import options
from plankb.cli.facts import write_facts, write_records
from plankb.cli.help import command
from plankb.cli.options import OutputFile, as_path
from plankb.cli.output import ending, put, remark, write_csv, write_jsonl
from plankb.cli.session import Session, session
from plankb.columns import FIELDS, Shown, heading, titles_of
from plankb.kb import FactKind, KnowledgeBase, read_file, render
from plankb.kb.naming import Named
from plankb.model import AnyFact, Bureau
from plankb.words import word

Kind = Literal["tasks", "targets", "deadlines", "bureaus", "projects", "citations", "doubts"]
_KINDS: dict[str, FactKind] = {
    "tasks": "task", "targets": "target", "deadlines": "deadline", "projects": "project", "citations": "citation",
    "doubts": "doubt",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "extract")
    def extract(
        ctx: typer.Context,
        file: Annotated[str, typer.Argument(metavar="FILE", help="extract.file")],
        output: Annotated[
            Literal["table", "jsonl", "html"],
            typer.Option("--format", metavar="table|jsonl|html", help="shared.format"),
        ] = "table",
        to: OutputFile = None,
        doubts: Annotated[bool, typer.Option("--doubts", help="extract.doubts")] = False,
    ) -> None:
        lang, form = session(ctx).lang, ending("reading", output, to)
        path = as_path(file)
        reading = read_file(path)
        facts = [fact for fact in reading.facts if not doubts or fact.kind == "doubt"]
        if form == ".table":
            write_facts(facts, Shown(lang, titles_of([reading.plan])))
        elif form == ".jsonl":
            put(render("records", facts if doubts else [*facts, *reading.bureaus], form), form, to, sources=(path,))
        else:
            put(render("reading", reading, form, lang=lang), form, to, sources=(path,))
        for said in reading.remarks:
            remark(said.text(lang))
        counts = Counter(fact.kind for fact in reading.facts)
        found = [f"{count} {word('kind', kind, lang)}" for kind, count in counts.most_common()]
        remark(f"{reading.plan.title}: {', '.join(found) or 0}")

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
        named = Named(plan=plan or (), bureau=bureau or (), role=role or (), by=by or (), indicator=indicator)
        found = _records(at.kb, kind, named)
        if unresolved:
            found = [record for record in found if "?" in record.id]
        _write(at, kind, found, output)


def _records(kb: KnowledgeBase, kind: Kind, named: Named) -> list[AnyFact | Bureau]:
    if kind == "bureaus":
        return [*kb.bureaus(**named)]
    return [*kb.facts(_KINDS[kind], **named)]


def _write(at: Session, kind: Kind, records: list[AnyFact | Bureau], output: str) -> None:
    if output == "jsonl":
        write_jsonl(records)
    elif output == "csv":
        fields = FIELDS[kind.removesuffix("s")]
        write_csv(records, fields, fields if at.lang == "en" else [heading(field, at.lang) for field in fields])
    elif records:
        write_records(kind.removesuffix("s"), records, Shown(at.lang, titles_of(at.kb.store.plans())))
    at.remark("shared.found", count=len(records))
