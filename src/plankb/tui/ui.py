"""What screens and widgets ask of the application, and fetching from the knowledge base without blocking."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from textual.dom import DOMNode
from textual.message import Message
from textual.widget import Widget

from plankb.errors import PlankbError
from plankb.kb.guard import guarded
from plankb.model import Span
from plankb.tui.desk import Desk, guarding
from plankb.tui.reach import typed
from plankb.tui.state import State
from plankb.words import Speaker

if TYPE_CHECKING:
    from plankb.kb import KnowledgeBase
    from plankb.tui.undoing import Steps

T = TypeVar("T")


class Ui(Protocol):
    """The application, as its screens see it."""

    desk: Desk
    say: Speaker
    state: State
    steps: Steps
    seen_state: object
    """The state of the knowledge base that the screens show (`Desk.state`)."""

    def ready(self) -> None:
        """The first screen is there: keys reach it from now on."""

    def tell(self, error: PlankbError) -> None:
        """Shows a fault in the user's input as one notice; one of the knowledge base itself on a screen of its own."""

    def remark(self, words: str) -> None:
        """Shows a short remark."""

    def changed(self) -> None:
        """Tells every screen that the knowledge base has changed."""

    def copy(self, text: str) -> None:
        """Puts a text on the clipboard and says so."""

    @property
    def folder(self) -> Path:
        """Where the knowledge base is."""


def path_of(node: Widget, text: str) -> Path | None:
    """The path that was typed into a field, without quotation marks; None where it is not open here, which is told."""
    try:
        return typed(text.strip().strip("\"'"))
    except PlankbError as error:
        ui(node).tell(error)
        return None


class OpenPlan(Message):
    """The user wants to read a plan, at a place where `span` is given."""

    def __init__(self, plan: str, span: Span | None = None) -> None:
        super().__init__()
        self.plan = plan
        self.span = span


class OpenBureau(Message):
    """The user wants to look at a bureau."""

    def __init__(self, bureau: str) -> None:
        super().__init__()
        self.bureau = bureau


class OpenTab(Message):
    """The user wants a tab."""

    def __init__(self, tab: str) -> None:
        super().__init__()
        self.tab = tab


class GoBack(Message):
    """The user goes back to where they came from."""


class AskQuestion(Message):
    """A question was asked somewhere else than in its field."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question


class OpenSaved(Message):
    """The user wants a question or filter that was kept under a name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class OpenOwnBureau(Message):
    """The user wants the page of their own bureau."""


class LibraryChanged(Message):
    """The knowledge base says something else now."""


def ui(node: DOMNode) -> Ui:
    """The application of a widget."""
    return cast(Ui, node.app)


# Work for another thread. Its result is shown in the widget's own turn: there its children are in place, or it is gone
# and nothing is shown; never while it is being taken down or made anew. No other way leads from a thread to a widget.


def fetch(
    node: Widget,
    work: Callable[[KnowledgeBase], T],
    show: Callable[[T], None],
    *,
    group: str = "fetch",
    fail: Callable[[PlankbError], None] | None = None,
    aside: bool = False,
) -> None:
    """Asks the knowledge base, and shows what it says unless something else was asked in the same group meanwhile.

    What the knowledge base cannot do is told to the user, and to `fail`. `aside` is for work that takes long: other
    questions need not wait for it.
    """
    desk = ui(node).desk
    _begin(node, partial(desk.read_long if aside else desk.read, work), show, group=group, fail=fail)


def think(node: Widget, work: Callable[[], T], show: Callable[[T], None], *, group: str) -> None:
    """The same for work that takes its time without the knowledge base."""
    _begin(node, partial(asyncio.to_thread, guarding, work), show, group=group)


def change(
    node: Widget,
    work: Callable[[KnowledgeBase], T],
    show: Callable[[T], None],
    *,
    fail: Callable[[PlankbError], None] | None = None,
) -> None:
    """Changes the knowledge base; every screen learns of it, also when the widget that wished it is gone by then."""

    async def run() -> None:
        try:
            made = await app.desk.write(work)
            app.seen_state = app.desk.state()
        except PlankbError as error:
            app.tell(error)
            if fail:
                node.call_later(fail, error)
            return
        app.changed()
        node.call_later(show, made)

    app = ui(node)
    node.app.run_worker(_unbegun(run), group="change")


def _begin(
    node: Widget,
    ask: Callable[[], Awaitable[T]],
    show: Callable[[T], None],
    *,
    group: str,
    fail: Callable[[PlankbError], None] | None = None,
) -> None:
    async def run() -> None:
        try:
            found = await ask()
        except PlankbError as error:
            await in_turn(node, partial(_failed, node, error, fail))
            return
        await in_turn(node, partial(show, found))

    node.run_worker(_unbegun(run), exclusive=True, group=group)


def _unbegun(run: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """The function, not its coroutine: a worker cancelled before it begins would leave that behind."""
    return run


async def in_turn(node: Widget, step: Callable[[], Awaitable[object] | None]) -> None:
    """Takes a step in the widget's own turn and waits for it; a step no longer awaited is not taken.

    A fault of the program in it is one notice: raised here it would end the widget's turns, and the program with them.
    """
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def take() -> None:
        if not done.done():
            try:
                with guarded():
                    taken = step()
                    if taken is not None:
                        await taken
            except PlankbError as error:
                ui(node).tell(error)
            finally:
                if not done.done():
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
