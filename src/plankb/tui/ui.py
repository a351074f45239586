"""What screens and widgets ask of the application, and fetching from the knowledge base without blocking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
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

    What the knowledge base cannot do is told to the user, and to `fail`. Both are done in the widget's own turn: there
    its children are in place, or it is gone and nothing is shown; never while it is being taken down or made anew.
    """

    async def run() -> None:
        try:
            found = await ui(node).desk.read(work)
        except PlankbError as error:
            await in_turn(node, partial(_failed, node, error, fail))
            return
        await in_turn(node, partial(show, found))

    work_of: Any = run  # not run(): a worker cancelled before it begins would leave a coroutine behind
    node.run_worker(work_of, exclusive=True, group=group)


async def in_turn(node: Widget, step: Callable[[], None]) -> None:
    """Takes a step in the widget's own turn and waits for it; a step no longer awaited is not taken."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def take() -> None:
        if not done.done():
            step()
            done.set_result(None)

    if node.call_later(take):
        await done


def drop(node: Widget, *, group: str) -> None:
    """Gives up what was asked in a group, since something else is shown."""
    node.workers.cancel_group(node, group)


def _failed(node: Widget, error: PlankbError, fail: Callable[[PlankbError], None] | None) -> None:
    ui(node).tell(error)
    if fail:
        fail(error)
