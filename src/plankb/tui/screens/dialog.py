"""What every dialog has, a title and one way to close; and the two smallest, which ask for a line or for a yes."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from plankb.tui.cells import plain
from plankb.tui.keys import key

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """Closes once, and only itself: a second Enter or an answer that comes late would else close what lies below."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "leave", "key.close")]
    _result: tuple[T | None] | None = None

    def finish(self, result: T | None = None) -> None:
        """Closes with a result as soon as nothing lies over the dialog. Only the first result counts."""
        if self._result is None:
            self._result = (result,)
            self._close()

    def on_screen_resume(self) -> None:
        """Nothing lies over it any more."""
        self._close()

    def _close(self) -> None:
        if self._result is not None and self.is_active:
            self.dismiss(self._result[0])

    def action_leave(self) -> None:
        """Closes without a result."""
        self.finish()


def heading(words: str) -> Static:
    """The title of a dialog."""
    return Static(Text(words, "bold"), classes="dialog-title", markup=False)


_LONGEST = 200


class AskScreen(Dialog[str | None]):
    """Closes with what was typed; None where it was nothing."""

    def __init__(self, title: str, hint: str, value: str = "") -> None:
        super().__init__()
        self._words = (title, hint, value)

    def compose(self) -> ComposeResult:
        """Title and field."""
        title, hint, value = self._words
        with Vertical(classes="dialog"):
            yield heading(plain(title))
            yield Input(value, placeholder=hint, id="ask-line", max_length=_LONGEST)
            yield Static(Text(hint, "dim"), markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter closes with it."""
        event.stop()
        if event.value.strip():
            self.finish(plain(event.value).strip())


class ConfirmScreen(Dialog[bool]):
    """Closes with True where the user is sure, with False or None where not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("left", "app.focus_previous", "key.left", show=False),
        key("right", "app.focus_next", "key.right", show=False),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._words = (question, yes, no)

    def compose(self) -> ComposeResult:
        """The question, no and yes; no has the focus."""
        question, yes, no = self._words
        with Vertical(classes="dialog"):
            yield Static(Text(plain(question)), markup=False)
            with Horizontal(classes="buttons"):
                yield Button(Text(no).plain, id="no")
                yield Button(Text(yes).plain, id="yes", variant="error")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Closes."""
        self.finish(event.button.id == "yes")
