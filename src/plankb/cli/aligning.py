"""`coverage`: how a plan answers to the plans above. `diff`: what changed between two versions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from plankb.cli import options
from plankb.cli.help import command
from plankb.cli.output import console, ending, put, safe
from plankb.cli.session import Session, session
from plankb.errors import PlankbError
from plankb.model import AnyFact, Coverage
from plankb.words import word

if TYPE_CHECKING:
    from plankb.kb.aligning import Compared

_Form = Literal["table", "jsonl", "html", "xlsx", "docx"]


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "coverage")
    def coverage(
        ctx: typer.Context,
        plan: Annotated[str, typer.Argument(metavar="PLAN", help="coverage.plan")],
        above: Annotated[list[str] | None, typer.Option("--above", metavar="PLAN", help="coverage.above")] = None,
        output: Annotated[
            _Form, typer.Option("--format", metavar="table|jsonl|html|xlsx|docx", help="shared.format")
        ] = "table",
        to: options.OutputFile = None,
    ) -> None:
        at, form = session(ctx), ending("sides", output, to)
        (own, *more) = at.kb.plan_ids([plan])
        if more:
            raise PlankbError("E210", name=plan, known="、".join((own, *more)))
        found = at.kb.coverage(own, at.kb.plan_ids(above))
        if form == ".table":
            _write_coverage(found.records[: len(found.records) - found.general], found.titles, at)
            if found.general:
                at.remark("coverage.general", count=found.general)
        else:
            put(at.kb.render_coverage(found, form, lang=at.lang), form, to)
        at.remark(
            "coverage.count", count=len(found.records), summary=found.summary(at.lang), above=len(found.superiors)
        )

    @command(app, "diff")
    def diff(
        ctx: typer.Context,
        old: Annotated[str, typer.Argument(metavar="OLD", help="diff.old")],
        new: Annotated[str, typer.Argument(metavar="NEW", help="diff.new")],
        output: Annotated[
            _Form, typer.Option("--format", metavar="text|jsonl|html|xlsx|docx", help="shared.format")
        ] = "table",
        to: options.OutputFile = None,
    ) -> None:
        at, form = session(ctx), ending("sides", output, to)
        found = at.kb.diff(old, new)
        if form == ".table":
            _write_differences(found, at)
        else:
            put(at.kb.render_differences(found, form, lang=at.lang), form, to, sources=(Path(old), Path(new)))
        at.remark("diff.count", count=len(found.records), summary=found.summary(at.lang))


def _write_coverage(records: Sequence[Coverage], titles: dict[str, str], at: Session) -> None:
    for number, one in enumerate(records, 1):
        _say(f"{number}. {word('coverage', one.verdict, at.lang)}  {one.why.text(at.lang)}")
        for fact in (one.superior, *one.answers):
            _quote(fact, titles.get(fact.plan, fact.plan))


def _write_differences(found: Compared, at: Session) -> None:
    for number, one in enumerate(found.records, 1):
        _say(f"{number}. {word('difference-verdict', one.verdict, at.lang)}  {one.why.text(at.lang)}")
        for sign, words in zip("-+", found.sides(one), strict=True):
            if words:
                _say(f"   {sign} “{' '.join(words.split())}”")


def _quote(fact: AnyFact, title: str) -> None:
    _say(f"   “{' '.join(fact.quote.split())}”")
    _say(f"      {' / '.join((title, *fact.section))}")


def _say(line: str) -> None:
    from rich.text import Text

    console().print(Text(safe(line)), soft_wrap=True)
