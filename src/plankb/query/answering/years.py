"""Of several years that a question asks for those that its answer leaves out: told beside it, with what a table or the
text of the plans says of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from plankb import rules
from plankb.document.spans import overlap
from plankb.errors import Language
from plankb.model import Passage, Target
from plankb.query.answering.fulltext import passages
from plankb.query.answering.passages import quoted
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, say
from plankb.query.answering.table_cells import figures_in_tables
from plankb.query.library import Library
from plankb.query.model import Period, Understood

_SEVERAL, _POOL, _BEHIND, _LAST_PAST = 2, 60, 12, "2020"
"""Years, passages looked at, how far behind its name a figure stands, and the last year that plans look back on."""
_FIGURE, _YEAR = re.compile(r"\d+(?:\.\d+)?(?!\d*年)"), re.compile(r"20\d\d")


def years_told(query: Understood, result: Result) -> tuple[str, ...]:
    """Of the years asked for those that a figure of the result is of, or that its words name."""
    years = query.period.years if query.period else ()
    facts = [fact for fact in result.facts if isinstance(fact, Target)] if isinstance(result.facts, tuple) else []
    held = {(fact.by or "")[:4] for fact in facts} | {fact.baseline.year for fact in facts if fact.baseline}
    return tuple(year for year in years if year in held)


def with_missing_years(query: Understood, result: Result, library: Library, lang: Language) -> Result:
    """The result with each of the years asked for that no target of it is of: as a table or a sentence has it, else
    named as not found."""
    years = query.period.years if query.period else ()
    one_place = len(query.places) < _SEVERAL and not (query.group or query.sides or query.relation)
    if query.kind != "targets" or len(years) < _SEVERAL or not query.topic or not one_place:
        return result
    told = years_told(query, result)
    missing = [year for year in years if year not in told and f"{year}" not in result.text]
    if not told or not missing:
        return result
    facts = [fact for fact in result.facts if isinstance(fact, Target)]
    texts = {year: _of_year(year, query, facts, library, lang) for year in missing}
    said = [result.text, *(text for text in texts.values() if text)]
    if without := [year for year in missing if not texts[year]]:
        said.append(say("sentence", "of_no_year", lang, years=joined(without, lang)))
    return replace(result, text=" ".join(said))


def _of_year(year: str, query: Understood, facts: Sequence[Target], library: Library, lang: Language) -> str:
    """What the plans of the other years say of a year; empty where nothing does."""
    own = {fact.plan for fact in facts}
    here = tuple(plan.id for plan in plans_searched(query, library) if plan.id in own)
    alone = replace(query, period=Period(years=(year,)), plans=here, form=None, claims=(), aggregate=None)
    if found := figures_in_tables(alone, library, lang):
        return found.text
    said = _sentence_on(year, query, facts, here, library)
    if said is None:
        return ""
    key = "of_year_text" if year in said.text else "of_year_near"
    plan = library.vocabulary.title_of[said.plan]
    return say("sentence", key, lang, year=year, text=quoted(said), plan=plan)


def _sentence_on(
    year: str, query: Understood, facts: Sequence[Target], plans: Sequence[str], library: Library
) -> Passage | None:
    """The sentence with a figure of what is asked for that names a year; of a year of the past else one on what was
    done that names none. None of those that the facts stand in."""
    near = None
    for passage in passages(library, plans, query.words, limit=_POOL):
        told = any(fact.plan == passage.plan and overlap(fact.span, passage.span) for fact in facts)
        figures = [match.start() for match in _FIGURE.finditer(passage.text)]
        ends = [span[1] for span in passage.highlights]
        if told or not any(not ends or 0 <= figure - end <= _BEHIND for figure in figures for end in ends or (0,)):
            continue
        if year in passage.text:
            return passage
        if near is None and year <= _LAST_PAST and not _YEAR.search(passage.text) and _looks_back(passage):
            near = passage
    return near


def _looks_back(passage: Passage) -> bool:
    """Whether a passage tells what was done, by its words or by a heading above it."""
    headings = [rule for name in ("titles.past", "titles.achieved") for rule in rules.many("past", name)]
    return rules.one("questions", "passage.past").search(passage.text) is not None or any(
        rule.search(title) for title in passage.section for rule in headings
    )
