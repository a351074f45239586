"""Figures that only a table of a plan has: what an indicator was in the years asked for (2015年PM2.5是多少)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plankb import quantities, rules
from plankb.errors import Language
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import Passage, Span
from plankb.numbers import plain
from plankb.phrases import number
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.link.intent import is_measure
from plankb.query.model import Understood
from plankb.query.normalise.names import bare, pieces

_YEAR = compiled(r"20\d\d")
_ROW = compiled(r"[^\n]*\t[^\n]*")
_FIGURE = compiled(r"[≥≤><]?\s*(?P<number>\d+(?:\.\d+)?)")
PLANS, _ROWS, HEADS = 20, 3, 2
"""Plans whose tables are read, rows that are told, and rows that the head of a table may have."""
_NAMES = 4
"""The first columns of a row, one of which names what it measures."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: where it stands, the cell that names what it measures, its unit, and by the head of its column
    the figure of each year."""

    plan: str
    span: Span
    text: str
    name: str
    unit: str
    cells: tuple[tuple[str, str], ...]


def figures_in_tables(query: Understood, library: Library, lang: Language) -> Result | None:
    """What the tables of the plans say of the indicator asked for in the years asked for; None where none does."""
    years = _years(query)
    units = quantities.unit_names()
    said = [word for word in query.words or query.unknown if word not in units]
    words = [bare(word) for word in said]
    if query.kind == "passages" and not any(is_measure(word) for word in said):
        return None
    plans = plans_searched(query, library)
    if query.kind not in ("targets", "passages") or not years or not words or len(plans) > PLANS:
        return None
    texts = [(plan.id, library.store.text(plan.id)) for plan in plans]
    rows = [row for plan, text in texts for row in _rows(plan, text, words, years)]
    if not rows:
        return None
    best = min(len(row.name) for row in rows if len(row.cells) == max(len(one.cells) for one in rows))
    rows = [row for row in rows if len(row.name) == best][:_ROWS]
    said = [_words(row, query, library, lang) for row in rows]
    text = say("sentence", "targets_few", lang, list=joined(said, lang, mark="parts"))
    if query.form == "verify" and query.claims:
        if not any(_same_unit(claim.unit, row.unit) for claim in query.claims for row in rows):
            return None
        asked = {float(claim.low) for claim in query.claims if claim.low is not None}
        held = {value for row in rows for _, cell in row.cells if (value := _value(cell)) is not None}
        text = say("sentence", "yes" if asked <= held else "no", lang, list=joined(said, lang, mark="parts"))
    return Result(text=text, related=tuple(passage_of(row, library) for row in rows), told=True)


def _years(query: Understood) -> tuple[str, ...]:
    """The years asked for; of a stretch that is over the year before it and its last one."""
    if query.period is None:
        return ()
    if query.period.years:
        return (query.base_year, *query.period.years) if query.base_year else query.period.years
    start, end = (query.period.start or "")[:4], (query.period.end or "")[:4]
    over = bool(start and end) and (query.today is None or int(end) < query.today.year)
    return (str(int(start) - 1), end) if over else ()


def _rows(plan: str, text: str, words: Sequence[str], years: Sequence[str]) -> Iterator[Row]:
    for table in tables_of(text):
        labels = heads_of([cells for _, cells in table[:HEADS]])
        wanted = [index for index, label in enumerate(labels) if any(year in label for year in years)]
        if not wanted:
            continue
        unit = next((index for index, label in enumerate(labels) if "单位" in label), None)
        for span, cells in table:
            name = next((cell for cell in cells[:_NAMES] if all(pieces(word, _measured(cell)) for word in words)), None)
            found = tuple((labels[index], cells[index]) for index in wanted if index < len(cells))
            if name and any(_FIGURE.match(cell) for _, cell in found):
                measured = cells[unit] if unit is not None and unit < len(cells) else ""
                yield Row(plan, span, text[slice(*span)], name, measured, found)


def _measured(cell: str) -> str:
    """The bare name in a cell without what it is counted by (单位GDP能耗 is no GDP)."""
    return rules.one("questions", "measure.per").sub(bare(cell))


def tables_of(text: str) -> Iterator[list[tuple[Span, list[str]]]]:
    """The stretches of rows that follow one another, each row with its span and cells."""
    rows: list[tuple[Span, list[str]]] = []
    for match in _ROW.finditer(text):
        if rows and match.start() > rows[-1][0][1] + 1:
            yield rows
            rows = []
        rows.append((match.span(), [cell.strip() for cell in match.group().split("\t")]))
    if rows:
        yield rows


def heads_of(head: Sequence[Sequence[str]]) -> list[str]:
    """The heads of the columns, of two rows where the second one holds no figures but years."""
    second = head[1] if len(head) > 1 and not any(_is_figure(cell) for cell in head[1]) else ()
    whole = max((len(row) for row in (head[0], second)), default=0)
    return ["".join(row[index] for row in (head[0], second) if index < len(row)) for index in range(whole)]


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.match(cell)) and not _YEAR.search(cell)


def _words(row: Row, query: Understood, library: Library, lang: Language) -> str:
    said = [say("sentence", "table_cell", lang, head=head, value=cell + _unit(row, cell)) for head, cell in row.cells]
    values = [value for head, cell in row.cells if not _is_goal(head) and (value := _value(cell)) is not None]
    if len(values) > 1 and (query.form == "more" or query.turn or query.measure or query.base_year):
        gap = number(plain(abs(round(values[-1] - values[0], 4))))
        key = "table_up" if values[-1] > values[0] else "table_down"
        said.append(say("sentence", key, lang, gap=gap, unit=row.unit.replace("%", "个百分点")))
    plan = library.vocabulary.title_of.get(row.plan, row.plan)
    return say("sentence", "table_row", lang, name=row.name, list=joined(said, lang), plan=plan)


def _same_unit(asked: str | None, held: str) -> bool:
    return not (asked and held) or asked in held or held in asked


def _is_goal(head: str) -> bool:
    """Whether a column holds what was aimed at, not what was reached."""
    return rules.one("question_forms", "goal_column").search(head) is not None


def _unit(row: Row, cell: str) -> str:
    return row.unit if cell and cell[-1].isdigit() else ""


def _value(cell: str) -> float | None:
    match = _FIGURE.match(cell)
    return float(match["number"]) if match else None


def passage_of(row: Row, library: Library) -> Passage:
    """A row as a passage of its plan."""
    section = library.section_at(row.plan, row.span[0])
    return Passage(plan=row.plan, section=section, text=row.text, span=row.span, highlights=(), score=1.0)
