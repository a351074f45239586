"""The responsibility matrix and the 任务分解表, computed once for all formats that show them."""

from __future__ import annotations

from plankb.matrix.assembly import Facts, build, by_level
from plankb.matrix.model import HOLE_KINDS, Cell, Column, Hole, HoleKind, Matrix, PlanSource, Row, Selection, Tally
from plankb.matrix.parts import by_plan, of_bureau, partners

__all__ = [
    "HOLE_KINDS",
    "Cell",
    "Column",
    "Facts",
    "Hole",
    "HoleKind",
    "Matrix",
    "PlanSource",
    "Row",
    "Selection",
    "Tally",
    "build",
    "by_level",
    "by_plan",
    "of_bureau",
    "partners",
]
