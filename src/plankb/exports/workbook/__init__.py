"""The responsibility matrix as an Excel workbook that coordinators hand out, correct and hand back."""

from __future__ import annotations

from plankb.exports.workbook.book import bureau, matrix

__all__ = ["bureau", "matrix"]
