"""A sheet that is written quickly: xlsxwriter looks at every cell for what no cell of ours holds.

Measured on 200 plans (308,000 cells, 35,000 sums): 29 patterns of functions newer than ours on each sum were an eighth
of all time, the search of each text for control characters, which `safe` has taken out, another twelfth.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

_ESCAPE = "_x"
"""Begins what Excel takes for an escaped character."""


class Sheet(Worksheet):
    """A sheet of plain formulas (COUNTIF, SUM) and of texts that `safe.cell_text` has made."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        if formula.startswith(("=COUNTIF(", "=SUM(")):
            return formula[1:]
        return str(super()._prepare_formula(formula, expand_future_functions))  # type: ignore[no-untyped-call]

    @staticmethod
    def _escape_control_characters(data: object) -> object:
        if isinstance(data, str) and _ESCAPE not in data:
            return data
        return Worksheet._escape_control_characters(data)  # type: ignore[no-untyped-call]
