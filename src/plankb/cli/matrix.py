"""`matrix`: the responsibility matrix and the 任务分解表, as a file."""

from __future__ import annotations

from typing import Annotated

import typer

from plankb.cli import options
from plankb.cli.help import command
from plankb.cli.output import remark
from plankb.cli.session import session
from plankb.errors import Language
from plankb.kb import HOLE_KINDS, Matrix, Selection, known
from plankb.words import say, word

_Output = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE",
        help="matrix.output",
    ),
]  # fmt: skip
_Sections = Annotated[
    list[str] | None,
    typer.Option(
        "--section", metavar="WORDS",
        help="matrix.section",
    ),
]  # fmt: skip
_BureauSheets = Annotated[bool, typer.Option("--bureau-sheets", help="matrix.bureau_sheets")]


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "matrix")
    def matrix(
        ctx: typer.Context,
        output: _Output,
        plan: options.PlanNames = None,
        bureau: options.BureauNames = None,
        role: options.RoleNames = None,
        by: options.Years = None,
        section: _Sections = None,
        bureau_sheets: _BureauSheets = False,
    ) -> None:
        at = session(ctx)
        path = options.as_path(output)
        known("matrix", path)  # before any work is done
        selection = Selection(
            plans=at.kb.plan_ids(plan),
            bureaus=at.kb.bureau_ids(bureau),
            roles=options.roles(role),
            by=options.years(by),
            section=tuple(section or ()),
        )
        made = at.kb.matrix(selection)
        at.kb.write_matrix(made, path, lang=at.lang, bureau_sheets=bureau_sheets)
        remark(_summary(made, str(path), at.lang))


def _summary(matrix: Matrix, path: str, lang: Language) -> str:
    counts = {kind: sum(hole.kind == kind for hole in matrix.holes) for kind in HOLE_KINDS}
    gaps = word("between", "comma", lang).join(
        f"{word('gap', kind, lang)} {count}" for kind, count in counts.items() if count
    )
    sizes = {"tasks": len(matrix.rows), "bureaus": len(matrix.columns), "roles": matrix.tally.total}
    written = say("commands.matrix.written", lang, path=path, **sizes)
    return say("commands.matrix.with_gaps", lang, written=written, gaps=gaps) if gaps else written
