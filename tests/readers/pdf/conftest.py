"""PDFs made for the tests: text and lines set at given places of an A4 page (points, y from the top)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
LEFT, SIZE, STEP = 90.0, 16.0, 28.0
"""The left edge of running text, its size and the step from line to line; a full line has 26 letters."""


@dataclass
class Sheets:
    """A PDF in the making; `song` and `hei` stand for two typefaces."""

    password: str | None = None
    _buffer: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        for name in ("STSong-Light", "HeiseiKakuGo-W5"):
            pdfmetrics.registerFont(UnicodeCIDFont(name))
        self.canvas = Canvas(self._buffer, pagesize=(WIDTH, HEIGHT), encrypt=self.password)

    def line(self, text: str, x: float, y: float, *, size: float = SIZE, bold: bool = False) -> None:
        """A line of text that starts at x, its baseline at y."""
        self.canvas.saveState()  # the mode of the letters stays otherwise
        self.canvas.setFont("STSong-Light", size)
        draw = self.canvas.beginText(x, HEIGHT - y)
        draw.setTextRenderMode(2 if bold else 0)
        draw.textOut(text)
        self.canvas.drawText(draw)
        self.canvas.restoreState()

    def lines(self, texts: Sequence[str], y: float = 100.0, x: float = LEFT) -> None:
        """Lines of running text; a leading 　 is an indent of one letter."""
        for number, text in enumerate(texts):
            bare = text.lstrip("　")
            self.line(bare, x + SIZE * (len(text) - len(bare)), y + STEP * number)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A thin line."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def table(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str | None]]) -> None:
        """A table with all its lines; None joins a cell to the one above, a line break in a text starts a new line."""
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                left, right, top, bottom = xs[column], xs[column + 1], ys[number], ys[number + 1]
                self.rule(left, top, left, bottom)
                self.rule(right, top, right, bottom)
                if text is not None:
                    self.rule(left, top, right, top)
                for step, part in enumerate((text or "").split("\n")):
                    self.line(part, left + 5, top + 15 + 14 * step, size=10.5)
        self.rule(xs[0], ys[len(rows)], xs[-1], ys[len(rows)])

    def next_page(self) -> None:
        """What follows stands on a new page."""
        self.canvas.showPage()

    def data(self) -> bytes:
        """The file's bytes."""
        self.canvas.save()
        return self._buffer.getvalue()
