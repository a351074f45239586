"""What screens and widgets ask of the application, and fetching from the knowledge base without blocking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual.dom import DOMNode
from textual.message import Message
from textual.widget import Widget

from plankb.errors import PlankbError
from plankb.model import Span
from plankb.tui.desk import Desk
from plankb.tui.state import State
from plankb.tui.words import Words

if TYPE_CHECKING:
    from plankb.kb import KnowledgeBase

T = TypeVar("T")


class Ui(Protocol):
    """The application, as its screens see it."""

    desk: Desk
    say: Words
    state: State

    def tell(self, error: PlankbError) -> None:
        """Shows a fault in the user's input as one notice; one of the knowledge base itself on a screen of its own."""

    def remark(self, words: str) -> None:
        """Shows a short remark."""

    def copy(self, text: str) -> None:
        """Puts a text on the clipboard and says so."""

    @property
    def folder(self) -> Path:
        """Where the knowledge base is."""


class OpenPlan(Message):
    """The user wants to read a plan, at a place where `span` is given."""

    def __init__(self, plan: str, span: Span | None = None) -> None:
        super().__init__()
        self.plan = plan
        self.span = span


class LibraryChanged(Message):
    """Plans were added or removed."""


def ui(node: DOMNode) -> Ui:
    """The application of a widget."""
    return cast(Ui, node.app)


def fetch(
    node: Widget,
    work: Callable[[KnowledgeBase], T],
    show: Callable[[T], None],
    *,
    group: str = "fetch",
    fail: Callable[[PlankbError], None] | None = None,
) -> None:
    """Asks the knowledge base, and shows what it says unless something else was asked in the same group meanwhile.

    What the knowledge base cannot do is told to the user, and to `fail`.
    """

    async def run() -> None:
        try:
            found = await ui(node).desk.read(work)
        except PlankbError as error:
            ui(node).tell(error)
            if fail and node.is_attached:
                fail(error)
            return
        if node.is_attached:
            show(found)

    work_of: Any = run  # not run(): a worker cancelled before it begins would leave a coroutine behind
    node.run_worker(work_of, exclusive=True, group=group)
