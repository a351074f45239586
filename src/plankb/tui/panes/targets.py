"""目标: all targets with filters; and a comparison, indicators down and plans across."""

from __future__ import annotations

from typing import ClassVar

from plankb.tui.panes.facts import FactsPane
from plankb.tui.picking import FactKind


class TargetsPane(FactsPane):
    """The tab of targets."""

    TAB: ClassVar[str] = "targets"
    KIND: ClassVar[FactKind] = "target"
    NAMES: ClassVar[tuple[str, ...]] = ("plan", "bureau", "role", "by", "indicator")
