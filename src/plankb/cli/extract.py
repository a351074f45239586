"""`extract`: the facts of one file, without a knowledge base."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal

import typer

from plankb.cli.facts import write_facts
from plankb.cli.help import command
from plankb.cli.options import OutputFile, as_path
from plankb.cli.output import ending, put, remark
from plankb.cli.session import session
from plankb.columns import Shown, titles_of
from plankb.kb import read_file, render
from plankb.words import word


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
