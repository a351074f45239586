"""`ask`: one question, or a prompt for questions that go on from one another."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from plankb.cli.answers import write_answer
from plankb.cli.help import both, command
from plankb.cli.session import session

_QUESTION = both("问题；不写则进入连续提问", "the question; without one, a prompt for several")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "ask", "回答关于规划的问题", "answer a question about the plans")
    def ask(
        ctx: typer.Context,
        question: Annotated[list[str] | None, typer.Argument(metavar="QUESTION", help=_QUESTION)] = None,
        output: Annotated[
            Literal["text", "json"],
            typer.Option("--format", metavar="text|json", help=both("输出格式", "form of the output")),
        ] = "text",
    ) -> None:
        at = session(ctx)
        if question is None:
            from plankb.cli.prompt import converse

            converse(at, output)
        else:
            write_answer(at.kb.ask(" ".join(question), lang=at.answers_in), at, output)
