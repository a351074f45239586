"""Indicators: what is measured. One identity for the wordings of one measure (`identity`), what the name of one says
(`naming`), the thing that it is of (`things`), names in the cells of tables (`cell_names`), phrases that name several
(`coordination`), and what of a clause is the name (`phrase`)."""

from __future__ import annotations

from plankb.indicators.identity import (
    Direction,
    Indicator,
    candidates,
    canonical,
    direction,
    indicator_id,
    split_scope,
)

__all__ = ["Direction", "Indicator", "candidates", "canonical", "direction", "indicator_id", "split_scope"]
