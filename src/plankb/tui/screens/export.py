"""What is on the screen, as a file: the rows that show, in their order, each with its source."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from plankb.errors import PlankbError
from plankb.exports.tables import Table
from plankb.kb import KnowledgeBase
from plankb.tui.panes.base import Pane
from plankb.tui.sheet import Sheet
from plankb.tui.ui import ui
from plankb.tui.widgets.path import PathInput
from plankb.tui.words import Words


class ExportScreen(ModalScreen[None]):
    """Asks for the file; a file that exists is overwritten only at a second Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "key.close")]

    def __init__(self, pane: Pane, table: Table) -> None:
        super().__init__()
        self._pane = pane
        self._table = table
        self._asked: Path | None = None

    def compose(self) -> ComposeResult:
        """Title and field."""
        say = ui(self).say
        with Vertical(classes="dialog"):
            yield Static(Text(say("export.title"), "bold"), classes="dialog-title", markup=False)
            name = str(Path.cwd() / f"plankb-{say(f'tab.{self._pane.TAB}')}.xlsx")
            yield PathInput(placeholder=say("export.path"), id="export-path", value=name)
            yield Static(Text(say("export.path"), "dim"), id="export-hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Writes the file."""
        event.stop()
        if event.value.strip():
            path = Path(event.value.strip().strip("\"'")).expanduser()
            if path.exists() and path != self._asked:
                self._asked = path
                self.query_one("#export-hint", Static).update(Text(ui(self).say("export.exists", path=path)))
                return
            self.run_worker(self._write(path), exclusive=True, group="export")

    async def _write(self, path: Path) -> None:
        def work(kb: KnowledgeBase) -> None:
            self._pane.export(kb, path, self._table)

        try:
            await ui(self).desk.read(work)
        except PlankbError as error:
            ui(self).tell(error)
            return
        count = len(self._table.rows)
        self.dismiss()
        ui(self._pane).remark(ui(self._pane).say("export.done", count=count, path=path))

    def action_leave(self) -> None:
        """Closes it."""
        self.dismiss()


def table_of(title: str, sheet: Sheet[Any], shown: list[int], say: Words) -> Table:
    """The rows that show as a table; rows that quote a plan get section and quotation."""
    rows = [sheet.rows[index] for index in shown]
    sourced = bool(rows) and all(hasattr(row, "quote") and hasattr(row, "section") for row in rows)
    headings = [column.title for column in sheet.columns]
    cells = [[column.cell(row) for column in sheet.columns] for row in rows]
    if sourced:
        headings += [say("column.section"), say("column.quote")]
        cells = [[*line, " > ".join(row.section), row.quote] for line, row in zip(cells, rows, strict=True)]
    return Table(title, (), tuple(headings), tuple(map(tuple, cells)))
