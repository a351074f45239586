"""Help pages and usage errors in the user's language.

The `help` of commands, options and arguments is a key of `words/commands.toml`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException

from plankb.errors import Language, PlankbError
from plankb.words import say

if TYPE_CHECKING:
    from rich.table import Table
    from typer._click import Command as AnyCommand  # where typer keeps its copy of click
    from typer._click import Context

_HELP = ("--help", "frame.help")
_GLOBAL = (
    ("--kb DIR", "frame.kb"),
    ("--rules DIR", "frame.rules"),
    ("--lang zh|en", "frame.lang"),
    ("--version", "frame.version"),
)
"""The options that every command takes; `plankb.cli.frame` reads them."""
_WIDTH = 100
Function = TypeVar("Function", bound=Callable[..., object])


def command(app: typer.Typer, name: str) -> Callable[[Function], Function]:
    """Registers a function as a command; what it does stands as its `about` in `words/commands.toml`."""
    return app.command(name, help=f"{name}.about", cls=Command)


class Command(TyperCommand):
    """A command whose help page is in the user's language."""

    def get_help(self, ctx: Context) -> str:
        """The help page."""
        return _page(self, ctx, {})


class Group(TyperGroup):
    """The program itself: its help page lists the commands."""

    def get_help(self, ctx: Context) -> str:
        """The help page."""
        return _page(self, ctx, self.commands)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """The command of a name. Raises E124, with the nearest names, where there is none."""
        if args[0] not in self.commands:
            raise PlankbError("E124", name=args[0][:80], hint=_hint(get_close_matches(args[0], self.commands)))
        return super().resolve_command(ctx, args)


def usage_error(error: TyperException, words: Sequence[str]) -> PlankbError:
    """What the parser found wrong with the words of a command line, as one of our messages."""
    parameter: object = getattr(error, "param", None)
    option = getattr(error, "option_name", "")
    match type(error).__name__:
        case "NoSuchOption":
            near = _file_like(option, words) or getattr(error, "possibilities", None) or ()
            return PlankbError("E121", name=option, hint=_hint(near))
        case "MissingParameter" if isinstance(parameter, TyperArgument | TyperOption):
            return PlankbError("E122", name=_name(parameter))
        case "BadParameter" if isinstance(parameter, TyperArgument | TyperOption):
            return PlankbError("E123", name=_name(parameter), expected=_expected(parameter))
        case "BadOptionUsage" if f"{option}=" in " ".join(words):  # of an option that takes no value
            return PlankbError("E125", words=next(word for word in words if word.startswith(f"{option}="))[:200])
        case "BadOptionUsage":
            return PlankbError("E122", name=option)
    extra = re.search(r"unexpected extra argument(?:s|\(s\))? \((.*)\)", error.format_message(), re.DOTALL)
    if extra:
        return PlankbError("E125", words=extra[1][:200])
    return PlankbError("E126", why=error.format_message())


def _expected(parameter: TyperArgument | TyperOption) -> str:
    """What a parameter takes: an example of a number, else its word on the page of help."""
    numbers = {"integer": "1, 2, 3…", "float": "0.5, 1, 2…"}
    kind = getattr(getattr(parameter, "type", None), "name", "")
    return numbers.get(kind, parameter.metavar or "…")


def _file_like(option: str, words: Sequence[str]) -> list[str]:
    """How a file whose name was taken for an option is written; [] where there is none."""
    return [f"./{word}" for word in words if word.startswith(option) and os.path.lexists(word)][:1]


def _hint(near: Iterable[str]) -> str:
    names = " / ".join(sorted(near))
    return f" → {names}?" if names else ""


def _name(parameter: TyperArgument | TyperOption) -> str:
    if isinstance(parameter, TyperOption):
        return parameter.opts[0]
    return parameter.metavar or (parameter.name or "").upper()


def _page(command: TyperCommand | TyperGroup, ctx: Context, commands: Mapping[str, AnyCommand]) -> str:
    from io import StringIO

    from rich.console import Console

    lang: Language = ctx.obj.lang
    arguments = [parameter for parameter in command.params if isinstance(parameter, TyperArgument)]
    globals_ = _GLOBAL if isinstance(command, Group) else ()
    parts = {
        "commands": [(name, _said(sub.help, lang)) for name, sub in commands.items() if not sub.hidden],
        "arguments": [(_name(parameter), _said(parameter.help, lang)) for parameter in arguments],
        "options": [*_options(command, lang), *((name, _said(help_, lang)) for name, help_ in (*globals_, _HELP))],
    }
    usage = [ctx.command_path, *map(_argument, arguments), *(["COMMAND"] if parts["commands"] else []), "[--…]"]
    page = StringIO()
    console = Console(file=page, width=_WIDTH, highlight=False, markup=False, emoji=False, color_system=None)
    console.print(_said(command.help, lang), end="\n\n")
    console.print(f"{_said('frame.usage', lang)}: {' '.join(usage)}")
    for name, rows in parts.items():
        if rows:
            console.print(f"\n{_said(f'frame.{name}', lang)}:")
            console.print(_grid(rows))
    return "\n".join(line.rstrip() for line in page.getvalue().rstrip().split("\n"))


def _options(command: TyperCommand | TyperGroup, lang: Language) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        if isinstance(parameter, TyperOption):
            names = "/".join([*parameter.opts, *parameter.secondary_opts])
            yield f"{names} {parameter.metavar or ''}".strip(), _said(parameter.help, lang)


def _argument(parameter: TyperArgument) -> str:
    name = _name(parameter) + ("…" if parameter.nargs != 1 else "")
    return name if parameter.required else f"[{name}]"


def _grid(rows: Iterable[tuple[str, str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2), pad_edge=True)
    grid.add_column(no_wrap=True)
    grid.add_column()
    for name, text in rows:
        grid.add_row(Text(name), Text(text))
    return grid


def _said(key: str | None, lang: Language) -> str:
    return say(f"commands.{key}", lang) if key else ""
