"""What every dialog has: a title, and one way to close."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from rich.text import Text
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

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
