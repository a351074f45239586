"""`ask`: one question, or a prompt for questions that go on from one another."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from plankb.cli.answers import write_answer
from plankb.cli.help import command
from plankb.cli.session import session


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "ask")
    def ask(
        ctx: typer.Context,
        question: Annotated[list[str] | None, typer.Argument(metavar="QUESTION", help="ask.question")] = None,
        output: Annotated[
            Literal["text", "json"],
            typer.Option("--format", metavar="text|json", help="shared.format"),
        ] = "text",
    ) -> None:
        at = session(ctx)
        if question is None:
            from plankb.cli.prompt import converse

            converse(at, output)
        else:
            write_answer(at.kb.ask(" ".join(question), lang=at.answers_in), at, output)
