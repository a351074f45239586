"""The other front ends: `tui` and `serve` open the screens, in the terminal (`plankb` alone does too) and in a browser;
`mcp` gives the knowledge base to a language model as tools, over stdin and stdout.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from plankb.cli.help import command
from plankb.cli.options import as_path
from plankb.cli.session import Session, session
from plankb.errors import PlankbError


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

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

    @command(app, "tui")
    def tui(ctx: typer.Context) -> None:
        open_screens(session(ctx))

    @command(app, "serve")
    def serve(
        ctx: typer.Context,
        host: Annotated[
            str,
            typer.Option(
                "--host",
                metavar="ADDRESS",
                help="serve.host",
            ),
        ] = "127.0.0.1",
        port: Annotated[int, typer.Option("--port", metavar="PORT", help="serve.port")] = 8000,
        files: Annotated[str | None, typer.Option("--files", metavar="DIR", help="serve.files")] = None,
    ) -> None:
        from plankb.tui.serve import serve as run

        at = session(ctx)
        reach = as_path(files) if files else None
        run(at.kb.folder, host=host, port=port, lang=at.answers_in, reach=reach)


def open_screens(at: Session) -> None:
    """Opens the screens: in the language that was asked for, else as they were left."""
    from plankb.tui.app import run

    run(at.kb.folder, lang=at.answers_in)
