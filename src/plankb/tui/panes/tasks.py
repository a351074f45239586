"""任务: all tasks, with filters for plan, bureau, role and year."""

from __future__ import annotations

from typing import ClassVar

from plankb.tui.panes.facts import FactsPane
from plankb.tui.picking import FactKind


class TasksPane(FactsPane):
    """The tab of tasks."""

    TAB: ClassVar[str] = "tasks"
    KIND: ClassVar[FactKind] = "task"
    NAMES: ClassVar[tuple[str, ...]] = ("plan", "bureau", "role", "by")
