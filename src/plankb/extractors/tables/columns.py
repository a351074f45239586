"""What the columns and rows of a table hold: headings understood, those of two rows read as one, and rows put in line
with their columns, cells that a merged cell swallowed put back. A heading is understood in two ways, as that of a table
of indicators (`rules/tables.toml`) and of one that shares out work (`rules/task_tables.toml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from plankb import numbers, quantities, rules, times
from plankb.document import Cell, Row, Table
from plankb.name_forms import squeezed
from plankb.register import listed
from plankb.times import Time

_SHORT_VALUE, _LONGEST_SUB = 14, 12
SHORT, _SHORTEST_NAME = 30, 4
_VALUES = ("base", "goal")
_LEAST_YEARS = 2
"""How many columns of years another adds up at least."""
_ANY = ("category", "content", "remark", "other")
_BODIES = 2
"""How well a cell of bodies suits a column of such."""
_GROUPS, _LONGEST_AREA = ("place", "area", "category"), 20
ACTORS = frozenset(("lead", "support", "answer"))
"""What a column of a table of work holds that says who answers."""
_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")
FIGURE = re.compile(r"[—–-]+|(?!(?:19|20)\d\d$)[≥≤><＞＜]?\d[\d.,]*[%％]?")
"""What stands in the cells below headings."""
_BARE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[）)]?$|[（(])")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading as printed, the time in it (None without one), and what it holds: `role` in a table of
    indicators, `work` in one that shares out work; "other" where the rules do not say."""

    heading: str
    role: str
    work: str
    time: Time | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table and its body rows, each with as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def first(self, role: str) -> int | None:
        """The index of the first column of a role; None when there is none."""
        return next((index for index, column in enumerate(self.columns) if column.role == role), None)

    def groups(self, row: Row) -> tuple[tuple[str, ...], str]:
        """(what a row says it is grouped by: places, areas and categories; its area): the places and areas in order,
        each said once."""
        said = [(column.role, squeezed(cell.text)) for column, cell in zip(self.columns, row.cells, strict=True)]
        groups = [(role, text) for role, text in said if role in _GROUPS and text and not is_empty(text)]
        area = ""
        for role, text in groups:
            if role in ("place", "area") and len(text) <= _LONGEST_AREA:
                area = text if text.startswith(area) else area + text
        return tuple(text for _, text in groups), area

    def all(self, role: str) -> tuple[int, ...]:
        """The indices of all columns of a role."""
        return tuple(index for index, column in enumerate(self.columns) if column.role == role)


def sets_nothing(caption: str) -> bool:
    """Whether a table of a caption settles what has been, or reckons what will come or with what is reckoned."""
    if rules.one("tables", "settles").search(caption):
        return True
    estimates = rules.one("tables", "estimates").search(caption)
    return bool(estimates and not rules.one("tables", "sets_goals").search(caption))


def period(caption: str) -> tuple[str, str] | None:
    """The first and last year of the period of several years that a caption names (2026—2028年任务表); None without."""
    named = [(time.first, time.last) for time in times.find(caption) if (time.first or 0) < (time.last or 0)]
    said = named[-1] if named else times.five_year_plan(caption)
    return (str(said[0]), str(said[1])) if said else None


def columns_of(table: Table) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """The columns of a table by their headings, and the rows below."""
    headings, body = _header(table.rows)
    return _with_bodies(tuple(map(_column, headings)), body), body


