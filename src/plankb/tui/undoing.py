"""Undo: what people said of facts in this window, each with what had been said of the fact before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.widget import Widget

from plankb.kb import KnowledgeBase
from plankb.model import Correction
from plankb.tui.cells import one_line
from plankb.tui.screens.dialog import ConfirmScreen
from plankb.tui.ui import change, fetch, ui

_MOST = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One step to go back: the fact, what it is called, what was done in words, what was said of it before."""

    fact: str
    title: str
    done: str
    before: tuple[Correction, ...]


class Steps:
    """The steps of this window, the latest last."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    def add(self, step: Step) -> None:
        """One more."""
        self._steps = [*self._steps, step][-_MOST:]

    def last(self) -> Step | None:
        """The latest; None where there is none."""
        return self._steps[-1] if self._steps else None

    def pop(self) -> None:
        """The latest was gone back."""
        self._steps.pop()


def undo(node: Widget, done: Callable[[str | None], None]) -> None:
    """Asks whether the latest step is to be undone, undoes it, and says so to `done`.

    Without a step in this window, the latest rejection of earlier days is offered.
    """
    step, say = ui(node).steps.last(), ui(node).say
    if step is None:
        _restore(node, done)
        return
    title = one_line(step.title)

    def undone(_: object) -> None:
        ui(node).steps.pop()
        done(say("review.undone", title=title, done=step.done))

    def decided(sure: bool | None) -> None:
        if sure:
            change(node, lambda kb: kb.corrections.put_back(step.fact, step.before), undone)

    question = say("review.undo_ask", title=title, done=step.done)
    node.app.push_screen(ConfirmScreen(question, say("key.take_back"), say("review.keep")), decided)


def _restore(node: Widget, done: Callable[[str | None], None]) -> None:
    """Asks whether the latest rejection is to be taken back, takes it back, and says so to `done`."""

    def ask(found: Correction | None) -> None:
        say = ui(node).say
        if found is None:
            ui(node).remark(say("review.none_rejected"))
            return
        question = say("review.restore_ask", title=one_line(found.title), who=found.who, when=found.when[:10])

        def decided(sure: bool | None) -> None:
            if sure:
                restored = say("review.restored", title=one_line(found.title))
                change(node, lambda kb: kb.corrections.drop([found.id]), lambda _: done(restored))

        node.app.push_screen(ConfirmScreen(question, say("review.restore"), say("review.keep")), decided)

    fetch(node, _rejected, ask, group="restore")


def _rejected(kb: KnowledgeBase) -> Correction | None:
    return next((one.correction for one in kb.corrections.list() if one.correction.action == "reject"), None)
