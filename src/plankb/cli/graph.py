"""`graph`: the responsibility graph as a file, and the questions that it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated

import typer

from plankb.cli import options
from plankb.cli.help import command
from plankb.cli.output import Column, write_jsonl, write_table
from plankb.cli.session import Session, session
from plankb.columns import heading, join
from plankb.errors import Language, PlankbError
from plankb.kb import Selection, known
from plankb.kb.responsibility import GRAPH_QUESTIONS, GraphQuestion
from plankb.model import Record
from plankb.words import word

_Question = Annotated[GraphQuestion | None, typer.Argument(metavar="|".join(GRAPH_QUESTIONS), help="graph.question")]
_Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="graph.output")]


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "graph")
    def graph(
        ctx: typer.Context,
        question: _Question = None,
        output: _Output = None,
        plan: options.PlanNames = None,
        bureau: options.BureauNames = None,
        role: options.RoleNames = None,
        by: options.Years = None,
        form: options.TableOrJsonl = "table",
    ) -> None:
        at = session(ctx)
        if (question is None) == (output is None):
            raise PlankbError("E522", known=" ".join(GRAPH_QUESTIONS))
        selection = Selection(
            plans=at.kb.plan_ids(plan),
            bureaus=at.kb.bureau_ids(bureau),
            roles=options.roles(role),
            by=options.years(by),
        )
        if output is not None:
            _write(at, output, selection)
        elif question is not None:
            _answer(at, question, selection, [at.kb.bureau_ids([name]) for name in bureau or ()], form)


def _write(at: Session, output: str, selection: Selection) -> None:
    path = options.as_path(output)
    known("graph", path)  # before any work is done
    made = at.kb.graph(selection)
    at.kb.write_graph(made, path, lang=at.lang)
    at.remark("graph.written", path=path, nodes=made.number_of_nodes(), edges=made.number_of_edges())


def _answer(
    at: Session, question: GraphQuestion, selection: Selection, named: Sequence[tuple[str, ...]], form: str
) -> None:
    if len(named) < GRAPH_QUESTIONS[question]:
        raise PlankbError("E521", count=GRAPH_QUESTIONS[question])
    found = at.kb.graph_answers(question, selection, named)
    if form == "jsonl":
        write_jsonl(found)
    elif found:
        write_table(found, _columns(question, at.lang))
    if question == "chain" and not found:
        at.remark("graph.no_chain")
    else:
        at.remark("shared.found", count=len(found))


_COLUMNS: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "tasks": (
        *(("bureau", "name", 2), ("role", "role", 0), ("title", "title", 3), ("by", "by", 1)),
        ("plan", "plan", 1),
    ),
    "partners": (("bureau", "of", 1), ("partner", "name", 1), ("shared", "weight", 0), ("tasks", "titles", 4)),
    "connectors": (("bureau", "name", 2), ("betweenness", "betweenness", 0), ("fields", "fields", 4)),
    "load": (("bureau", "name", 2), ("role", "role", 0), ("year", "year", 0), ("load", "tasks", 0)),
    "gaps": (("lacks", "lacks", 0), ("title", "title", 3), ("plan", "plan", 1)),
    "chain": (("bureau", "name", 2), ("role", "role", 0), ("title", "title", 3)),
    "answers": (
        *(("title", "title", 3), ("plan", "plan", 1), ("above_title", "above_title", 3)),
        *(("above_plan", "above_plan", 1), ("indicators", "indicators", 2), ("likeness", "likeness", 0)),
    ),
}
"""Of the answer to each question: key of the heading, field, share of the width."""


def _columns(question: str, lang: Language) -> Iterator[Column[Record]]:
    for key, field, share in _COLUMNS[question]:
        yield Column(heading(key, lang), partial(_cell, field=field, lang=lang), share)


def _cell(record: Record, *, field: str, lang: Language) -> str:
    value = getattr(record, field)
    if field in ("role", "lacks"):
        return word(field, value, lang)
    if isinstance(value, tuple):
        return join(value)
    return ("—" if field == "year" else "") if value is None else str(value)
