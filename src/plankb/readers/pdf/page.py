"""What stands on a page of a PDF: glyphs and straight rules, in points from the upper left corner as it is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

PdfObject: TypeAlias = Any
"""An object of pdfium, which has no types."""
MOST_PAGES = 2000
MOST_LETTERS = 40_000
"""Of a page; a dense A3 page of print has 6,000. A file with more is refused, never read in part."""


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom; y grows downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.y1 - self.y0


class Face(NamedTuple):
    """What letters look like: font without its subset tag, size in points, whether bold."""

    font: str
    size: float
    bold: bool


class Glyph(NamedTuple):
    """A character where it is printed; `base` is the y of its baseline; `spaced`: the file has a space before it."""

    text: str
    x0: float
    x1: float
    base: float
    face: Face
    spaced: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """A point well inside the printed sign."""
        return (self.x0 + self.x1) / 2, self.base - self.face.size * 0.35


class Rule(NamedTuple):
    """A straight horizontal or vertical line: it lies at `at` and runs from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page as printed; `images` is the share of it that pictures cover, 0 to 1.

    `hidden`: its text is a layer that is not drawn, as programs put behind a scanned picture. `unread` counts
    the letters whose meaning the file does not say.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    images: float = 0.0
    hidden: bool = False
    unread: int = 0


class Turn:
    """Turns points by quarters: those of the page's own rotation, and `more` where its text is set sideways."""

    def __init__(self, page: PdfObject, more: int = 0) -> None:
        self.quarter = (page.get_rotation() // 90 + more) % 4
        self._box = page.get_bbox()
        width, height = page.get_size()
        self.width, self.height = (height, width) if more % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands on the page, y downwards."""
        left, bottom, right, top = self._box
        match self.quarter:
            case 0:
                return x - left, top - y
            case 1:
                return y - bottom, x - left
            case 2:
                return right - x, y - bottom
        return top - y, right - x
