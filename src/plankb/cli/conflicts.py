"""`conflicts`: facts that cannot, or should not, both stand, between plans and inside them."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from plankb.cli import options
from plankb.cli.help import command
from plankb.cli.output import console, ending, put, safe
from plankb.cli.session import session
from plankb.errors import Language
from plankb.model import Conflict, Severity, Target
from plankb.phrases import value
from plankb.words import word

_NAMED = 5
"""How many plans a remark names."""
_Types = Annotated[
    list[str] | None,
    typer.Option(
        "--type", metavar="TYPE",
        help="conflicts.type",
    ),
]  # fmt: skip
_Least = Annotated[
    Severity | None,
    typer.Option("--severity", metavar="error|warning|info", help="conflicts.severity"),
]
_All = Annotated[
    bool,
    typer.Option("--all", help="conflicts.all"),
]


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "conflicts")
    def conflicts(
        ctx: typer.Context,
        type_: _Types = None,
        plan: options.PlanNames = None,
        by: options.Years = None,
        severity: _Least = None,
        everything: _All = False,
        date: options.Day = None,
        output: Annotated[
            Literal["table", "jsonl", "html", "xlsx"],
            typer.Option("--format", metavar="table|jsonl|html|xlsx", help="shared.format"),
        ] = "table",
        to: options.OutputFile = None,
    ) -> None:
        from plankb.kb.checking import ConflictFilter

        at, form = session(ctx), ending("conflicts", output, to)
        where = ConflictFilter(
            types=tuple(type_ or ()),
            plans=at.kb.plan_ids(plan),
            by=options.years(by),
            severity=severity,
            everything=everything,
        )
        found = at.kb.conflicts(where)
        standing = at.kb.standing(date)
        titles = {each.id: standing.title(each, at.lang) for each in at.kb.store.plans()}
        if form == ".table":
            _write(found, titles, at.lang)
        else:
            put(at.kb.render_conflicts(found, form, lang=at.lang, today=date), form, to)
        at.remark("conflicts.count", count=len(found))
        if standing.placeless:
            names = "、".join(f"《{each.title}》" for each in standing.placeless[:_NAMED])
            at.remark("conflicts.placeless", count=len(standing.placeless), plans=names)
        for one, other in standing.versions[:_NAMED]:
            at.remark("conflicts.versions", one=one.id, other=other.id, title=other.title)


def _write(found: tuple[Conflict, ...], titles: dict[str, str], lang: Language) -> None:
    """Each conflict with its reason, and below it a line for each fact with its quotation and place."""
    from rich.text import Text

    screen = console()
    styles = {"error": "bold red", "warning": "bold yellow", "info": "bold"}
    for number, conflict in enumerate(found, 1):
        head = f"{number}. {word('severity', conflict.severity, lang)} · {word('conflict', conflict.type, lang)}  "
        why = conflict.why.text(lang)
        line = Text(head, style=styles[conflict.severity]).append(Text(safe(why), style="not bold default"))
        screen.print(line, soft_wrap=True)
        for fact in conflict.facts:
            said = f"{value(fact, lang)} " if isinstance(fact, Target) else ""
            place = " / ".join((titles.get(fact.plan, fact.plan), *fact.section))
            screen.print(Text(safe(f"   {said}“{' '.join(fact.quote.split())}”")))
            screen.print(Text(safe(f"      {place}"), style="dim"), soft_wrap=True)
        screen.print()
