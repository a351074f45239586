"""Options and arguments that several commands share, and what their words mean in a knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Literal, get_type_hints

import typer

from plankb.kb.build_options import IndexChoice
from plankb.model import Role
from plankb.paths import typed

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
Day = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="shared.date")]
Years = Annotated[
    list[str] | None,
    typer.Option("--by", metavar="YEAR", help="shared.by"),
]

Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="review.who")]
OutputFile = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="shared.output")]


def as_path(word: str) -> Path:
    """A path as the user typed it; ~ is his home."""
    return typed(word)


def roles(words: Sequence[str] | None) -> tuple[Role, ...]:
    """Roles by their English or Chinese names. Raises E123."""
    from plankb.kb import naming

    return naming.roles(words)


def years(words: Sequence[str] | None) -> tuple[str, ...]:
    """Years of four digits. Raises E505."""
    from plankb.kb import naming

    return naming.years(words)


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose parameters may be groups of options, as one that takes the options of each group by themselves.

    A group is a dataclass whose fields are options (`Annotated`, with a default). The options are listed in the order
    of the parameters and of the fields of each.
    """
    kinds = get_type_hints(command, include_extras=True)
    groups = {name: kind for name, kind in kinds.items() if isinstance(kind, type) and is_dataclass(kind)}

    def options() -> Iterator[Parameter]:
        for name, parameter in signature(command).parameters.items():
            if name in groups:
                hints = get_type_hints(groups[name], include_extras=True)
                for field in fields(groups[name]):
                    yield parameter.replace(name=field.name, annotation=hints[field.name], default=field.default)
            else:
                yield parameter.replace(annotation=kinds[name])

    def run(**given: object) -> None:
        grouped = {
            name: group(**{field.name: given.pop(field.name) for field in fields(group)})
            for name, group in groups.items()
        }
        command(**given, **grouped)

    run.__signature__ = signature(command).replace(parameters=list(options()))  # type: ignore[attr-defined]
    run.__annotations__ = {}
    return run