def _with_bodies(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> tuple[Column, ...]:
    """Where no heading says who answers, a column of bodies beside the work does, whatever it is called (考核对象)."""
    roles = [column.work for column in columns]
    contacts = rules.pattern("task_tables", "contacts")
    if ACTORS & set(roles) or "content" not in roles or any(contacts.search(c.heading) for c in columns):
        return columns
    barred = rules.pattern("task_tables", "not_answering")

    def holds_bodies(index: int) -> bool:
        texts = {row.cells[index].text for row in rows if len(row.cells) == len(columns)} - {""}
        return len(texts) > 1 and sum(_fit(text, "answer") == _BODIES for text in texts) * 5 >= len(texts) * 4

    for index, (role, column) in enumerate(zip(roles, columns, strict=True)):
        others = any(other == "content" for at, other in enumerate(roles) if at != index)
        if (
            role in _ANY
            and column.role not in _GROUPS[:2]
            and others
            and not barred.search(column.heading)
            and holds_bodies(index)
        ):
            return (*columns[:index], replace(column, role="actor", work="answer"), *columns[index + 1 :])
    return columns


def layout(columns: tuple[Column, ...], body: tuple[Row, ...], table: Table) -> Layout | None:
    """The layout of a table of indicators or of work with goals; None when its headings are none of such. A table cut
    off after them has no rows."""
    if any(FIGURE.fullmatch(column.heading) for column in columns):
        return None
    columns = _with_sums(_of_places(columns, body, table.caption), table.caption)
    known = sum(column.role != "other" for column in columns)
    if len(columns) < 2 or known < max(2, len(columns) // 2):
        return None
    columns = _with_names(columns)
    return Layout(columns, _in_line(body, tuple(column.role for column in columns), exact=table.exact))


def continued(table: Table, before: Layout) -> Layout | None:
    """The layout of a table that a heading line cut off from the one before; None when it is a table of its own."""
    if any(len(row.cells) != len(before.columns) for row in table.rows):
        return None
    rows = _in_line(table.rows, tuple(column.role for column in before.columns), exact=table.exact)
    return Layout(before.columns, rows) if rows else None


def _header(rows: tuple[Row, ...]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The headings, a second row of them joined to the first, and the rows below; a row of a title is passed over."""
    while len(rows) > 2 and len({cell.text for cell in rows[0].cells if cell.text}) == 1:
        rows = rows[1:]
    first = tuple(squeezed(cell.text) for cell in rows[0].cells)
    if len(rows) < 3:
        return first, rows[1:]
    second = tuple(squeezed(cell.text) for cell in rows[1].cells)
    said = [text for text in second if text]
    wide = _spread(first, second) if not any(FIGURE.fullmatch(text) for text in second) else None
    if wide is not None:
        return wide, rows[2:]
    blank = len(second) - len(said)
    looks = all(times.find(text) or role_of(text, "tables") != "other" for text in said)
    group = len(said) == 1 and rules.pattern("task_tables", "cells.group").search(said[0])
    short = bool(said) and not group and all(len(text) <= _LONGEST_SUB for text in said)
    shares = {role_of(text, "task_tables") for text in said} if short else {"other"}
    if len(second) == len(first):
        repeated = any(above == below for above, below in zip(first, second, strict=True) if below)
        if (blank >= len(first) // 2 and looks) or ("other" not in shares and (repeated or blank)):
            return tuple(a if a == b else a + b for a, b in zip(first, second, strict=True)), rows[2:]
    over = next((i for i, text in enumerate(first) if rules.pattern("task_tables", "over").search(text)), None)
    if shares <= ACTORS and over is not None and len(second) < len(first):
        return (*first[:over], *said, *first[over + 1 :]), rows[2:]
    return first, rows[1:]


def role_of(heading: str, file: str) -> str:
    """What a column holds by its heading, as a file of the rules has it; "other" when it does not say."""
    return next((rule.means for rule in rules.many(file, "column") if rule.search(heading)), "other")


def _column(heading: str) -> Column:
    found = times.find(heading) or times.find(_BARE_YEAR.sub(r"\1年", heading))
    time = next((t for t in found if t.last is not None), None)
    role = role_of(heading, "tables")
    if time is not None and role in ("other", "name", "content"):
        role = "goal"
    return Column(heading, role, role_of(heading, "task_tables"), time)


def _of_places(columns: tuple[Column, ...], rows: tuple[Row, ...], caption: str) -> tuple[Column, ...]:
    """Behind a column of places, in a table whose caption sets goals, what is measured of them are goals, and so are
    the figures under a heading that says no more than 任务 or 控制指标, or what the caption says."""
    said = [column.role for column in columns if column.role != "number"]
    told = {column.role for column in columns if not rules.one("tables", "names.part").match(column.heading)}
    if said[:1] != ["place"] or told & {"goal", "base"} or not rules.one("tables", "sets_goals").search(caption):
        return columns
    measure, aim = rules.one("tables", "names.measure"), rules.one("tables", "names.allotted")

    def is_goal(index: int, column: Column) -> bool:
        bare = _BRACKET.sub("", column.heading)
        if column.role == "other" and measure.search(bare):
            return True
        named = bare != column.heading or aim.fullmatch(bare) or aim.sub(bare) in caption
        return column.role in ("other", "name", "content") and bool(named) and _figures(rows, index)

    return tuple(
        replace(column, role="goal") if is_goal(index, column) else column for index, column in enumerate(columns)
    )


def _with_sums(columns: tuple[Column, ...], caption: str) -> tuple[Column, ...]:
    """What the goals of several years add up to is a goal too, of the last of them or of the caption's whole period."""
    years = [
        c.time.last for c in columns if c.role == "goal" and c.time and c.time.last and c.time.first == c.time.last
    ]
    if len(years) < _LEAST_YEARS:
        return columns
    said, whole = rules.one("tables", "sum_column"), period(caption)

    def summed(column: Column) -> Column:
        if column.role not in ("remark", "other", "goal") or not said.search(column.heading):
            return column
        term = term_of(column.heading)
        last = int(whole[1]) if whole and int(whole[0]) <= min(years) else max(*years, min(years) + term - 1)
        end = column.time or Time("", (0, 0), "by", by=str(last), end=f"{last}-12-31", first=last, last=last)
        return replace(column, role="goal", time=end)

    return tuple(map(summed, columns))


def term_of(text: str) -> int:
    """How many years a text says something takes (五年累计); 0 where it does not say."""
    said = rules.one("tables", "term").search(text)
    return int(numbers.parse(said["count"]) or 0) if said else 0


def _figures(rows: tuple[Row, ...], index: int) -> bool:
    """Whether the cells of a column are figures, as far as they say anything."""
    cells = [row.cells[index].text for row in rows if index < len(row.cells) and row.cells[index].text]
    return bool(cells) and all(FIGURE.fullmatch(cell) for cell in cells)


def _with_names(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """With one column of indicator names: of several the last before the first value, the others being its categories;
    where none is headed so, the last text column before the first value."""
    named = [index for index, column in enumerate(columns) if column.role == "name"]
    if named:
        first = next((i for i, column in enumerate(columns) if column.role in ("base", "goal")), len(columns))
        chosen = max((index for index in named if index < first), default=named[0])
        return tuple(
            replace(c, role="category") if c.role == "name" and i != chosen else c for i, c in enumerate(columns)
        )
    values = [i for i, column in enumerate(columns) if column.role in ("base", "goal")]
    measured = any(column.role == "unit" for column in columns)
    if not values or any(c.role == "place" or (c.role == "actor" and not measured) for c in columns):
        return columns
    texts = [i for i in range(values[0]) if columns[i].role in ("other", "content", "category", "area")]
    if not texts:
        return columns
    return tuple(replace(c, role="name") if i == texts[-1] else c for i, c in enumerate(columns))


def kind(found: Layout) -> str:
    """`indicators` (a value a column), `tasks` (rows of work with who and when), or `other`.

    A table of indicators may also say who answers for each: then it has a unit, a nature or a year's column of values.
    """
    named = (found.first("name") is not None or found.first("place") is not None) and bool(found.all("goal"))
    measured = bool(found.all("unit") or found.all("nature") or found.all("base"))
    timed = any(found.columns[index].time for index in found.all("goal"))
    if found.all("actor") and not (named and (measured or timed) and _holds_values(found)):
        return "tasks"
    if named:
        return "indicators"
    return "tasks" if found.first("content") is not None and found.all("deadline") else "other"


def _holds_values(found: Layout) -> bool:
    """Whether the goals are numbers or short words rather than sentences."""
    texts = [row.cells[index].text for row in found.rows for index in found.all("goal") if row.cells[index].text]
    return bool(texts) and sum(len(text) <= _SHORT_VALUE for text in texts) * 2 > len(texts)


def _in_line(body: Sequence[Row], roles: Sequence[str], *, exact: bool) -> tuple[Row, ...]:
    """Rows with a cell for each column, those of group titles left out. True cells (`exact`) stand where they belong; a
    guessed row that lacks its name goes on with that of the row above, as a merged cell does."""
    rows: list[Row] = []
    for row in body:
        whole = exact and len(row.cells) == len(roles)
        found = _with_words(row) if whole else _aligned(row, roles)
        if found is not None:
            rows.append(found if whole else _named_above(found, roles, rows))
    return tuple(rows)


def _spread(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...] | None:
    """Headings of two rows as one: what stands above several columns is said of each, and a second row has cells only
    for those (2024年, blank, blank over 数量, 比重, 排名); None where the rows are not such."""
    starts = [index for index, text in enumerate(first) if text]
    ends = [*starts[1:], len(first)]
    groups = list(zip(starts, ends, strict=True))
    wide = [index for start, end in groups for index in range(start, end) if end - start > 1]
    said = [text for text in second if text]
    if not starts or starts[0] > 0 or not wide or len(said) != len(wide) or list(second[: len(said)]) != said:
        return None
    below = dict(zip(wide, said, strict=True))
    return tuple(first[start] + below.get(index, "") for start, end in groups for index in range(start, end))


def _with_words(row: Row) -> Row | None:
    return row if len({cell.text for cell in row.cells if cell.text}) > 1 else None


def _aligned(row: Row, roles: Sequence[str]) -> Row | None:
    """A row with a cell for each column: cells that a merged category swallowed are put back; None for a row of
    group titles."""
    filled = sum(bool(cell.text) for cell in row.cells)
    if filled < 3 and filled < len(roles):
        return None
    own = placed(row, roles)
    if len(row.cells) != len(roles):
        return own
    kept = row.cells
    while kept and not kept[-1].text:
        kept = kept[:-1]
    moved = placed(replace(row, cells=kept), roles)
    return moved if _suits(moved.cells, roles) > _suits(row.cells, roles) else row


def placed(row: Row, roles: Sequence[str]) -> Row:
    """A row with as many cells as there are columns: blanks stand for those that are missing, as far left as may be,
    where the others then suit their columns best."""
    cells, count = row.cells, len(row.cells)
    if count >= len(roles):
        return replace(row, cells=cells[: len(roles)])
    tails: dict[int, tuple[int, tuple[Cell, ...]]] = {count: (0, ())}
    for role in reversed(roles):  # `tails`: by the first cell that stands there, how the columns from here on suit best
        behind, tails = tails, {}
        for at in range(count + 1):
            ways: list[tuple[int, tuple[Cell, ...]]] = []
            if at in behind:
                start = cells[at].span[0] if at < count else row.span[1]
                ways.append((behind[at][0] - (role == "content"), (Cell("", (start, start)), *behind[at][1])))
            if at + 1 in behind:
                ways.append((behind[at + 1][0] + _fit(cells[at].text, role), (cells[at], *behind[at + 1][1])))
            if ways:
                tails[at] = max(ways, key=itemgetter(0))
    return replace(row, cells=tails[0][1])


def _suits(cells: Sequence[Cell], roles: Sequence[str]) -> int:
    return sum(_fit(cell.text, role) for cell, role in zip(cells, roles, strict=True) if cell.text)


def _fit(text: str, role: str) -> int:
    """How well a cell's text suits a column, from -2 to 3."""
    if is_empty(text):
        return int(role in _VALUES or bool(text and role == "unit"))
    if role in ACTORS:
        said = [piece for piece in re.split("[、，,；;]", text) if piece]
        bodies = sum(listed.is_name(piece) or listed.is_collective(piece) for piece in said)
        return _BODIES if bodies * 2 > len(said) and "。" not in text else -_BODIES
    if role in ("deadline", "time"):
        timed = times.find(text) or rules.pattern("task_tables", "cells.time").search(text)
        return 2 if timed and len(text) < SHORT else -2
    if role == "unit":
        return 2 if re.fullmatch(quantities.unit_pattern(), text) else -2
    if role in _VALUES:
        return 1 if re.search(r"\d", text) else 0
    if role in ("name", "content"):
        return 1 + (len(text) > SHORT) if len(text) >= _SHORTEST_NAME and not text[0].isdigit() else -1
    looks = [rule for rule in rules.many("tables", "look") if rule.means == role]
    if looks:
        return 2 if any(rule.search(text) for rule in looks) else -2
    return 1 if len(text) <= SHORT else -1


def _named_above(row: Row, roles: Sequence[str], above: Sequence[Row]) -> Row:
    """A row that has a unit and values of its own, with the name of the row above where it has none."""
    if "name" not in roles or "unit" not in roles or not above:
        return row
    at, unit = roles.index("name"), roles.index("unit")
    cell, own = row.cells[at], row.cells[unit]
    if cell.text or not own.text or own.text == above[-1].cells[unit].text:
        return row
    name = above[-1].cells[at]
    return replace(row, cells=(*row.cells[:at], name, *row.cells[at + 1 :]))


def is_empty(text: str) -> bool:
    """Whether the text of a cell says nothing."""
    return bool(rules.pattern("tables", "cells.empty").fullmatch(text))
