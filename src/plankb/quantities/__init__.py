"""Quantities in text (`finding.py`) and in the cells of tables (`cells.py`), and the units of both (`units.py`)."""

from plankb.quantities.finding import Quantity, find, may_hold
from plankb.quantities.units import (
    converted,
    counting_words,
    dimension,
    magnitudes,
    normal,
    split_unit,
    unit_names,
    unit_pattern,
)

__all__ = [
    "Quantity",
    "converted",
    "counting_words",
    "dimension",
    "find",
    "magnitudes",
    "may_hold",
    "normal",
    "split_unit",
    "unit_names",
    "unit_pattern",
]
