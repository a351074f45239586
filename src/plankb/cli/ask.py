"""`ask`: one question, or a prompt for questions that go on from one another; `me`: who asks them."""

from __future__ import annotations

from typing import Annotated

import typer

from plankb.cli import options
from plankb.cli.answers import AnswerForm, Output, write_answer
from plankb.cli.help import command
from plankb.cli.session import session
from plankb.kb import asker


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "ask")
    def ask(
        ctx: typer.Context,
        question: Annotated[list[str] | None, typer.Argument(metavar="QUESTION", help="ask.question")] = None,
        output: Annotated[
            Output,
            typer.Option("--format", metavar="text|json|jsonl|csv|md|docx|xlsx", help="shared.format"),
        ] = "text",
        file: options.OutputFile = None,
        detail: Annotated[bool, typer.Option("--detail", help="ask.detail")] = False,
        log: Annotated[bool, typer.Option("--log", help="ask.log")] = False,
    ) -> None:
        at = session(ctx)
        form = AnswerForm(output=output, detail=detail, file=file, log=log)
        if question is None:
            from plankb.cli.prompt import converse

            converse(at, form)
        else:
            write_answer(at.kb.ask(" ".join(question), lang=at.answers_in), at, form)

    @command(app, "me")
    def me(
        ctx: typer.Context,
        bureau: Annotated[str | None, typer.Argument(metavar="BUREAU", help="me.bureau")] = None,
        place: Annotated[str | None, typer.Option("--place", metavar="PLACE", help="me.place")] = None,
        clear: Annotated[bool, typer.Option("--clear", help="me.clear")] = False,
    ) -> None:
        at = session(ctx)
        own = asker.Asker() if clear else asker.read()
        if bureau or place or clear:
            own = asker.Asker(bureau or own.bureau, asker.place_called(place) if place else own.place)
            asker.save(own)
        nothing = at.say("me.nothing")
        at.remark("me.shown", bureau=own.bureau or nothing, place=own.place or nothing)
