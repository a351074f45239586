"""`backup` and `restore`: all that is the user's own in one file, and back."""

from __future__ import annotations

from typing import Annotated

import typer

from plankb.cli.help import command
from plankb.cli.options import as_path
from plankb.cli.output import remark
from plankb.cli.session import session

_Replace = Annotated[bool, typer.Option("--replace", help="restore.replace")]


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "backup")
    def backup(ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help="backup.file")]) -> None:
        at = session(ctx)
        kept = at.kb.backup(as_path(file))
        at.remark("backup.done", path=file, plans=kept.plans, corrections=kept.corrections, rules=kept.rules)

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
        at.remark("restore.done", path=file, plans=kept.plans, corrections=kept.corrections, rules=kept.rules)
