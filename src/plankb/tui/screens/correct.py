"""Reviewing one fact: accept it, correct it, reject it, or take back what was said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from plankb import columns
from plankb.columns import review_text
from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.correcting import points, texts
from plankb.kb.corrections import Point
from plankb.model import Correction, Fact, Task
from plankb.tui.cells import one_line, plain
from plankb.tui.screens.confirm import ConfirmScreen
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.ui import change, fetch, ui

_DONE: Mapping[str, str] = MappingProxyType(
    {
        "accept": "review.accepted",
        "correct": "review.corrected",
        "reject": "review.rejected",
        "drop": "review.dropped",
    }
)
_Work = Callable[[KnowledgeBase], object]


class CorrectScreen(Dialog[str | None]):
    """Closes with what was done, in words; None where nothing was."""

    AUTO_FOCUS = "#accept"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,left", "app.focus_previous", "key.up", show=False),
        Binding("down,right", "app.focus_next", "key.down", show=False),
    ]

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._fact = fact
        self._texts = texts(fact)
        self._busy = False

    def compose(self) -> ComposeResult:
        """Quotation, what was said before, fields, buttons."""
        say = ui(self).say
        with Vertical(classes="dialog"):
            yield heading(say("review.title"))
            with VerticalScroll(id="review-quote"):
                yield Static(Text(plain(self._fact.quote)), markup=False)
            yield Static(Text(one_line(review_text(self._fact.review, say.lang))), id="review-state", markup=False)
            for name, text in self._texts.items():
                with Horizontal(classes="review-field"):
                    yield Static(Text(columns.heading(name, say.lang)), classes="review-label", markup=False)
                    yield Input(one_line(text), id=f"review-{name}", compact=True)
            if self._texts:
                hint = "review.hint_names" if isinstance(self._fact, Task) else "review.hint"
                yield Static(Text(say(hint), "dim"), classes="dialog-hint", markup=False)
            with Horizontal(classes="buttons"):
                yield from self._buttons()

    def _buttons(self) -> Iterator[Button]:
        say = ui(self).say
        yield Button(say("review.accept"), id="accept", variant="success")
        if self._texts:
            yield Button(say("review.correct"), id="correct", variant="primary")
        yield Button(say("review.reject"), id="reject", variant="error")
        yield Button(say("review.drop"), id="drop", disabled=self._fact.review is None)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Does what the button says."""
        self._do(event.button.id or "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field corrects."""
        event.stop()
        self._do("correct")

    def _do(self, action: str) -> None:
        if self._busy:
            return
        try:
            work = self._work(action)
        except PlankbError as error:
            ui(self).tell(error)
            return
        if work is None:
            ui(self).remark(ui(self).say("review.unchanged"))
            return
        self._busy = True
        change(self, work, lambda _: self.finish(ui(self).say(_DONE[action])), fail=self._failed)

    def _failed(self, _: PlankbError) -> None:
        self._busy = False

    def _work(self, action: str) -> _Work | None:
        """What is to be done with the knowledge base; None where nothing was changed. Raises E512."""
        id_ = self._fact.id
        if action == "accept":
            return lambda kb: kb.corrections.accept(id_)
        if action == "reject":
            return lambda kb: kb.corrections.reject(id_)
        if action == "drop":
            return lambda kb: kb.corrections.drop([one.id for one in _said(kb) if one.fact == id_])
        found = self._points()
        return (lambda kb: kb.corrections.correct_all(id_, found)) if found else None

    def _points(self) -> list[Point]:
        fields = {name: self.query_one(f"#review-{name}", Input) for name in self._texts}
        # A field that nobody touched says what it said, even where it cannot show it.
        typed = {
            name: self._texts[name] if field.value == one_line(self._texts[name]) else field.value
            for name, field in fields.items()
        }
        return points(self._fact, typed, ui(self).say.lang)

    def action_leave(self) -> None:
        """Closes it; what is being written is waited for."""
        if not self._busy:
            self.finish()


def restore(screen: Screen[None], done: Callable[[str | None], None]) -> None:
    """Asks whether the latest rejection is to be taken back, takes it back, and says so to `done`."""

    def ask(found: Correction | None) -> None:
        say = ui(screen).say
        if found is None:
            ui(screen).remark(say("review.none_rejected"))
            return
        question = say("review.restore_ask", title=one_line(found.title), who=found.who, when=found.when[:10])

        def decided(sure: bool | None) -> None:
            if sure:
                restored = say("review.restored", title=one_line(found.title))
                change(screen, lambda kb: kb.corrections.drop([found.id]), lambda _: done(restored))

        screen.app.push_screen(ConfirmScreen(question, say("review.restore"), say("review.keep")), decided)

    fetch(screen, lambda kb: next((one for one in _said(kb) if one.action == "reject"), None), ask, group="restore")


def _said(kb: KnowledgeBase) -> list[Correction]:
    return [one.correction for one in kb.corrections.list()]
