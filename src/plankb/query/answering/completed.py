"""What the tables of the plans say of indicators that were reached or missed, by their column for it (完成情况)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules
from plankb.errors import Language
from plankb.model import Passage
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, say
from plankb.query.answering.table_cells import HEADS, PLANS, Row, heads_of, passage_of, tables_of
from plankb.query.library import Library
from plankb.query.model import Understood

_YEAR = re.compile(r"20\d\d")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class _Standing:
    """A row of a table with what the column of completion says of it."""

    row: Row
    state: str
    missed: bool


def completed(query: Understood, question: str, library: Library, lang: Language) -> Result | None:
    """The indicators of the past that were reached or missed, as asked; None for another question, and where no table
    of the plans tells it."""
    asked = rules.one("question_forms", "completion_asked").search(question)
    of_others = query.kind in (None, "help", "citations", "bureaus") or query.who
    if not asked or of_others or (query.kind == "plans" and query.counted != "targets"):
        return None
    plans = plans_searched(query, library)
    if len(plans) > PLANS:
        return None
    found = [one for plan in plans for one in _standings(plan.id, library.store.text(plan.id), query)]
    if not found:
        return None
    missed = [one for one in found if one.missed]
    wanted = missed if asked["missed"] else [one for one in found if not one.missed] if asked["done"] else missed
    counts = Counter(one.state for one in found).most_common()
    said = joined((say("sentence", "of_state", lang, state=state, count=count) for state, count in counts), lang)
    plan = library.vocabulary.title_of.get(found[0].row.plan, found[0].row.plan)
    text = say("sentence", "completion", lang, plan=plan, count=len(found), list=said)
    if wanted:
        listed = joined((_words(one, lang) for one in wanted), lang, limit=_SHOWN, mark="parts")
        text += say("sentence", "completion_rows", lang, state=wanted[0].state, list=listed)
    related: tuple[Passage, ...] = tuple(passage_of(one.row, library) for one in wanted[:_SHOWN])
    return Result(text=text, related=related, told=True, settled=True)


def _standings(plan: str, text: str, query: Understood) -> Iterator[_Standing]:
    """The rows of the tables of a plan that have a column of completion; none of a table for other years."""
    for table in tables_of(text):
        labels = heads_of([cells for _, cells in table[:HEADS]])
        column = next((n for n, head in enumerate(labels) if _says(head, "completion_column")), None)
        if column is None or not _is_of_time(labels, query):
            continue
        names = next((n for n, head in enumerate(labels) if _says(head, "name_column")), 1)
        goals = [n for n, head in enumerate(labels) if _YEAR.search(head)]
        for span, cells in table:
            state = cells[column] if column < len(cells) else ""
            name = cells[names] if names < len(cells) else ""
            if name and _says(state, "completion_state"):
                told = tuple((labels[n], cells[n]) for n in goals if n < len(cells) and cells[n])
                row = Row(plan, span, text[slice(*span)], name, "", told)
                yield _Standing(row, state, missed=_says(state, "completion_missed"))


def _says(text: str, rule: str) -> bool:
    return rules.one("question_forms", rule).search(text) is not None


def _is_of_time(labels: list[str], query: Understood) -> bool:
    """Whether one of the years in the head of a table lies in the time asked for."""
    if query.period is None:
        return True
    years = {year for head in labels for year in _YEAR.findall(head)}
    if query.period.years:
        return bool(years & set(query.period.years))
    first, last = (query.period.start or "0")[:4], (query.period.end or "9999")[:4]
    return any(first <= year <= last for year in years)


def _words(one: _Standing, lang: Language) -> str:
    told = joined((say("sentence", "table_cell", lang, head=head, value=cell) for head, cell in one.row.cells), lang)
    return say("sentence", "completion_row", lang, name=one.row.name, list=told)
