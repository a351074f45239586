"""A draft checked before it is issued: its findings, each in the text of the draft and with the facts it rests on."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import Input, Static

from plankb import columns
from plankb.columns import summary
from plankb.kb.checking import Checked
from plankb.model import Finding
from plankb.tui.cells import plain
from plankb.tui.columns import severity_column
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.sheet import Column, Sheet
from plankb.tui.ui import fetch, path_of, ui
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.path import PathInput
from plankb.tui.widgets.reader import Mark, Reader
from plankb.words import word


class CheckScreen(Dialog[None]):
    """Path above; findings, and the draft at the finding under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "next(1)", "key.next", show=False),
        Binding("ctrl+b", "next(-1)", "key.previous", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._checked: Checked | None = None

    def compose(self) -> ComposeResult:
        """Path, findings, draft."""
        say = ui(self).say
        with Vertical(classes="dialog -full"):
            yield heading(say("check.title"))
            yield PathInput(placeholder=say("check.path"), id="check-path")
            yield Static("", id="check-count", markup=False)
            with Container(classes="split"):
                yield Grid(id="check-rows", empty=say("check.empty"))
                with Vertical(classes="evidence"):
                    yield Static("", id="check-related", markup=False)
                    yield Reader(id="check-text")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Checks the draft."""
        event.stop()
        draft = path_of(self, event.value) if event.value.strip() else None
        if draft is not None:
            self._say(ui(self).say("ask.working"))
            fetch(self, lambda kb: kb.check(draft), self._show, fail=lambda _: self._say(""), aside=True)

    def _show(self, checked: Checked) -> None:
        say, self._checked = ui(self).say, checked
        found = checked.findings
        self._say(say("check.count", count=len(found)) if found else say("check.none"))
        line, message = columns.heading("line", say.lang), columns.heading("message", say.lang)
        shown = (
            severity_column(say),
            Column[Finding](title=line, cell=lambda row: str(row.line), width=5, align="right"),
            Column[Finding](title=message, cell=lambda row: row.message.text(say.lang), width=40, grow=1),
            Column[Finding](
                title=columns.heading("rule", say.lang), cell=lambda row: word("rule", row.rule, say.lang), width=18
            ),
        )
        marks = [Mark(span=finding.span, tone="finding", sign="!", id=str(i)) for i, finding in enumerate(found)]
        self.query_one(Reader).show(checked.reading.clean.text, marks)
        grid = self.query_one(Grid)
        grid.empty = say("check.none")
        grid.fill(Sheet(shown, found))
        if found:
            grid.focus()

    def _say(self, words: str) -> None:
        self.query_one("#check-count", Static).update(Text(words))

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The draft at the finding; what it rests on."""
        finding = event.row
        if not isinstance(finding, Finding) or self._checked is None:
            return
        say, titles = ui(self).say, self._checked.titles
        self.query_one(Reader).go_to(finding.span)
        lines = [finding.message.text(say.lang)]
        lines += [f"《{titles.get(fact.plan, fact.plan)}》{summary(fact, say.lang)}" for fact in finding.related]
        self.query_one("#check-related", Static).update(Text(plain("\n".join(lines))))

    def on_grid_chosen(self) -> None:
        """Enter goes to the draft."""
        self.query_one(Reader).focus()

    def on_reader_stopped(self, event: Reader.Stopped) -> None:
        """The table follows the walk through the draft."""
        if self._checked is not None:
            self.query_one(Grid).select(self._checked.findings[int(event.mark.id)])

    def action_next(self, step: int) -> None:
        """The next or the previous finding, from wherever the focus is."""
        self.query_one(Grid).action_move(step)
