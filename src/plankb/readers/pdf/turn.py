"""From pdfium's coordinates to those of a page as it is looked at."""

from __future__ import annotations

from typing import Any


class Turn:
    """Turns points by quarters: those of the page's own rotation, and `more` where its text is set sideways."""

    def __init__(self, page: Any, more: int = 0) -> None:
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
