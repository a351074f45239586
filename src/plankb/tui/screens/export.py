"""What is on the screen, as a file: the rows that show, in their order, each with its source."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from plankb import columns
from plankb.errors import PlankbError
from plankb.files import make_folder
from plankb.kb import KnowledgeBase, Table, csv_text, remarks
from plankb.tui.cells import plain
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.sheet import AnySheet
from plankb.tui.ui import fetch, path_of, ui
from plankb.tui.widgets.path import PathInput
from plankb.words import Speaker

Write = Callable[[KnowledgeBase, Path], object]


class ExportScreen(Dialog[str]):
    """Asks for the file and closes with what was written.

    A file that exists is overwritten, and a folder that is not there is made, only at a second Enter. In a browser the
    file goes to whoever sits there, as a download.
    """

    def __init__(self, name: str, rows: int, write: Write, *, ending: str = ".xlsx", hint: str | None = None) -> None:
        super().__init__()
        self._file = f"plankb-{name}{ending}"
        self._rows = rows
        self._write = write
        self._hint = hint
        self._asked: Path | None = None

    def compose(self) -> ComposeResult:
        """Title and field."""
        say = ui(self).say
        web = self.app.is_web
        hint = self._hint or say("export.name" if web else "export.path")
        with Vertical(classes="dialog"):
            yield heading(say("export.title", count=self._rows))
            value = self._file if web else str(Path.cwd() / self._file)
            yield PathInput(placeholder=hint, id="export-path", value=value)
            yield Static(Text(hint, "dim"), id="export-hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Writes the file."""
        event.stop()
        if not event.value.strip():
            return
        if self.app.is_web:
            self._download(Path(event.value.strip()).name)
            return
        path = path_of(self, event.value)
        if path is not None and self._is_agreed(path):
            fetch(self, lambda kb: _made(kb, path, self._write), partial(self._done, path), aside=True)

    def _done(self, path: Path, kept: Sequence[PlankbError]) -> None:
        """Closes with what was written, and what of somebody else's was kept under which name."""
        say = ui(self).say
        self.finish("　".join([say("export.done", count=self._rows, path=path), *(one.text(say.lang) for one in kept)]))

    def _is_agreed(self, path: Path) -> bool:
        """Whether it may be written at once; else says what Enter would do, once more."""
        say = ui(self).say
        try:
            if path.is_dir():
                path = path / self._file
                self.query_one(PathInput).value = str(path)
                question = "export.exists" if path.exists() else "export.into"
            elif path == self._asked:
                return True
            elif path.exists():
                question = "export.exists"
            elif not path.parent.is_dir():
                question = "export.folder"
            else:
                return True
        except (OSError, ValueError):
            return True  # what cannot be looked at cannot be written either, which writing tells
        self._asked = path
        named = path.parent if question == "export.folder" else path
        self.query_one("#export-hint", Static).update(Text(plain(say(question, path=named))))
        return False

    def _download(self, name: str) -> None:
        def sent(data: bytes) -> None:
            self.app.deliver_binary(BytesIO(data), save_filename=name)
            self.finish(ui(self).say("export.downloaded", count=self._rows, path=name))

        fetch(self, lambda kb: _bytes(kb, name, self._write), sent, aside=True)


def _made(kb: KnowledgeBase, path: Path, write: Write) -> Sequence[PlankbError]:
    """Writes a file, its folder before it, and says what was kept of somebody else's. Raises E205."""
    make_folder(path.parent)
    with remarks.telling() as kept:
        write(kb, path)
    return kept


def _bytes(kb: KnowledgeBase, name: str, write: Write) -> bytes:
    """What would stand in a file of that name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(kb, path)
        return path.read_bytes()


def table_of(title: str, sheet: AnySheet, shown: list[int], say: Speaker) -> Table:
    """The rows that show as a table; rows that quote a plan get section and quotation."""
    rows = [sheet.rows[index] for index in shown]
    sourced = bool(rows) and all(hasattr(row, "quote") and hasattr(row, "section") for row in rows)
    headings = [column.title for column in sheet.columns]
    cells = [[column.cell(row) for column in sheet.columns] for row in rows]
    if sourced:
        headings += [columns.heading("section", say.lang), columns.heading("quote", say.lang)]
        cells = [[*line, " > ".join(row.section), row.quote] for line, row in zip(cells, rows, strict=True)]
    return Table(title, (), tuple(headings), tuple(map(tuple, cells)))


def tab_separated(table: Table) -> str:
    """A table as text that a spreadsheet takes: a line a row, tabs between the cells; no cell is a formula there."""
    rows = (table.headings, *table.rows)
    return "\n".join("\t".join(csv_text(" ".join(str(cell).split())) for cell in row) for row in rows)
