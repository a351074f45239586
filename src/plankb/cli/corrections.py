"""`review`: corrections made in a workbook, shown and kept; what is kept, listed, dropped, confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from plankb.cli.help import command
from plankb.cli.options import TableOrJsonl, Who, as_path
from plankb.cli.output import Column, remark, write_jsonl, write_table
from plankb.cli.session import Session, session
from plankb.columns import heading
from plankb.errors import Language, PlankbError, message
from plankb.kb import correction_text
from plankb.kb.corrections import KeptCorrection
from plankb.kb.sheet_corrections import SheetCorrections
from plankb.model import Correction
from plankb.phrases import trail
from plankb.words import say, word

_Ids = list[str] | None
_File = Annotated[str | None, typer.Argument(metavar="FILE", help="review.file")]
_List = Annotated[bool, typer.Option("--list", help="review.list")]
_Drop = Annotated[_Ids, typer.Option("--drop", metavar="ID", help="review.drop")]
_Keep = Annotated[_Ids, typer.Option("--keep", metavar="ID", help="review.keep")]
_DeleteMissing = Annotated[bool, typer.Option("--delete-missing", help="review.missing")]
_NewBureaus = Annotated[bool, typer.Option("--new-bureaus", help="review.new_bureaus")]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="review.dry_run")]


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "review")
    def review(
        ctx: typer.Context,
        file: _File = None,
        list_: _List = False,
        drop: _Drop = None,
        keep: _Keep = None,
        who: Who = None,
        delete_missing: _DeleteMissing = False,
        new_bureaus: _NewBureaus = False,
        dry_run: _DryRun = False,
        output: TableOrJsonl = "table",
    ) -> None:
        at = session(ctx)
        if not (file or list_ or drop or keep):
            raise PlankbError("E122", name="FILE / --list / --drop / --keep")
        if drop:
            at.kb.corrections.drop(drop)
            at.remark("review.dropped", count=len(drop))
        if keep:
            at.kb.corrections.confirm(keep, who=who)
            at.remark("review.confirmed", count=len(keep))
        if file:
            asked = at.kb.corrections.read(
                as_path(file), who=who, delete_missing=delete_missing, new_bureaus=new_bureaus
            )
            _take(at, asked, output, dry_run=dry_run)
        if list_:
            kept = at.kb.corrections.list()
            _show(kept, output, at.lang)
            at.remark("shared.found", count=len(kept))


def _take(at: Session, asked: SheetCorrections, output: str, *, dry_run: bool) -> None:
    at.remarks(asked.remarks)
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
    done = say("commands.review.kept", lang, count=kept)
    if dropped:
        done = say("commands.review.and_dropped", lang, kept=done, count=dropped)
    return say("commands.review.would_be" if dry_run else "commands.review.done", lang, done=done)


def _show(reviewed: Sequence[KeptCorrection], output: str, lang: Language, *, kept: bool = True) -> None:
    """Corrections; those that are not `kept` yet have no state."""
    if output == "jsonl":
        write_jsonl(reviewed)
    elif reviewed:
        write_table(reviewed, _columns(lang, kept=kept))


def _columns(lang: Language, *, kept: bool) -> list[Column[KeptCorrection]]:
    def of(one: KeptCorrection) -> Correction:
        return one.correction

    def place(one: KeptCorrection) -> str:
        return f"{of(one).plan} {trail(of(one).section[-2:])}"

    said = [
        Column(heading("title", lang), lambda one: of(one).title, 2),
        Column(heading("correction", lang), lambda one: correction_text(of(one), lang), 3),
        Column(heading("source", lang), place, 3),
    ]
    if not kept:
        return said
    return [
        Column(heading("id", lang), lambda one: of(one).id, 0),
        *said,
        Column(heading("who", lang), lambda one: f"{of(one).who} {of(one).when[:10]}", 1),
        Column(heading("state", lang), lambda one: word("suspicion", one.suspicion or "none", lang), 1),
    ]
