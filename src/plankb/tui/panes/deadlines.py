"""时限: a timeline by year and quarter, what is due in each, and where the plan says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from plankb.columns import heading, titles_of
from plankb.kb import KnowledgeBase
from plankb.model import Deadline
from plankb.tui.calendar import Slot, period_of, timeline
from plankb.tui.columns import deadline_columns
from plankb.tui.panes.base import Pane
from plankb.tui.sheet import Column, Sheet
from plankb.tui.ui import OpenPlan, fetch, ui
from plankb.tui.widgets.evidence import EvidencePane
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.table import Table

_BAR = 8


@dataclass(frozen=True, slots=True)
class _Due:
    """All deadlines, and what each belongs to by name."""

    deadlines: Sequence[Deadline]
    owners: Mapping[str, str]
    titles: Mapping[str, str]


class DeadlinesPane(Pane):
    """The tab of deadlines."""

    TAB: ClassVar[str] = "deadlines"
    FIRST: ClassVar[str] = "#timeline"

    def __init__(self) -> None:
        super().__init__()
        self._due = _Due((), {}, {})

    def compose(self) -> ComposeResult:
        """Timeline; table and evidence."""
        say = ui(self).say
        with Container(classes="dates"):
            yield Grid(id="timeline", empty=say("app.loading"))
            with Vertical(classes="dated"):
                yield Table("deadlines-rows", empty=say("deadlines.empty"), prompt=say("deadlines.filter_rows"))
                yield EvidencePane("deadlines-evidence")

    def on_mount(self) -> None:
        """Fetches the deadlines."""
        self.reload()

    def reload(self) -> None:
        """Fetches the deadlines anew."""
        fetch(self, _due, self._fill, group="deadlines")

    def _fill(self, due: _Due) -> None:
        self._due = due
        say = ui(self).say
        slots = timeline(due.deadlines)
        most = max((slot.count for slot in slots if slot.period), default=1)

        def name(slot: Slot) -> str:
            return slot.period.title(say) if slot.period else say("deadlines.whole")

        def bar(slot: Slot) -> str:
            return "━" * max(1, slot.count * _BAR // most) if slot.period else ""

        columns = (
            Column[Slot](
                title=heading("by", say.lang),
                cell=name,
                width=14,
                key=lambda slot: (slot.period is not None, slot.period),
            ),
            Column[Slot](title="", cell=bar, width=_BAR, grow=1, key=lambda slot: slot.count),
            Column[Slot](title=heading("count", say.lang), cell=lambda slot: str(slot.count), width=5, align="right"),
        )
        at = self.kept.get("slot", 0)
        self.query_one("#timeline", Grid).fill(Sheet(columns, slots), cursor=at if isinstance(at, int) else 0)

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The table follows the timeline, the evidence the table."""
        if event.grid.id != "timeline":
            self.query_one(EvidencePane).show(event.row)
            return
        self.kept["slot"] = event.grid.cursor
        slot = event.row
        due = [d for d in self._due.deadlines if slot and (slot.period is None or period_of(d) == slot.period)]
        columns = deadline_columns(ui(self).say, self._due.titles, self._due.owners)
        self.query_one(Table).fill(Sheet(columns, due))

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Enter goes from the timeline to the table, from the table to the plan."""
        if event.grid.id == "timeline":
            self.query_one("#deadlines-rows").focus()
        elif isinstance(event.row, Deadline):
            self.post_message(OpenPlan(event.row.plan, event.row.span))

    def table(self) -> Grid | None:
        """The table of what is due."""
        return self.query_one("#deadlines-rows", Grid)


def _due(kb: KnowledgeBase) -> _Due:
    owners = kb.store.names()
    deadlines = sorted(kb.store.facts("deadline"), key=lambda d: (d.end or d.start or d.by or "9999", d.plan, d.span))
    return _Due(deadlines, owners, titles_of(kb.store.plans()))
