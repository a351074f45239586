"""`matrix`: the responsibility matrix and the 任务分解表, as a file."""

from __future__ import annotations

from typing import Annotated

import typer

from plankb.cli import options
from plankb.cli.help import both, command
from plankb.cli.output import remark
from plankb.cli.session import session
from plankb.errors import Language
from plankb.matrix import HOLE_KINDS, Matrix, Selection
from plankb.matrix.headings import GAPS, said

_Output = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE",
        help=both("写到 .xlsx、.docx、.csv、.html 或 .md 文件", "write to a file: .xlsx, .docx, .csv, .html or .md"),
    ),
]  # fmt: skip
_Sections = Annotated[
    list[str] | None,
    typer.Option(
        "--section", metavar="WORDS",
        help=both("章节标题中的字词，可多次，须都出现", "words of the section path; repeatable, all must stand in it"),
    ),
]  # fmt: skip
_BureauSheets = Annotated[
    bool, typer.Option("--bureau-sheets", help=both("每个单位另加一张工作表", "add a sheet for each bureau"))
]


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "matrix", "生成责任矩阵和任务分解表", "write the responsibility matrix and the task breakdown")
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
        from plankb.exports.matrix import known

        at = session(ctx)
        path = options.as_path(output)
        known(path)  # before any work is done
        selection = Selection(
            plans=options.plan_ids(at.kb, plan),
            bureaus=options.bureau_ids(at.kb, bureau),
            roles=options.roles(role),
            by=options.years(by),
            section=tuple(section or ()),
        )
        made = at.kb.matrix(selection)
        at.kb.write_matrix(made, path, lang=at.lang, bureau_sheets=bureau_sheets)
        remark(_summary(made, str(path), at.lang))


def _summary(matrix: Matrix, path: str, lang: Language) -> str:
    counts = {kind: sum(hole.kind == kind for hole in matrix.holes) for kind in HOLE_KINDS}
    gaps = ("，" if lang == "zh" else ", ").join(
        f"{said(GAPS[kind], lang)} {count}" for kind, count in counts.items() if count
    )
    if lang == "zh":
        size = f"{len(matrix.rows)} 项任务，{len(matrix.columns)} 个单位，{matrix.tally.total} 个角色"
        return f"已写 {path}：{size}" + (f"；缺项：{gaps}" if gaps else "")
    size = f"{len(matrix.rows)} tasks, {len(matrix.columns)} bureaus, {matrix.tally.total} roles"
    return f"wrote {path}: {size}" + (f"; gaps: {gaps}" if gaps else "")
