"""What is on the screen, as a file: the rows that show, in their order, each with its source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from plankb import columns
from plankb.kb import KnowledgeBase, Table
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.sheet import Sheet
from plankb.tui.ui import fetch, path_of, ui
from plankb.tui.widgets.path import PathInput
from plankb.words import Speaker


class ExportScreen(Dialog[str]):
    """Asks for the file; one that exists is overwritten only at a second Enter. Closes with what was written."""

    def __init__(self, name: str, rows: int, write: Callable[[KnowledgeBase, Path], object]) -> None:
        super().__init__()
        self._name = name
        self._rows = rows
        self._write = write
        self._asked: Path | None = None

    def compose(self) -> ComposeResult:
        """Title and field."""
        say = ui(self).say
        with Vertical(classes="dialog"):
            yield heading(say("export.title", count=self._rows))
            name = str(Path.cwd() / f"plankb-{self._name}.xlsx")
            yield PathInput(placeholder=say("export.path"), id="export-path", value=name)
            yield Static(Text(say("export.path"), "dim"), id="export-hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Writes the file."""
        event.stop()
        path = path_of(self, event.value) if event.value.strip() else None
        if path is not None:
            if path.exists() and path != self._asked:
                self._asked = path
                self.query_one("#export-hint", Static).update(Text(ui(self).say("export.exists", path=path)))
                return
            done = ui(self).say("export.done", count=self._rows, path=path)
            fetch(self, lambda kb: self._write(kb, path), lambda _: self.finish(done), aside=True)


def table_of(title: str, sheet: Sheet[Any], shown: list[int], say: Speaker) -> Table:
    """The rows that show as a table; rows that quote a plan get section and quotation."""
    rows = [sheet.rows[index] for index in shown]
    sourced = bool(rows) and all(hasattr(row, "quote") and hasattr(row, "section") for row in rows)
    headings = [column.title for column in sheet.columns]
    cells = [[column.cell(row) for column in sheet.columns] for row in rows]
    if sourced:
        headings += [columns.heading("section", say.lang), columns.heading("quote", say.lang)]
        cells = [[*line, " > ".join(row.section), row.quote] for line, row in zip(cells, rows, strict=True)]
    return Table(title, (), tuple(headings), tuple(map(tuple, cells)))
