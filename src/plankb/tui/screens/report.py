"""A report on one task: its state, how far it is, what was done and what proves it, what hinders, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Static

from plankb.errors import PlankbError
from plankb.kb import STATES, Entry, KnowledgeBase
from plankb.model import Progress, State
from plankb.tui.cells import clip, one_line, plain
from plankb.tui.keys import key
from plankb.tui.screens.dialog import ConfirmScreen, Dialog, heading
from plankb.tui.ui import change, fetch, ui
from plankb.words import word

_TEXTS = ("note", "evidence", "problems", "next")
_TITLE = 66


class ReportScreen(Dialog[str | None]):
    """Closes with what was kept, in words; None where nothing was."""

    AUTO_FOCUS = "#report-state"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("down", "app.focus_next", "key.down", show=False),
        key("up", "app.focus_previous", "key.up", show=False),
        key("ctrl+s", "keep", "key.keep_report"),
    ]

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry
        self._busy = False

    def compose(self) -> ComposeResult:
        """The task, how it stands, the fields, the buttons."""
        say, entry = ui(self).say, self._entry
        states = [(word("state", state, say.lang), state) for state in STATES]
        with Vertical(classes="dialog"):
            yield heading(say("report.title"))
            yield Static(Text(clip(one_line(entry.task.title), _TITLE), "bold"), markup=False)
            yield Static(Text(plain(self._stands())), id="report-stands", markup=False)
            with Horizontal(classes="report-choice"):
                yield Static(Text(say("report.state")), classes="review-label", markup=False)
                yield Select(states, value=entry.state, allow_blank=False, compact=True, id="report-state")
            with Horizontal(classes="review-field"):
                yield Static(Text(say("report.done")), classes="review-label", markup=False)
                share = "" if entry.latest is None or entry.done is None else f"{entry.done * 100:g}"
                yield Input(share, id="report-done", compact=True, max_length=6)
            for name in _TEXTS:
                with Horizontal(classes="review-field"):
                    yield Static(Text(say(f"report.{name}")), classes="review-label", markup=False)
                    yield Input(id=f"report-{name}", compact=True, max_length=2000)
            yield Static(Text(say("report.hint"), "dim"), classes="dialog-hint", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(say("report.keep"), id="keep", variant="success")
                yield Button(say("review.keep"), id="close")

    def _stands(self) -> str:
        say, entry = ui(self).say, self._entry
        due = say("report.due", due=entry.due, words=entry.due_words) if entry.due else say("report.no_due")
        last = entry.latest
        state = word("state", entry.state, say.lang)
        said = say("report.last", who=last.who, when=last.when, state=state) if last else say("report.none")
        return f"{due}　{said}"

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Keeps the report, or closes."""
        if event.button.id == "keep":
            self.action_keep()
        else:
            self.action_leave()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field; the buttons keep the report."""
        event.stop()
        self.focus_next()

    def action_keep(self) -> None:
        """Keeps the report."""
        if self._busy:
            return
        state: State = self.query_one("#report-state", Select).value  # type: ignore[assignment]
        try:
            done = _share(self.query_one("#report-done", Input).value)
        except PlankbError as error:
            ui(self).tell(error)
            return
        said = {name: self.query_one(f"#report-{name}", Input).value.strip() for name in _TEXTS}
        task = self._entry.task.id
        self._busy = True
        done_words = ui(self).say("report.kept", state=word("state", state, ui(self).say.lang))
        change(
            self,
            lambda kb: kb.ledger.report(
                task,
                state,
                done=done,
                note=said["note"],
                evidence=said["evidence"],
                problems=said["problems"],
                next_step=said["next"],
            ),
            lambda _: self.finish(done_words),
            fail=self._failed,
        )

    def _failed(self, _: PlankbError) -> None:
        self._busy = False

    def action_leave(self) -> None:
        """Closes it; what is being written is waited for."""
        if not self._busy:
            self.finish()


def take_back(node: Widget, done: Callable[[str | None], None]) -> None:
    """Asks whether what was reported last is to be taken back, takes it back, and says so to `done`."""

    def ask(found: Progress | None) -> None:
        say = ui(node).say
        if found is None:
            ui(node).remark(say("report.none_kept"))
            return
        question = say("report.undo_ask", title=one_line(found.title), who=found.who, when=found.when)
        undone = say("report.undone", title=one_line(found.title))

        def decided(sure: bool | None) -> None:
            if sure:
                change(node, lambda kb: kb.ledger.undo(), lambda _: done(undone))

        node.app.push_screen(ConfirmScreen(question, say("key.take_back"), say("review.keep")), decided)

    fetch(node, _latest, ask, group="undo-report")


def _latest(kb: KnowledgeBase) -> Progress | None:
    return next((report for report in reversed(kb.store.reports()) if report.withdrawn is None), None)


def _share(typed: str) -> float | None:
    """A share typed as percent, 0 to 1; None for nothing. Raises E702 for what is none."""
    text = typed.strip().removesuffix("%").removesuffix("％").strip()
    if not text:
        return None
    try:
        share = float(text) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise PlankbError("E702", done=typed.strip())
    return share
