"""`coverage`: how a plan answers to the plans above. `diff`: what changed between two versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import typer

from plankb.cli import options
from plankb.cli.bytes import write_bytes
from plankb.cli.help import command
from plankb.cli.output import console, harmless_json, safe, write_jsonl
from plankb.cli.session import Session, session
from plankb.errors import PlankbError
from plankb.model import AnyFact, Coverage, Difference, Record
from plankb.words import word

_Form = Literal["table", "jsonl", "html", "xlsx", "docx"]
_FORMS: tuple[_Form, ...] = ("html", "xlsx", "docx", "jsonl")


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
        at = session(ctx)
        (own, *more) = options.plan_ids(at.kb, [plan])
        if more:
            raise PlankbError("E210", name=plan, known="、".join((own, *more)))
        found = at.kb.coverage(own, options.plan_ids(at.kb, above))
        form = _form(output, to)
        if form == "table":
            _write_coverage(found.records, found.titles, at)
        elif form == "jsonl":
            _write_records(found.records, to)
        else:
            write_bytes(at.kb.render_coverage(found, form, lang=at.lang), to, binary=form != "html")
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
        at = session(ctx)
        found = at.kb.diff(old, new)
        form = _form(output, to)
        if form == "table":
            _write_differences(found.records, at)
        elif form == "jsonl":
            _write_records(found.records, to)
        else:
            write_bytes(at.kb.render_differences(found, form, lang=at.lang), to, binary=form != "html")
        at.remark("diff.count", count=len(found.records), summary=found.summary(at.lang))


def _form(output: _Form, to: str | None) -> _Form:
    """The format: the file's ending decides where there is a file, for what its ending says. Raises E503."""
    if to is None:
        return output
    ending = options.as_path(to).suffix.lower().removeprefix(".")
    for form in _FORMS:
        if ending == form:
            return form
    raise PlankbError("E503", path=to, known=" ".join(f".{form}" for form in _FORMS))


def _write_records(records: Sequence[Record], to: str | None) -> None:
    if to is None:
        write_jsonl(records)
    else:
        lines = "".join(f"{harmless_json(record.model_dump_json())}\n" for record in records)
        write_bytes(lines.encode(), to, binary=False)


def _write_coverage(records: Sequence[Coverage], titles: dict[str, str], at: Session) -> None:
    for number, one in enumerate(records, 1):
        _say(f"{number}. {word('coverage', one.verdict, at.lang)}  {one.why.text(at.lang)}")
        for fact in (one.superior, *one.answers):
            _quote(fact, titles.get(fact.plan, fact.plan))


def _write_differences(records: Sequence[Difference], at: Session) -> None:
    for number, one in enumerate(records, 1):
        _say(f"{number}. {word('difference-verdict', one.verdict, at.lang)}  {one.why.text(at.lang)}")
        for sign, fact in (("-", one.before), ("+", one.after)):
            if fact is not None:
                _say(f"   {sign} “{' '.join(fact.quote.split())}”")


def _quote(fact: AnyFact, title: str) -> None:
    _say(f"   “{' '.join(fact.quote.split())}”")
    _say(f"      {' / '.join((title, *fact.section))}")


def _say(line: str) -> None:
    from rich.text import Text

    console().print(Text(safe(line)), soft_wrap=True)
