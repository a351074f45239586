"""单位: every bureau with its number of tasks by role; for one of them its load, partners and tasks."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from plankb.kb import KnowledgeBase
from plankb.model import Bureau, Task
from plankb.tui.columns import sheet_of
from plankb.tui.lazy import names_of
from plankb.tui.panes.base import Pane
from plankb.tui.profile import Profile, drawn, profile
from plankb.tui.sheet import AnySheet
from plankb.tui.ui import OpenPlan, fetch, ui
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from plankb.tui.widgets.table import Table

_MARGIN = 2


class BureausPane(Pane):
    """The tab of bureaus."""

    TAB: ClassVar[str] = "bureaus"

    def __init__(self) -> None:
        super().__init__()
        self._profile: Profile | None = None
        self._wanted: str | None = None

    def compose(self) -> ComposeResult:
        """Table, profile."""
        say = ui(self).say
        with Container(classes="split"):
            yield Table("bureaus-rows", empty=say("bureaus.empty"), prompt=say("bureaus.filter_rows"))
            with Vertical(classes="evidence"):
                yield Reader(id="bureau-profile", gutter=False)

    def on_mount(self) -> None:
        """Fetches the bureaus."""
        self.reload()

    def reload(self) -> None:
        """Fetches the bureaus anew."""
        say = ui(self).say

        def work(kb: KnowledgeBase) -> AnySheet:
            bureaus = sorted(kb.store.bureaus(), key=lambda bureau: (-len(bureau.lead), bureau.name))
            return sheet_of(bureaus, say, names_of(kb))

        fetch(self, work, self._fill, group="bureaus")

    def _fill(self, sheet: AnySheet) -> None:
        self.query_one(Table).fill(sheet)
        self.choose(self._wanted or str(self.kept.get("bureau", "")))

    def choose(self, bureau: str) -> None:
        """Puts the cursor on a bureau by its id."""
        self._wanted = bureau
        grid = self.query_one(Grid)
        for row in grid.rows_of(Bureau):
            if row.id == bureau:
                grid.select(row)
                return

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The profile follows the cursor."""
        bureau = event.row
        if not isinstance(bureau, Bureau):
            self.query_one(Reader).show("")
            return
        self.kept["bureau"] = bureau.id
        all_ = event.grid.sheet.rows
        fetch(self, lambda kb: profile(kb, bureau, all_), self._draw, group="profile")

    def _draw(self, found: Profile) -> None:
        self._profile = found
        reader = self.query_one(Reader)
        width = max(30, reader.size.width - _MARGIN)
        reader.show(*drawn(found, ui(self).say, width))

    def on_resize(self) -> None:
        """Drawn for the new width, in the turn after the next layout."""
        if self._profile is not None:
            self.call_after_refresh(self.call_later, self._draw, self._profile)

    def on_grid_chosen(self) -> None:
        """Enter goes to the profile."""
        self.query_one(Reader).focus()

    def on_reader_stopped(self, event: Reader.Stopped) -> None:
        """Enter on a task reads the plan there."""
        task = self._task_of(event.mark.id)
        if event.chosen and task is not None:
            self.post_message(OpenPlan(task.plan, task.span))

    def _task_of(self, id_: str) -> Task | None:
        return next((task for task in self._profile.tasks if task.id == id_), None) if self._profile else None

    def record(self) -> Task | None:
        """The task at which the profile stands."""
        mark = self.query_one(Reader).mark
        return self._task_of(mark.id) if mark else None
