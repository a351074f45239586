"""`me`: who asks, so that 我们 and an unnamed 市 mean something."""

from __future__ import annotations

from typing import Annotated

import typer

from plankb.cli.help import command
from plankb.cli.session import session
from plankb.kb import asker


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "me")
    def me(
        ctx: typer.Context,
        bureau: Annotated[str | None, typer.Argument(metavar="BUREAU", help="me.bureau")] = None,
        place: Annotated[str | None, typer.Option("--place", metavar="PLACE", help="me.place")] = None,
        clear: Annotated[bool, typer.Option("--clear", help="me.clear")] = False,
    ) -> None:
        at = session(ctx)
        own = asker.Asker() if clear else asker.load()
        if bureau or place or clear:
            own = asker.Asker(bureau or own.bureau, asker.place_called(place) if place else own.place)
            asker.save(own)
        nothing = at.say("me.nothing")
        at.remark("me.shown", bureau=own.bureau or nothing, place=own.place or nothing)
