"""`check`: a draft against itself and against the knowledge base, without being added to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from plankb.cli import options
from plankb.cli.help import command
from plankb.cli.output import console, ending, put, remark, safe
from plankb.cli.session import Session, session
from plankb.columns import review_text
from plankb.errors import Language
from plankb.kb.checking import Checked, Choice
from plankb.model import Finding
from plankb.words import say, word

_Rules = Annotated[list[str] | None, typer.Option("--rule", metavar="RULE", help="check.rule")]
_NoRules = Annotated[list[str] | None, typer.Option("--no-rule", metavar="RULE", help="check.no_rule")]
_Config = Annotated[
    str | None,
    typer.Option(
        "--config", metavar="FILE",
        help="check.config",
    ),
]  # fmt: skip
_Accept = Annotated[
    str | None,
    typer.Option(
        "--accept", metavar="RULE@LINE",
        help="check.accept",
    ),
]  # fmt: skip
_Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="check.reason")]
_Date = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="YYYY[-MM[-DD]]",
        help="check.date",
    ),
]  # fmt: skip
_Fixes = Annotated[bool, typer.Option("--fixes/--no-fixes", help="check.fixes")]
_Form = Annotated[
    Literal["text", "jsonl", "sarif", "html", "docx"],
    typer.Option(
        "--format", metavar="text|jsonl|sarif|html|docx",
        help="check.format",
    ),
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "check")
    def check(
        ctx: typer.Context,
        file: Annotated[str, typer.Argument(metavar="FILE", help="check.file")],
        output: _Form = "text",
        to: options.OutputFile = None,
        rule: _Rules = None,
        no_rule: _NoRules = None,
        config: _Config = None,
        accept: _Accept = None,
        reason: _Reason = "",
        date: _Date = None,
        fixes: _Fixes = True,
    ) -> None:
        at = session(ctx)
        path = options.as_path(file)
        ending("findings", output, to)  # before any work is done
        settings = options.as_path(config) if config else None
        choice = Choice(only=tuple(rule or ()), off=tuple(no_rule or ()), settings=settings, date=date)
        checked = at.kb.check(path, choice)
        if accept is not None:
            remark(str(at.kb.accept(checked, accept, reason)))
            checked = at.kb.check(path, choice)
        _write(checked, output, to, at, fixes=fixes)
        for said in checked.reading.remarks:
            remark(said.text(at.lang))
        remark(_summary(checked, at.lang))
        if not checked.passes:
            raise typer.Exit(1)


def _write(checked: Checked, output: str, to: str | None, at: Session, *, fixes: bool) -> None:
    form = ending("findings", output, to)
    if form == ".text":
        _write_text(checked, at.lang)
        return
    options = {"fixes": fixes} if form == ".docx" else {}
    data = at.kb.render_findings(checked, form, lang=at.lang, **options)
    if form == ".docx" and to is None:
        to = str(_beside(checked.file))
        remark(to)
    put(data, form, to, sources=(checked.file,))


def _beside(draft: Path) -> Path:
    """Where the draft with comments goes when the user names no file."""
    return draft.with_name(f"{draft.stem}.checked.docx")


def _write_text(checked: Checked, lang: Language) -> None:
    """One line a finding, then its words and what it rests on."""
    from rich.text import Text

    screen = console()
    for finding in checked.findings:
        screen.print(Text(safe(_head(finding, lang))), soft_wrap=True)
        screen.print(Text(safe(_quoted(finding.quote))), soft_wrap=True)
        if mended := _mended(finding):
            screen.print(Text(safe(say("commands.check.mended", lang, text=mended))), soft_wrap=True)
        for fact in finding.related:
            place = " / ".join((checked.titles.get(fact.plan, fact.plan), *fact.section))
            reviewed = f" {review_text(fact.review, lang)}" if fact.review else ""
            line = f"    → {_quoted(fact.quote).strip()}（{place}）{reviewed}"
            screen.print(Text(safe(line), style="dim"), soft_wrap=True)


def _mended(finding: Finding) -> str:
    """The words of a finding as its fixes leave them; "" where they change nothing inside it."""
    start, end = finding.span
    own = [fix for fix in finding.fixes if start <= fix.span[0] and fix.span[1] <= end]
    words = finding.quote
    for fix in sorted(own, key=lambda fix: fix.span, reverse=True):
        words = words[: fix.span[0] - start] + fix.text + words[fix.span[1] - start :]
    return " ".join(words.split()) if own else ""


def _quoted(words: str) -> str:
    return f"    “{' '.join(words.split())}”"


def _head(finding: Finding, lang: Language) -> str:
    line = say("commands.check.line", lang, line=finding.line)
    said = finding.message.text(lang)
    name = word("rule", finding.rule, lang)
    rule = name if name == finding.rule else f"{name}（{finding.rule}）"
    return f"{line}  {word('severity', finding.severity, lang)}  {rule}  {said}"


def _summary(checked: Checked, lang: Language) -> str:
    counts = [
        f"{word('severity', severity, lang)} {sum(finding.severity == severity for finding in checked.findings)}"
        for severity in ("error", "warning", "info")
    ]
    against = say("commands.check.against", lang, count=checked.plans)
    accepted = say("commands.check.accepted", lang, count=len(checked.accepted))
    return ", ".join([*counts, *([accepted] if checked.accepted else []), against])
