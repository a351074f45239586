"""`matrix`: the responsibility matrix and the 任务分解表, as a file."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from plankb.cli import options
from plankb.cli.help import command
from plankb.cli.output import remark
from plankb.cli.session import session
from plankb.errors import Language, PlankbError
from plankb.kb import HOLE_KINDS, Matrix, Selection, chosen_columns, known
from plankb.words import say, word

_Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="matrix.output")]
_Sections = Annotated[
    list[str] | None,
    typer.Option(
        "--section", metavar="WORDS",
        help="matrix.section",
    ),
]  # fmt: skip
_BureauSheets = Annotated[bool, typer.Option("--bureau-sheets", help="matrix.bureau_sheets")]
_Columns = Annotated[str | None, typer.Option("--columns", metavar="NAMES", help="matrix.columns")]
_PaperSize = Annotated[Literal["A3", "A4"] | None, typer.Option("--paper", metavar="A3|A4", help="matrix.paper")]
_EachBureau = Annotated[str | None, typer.Option("--each-bureau", metavar="DIR", help="matrix.each_bureau")]
_EachFormat = Annotated[Literal["docx", "xlsx"], typer.Option("--format", metavar="docx|xlsx", help="matrix.format")]


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "matrix")
    def matrix(
        ctx: typer.Context,
        output: _Output = None,
        plan: options.PlanNames = None,
        bureau: options.BureauNames = None,
        role: options.RoleNames = None,
        by: options.Years = None,
        section: _Sections = None,
        columns: _Columns = None,
        paper: _PaperSize = None,
        bureau_sheets: _BureauSheets = False,
        each_bureau: _EachBureau = None,
        format_: _EachFormat = "docx",
        date: options.Day = None,
    ) -> None:
        if output is None and each_bureau is None:
            raise PlankbError("E122", name="--output / --each-bureau")
        at = session(ctx)
        if output is not None:
            known("matrix", options.as_path(output))  # before any work is done
        looks = {"columns": chosen_columns(columns) if columns else (), "paper": paper}
        selection = Selection(
            plans=at.kb.plan_ids(plan),
            bureaus=at.kb.bureau_ids(bureau),
            roles=options.roles(role),
            by=options.years(by),
            section=tuple(section or ()),
        )
        made = at.kb.matrix(selection, today=date)
        if output is not None:
            path = options.as_path(output)
            at.kb.write_matrix(made, path, lang=at.lang, bureau_sheets=bureau_sheets, **looks)
            remark(_summary(made, str(path), at.lang))
        if each_bureau is not None:
            folder = options.as_path(each_bureau)
            written = at.kb.write_each_bureau(made, folder, f".{format_}", lang=at.lang, **looks)
            remark(say("commands.matrix.each", at.lang, count=len(written), path=folder))


def _summary(matrix: Matrix, path: str, lang: Language) -> str:
    counts = {kind: sum(hole.kind == kind for hole in matrix.holes) for kind in HOLE_KINDS}
    gaps = word("between", "comma", lang).join(
        f"{word('gap', kind, lang)} {count}" for kind, count in counts.items() if count
    )
    sizes = {"tasks": len(matrix.rows), "bureaus": len(matrix.columns), "roles": matrix.tally.total}
    written = say("commands.matrix.written", lang, path=path, **sizes)
    return say("commands.matrix.with_gaps", lang, written=written, gaps=gaps) if gaps else written
