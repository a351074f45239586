"""Reports and lists of the ledger on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plankb.cli.output import Column, write_jsonl, write_table
from plankb.errors import Language
from plankb.kb import Judged, Line, Sheet, share_text
from plankb.model import Progress
from plankb.words import say, word

_SMALL = 7
"""Columns of a share up to this are as wide as their text."""


_NOTE = 40
"""Characters of a text that a terminal shows of what was done."""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _NOTE else line[:_NOTE] + "…"


def listed(sheet: Sheet) -> None:
    """A list as a table as wide as the terminal."""

    def column(at: int, heading: str) -> Column[Line]:
        return Column(
            heading, lambda line: _short(line.cells[at]), sheet.shares[at] if sheet.shares[at] > _SMALL else 0
        )

    write_table(sheet.lines, [column(at, heading) for at, heading in enumerate(sheet.headings)])


def reports(read: Sequence[Judged], lang: Language, output: str) -> None:
    """Reports that were read, with what they contradict."""
    if output == "jsonl":
        write_jsonl(one.report for one in read)
    elif read:
        write_table(read, _read_columns(lang))


def _read_columns(lang: Language) -> list[Column[Judged]]:
    def verdict(one: Judged) -> str:
        return say(f"ledger.verdict.{'contradiction' if one.contradictions else 'new'}", lang)

    def why(one: Judged) -> str:
        return word("between", "semicolon", lang).join(found.why.text(lang) for found in one.contradictions)

    return [
        Column(say("ledger.column-other.verdict", lang), verdict, 0),
        Column(say("ledger.column.title", lang), lambda one: one.report.title, 3),
        *(Column(title, _of_report(text), share) for title, text, share in _said(lang)),
        Column(say("ledger.column-other.why", lang), why, 3),
        Column(say("ledger.column-other.where", lang), lambda one: one.where, 2),
    ]


def _of_report(text: Callable[[Progress], str]) -> Callable[[Judged], str]:
    return lambda one: text(one.report)


def history(found: Sequence[Progress], lang: Language, output: str) -> None:
    """Reports as they are kept."""
    if output == "jsonl":
        write_jsonl(found)
    elif found:
        columns = [
            Column(say("ledger.column-other.report", lang), lambda one: one.id, 0),
            Column(say("ledger.column.title", lang), lambda one: one.title, 3),
            *(Column(title, text, share) for title, text, share in _said(lang)),
            Column(say("ledger.column-other.origin", lang), lambda one: one.origin or "", 2),
            Column(say("ledger.column-other.withdrawn", lang), lambda one: (one.withdrawn or "")[:10], 0),
        ]
        write_table(found, columns)


def _said(lang: Language) -> list[tuple[str, Callable[[Progress], str], int]]:
    """What a report says: heading, text, share of the width."""

    def heading(key: str) -> str:
        return say(f"ledger.column.{key}", lang)

    return [
        (heading("state"), lambda one: word("state", one.state, lang), 0),
        (heading("done"), lambda one: share_text(one.done), 0),
        (heading("note"), lambda one: _short(one.note), 3),
        (heading("who"), lambda one: one.who, 1),
        (heading("when"), lambda one: one.when, 0),
    ]
