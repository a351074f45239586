"""The comparison of targets as a table of the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from plankb.columns import heading
from plankb.kb import DIFFERS, Compared, plans_of
from plankb.model import Target
from plankb.tui.sheet import Column, Sheet
from plankb.words import Speaker

_FIXED = 2
"""Columns before those of the plans."""


def targets_at(rows: Sequence[Compared], row: Compared, column: int) -> Sequence[Target]:
    """The targets in a cell of the comparison; () in one that has none."""
    plans = plans_of(rows)
    at = column - _FIXED
    return row.by_plan.get(plans[at], ()) if 0 <= at < len(plans) else ()


def comparison_sheet(rows: Sequence[Compared], say: Speaker, titles: Mapping[str, str]) -> Sheet[Compared]:
    """The comparison as a table; only plans that share an indicator have a column."""
    return Sheet(
        (
            Column[Compared](title=heading("indicator", say.lang), cell=lambda row: row.indicator, width=24, grow=1),
            Column[Compared](
                title=DIFFERS,
                cell=lambda row: row.mark,
                width=2,
                tone=lambda row: "warn" if row.differs else "dim",
            ),
            *(_plan_column(plan, titles.get(plan, plan), say) for plan in plans_of(rows)),
        ),
        rows,
        frozen=_FIXED,
        by_cell=True,
        header=2,
    )


def _plan_column(plan: str, title: str, say: Speaker) -> Column[Compared]:
    return Column(
        title=title,
        cell=partial(_values, plan=plan, say=say),
        width=18,
        grow=2,
        tone=lambda row: "warn" if row.differs and plan in row.by_plan else None,
    )


def _values(row: Compared, *, plan: str, say: Speaker) -> str:
    return row.said(plan, say.lang)
