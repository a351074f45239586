"""`mcp`: the knowledge base as tools for a language model, over stdin and stdout."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from plankb.cli.help import command
from plankb.cli.options import as_path
from plankb.cli.session import session
from plankb.errors import PlankbError


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "mcp")
    def mcp(
        ctx: typer.Context,
        files: Annotated[str | None, typer.Option("--files", metavar="DIR", help="mcp.files")] = None,
        write: Annotated[bool, typer.Option("--write", help="mcp.write")] = False,
    ) -> None:
        if find_spec("mcp") is None:
            raise PlankbError("E644")
        at = session(ctx)
        _ = at.kb.store  # what cannot be opened is told before the other side waits for an answer
        folder = as_path(files) if files else None
        if folder is not None and not folder.is_dir():
            raise PlankbError("E101", path=folder)
        from plankb.mcp.server import run

        run(at.kb, lang=at.lang, files=folder, write=write)
