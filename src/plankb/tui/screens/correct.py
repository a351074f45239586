"""Reviewing one fact: accept it, correct it, reject it, or take back what was said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Static

from plankb import columns
from plankb.columns import review_text
from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.correcting import points, texts
from plankb.kb.corrections import CorrectionDesk, Point
from plankb.model import Correction, Fact, Task
from plankb.tui.cells import one_line
from plankb.tui.evidence import deciding
from plankb.tui.keys import key
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.ui import change, ui
from plankb.tui.undoing import Step
from plankb.tui.widgets.reader import Mark, Reader

_DONE: Mapping[str, str] = MappingProxyType(
    {
        "accept": "review.accepted",
        "correct": "review.corrected",
        "reject": "review.rejected",
        "drop": "review.dropped",
    }
)
_Work = Callable[[CorrectionDesk], object]


class CorrectScreen(Dialog[str | None]):
    """Closes with what was done, in words; None where nothing was."""

    AUTO_FOCUS = "#review-quote"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("pagedown", "roll(1)", "key.page_down", show=False),
        key("pageup", "roll(-1)", "key.page_up", show=False),
        key("up,left", "app.focus_previous", "key.up", show=False),
        key("down,right", "app.focus_next", "key.down", show=False),
    ]

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._fact = fact
        self._texts = texts(fact)
        self._busy = False
        self._is_seen = False

    def compose(self) -> ComposeResult:
        """Quotation, what was said before, fields, buttons."""
        say = ui(self).say
        with Vertical(classes="dialog"):
            yield heading(say("review.title"))
            yield Reader(id="review-quote", gutter=False)
            yield Static("", id="review-unseen", markup=False)
            if self._fact.review is not None:
                yield Static(Text(one_line(review_text(self._fact.review, say.lang))), id="review-state", markup=False)
            for name, text in self._texts.items():
                with Horizontal(classes="review-field"):
                    yield Static(Text(columns.heading(name, say.lang)), classes="review-label", markup=False)
                    yield Input(one_line(text), id=f"review-{name}", compact=True)
            if self._texts:
                hint = "review.hint_names" if isinstance(self._fact, Task) else "review.hint"
                yield Static(Text(say(hint), "dim"), markup=False)
            with Horizontal(classes="buttons"):
                yield from self._buttons()

    def _buttons(self) -> Iterator[Button]:
        say = ui(self).say
        yield Button(say("review.accept"), id="accept", compact=True, variant="success", disabled=True)
        if self._texts:
            yield Button(say("review.correct"), id="correct", compact=True, variant="primary")
        yield Button(say("review.reject"), id="reject", compact=True, variant="error")
        yield Button(say("review.drop"), id="drop", compact=True, disabled=self._fact.review is None)

    # the quotation

    def on_mount(self) -> None:
        """Shows the quotation at the words that decide."""
        marks = deciding(self._fact)
        self._quote.show(self._fact.quote, marks, focus=None)
        self.call_after_refresh(self._to_the_point, marks)

    @property
    def _quote(self) -> Reader:
        return self.query_one("#review-quote", Reader)

    def _to_the_point(self, marks: Sequence[Mark]) -> None:
        self._look()
        if marks and not self._is_seen:
            self._quote.go_to(marks[0].span)
            self._look()

    def on_reader_rolled(self) -> None:
        """More of it has been on the screen."""
        self._look()

    def on_resize(self) -> None:
        """More of it may be on the screen."""
        self.call_after_refresh(self._look)

    def action_roll(self, step: int) -> None:
        """Turns the quotation over, from wherever the focus is."""
        self._quote.action_leaf(step)

    def _look(self) -> None:
        """Nothing is accepted of which a part has not been on the screen."""
        say, quote, accept = ui(self).say, self._quote, self.query_one("#accept", Button)
        self._is_seen = self._is_seen or quote.is_seen
        self.query_one("#review-unseen", Static).update(Text("" if self._is_seen else say("review.unseen"), "dim"))
        if self._is_seen and accept.disabled:
            accept.disabled = False
            if self.focused is None or self.focused is quote:
                accept.focus()

    # what is said of it

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
        fact, made = self._fact, work

        def done(before: tuple[Correction, ...]) -> None:
            ui(self).steps.add(
                Step(
                    fact.id,
                    fact.title if isinstance(fact, Task) else self._texts.get("indicator", fact.quote),
                    ui(self).say(f"review.{action}"),
                    before,
                )
            )
            self.finish(ui(self).say(_DONE[action]))

        def noting(kb: KnowledgeBase) -> tuple[Correction, ...]:
            before = kb.corrections.of(fact.id)
            made(kb.corrections.as_shown(fact))
            return before

        change(self, noting, done, fail=self._failed)

    def _failed(self, _: PlankbError) -> None:
        self._busy = False

    def _work(self, action: str) -> _Work | None:
        """What is to be done at the desk; None where nothing was changed. Raises E512."""
        id_ = self._fact.id
        if action == "accept":
            return lambda desk: desk.accept(id_)
        if action == "reject":
            return lambda desk: desk.reject(id_)
        if action == "drop":
            return lambda desk: desk.drop([one.id for one in desk.of(id_)])
        found = self._points()
        return (lambda desk: desk.correct_all(id_, found)) if found else None

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
