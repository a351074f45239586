"""A table that draws only the lines on the screen: 50,000 rows scroll as 50 do, and Chinese stays aligned."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import ClassVar, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from plankb.errors import PlankbError
from plankb.kb.guard import guarded
from plankb.tui.cells import fit, wrap
from plankb.tui.heights import Heights, height_of, lines_of, most_lines
from plankb.tui.keys import key
from plankb.tui.sheet import AnyColumn, AnySheet, Order, Sheet
from plankb.tui.ui import drop, think, ui

T = TypeVar("T")
_GAP = 1


class Grid(ScrollView, can_focus=True):
    """Rows of a `Sheet` with a cursor. `empty` is what it says when it has no rows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("up,k", "move(-1)", "key.up", show=False),
        key("down,j", "move(1)", "key.down", show=False),
        key("pageup", "page(-1)", "key.page_up", show=False),
        key("pagedown", "page(1)", "key.page_down", show=False),
        key("home,g", "edge(-1)", "key.first", show=False),
        key("end,G", "edge(1)", "key.last", show=False),
        key("left,h", "side(-1)", "key.left", show=False),
        key("right,l", "side(1)", "key.right", show=False),
        key("enter", "choose", "key.open", show=True),
        key("s", "sort", "key.sort", show=True),
        key("S", "turn", "key.reverse", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--header", "grid--row", "grid--stripe", "grid--cursor", "grid--cell", "grid--warn", "grid--bad",
        "grid--dim", "grid--strong", "grid--empty",
    }  # fmt: skip

    cursor: reactive[int] = reactive(0)
    column: reactive[int] = reactive(0)

    class Moved(Message):
        """The cursor stands on another row; `row` is None where there is none."""

        def __init__(self, grid: Grid, row: object) -> None:
            super().__init__()
            self.grid = grid
            self.row = row

        @property
        def control(self) -> Grid:
            """The table."""
            return self.grid

    class Chosen(Moved):
        """A row was chosen with Enter or a second click."""

    def __init__(self, *, id: str, empty: str = "") -> None:  # noqa: A002
        super().__init__(id=id)
        self.sheet: AnySheet = Sheet((), ())
        self.order: Order | None = None
        self.words = ""
        self.empty = empty
        self._shown: Sequence[int] = ()
        self._widths: list[int] = []
        self._heights = Heights(0)
        self._most = 1
        self._told = False

    # what it holds

    def fill(self, sheet: AnySheet, *, cursor: int = 0) -> None:
        """Shows a sheet; the order is kept where the columns are the same, and so are the words of the filter."""
        if [column.title for column in sheet.columns] != [column.title for column in self.sheet.columns]:
            self.order = None
            self.set_reactive(Grid.column, sheet.frozen if sheet.by_cell else 0)
            self.scroll_to(x=0, animate=False, force=True)
        self.sheet = sheet
        self._told = False
        drop(self, group="arrange")
        if self.words or self.order:
            arrange = partial(sheet.arrange, self.words, self.order)
            think(self, arrange, partial(self._arranged, cursor=cursor), group="arrange")
        else:
            self._arranged(range(len(sheet.rows)), cursor)

    def filter(self, words: str) -> None:
        """Shows only rows with these words."""
        self.words = words
        self.rearrange()

    def rearrange(self) -> None:
        """Applies words and order again, off the event loop."""
        arrange = partial(self.sheet.arrange, self.words, self.order)
        think(self, arrange, partial(self._arranged, cursor=0), group="arrange")

    def _arranged(self, shown: Sequence[int], cursor: int) -> None:
        if bool(shown) != bool(self._shown):
            self.refresh_bindings()  # there is something now, or nothing any more, for keys to act on
        self._shown = shown
        self._lay_out()
        self.scroll_to(y=0, animate=False, force=True)
        at = max(0, min(cursor, len(shown) - 1))
        self.set_reactive(Grid.cursor, at)
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self, self.row))

    @property
    def row(self) -> object:
        """The row under the cursor; None in an empty table, and for a row that cannot be read any more."""
        try:
            return self.sheet.rows[self._shown[self.cursor]] if self._shown else None
        except PlankbError:
            return None

    @property
    def shown_indices(self) -> Sequence[int]:
        """The rows on show, as indices into the sheet's."""
        return self._shown

    @property
    def shown(self) -> Sequence[object]:
        """The rows on show, in their order."""
        return [self.sheet.rows[i] for i in self._shown]

    def rows_of(self, kind: type[T]) -> list[T]:
        """The rows on show that are of a type."""
        return [row for row in self.shown if isinstance(row, kind)]

    def select(self, row: object) -> None:
        """Puts the cursor on a row, where it shows."""
        for at, index in enumerate(self._shown):
            if self.sheet.rows[index] == row:
                self.cursor = at
                return

    # layout

    def _lay_out(self) -> None:
        columns = self.sheet.columns
        room = self.scrollable_content_region.width or self.size.width
        spare = room - sum(column.width + _GAP for column in columns)
        shares = sum(column.grow for column in columns)
        fixed = self.sheet.by_cell
        shared = [_width(c, spare * c.grow // shares if shares else 0, fixed=fixed) for c in columns]
        self._widths = shared if room else []  # rows may come before the place on the screen: then drawn by `on_resize`
        total = sum(self._widths) + _GAP * len(columns)
        count, room = len(self._shown), self.scrollable_content_region.height - self.sheet.header
        self._most = most_lines(room, count)
        tall = self._most > 1 and bool(self._widths)
        heights = [height_of(self._cells(row), self._widths, self._most) for row in self._shown] if tall else None
        self._heights = Heights(count, heights)
        self.virtual_size = Size(max(1, total), self._heights.total + self.sheet.header)

    def _cells(self, row: int) -> Sequence[str]:
        """The cells of a row of the sheet; empty ones, and one notice, where it cannot be read any more."""
        try:
            with guarded():
                return self.sheet.cells(row)
        except PlankbError as error:
            self._tell_once(error)
            return [""] * len(self.sheet.columns)

    def _tell_once(self, error: PlankbError) -> None:
        """One notice a table, however many of its rows are out of order."""
        if not self._told:
            self._told = True
            self.call_later(ui(self).tell, error)

    def on_resize(self) -> None:
        """Columns share the new width."""
        self._lay_out()
        self._reveal()
        self.refresh()

    # drawing

    def render_line(self, y: int) -> Strip:
        """The header on top, rows below it."""
        width = self.size.width
        if len(self._widths) < len(self.sheet.columns):
            return Strip.blank(width, self.get_component_rich_style("grid--row"))
        if y < self.sheet.header:
            style = self.get_component_rich_style("grid--header")
            columns = range(len(self.sheet.columns))
            return self._assemble([self._head(i, y) for i in columns], [style] * len(columns), style, width)
        line = y - self.sheet.header + self.scroll_offset.y
        at = self._heights.row_at(line)
        if at >= len(self._shown):
            return self._blank(y, width)
        return self._row_strip(at, line - self._heights.top(at), width)

    def _head(self, index: int, y: int) -> str:
        """Line `y` of a title; titles of fewer lines stand at the bottom, next to the rows."""
        title = self.sheet.columns[index].title
        if self.order and self.order.column == index:
            title += "▼" if self.order.reverse else "▲"
        if self.sheet.header == 1:
            return title
        lines = [title[line.start : line.end] for line in wrap(title, self._widths[index])]
        if len(lines) > self.sheet.header:
            lines[self.sheet.header - 1 :] = ["".join(lines[self.sheet.header - 1 :])]
        at = y - (self.sheet.header - len(lines))
        return lines[at] if at >= 0 else ""

    def _row_strip(self, at: int, line: int, width: int) -> Strip:
        """Line `line` of a row."""
        row = self._shown[at]
        current = at == self.cursor
        name = "grid--cursor" if current and not self.sheet.by_cell else "grid--stripe" if at % 2 else "grid--row"
        base = self.get_component_rich_style(name)
        plain = current and not self.sheet.by_cell  # colours would not be legible on the cursor's
        styles = [base if plain else self._tone(column, row, base) for column in self.sheet.columns]
        if current and self.sheet.by_cell:
            styles[self.column] = self.get_component_rich_style("grid--cell")
        most = self._heights.height(at)
        cells = [
            next(islice(lines_of(cell, width, most, middle=column.cut == "middle"), line, None), "")
            for cell, width, column in zip(self._cells(row), self._widths, self.sheet.columns, strict=True)
        ]
        return self._assemble(cells, styles, base, width)

    def _tone(self, column: AnyColumn, row: int, base: Style) -> Style:
        try:
            with guarded():
                tone = column.tone(self.sheet.rows[row]) if column.tone and not self._told else None
        except PlankbError as error:
            self._tell_once(error)
            return base
        return base + self.get_component_rich_style(f"grid--{tone}", partial=True) if tone else base

    def _assemble(self, cells: Sequence[str], styles: Sequence[Style], base: Style, width: int) -> Strip:
        held = self._held
        left, room = self.scroll_offset.x, max(0, width - held)
        parts = [self._part(i, cells, styles) for i in range(min(self.sheet.frozen, len(cells)))]
        shown: list[Segment] = []
        start = first = 0
        for index in range(self.sheet.frozen, len(cells)):
            end = start + self._widths[index] + _GAP
            if end > left and start < left + room:
                first = first if shown else start
                shown.append(self._part(index, cells, styles))
            start = end
        right = Strip(shown).crop(left - first, left - first + room)
        return Strip.join([Strip(parts, held), right]).adjust_cell_length(width, base)

    def _part(self, index: int, cells: Sequence[str], styles: Sequence[Style]) -> Segment:
        column = self.sheet.columns[index]
        return Segment(fit(cells[index], self._widths[index], column.align, column.cut) + " " * _GAP, styles[index])

    @property
    def _held(self) -> int:
        """The width of the frozen columns."""
        return sum(self._widths[: self.sheet.frozen]) + _GAP * self.sheet.frozen

    def _blank(self, y: int, width: int) -> Strip:
        if not self._shown and y == self.sheet.header + 1 and self.empty:
            style = self.get_component_rich_style("grid--empty")
            return Strip([Segment("  " + fit(self.empty, max(0, width - 2)), style)])
        return Strip.blank(width, self.get_component_rich_style("grid--row"))

    # moving

    def watch_cursor(self) -> None:
        """Keeps the cursor on the screen and tells who listens."""
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self, self.row))

    def watch_column(self) -> None:
        """Keeps the cell on the screen."""
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self, self.row))

    def validate_cursor(self, value: int) -> int:
        """Inside the table."""
        return max(0, min(value, len(self._shown) - 1))

    def validate_column(self, value: int) -> int:
        """Inside the table."""
        return max(0, min(value, len(self.sheet.columns) - 1))

    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - self.sheet.header)

    def _reveal(self) -> None:
        top, page = self.scroll_offset.y, self._page()
        if self._shown:
            first = self._heights.top(self.cursor)
            last = first + self._heights.height(self.cursor)
            if first < top:
                self.scroll_to(y=first, animate=False, force=True)
            elif last > top + page:
                self.scroll_to(y=last - page, animate=False, force=True)
        if self.sheet.by_cell and self.column >= self.sheet.frozen and self._widths:
            self._reveal_column()

    def _reveal_column(self) -> None:
        start = sum(self._widths[self.sheet.frozen : self.column]) + _GAP * (self.column - self.sheet.frozen)
        end, left, room = start + self._widths[self.column], self.scroll_offset.x, self.size.width - self._held
        if start < left:
            self.scroll_to(x=start, animate=False, force=True)
        elif end > left + room:
            self.scroll_to(x=end - room, animate=False, force=True)

    def action_move(self, step: int) -> None:
        """A row up or down."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """A page up or down."""
        if self._shown:
            there = self._heights.row_at(max(0, self._heights.top(self.cursor) + step * self._page()))
            self.cursor = there if there != self.cursor else self.cursor + step

    def action_edge(self, side: int) -> None:
        """To the first or the last row."""
        self.cursor = 0 if side < 0 else len(self._shown) - 1

    def action_side(self, step: int) -> None:
        """A column to the side, or scrolls sideways."""
        if self.sheet.by_cell:
            self.column = max(self.sheet.frozen, self.column + step)
        else:
            self.scroll_relative(x=step * 8, animate=False)

    def action_choose(self) -> None:
        """Opens the row."""
        if self._shown:
            self.post_message(self.Chosen(self, self.row))

    def action_sort(self) -> None:
        """Sorts by the next column, at last not at all."""
        following = 0 if self.order is None else self.order.column + 1
        self.order = Order(following) if following < len(self.sheet.columns) else None
        self.rearrange()

    def action_turn(self) -> None:
        """Sorts the other way round."""
        if self.order:
            self.order = Order(self.order.column, not self.order.reverse)
            self.rearrange()

    def sort_by(self, column: int) -> None:
        """Sorts by a column; once more turns the order round."""
        again = self.order is not None and self.order.column == column
        self.order = Order(column, bool(again and self.order and not self.order.reverse))
        self.rearrange()

    def on_click(self, event: events.Click) -> None:
        """The header sorts, a row takes the cursor, the row under the cursor is chosen."""
        column = self._column_at(event.x)
        at = self._heights.row_at(max(0, event.y - self.sheet.header + self.scroll_offset.y))
        if event.y < self.sheet.header:
            if column is not None:
                self.sort_by(column)
            return
        if at >= len(self._shown):
            return
        if self.sheet.by_cell and column is not None:
            self.column = max(self.sheet.frozen, column)
        if at == self.cursor and event.chain > 1:
            self.action_choose()
        self.cursor = at

    def _column_at(self, x: int) -> int | None:
        place = x if x < self._held else x + self.scroll_offset.x
        for index, width in enumerate(self._widths):
            if place < width + _GAP:
                return index
            place -= width + _GAP
        return None


def _width(column: AnyColumn, share: int, *, fixed: bool) -> int:
    """A column with its share of what is left over; of what is wanting too unless `fixed`, but it keeps half of it."""
    least = column.width if fixed else column.width // 2
    return max(least, column.width + share) if column.grow else column.width
