"""`tui` and `serve`: the screens, in the terminal and in a browser; `plankb` alone opens them too."""

from __future__ import annotations

from typing import Annotated

import typer

from plankb.cli.help import command
from plankb.cli.options import as_path
from plankb.cli.session import Session, session


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

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
