"""Conflicts as an Excel workbook: one row a fact, the facts of a conflict together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from plankb.errors import Language
from plankb.exports.safe import cell_text, sheet_names
from plankb.model import AnyFact, Conflict, Target, Task
from plankb.phrases import value
from plankb.words import say, word

_KEYS = ("number", "type", "severity", "subject", "why", "plan", "section", "value", "by", "quote")
_WIDTHS = (6, 12, 10, 24, 48, 32, 32, 16, 8, 60)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(conflicts: Sequence[Conflict], titles: Mapping[str, str], *, lang: Language = "zh") -> bytes:
    """The file's bytes; every cell is written as text."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    (name,) = sheet_names([say("pages.conflicts.sheet", lang)])
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#DDE8F3", "border": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for column, (key, width) in enumerate(zip(_KEYS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, say(f"pages.conflicts.{key}", lang), head)
    rows = list(_rows(conflicts, titles, lang))
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, cell_text(text), body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(_WIDTHS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _rows(conflicts: Sequence[Conflict], titles: Mapping[str, str], lang: Language) -> Iterator[tuple[str, ...]]:
    for number, conflict in enumerate(conflicts, 1):
        for fact in conflict.facts:
            yield (
                str(number),
                word("conflict", conflict.type, lang),
                word("severity", conflict.severity, lang),
                conflict.indicator,
                conflict.why.text(lang),
                titles.get(fact.plan, fact.plan),
                " / ".join(fact.section),
                *_said(fact, lang),
                fact.quote,
            )


def _said(fact: AnyFact, lang: Language) -> tuple[str, str]:
    if isinstance(fact, Target):
        return value(fact, lang), fact.by or ""
    if isinstance(fact, Task):
        return "、".join(fact.lead), "、".join(fact.by)
    return "", ""
