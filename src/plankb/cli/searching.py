"""`search`: passages of the plans by full text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import typer

from plankb.cli import options
from plankb.cli.help import command
from plankb.cli.output import console, remark, safe, write_jsonl
from plankb.cli.session import session
from plankb.errors import Language
from plankb.model import Passage
from plankb.words import say, word

_SNIPPET = 160
_LEAD = 30
"""Characters shown before the first highlight of a long passage."""


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "search")
    def search(
        ctx: typer.Context,
        words: Annotated[list[str], typer.Argument(metavar="WORDS", help="search.words")],
        plan: options.PlanNames = None,
        limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="search.limit")] = 20,
        output: Annotated[
            Literal["text", "jsonl"],
            typer.Option("--format", metavar="text|jsonl", help="shared.format"),
        ] = "text",
    ) -> None:
        at = session(ctx)
        result = at.kb.search(" ".join(words), limit=limit, plans=at.kb.plan_ids(plan))
        if output == "jsonl":
            write_jsonl(result.hits)
        else:
            titles = {plan.id: plan.title for plan in at.kb.store.plans()}
            for number, hit in enumerate(result.hits, 1):
                _show(number, hit, titles[hit.plan])
        if result.relaxed:
            at.remark("search.relaxed")
        if result.suggestion:
            at.remark("search.suggestion", words=result.suggestion)
        remark(_summary(len(result.hits), result.total, result.plans, result.kinds, at.lang))


def _show(number: int, hit: Passage, title: str) -> None:
    from rich.text import Text

    start, end = window(hit)
    line = Text(("…" if start else "") + safe(hit.text[start:end]) + ("…" if end < len(hit.text) else ""))
    shift = (1 if start else 0) - start
    for first, last in hit.highlights:
        line.stylize("bold reverse", max(0, first + shift), max(0, min(last, end) + shift))
    screen = console()
    screen.print(Text(f"{number}. {safe(title)} > {safe(' > '.join(hit.section))}", style="dim"), soft_wrap=True)
    screen.print(line, soft_wrap=True)
    screen.print()


def window(hit: Passage) -> tuple[int, int]:
    """[start, end) of the part of a passage to show: all of a short one, of a long one that around its highlights."""
    if len(hit.text) <= _SNIPPET:
        return 0, len(hit.text)
    first = hit.highlights[0][0] if hit.highlights else 0
    start = max(0, min(first - _LEAD, len(hit.text) - _SNIPPET))
    return start, min(len(hit.text), start + _SNIPPET)


def _summary(shown: int, total: int, plans: Mapping[str, int], kinds: Mapping[str, int], lang: Language) -> str:
    count = say("commands.search.count", lang, total=total, shown=shown)
    by_plan = "，".join(f"{plan} {count}" for plan, count in sorted(plans.items(), key=lambda item: -item[1])[:10])
    by_kind = "，".join(f"{word('kind', kind, lang)} {count}" for kind, count in sorted(kinds.items()))
    return " | ".join(part for part in (count, by_plan, by_kind) if part)
