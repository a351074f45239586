"""The attachments of a plan as records: which are plans or tables of their own, and which are forms to be filled in.

A form says what others shall write into it: it sets no tasks and no targets. It is known by its title (…申报表, …样式),
by blanks in its title, or by asking to be filled in over a table that is mostly empty or a text full of blanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from plankb import document, rules
from plankb.document import CleanText, Table
from plankb.model import Attachment, Plan, Span, Target
from plankb.plan_info import period_of


class _Spanned(Protocol):
    """Anything that stands somewhere in the clean text."""

    @property
    def span(self) -> Span: ...


S = TypeVar("S", bound=_Spanned)

_MOSTLY = 0.6
"""The share of empty cells from which on a table waits to be filled in."""
_ANSWERS = 3
"""So many blanks make a text a model for others."""


def attachments(clean: CleanText) -> tuple[Attachment, ...]:
    """The attachments of a document, the plan that it was issued for left out."""
    return tuple(_records(clean))


def _records(clean: CleanText) -> Iterator[Attachment]:
    for one in document.find_attachments(clean):
        blank = one.span is not None and _is_form(clean, one.title, one.span)
        if document.is_carried(clean, one) or not (one.title or blank):
            continue
        yield Attachment(
            number=one.number or None,
            title=one.title or None,
            span=one.span,
            page=clean.page(one.span[0]) if one.span else None,
            period=period_of(one.title),
            blank=blank,
        )


def _is_form(clean: CleanText, title: str, span: Span) -> bool:
    """Whether an attachment waits to be filled in."""
    if rules.union("attachments", "form_title").search(title):
        return True
    text = clean.text[slice(*span)]
    asks = len(rules.one("attachments", "to_fill").regex.findall(text))
    reports = rules.one("attachments", "report_table").search(title)
    tables = [table for table in clean.tables if span[0] <= table.span[0] < span[1]]
    return bool(asks and reports and _mostly_empty(tables)) or _is_model(clean, span)


def _mostly_empty(tables: Iterable[Table]) -> bool:
    """Whether the cells below the heads of tables are mostly empty."""
    cells = [cell for table in tables for row in table.rows[1:] for cell in row.cells]
    empty = sum(not (cell.text or cell.merged) for cell in cells)
    return not cells or empty >= _MOSTLY * len(cells)


def _is_model(clean: CleanText, span: Span) -> bool:
    """Whether blanks stand in many paragraphs of a text."""
    texts = [clean.text[p.start : p.end] for p in clean.paragraphs_in(*span) if p.kind == "text"]
    blanks = sum(bool(rules.one("attachments", "blank").search(text)) for text in texts)
    return blanks >= _ANSWERS and blanks * 3 >= len(texts)


def outside_forms(found: Sequence[S], plan: Plan) -> tuple[S, ...]:
    """What was found, without what stands in a form to be filled in."""
    forms = [one.span for one in plan.attachments if one.blank and one.span]
    return tuple(one for one in found if not _inside(one.span, forms))


def in_their_period(targets: Iterable[Target], plan: Plan) -> tuple[Target, ...]:
    """The targets, those without a time of their own in an attachment that has a period with that one."""
    periods = {one.span: tuple(one.period.split("-")) for one in plan.attachments if one.span and one.period}
    found = []
    for target in targets:
        own = next((years for span, years in periods.items() if _inside(target.span, [span])), None)
        period = (own[0], own[1]) if own and target.by is None else target.period
        found.append(target.model_copy(update={"period": period}))
    return tuple(found)


def _inside(span: Span, spans: Iterable[Span]) -> bool:
    return any(start <= span[0] < end for start, end in spans)
