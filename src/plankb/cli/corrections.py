"""`review`: corrections made in a workbook, shown and kept; what is kept, listed, dropped, confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from plankb.cli.help import both, command
from plankb.cli.options import TableOrJsonl, as_path
from plankb.cli.output import Column, remark, write_jsonl, write_table
from plankb.cli.session import Session, session
from plankb.errors import Language, PlankbError, message
from plankb.exports.tables import correction_text, path_text
from plankb.kb.corrections import KeptCorrection
from plankb.kb.sheet_corrections import SheetCorrections
from plankb.model import Correction
from plankb.phrases import word

_Ids = list[str] | None
_FILE = both("更正过的责任矩阵工作簿", "a corrected workbook of the matrix")
_LIST = both("列出已保存的更正", "list the corrections that are kept")
_DROP = both("撤销更正，可多次", "take one back; repeatable")
_KEEP = both("原文变化后确认更正仍然有效，可多次", "let a suspect one stand on the words of today; repeatable")
_WHO = both("更正人（默认：最后保存工作簿的人）", "who corrected (default: who saved the workbook last)")
_File = Annotated[str | None, typer.Argument(metavar="FILE.xlsx", help=_FILE)]
_List = Annotated[bool, typer.Option("--list", help=_LIST)]
_Drop = Annotated[_Ids, typer.Option("--drop", metavar="ID", help=_DROP)]
_Keep = Annotated[_Ids, typer.Option("--keep", metavar="ID", help=_KEEP)]
_Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help=_WHO)]
_MISSING = both("把表中删去的行视为删除任务", "take rows that are gone as tasks struck out")
_DeleteMissing = Annotated[bool, typer.Option("--delete-missing", help=_MISSING)]
_DryRun = Annotated[bool, typer.Option("--dry-run", help=both("只显示，不保存", "show, keep nothing"))]


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "review", "读取并保存人工更正", "read and keep corrections by people")
    def review(
        ctx: typer.Context,
        file: _File = None,
        list_: _List = False,
        drop: _Drop = None,
        keep: _Keep = None,
        who: _Who = None,
        delete_missing: _DeleteMissing = False,
        dry_run: _DryRun = False,
        output: TableOrJsonl = "table",
    ) -> None:
        at = session(ctx)
        if not (file or list_ or drop or keep):
            raise PlankbError("E122", name="FILE.xlsx / --list / --drop / --keep")
        if drop:
            at.kb.corrections.drop(drop)
            remark(f"已撤销更正 {len(drop)} 条" if at.lang == "zh" else f"{len(drop)} corrections taken back")
        if keep:
            at.kb.corrections.confirm(keep, who=who)
            remark(f"已确认更正 {len(keep)} 条" if at.lang == "zh" else f"{len(keep)} corrections confirmed")
        if file:
            asked = at.kb.corrections.read(as_path(file), who=who, delete_missing=delete_missing)
            _take(at, asked, output, dry_run=dry_run)
        if list_:
            kept = at.kb.corrections.list()
            _show(kept, output, at.lang)
            remark(f"共 {len(kept)} 条" if at.lang == "zh" else f"{len(kept)} found")


def _take(at: Session, asked: SheetCorrections, output: str, *, dry_run: bool) -> None:
    for error in asked.remarks:
        remark(error.text(at.lang))
    _show(
        [KeptCorrection(correction=correction, suspicion=None) for correction in asked.add], output, at.lang, kept=False
    )
    if not (asked.add or asked.drop):
        remark(message("E518", at.lang))
        return
    if not dry_run:
        at.kb.corrections.keep(asked)
    remark(_done(len(asked.add), len(asked.drop), at.lang, dry_run=dry_run))
    kept = {correction.id for correction in asked.add}
    _show([one for one in at.kb.corrections.list() if one.suspicion and one.correction.id in kept], output, at.lang)


def _done(kept: int, dropped: int, lang: Language, *, dry_run: bool) -> str:
    if lang == "zh":
        done = f"保存更正 {kept} 条" + (f"，撤销 {dropped} 条" if dropped else "")
        return f"未保存（--dry-run）：可{done}" if dry_run else f"已{done}"
    done = f"{kept} corrections kept" + (f", {dropped} taken back" if dropped else "")
    return f"not kept (--dry-run): {done}" if dry_run else done


def _show(reviewed: Sequence[KeptCorrection], output: str, lang: Language, *, kept: bool = True) -> None:
    """Corrections; those that are not `kept` yet have no state."""
    if output == "jsonl":
        write_jsonl(reviewed)
    elif reviewed:
        write_table(reviewed, _columns(lang, kept=kept), lang)


def _columns(lang: Language, *, kept: bool) -> list[Column]:
    def of(one: KeptCorrection) -> Correction:
        return one.correction

    def place(one: KeptCorrection) -> str:
        return f"{of(one).plan} {path_text(of(one).section[-2:])}"

    said = [
        Column(("任务", "task"), lambda one: of(one).title, 2),
        Column(("更正", "correction"), lambda one: correction_text(of(one), lang), 3),
        Column(("出处", "source"), place, 3),
    ]
    if not kept:
        return said
    return [
        Column(("编号", "id"), lambda one: of(one).id, 0),
        *said,
        Column(("更正人", "who"), lambda one: f"{of(one).who} {of(one).when[:10]}", 1),
        Column(("状态", "state"), lambda one: word("suspicion", one.suspicion or "none", lang), 1),
    ]
