"""`backup` and `restore`: all that is the user's own in one file, and back."""

from __future__ import annotations

from typing import Annotated

import typer

from plankb.cli.help import command
from plankb.cli.options import as_path
from plankb.cli.output import remark
from plankb.cli.session import Session, session
from plankb.kb.backup import Kept

_Replace = Annotated[bool, typer.Option("--replace", help="restore.replace")]


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "backup")
    def backup(ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help="backup.file")]) -> None:
        at = session(ctx)
        kept = at.kb.backup(as_path(file))
        _tell(at, "backup", file, kept)

    @command(app, "restore")
    def restore(
        ctx: typer.Context,
        file: Annotated[str, typer.Argument(metavar="FILE", help="restore.file")],
        replace: _Replace = False,
    ) -> None:
        at = session(ctx)
        kept = at.kb.restore(as_path(file), replace=replace)
        for said in kept.remarks:
            remark(said.text(at.lang))
        _tell(at, "restore", file, kept)


def _tell(at: Session, command: str, file: str, kept: Kept) -> None:
    counts = {"plans": kept.plans, "corrections": kept.corrections, "reports": kept.reports, "rules": kept.rules}
    at.remark(f"{command}.done", path=file, **counts)
