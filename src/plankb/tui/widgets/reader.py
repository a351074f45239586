"""A text to read, of any length: wrapped for Chinese, with marks on its facts and a sign beside each line of one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from plankb.model import Span
from plankb.tui.cells import Line, fit, plain, wrap
from plankb.tui.keys import key

_GUTTER = 3
_SHORT = 120
TONES = ("quote", "task", "target", "deadline", "project", "bureau", "hit", "heading", "finding", "doubt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the text to draw in a tone. `sign` is the character in the margin of its first line, "" for none.

    `id` is the fact's, "" where the mark is no fact: such marks are not stopped at.
    """

    span: Span
    tone: str
    sign: str = ""
    id: str = ""


class Reader(ScrollView, can_focus=True):
    """Shows a text with marks. Later marks are drawn over earlier ones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("up,k", "roll(-1)", "key.up", show=False),
        key("down,j", "roll(1)", "key.down", show=False),
        key("pageup", "leaf(-1)", "key.page_up", show=False),
        key("pagedown,space", "leaf(1)", "key.page_down", show=False),
        key("home,g", "scroll_home", "key.first", show=False),
        key("end,G", "scroll_end", "key.last", show=False),
        key("n", "step(1)", "key.next_fact", show=True),
        key("p,N", "step(-1)", "key.previous_fact", show=False),
        key("enter", "choose", "key.open", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--text",
        "reader--gutter",
        "reader--focus",
        "reader--long",
        *(f"reader--{tone}" for tone in TONES),
    }

    class Stopped(Message):
        """The reader stands at a mark with an id; `chosen` when Enter was pressed or it was clicked."""

        def __init__(self, reader: Reader, mark: Mark, *, chosen: bool) -> None:
            super().__init__()
            self.reader = reader
            self.mark = mark
            self.chosen = chosen

        @property
        def control(self) -> Reader:
            """The reader."""
            return self.reader

    def __init__(self, *, id: str, gutter: bool = True) -> None:  # noqa: A002
        super().__init__(id=id)
        self.text = ""
        self.marks: tuple[Mark, ...] = ()
        self._focus: Span | None = None
        self._gutter = _GUTTER if gutter else 0
        self._lines: list[Line] = []
        self._starts: list[int] = []
        self._on_line: dict[int, list[Mark]] = {}
        self._seen: set[int] = set()

    class Rolled(Message):
        """Another part of the text is on the screen."""

        def __init__(self, reader: Reader) -> None:
            super().__init__()
            self.reader = reader

        @property
        def control(self) -> Reader:
            """The reader."""
            return self.reader

    @property
    def is_seen(self) -> bool:
        """Whether all of the text has been on the screen since it was shown."""
        self._look()
        return bool(self._lines) and len(self._seen) >= len(self._lines)

    def _look(self) -> None:
        """Notes the lines that are on the screen."""
        height = self.scrollable_content_region.height
        last = min(len(self._lines), self.scroll_offset.y + height)
        self._seen.update(range(self.scroll_offset.y, last))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other lines are on the screen."""
        super().watch_scroll_y(old_value, new_value)
        self._look()
        self.post_message(self.Rolled(self))

    def show(self, text: str, marks: Iterable[Mark] = (), *, focus: Span | None = None) -> None:
        """Shows another text; `focus` is brought into view and stands out."""
        self.text = plain(text)
        self.marks = tuple(marks)
        self._focus = focus
        self._lay_out()
        self.scroll_to(x=0, y=0, animate=False, force=True)
        if focus:
            self._reveal(focus[0])

    def go_to(self, span: Span) -> None:
        """Brings a stretch into view and makes it stand out."""
        self._focus = span
        self._reveal(span[0])
        self.refresh()

    @property
    def top(self) -> int:
        """The position in the text of the first line on show."""
        return self._lines[min(self.scroll_offset.y, len(self._lines) - 1)].start if self._lines else 0

    @property
    def mark(self) -> Mark | None:
        """The fact at which the reader stands; None where it stands at none."""
        return next((mark for mark in self.marks if mark.id and mark.span == self._focus), None)

    # layout

    def on_resize(self) -> None:
        """Wraps anew, keeping the place; a text that came before its place on the screen is shown at its focus."""
        place, is_new = self.top, not self._lines
        self._lay_out()
        self.scroll_to(y=self._line_at(place), animate=False, force=True)
        if is_new and self._focus:
            self._reveal(self._focus[0])

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width or self.size.width
        self._seen = set()
        self._lines = list(wrap(self.text, max(4, width - self._gutter - 1))) if width else []
        self._starts = [line.start for line in self._lines]
        self._on_line = {}
        for mark in self.marks:
            for index in range(self._line_at(mark.span[0]), self._line_at(max(mark.span[0], mark.span[1] - 1)) + 1):
                self._on_line.setdefault(index, []).append(mark)
        self.virtual_size = Size(1, len(self._lines))
        self.refresh()

    def _line_at(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def _reveal(self, position: int) -> None:
        line, height = self._line_at(position), max(1, self.scrollable_content_region.height)
        if not self.scroll_offset.y <= line < self.scroll_offset.y + height - 1:
            self.scroll_to(y=max(0, line - height // 3), animate=False, force=True)

    # drawing

    def render_line(self, y: int) -> Strip:
        """One line with its sign."""
        index, width = y + self.scroll_offset.y, self.size.width
        base = self.get_component_rich_style("reader--text")
        if index >= len(self._lines):
            return Strip.blank(width, base)
        segments = list(self._pieces(index, base))
        if self._gutter:
            gutter = self.get_component_rich_style("reader--gutter")
            segments.insert(0, Segment(fit(self._sign(index), self._gutter), gutter))
        return Strip(segments).adjust_cell_length(width, base)

    def _sign(self, index: int) -> str:
        line = self._lines[index]
        if self._focus and line.start <= self._focus[0] < max(line.end, line.start + 1):
            return "▶"
        signs = (m.sign for m in self._on_line.get(index, ()) if m.sign and self._line_at(m.span[0]) == index)
        return next(signs, "")

    def _pieces(self, index: int, base: Style) -> Iterator[Segment]:
        line = self._lines[index]
        marks = self._on_line.get(index, [])
        spans = [mark.span for mark in marks] + ([self._focus] if self._focus else [])
        edges = {line.start, line.end, *(edge for span in spans for edge in span if line.start < edge < line.end)}
        cuts = sorted(edges)
        for start, end in pairwise(cuts):
            yield Segment(self.text[start:end], self._style(start, marks, base))

    def _style(self, position: int, marks: list[Mark], base: Style) -> Style:
        style = base
        for mark in marks:
            if mark.span[0] <= position < mark.span[1]:
                style += self.get_component_rich_style(f"reader--{mark.tone}", partial=True)
        if self._focus and self._focus[0] <= position < self._focus[1]:
            return self._focused(style)
        return style

    def _focused(self, style: Style) -> Style:
        """A short quotation stands out over its marks; of a long one the ground alone, so that they can be seen."""
        assert self._focus is not None  # noqa: S101 - only asked inside of it
        if self._focus[1] - self._focus[0] <= _SHORT:
            return style + self.get_component_rich_style("reader--focus", partial=True)
        ground = self.get_component_rich_style("reader--long", partial=True)
        return style + Style(bgcolor=ground.bgcolor)

    # moving

    def action_roll(self, step: int) -> None:
        """A line up or down."""
        self.scroll_relative(y=step, animate=False)

    def action_leaf(self, step: int) -> None:
        """A page up or down."""
        self.scroll_relative(y=step * max(1, self.size.height - 2), animate=False)

    def action_step(self, step: int) -> None:
        """To the next or the previous fact."""
        here = self._focus[0] if self._focus else self.top - 1
        stops = sorted({mark.span[0] for mark in self.marks if mark.id})
        wanted = [at for at in stops if (at > here if step > 0 else at < here)]
        if wanted:
            self._stop_at(wanted[0] if step > 0 else wanted[-1], chosen=False)

    def action_choose(self) -> None:
        """Opens the fact at which the reader stands."""
        if self._focus:
            self._stop_at(self._focus[0], chosen=True)

    def _stop_at(self, position: int, *, chosen: bool) -> None:
        inside = [mark for mark in self.marks if mark.id and mark.span[0] <= position < mark.span[1]]
        if inside:
            mark = min(inside, key=lambda mark: (mark.span[0] != position, mark.span[1] - mark.span[0]))
            self.go_to(mark.span)
            self.post_message(self.Stopped(self, mark, chosen=chosen))

    def on_click(self, event: events.Click) -> None:
        """Stops at the fact that was clicked."""
        index = event.y + self.scroll_offset.y
        if index < len(self._lines):
            line = self._lines[index]
            for position in range(line.start, line.end):
                if self._gutter + cell_len(self.text[line.start : position + 1]) > event.x:
                    self._stop_at(position, chosen=event.chain > 1)
                    return
