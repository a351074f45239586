"""The frame of the command line: global options, the list of commands, and what becomes of errors.

A module of commands offers `register(app)` and stands in `_COMMANDS` with the names of its commands; it imports what is
heavy inside them.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from types import MappingProxyType
from typing import cast

import typer
from typer.exceptions import Abort, TyperException

from plankb import kept_patterns
from plankb.cli.help import Group, usage_error
from plankb.cli.output import complain, page_bar
from plankb.cli.session import Session, session
from plankb.errors import INTERRUPTED, Language, PlankbError, cause, message
from plankb.kb import KnowledgeBase, remarks, user
from plankb.kb.guard import TRACEBACK, fault
from plankb.kb.opening import folder_of, state_of
from plankb.version import __version__

_COMMANDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "plankb.cli.knowledge": ("build", "add", "remove", "plans"),
        "plankb.cli.listing": ("extract", "list"),
        "plankb.cli.ask": ("ask", "me"),
        "plankb.cli.searching": ("search",),
        "plankb.cli.comparing": ("compare",),
        "plankb.cli.matrix": ("matrix",),
        "plankb.cli.ledger": ("ledger",),
        "plankb.cli.graph": ("graph",),
        "plankb.cli.conflicts": ("conflicts",),
        "plankb.cli.check": ("check",),
        "plankb.cli.aligning": ("coverage", "diff"),
        "plankb.cli.corrections": ("review",),
        "plankb.cli.rules": ("rules",),
        "plankb.cli.keeping": ("backup", "restore", "verify"),
        "plankb.cli.measure": ("measure",),
        "plankb.cli.front_ends": ("mcp", "tui", "serve"),
    }
)
"""Modules and their commands, in the order of `plankb --help`. Only the module of the command that is run is loaded."""
_SHOWN = 60
"""Characters that are shown of a name that is too long for any file."""


def commands() -> tuple[str, ...]:
    """The names of all commands, in the order of `plankb --help`."""
    return tuple(name for names in _COMMANDS.values() for name in names)


def run(args: Sequence[str]) -> int:
    """Runs one command line. Exit code 0: done, 1: findings of `check`, 2: the user's input cannot be used."""
    _speak_utf8()
    named = os.environ.get("PLANKB_LANG")
    lang: Language = "en" if named == "en" else "zh"
    folder: Path | None = None
    before: object = None
    try:
        options, words = _global_options(args)
        lang = _language(options.get("--lang", lang))
        if "--version" in options:
            print(f"plankb {__version__}")  # noqa: T201
            return 0
        if "--rules" in options:
            os.environ[user.VARIABLE] = options["--rules"]
        user.refresh()
        if words[:1] != ["rules"] and "--help" not in words:
            user.load()
        asked = "--lang" in options or named in ("zh", "en")
        folder = folder_of(options.get("--kb"))
        before = state_of(folder)
        code = _run_command(Session(KnowledgeBase(folder), lang, asked), words)
        if not user.paths():
            kept_patterns.keep()
        return code
    except PlankbError as error:
        complain(error.text(lang))
        return 2
    except BrokenPipeError:  # whoever reads our output has enough of it
        _drop_output()
        return 0
    except OSError as error:  # a disk that is full behind a redirection, a terminal that is gone
        _drop_output()
        if error.errno == errno.ENAMETOOLONG:
            complain(message("E101", lang, path=f"{str(error.filename)[:_SHOWN]}…"))
            return 2
        complain(PlankbError("E128", why=cause(error)).text(lang))
        return 2
    except (KeyboardInterrupt, Abort):
        written = (
            folder is not None and state_of(folder) != before
        )  # Ctrl-C came when it was done but for its last words
        complain(message("E159" if written else "E127", lang))
        return INTERRUPTED
    except Exception as error:  # a fault of the program: one line for the user, all of it for whoever asks
        if os.environ.get(TRACEBACK):
            raise
        _drop_output()
        complain(fault(error, folder).text(lang))
        return 2


def _run_command(session: Session, words: list[str]) -> int:
    app = typer.Typer(cls=Group, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback(invoke_without_command=True, help="frame.title")(_plankb)
    wanted = [module for module, names in _COMMANDS.items() if words and words[0] in names]
    for name in wanted or _COMMANDS:
        import_module(name).register(app)
    command = typer.main.get_command(app)
    with remarks.telling() as kept:
        try:
            with command.make_context("plankb", words, obj=session) as ctx, page_bar(session.say("build.pages")):
                command.invoke(ctx)
        except TyperException as error:
            raise usage_error(error, words) from error
        except typer.Exit as end:
            return end.exit_code
        finally:
            sys.stdout.flush()
            for remark in kept:
                complain(remark.text(session.lang))
    return 0


def _plankb(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is not None:
        return
    if sys.stdin.isatty() and sys.stdout.isatty():
        from plankb.cli.front_ends import open_screens

        open_screens(session(ctx))
    else:
        print(ctx.get_help())  # noqa: T201


def _global_options(args: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The global options, wherever they stand before `--`, and the other words. Raises E122 for one without a value."""
    options: dict[str, str] = {}
    rest: list[str] = []
    words = iter(args)
    for word in words:
        name, _, value = word.partition("=")
        if word == "--":
            rest.extend([word, *words])
        elif word == "--version":
            options[word] = ""
        elif name in ("--kb", "--rules", "--lang"):
            given = value if "=" in word else next(words, "")
            if not given:
                raise PlankbError("E122", name=name)
            options[name] = given
        else:
            rest.append(word)
    return options, rest


def _language(word: str) -> Language:
    if word not in ("zh", "en"):
        raise PlankbError("E123", name="--lang", expected="zh|en")
    return cast(Language, word)


def _drop_output() -> None:
    """What could not be written is not tried again when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Output is UTF-8 whatever the locale says; a name that is no UTF-8 is shown as well as can be.

    A stream that the caller closed takes what it is given, and shows nothing.
    """
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
