"""Options and arguments that several commands share, and what their words mean in a knowledge base."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from plankb.kb.build_options import IndexChoice
from plankb.kb.opening import path_of
from plankb.model import Role

Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="shared.path")]
IndexOption = Annotated[IndexChoice | None, typer.Option("--index", metavar="auto|whoosh|sqlite", help="build.index")]
JobsOption = Annotated[int | None, typer.Option("--jobs", min=1, max=256, metavar="N", help="build.jobs")]
ClusterOption = Annotated[str | None, typer.Option("--cluster", metavar="ADDRESS", help="build.cluster")]
_FORMAT = "shared.format"
TableOrJsonl = Annotated[Literal["table", "jsonl"], typer.Option("--format", metavar="table|jsonl", help=_FORMAT)]
TableJsonlOrCsv = Annotated[
    Literal["table", "jsonl", "csv"], typer.Option("--format", metavar="table|jsonl|csv", help=_FORMAT)
]
PlanNames = Annotated[
    list[str] | None,
    typer.Option("--plan", metavar="PLAN", help="shared.plan"),
]
BureauNames = Annotated[
    list[str] | None,
    typer.Option("--bureau", metavar="NAME", help="shared.bureau"),
]
RoleNames = Annotated[
    list[str] | None,
    typer.Option("--role", metavar="lead|support|joint", help="shared.role"),
]
Years = Annotated[
    list[str] | None,
    typer.Option("--by", metavar="YEAR", help="shared.by"),
]

Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="review.who")]
OutputFile = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="shared.output")]


def as_path(word: str) -> Path:
    """A path as the user typed it; ~ is his home."""
    return path_of(word)


def roles(words: Sequence[str] | None) -> tuple[Role, ...]:
    """Roles by their English or Chinese names. Raises E123."""
    from plankb.kb import naming

    return naming.roles(words)


def years(words: Sequence[str] | None) -> tuple[str, ...]:
    """Years of four digits. Raises E505."""
    from plankb.kb import naming

    return naming.years(words)
