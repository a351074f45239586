"""Rule `leftover-text`: signs for figures still to come (××, ____), notes to oneself (待核实), variables of a template.

Forms that others are to fill in keep their blanks: an annex that is one, and a document that has blanks everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import rules
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Span

_FEW = 4
"""Blanks of which a draft that has more holds a form."""


@rule(
    "leftover-text",
    severity="warning",
    zh="起草时的占位符号、批注、模板变量没有清除",
    en="blanks still to be filled in, notes of the drafters, variables of a template",
    example="新建示范点××个；总投资（待核实）亿元",
)
def leftover_text(draft: Draft) -> Iterator[Remark]:
    """Notes wherever they stand; blanks where they are few and stand in no form."""
    lines = _lines(draft)
    for span in lines:
        for match in _matches(draft.text, span, "remark"):
            yield Remark(match.span(), "E804", {"words": match.group()})
        for match in _matches(draft.text, span, "no_figure"):
            yield Remark(_shown(match, span), "E803", {"words": draft.text[slice(*_shown(match, span))]})
    blank = [(span, found) for span in lines if (found := [*_matches(draft.text, span, "blank")])]
    many = sum(len(found) for _, found in blank) > _FEW
    for span, found in blank if not many else ():
        if not _is_form(draft, span):
            for match in found:
                yield Remark(_shown(match, span), "E803", {"words": draft.text[slice(*_shown(match, span))]})


def _lines(draft: Draft) -> list[Span]:
    """The paragraphs and the rows of tables."""
    rows = [row.span for table in draft.tables for row in table.rows]
    return [*dict.fromkeys((*draft.paragraphs, *rows))]


def _matches(text: str, span: Span, section: str) -> Iterator[re.Match[str]]:
    told: set[int] = set()
    for form in rules.many("leftovers", section):
        for match in form.regex.finditer(text, *span):
            if told.isdisjoint(range(*match.span())):
                told |= {*range(*match.span())}
                yield match


def _shown(match: re.Match[str], line: Span) -> Span:
    """The blank and the characters around it, by which it is found again."""
    return max(line[0], match.start() - 3), min(line[1], match.end() + 3)


def _is_form(draft: Draft, span: Span) -> bool:
    """Whether a line lies in an annex that is a form, or is itself one to be filled in."""
    form = rules.one("leftovers", "form_line")
    section = draft.reading.outline.at(span[0])
    above = (section, *draft.reading.outline.ancestors(section)) if section else ()
    annexes = [one for one in above if one and one.form == "annex"]
    return bool(form.search(draft.text[slice(*span)]) or any(form.search(one.heading) for one in annexes))
