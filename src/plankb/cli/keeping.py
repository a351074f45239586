"""`backup`, `restore`, `verify`: all that is the user's own in one file and back, and proof that nothing was lost."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from plankb.cli.help import command
from plankb.cli.options import as_path
from plankb.cli.output import safe, write_jsonl, write_line
from plankb.cli.session import Session, session
from plankb.kb.backup import Kept

_Replace = Annotated[bool, typer.Option("--replace", help="restore.replace")]
_File = Annotated[str | None, typer.Argument(metavar="FILE", help="verify.file")]
_Form = Annotated[
    Literal["text", "jsonl"], typer.Option("--format", metavar="text|jsonl", help="shared.format")
]  # fmt: skip


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
        at.remarks(kept.remarks)
        _tell(at, "restore", file, kept)

    @command(app, "verify")
    def verify(ctx: typer.Context, file: _File = None, output: _Form = "text") -> None:
        at = session(ctx)
        done = at.kb.verify(as_path(file) if file else None)
        if output == "jsonl":
            write_jsonl(done.found)
        else:
            for one in done.found:
                quote = f"  “{' '.join(one.quote.split())}”" if one.quote else ""
                write_line(safe(f"{one.plan}  {one.fact or ''}  {one.why.text(at.lang)}{quote}"))
        at.remark("verify.done", plans=done.plans, sources=done.sources, count=len(done.found))
        if done.found:
            raise typer.Exit(done.exit_code)


def _tell(at: Session, command: str, file: str, kept: Kept) -> None:
    counts = {"plans": kept.plans, "corrections": kept.corrections, "reports": kept.reports, "rules": kept.rules}
    at.remark(f"{command}.done", path=file, **counts)
