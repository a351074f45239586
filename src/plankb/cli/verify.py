"""`verify`: proves the knowledge base, or a file that was made from it."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from plankb.cli.help import command
from plankb.cli.options import as_path
from plankb.cli.output import safe, write_jsonl, write_line
from plankb.cli.session import session

_File = Annotated[str | None, typer.Argument(metavar="FILE", help="verify.file")]
_Form = Annotated[
    Literal["text", "jsonl"], typer.Option("--format", metavar="text|jsonl", help="shared.format")
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

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
