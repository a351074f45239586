"""时限: how the tasks stand today (late, due soon, later) and when each is due; a report on one with a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical

from plankb.columns import heading
from plankb.errors import PlankbError
from plankb.kb import Entry, FactFilter, KnowledgeBase, asker
from plankb.model import Task
from plankb.tui.columns import entry_columns
from plankb.tui.desk import Desk
from plankb.tui.keys import key
from plankb.tui.lazy import Lazy, names_of
from plankb.tui.panes.base import Pane
from plankb.tui.sheet import Column, Sheet
from plankb.tui.standing import Slot, Standing, standings, timeline
from plankb.tui.ui import OpenPlan, fetch, ui
from plankb.tui.widgets.evidence import EvidencePane
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.table import Table

_BAR = 8


@dataclass(frozen=True, slots=True)
class _Due:
    """How all tasks stand, in little; `read` gives the entries of the ledger of some of them."""

    tasks: Sequence[Standing]
    names: Mapping[str, str]
    read: Callable[[Sequence[str]], Sequence[Entry]]


class DeadlinesPane(Pane):
    """The tab of deadlines."""

    TAB: ClassVar[str] = "deadlines"
    SAVED: ClassVar[tuple[str, ...]] = ("slot",)
    FIRST: ClassVar[str] = "#timeline"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("t", "report", "key.report"),
        key("u", "undo_report", "key.undo_report", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._due = _Due((), {}, lambda _: ())

    def compose(self) -> ComposeResult:
        """Timeline; table and evidence."""
        say = ui(self).say
        with Container(classes="dates"):
            yield Grid(id="timeline", empty=say("app.loading"))
            with Vertical(classes="dated"):
                yield Table("deadlines-rows", empty=say("deadlines.empty"), prompt=say("deadlines.filter_rows"))
                yield EvidencePane("deadlines-evidence")

    def on_mount(self) -> None:
        """Fetches how the tasks stand."""
        self.reload()

    def reload(self) -> None:
        """Fetches it anew."""
        fetch(self, partial(_due, desk=ui(self).desk), self._fill, group="deadlines", aside=True)

    def _fill(self, due: _Due) -> None:
        self._due = due
        say = ui(self).say
        slots = timeline(due.tasks)
        most = max((slot.count for slot in slots if slot.period), default=1)
        columns = (
            Column[Slot](title=heading("by", say.lang), cell=lambda slot: slot.title(say), width=14, tone=_tone_of),
            Column[Slot](title=heading("count", say.lang), cell=lambda slot: str(slot.count), width=5, align="right"),
            Column[Slot](
                title="",
                cell=lambda slot: "━" * max(1, slot.count * _BAR // most) if slot.period else "",
                width=_BAR,
                grow=1,
                key=lambda slot: slot.count,
            ),
        )
        at = self.kept.get("slot", 0)
        line = self.query_one("#timeline", Grid)
        line.empty = say("deadlines.empty")
        line.fill(Sheet(columns, slots), cursor=at if isinstance(at, int) else 0)

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The table follows the timeline, the evidence the table."""
        if event.grid.id != "timeline":
            entry = event.row
            self.query_one(EvidencePane).show(entry.task if isinstance(entry, Entry) else None)
            return
        self.kept["slot"] = event.grid.cursor
        slot = event.row
        ids = [one.task for one in self._due.tasks if isinstance(slot, Slot) and slot.holds(one)]
        columns = entry_columns(ui(self).say, self._due.names)
        self.query_one(Table).fill(Sheet(columns, Lazy(ids, self._due.read)))

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Enter goes from the timeline to the table, from the table to the plan."""
        if event.grid.id == "timeline":
            self.query_one("#deadlines-rows").focus()
        elif isinstance(event.row, Entry):
            self.post_message(OpenPlan(event.row.task.plan, event.row.task.span))

    def table(self) -> Grid | None:
        """The table of what is due."""
        return self.query_one("#deadlines-rows", Grid)

    def record(self) -> Task | None:
        """The task under the cursor."""
        row = self.query_one("#deadlines-rows", Grid).row
        return row.task if isinstance(row, Entry) else None

    # reports

    def action_report(self) -> None:
        """Takes a report on the task under the cursor."""
        from plankb.tui.screens.report import ReportScreen

        entry = self.query_one("#deadlines-rows", Grid).row
        if isinstance(entry, Entry):
            self.app.push_screen(ReportScreen(entry), self._remark)
        else:
            ui(self).remark(ui(self).say("report.nothing"))

    def action_undo_report(self) -> None:
        """Takes the latest report back, once the user is sure."""
        from plankb.tui.screens.report import take_back

        take_back(self.screen, self._remark)

    def _remark(self, said: str | None) -> None:
        if said is not None:
            ui(self).remark(said)


def _tone_of(slot: Slot) -> str | None:
    return {"late": "bad", "soon": "warn"}.get(slot.group or "") if slot.count else None


def _due(kb: KnowledgeBase, *, desk: Desk) -> _Due:
    today = asker.today()
    own = KnowledgeBase(kb.folder)  # for the rows, which the screen reads while other questions are asked

    def read(keys: Sequence[str]) -> Sequence[Entry]:
        found = {one.task.id: one for one in own.ledger.standing(FactFilter(ids=tuple(keys)), today=today).entries}
        try:
            return [found[name] for name in keys]
        except KeyError as error:
            raise PlankbError("E203", path=kb.store.path) from error

    return _Due(desk.remember(f"standing {today}", kb, lambda: standings(kb, today)), names_of(kb), read)
