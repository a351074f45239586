"""`rules`: the user's own words, checked with their examples, and the rules that come with the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import typer

from plankb.cli.help import command
from plankb.cli.options import TableOrJsonl
from plankb.cli.output import Column, complain, remark, write_jsonl, write_table
from plankb.cli.session import Session, session
from plankb.errors import PlankbError
from plankb.kb import user_rules

_COLUMNS: tuple[tuple[str, Callable[[user_rules.ShownRule], str], int], ...] = (
    ("file", lambda rule: f"{rule.file}.toml", 0),
    ("entry", lambda rule: rule.section, 0),
    ("finds", lambda rule: "、".join(rule.finds), 3),
    ("means", lambda rule: rule.means, 1),
    ("examples", lambda rule: "、".join(rule.examples), 2),
    ("not", lambda rule: "、".join(rule.counter_examples), 1),
)
"""Key of the heading, text, share of the width."""


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "rules")
    def rules(
        ctx: typer.Context,
        action: Annotated[
            Literal["list", "check", "show"], typer.Argument(metavar="list|check|show", help="rules.action")
        ] = "list",
        file: Annotated[str, typer.Argument(metavar="FILE", help="rules.file")] = "",
        output: TableOrJsonl = "table",
    ) -> None:
        at = session(ctx)
        if file and action != "show":
            raise PlankbError("E125", words=file)
        if action == "check":
            _check(at)
            return
        shown = user_rules.own() if action == "list" else user_rules.built_in(file.removesuffix(".toml"))
        if output == "jsonl":
            write_jsonl(shown)
        elif shown:
            write_table(shown, [Column(at.say(f"rules.column_{key}"), text, share) for key, text, share in _COLUMNS])
        if action == "list":
            remark(at.say("rules.own", count=len(shown), folder=user_rules.folder()))


def _check(at: Session) -> None:
    """Every fault on a line of its own; exit code 2 where there is one."""
    faults = user_rules.check()
    for fault in faults:
        complain(fault.text(at.lang))
    if faults:
        raise typer.Exit(2)
    remark(at.say("rules.agree", count=len(user_rules.own()), folder=user_rules.folder()))
