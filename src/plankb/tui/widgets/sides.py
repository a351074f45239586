"""Two quotations side by side, each in its passage, with plan and level."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from plankb.columns import summary, title_of
from plankb.kb import KnowledgeBase
from plankb.model import AnyFact
from plankb.tui.cells import one_line
from plankb.tui.evidence import Evidence, evidence
from plankb.tui.ui import fetch, ui
from plankb.tui.widgets.prose import Prose
from plankb.tui.widgets.reader import Reader
from plankb.words import word


class Sides(Horizontal):
    """Shows two of several facts at a time."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name, classes="sides")
        self._facts: Sequence[AnyFact] = ()
        self._first = 0

    def compose(self) -> ComposeResult:
        """Left and right."""
        for side in ("left", "right"):
            with Vertical(classes="side"):
                yield Prose(most=2, classes="source", id=f"{self.id}-{side}-source")
                yield Prose(most=2, classes="says", id=f"{self.id}-{side}-says")
                yield Reader(id=f"{self.id}-{side}-text", gutter=False)

    def show(self, facts: Sequence[AnyFact]) -> None:
        """Shows the first two of the facts; () shows nothing."""
        self._facts, self._first = facts, 0
        self._draw()

    def turn(self) -> None:
        """The next two, with one of the last beside the next."""
        if len(self._facts) > 1:
            self._first = (self._first + 1) % (len(self._facts) - 1)
            self._draw()

    @property
    def shown(self) -> Sequence[AnyFact]:
        """The facts on show, left and right."""
        return self._facts[self._first : self._first + 2]

    def _draw(self) -> None:
        shown = tuple(self.shown)

        def work(kb: KnowledgeBase) -> list[Evidence]:
            return [evidence(kb, fact) for fact in shown]

        fetch(self, work, self._show, group="sides")

    def _show(self, found: list[Evidence]) -> None:
        say = ui(self).say
        for place, side in enumerate(("left", "right")):
            source, says = (self.query_one(f"#{self.id}-{side}-{part}", Static) for part in ("source", "says"))
            reader = self.query_one(f"#{self.id}-{side}-text", Reader)
            if place >= len(found):
                source.update("")
                says.update("")
                reader.show("")
                continue
            seen, fact = found[place], self.shown[place]
            level = word("level", seen.plan.level, say.lang)
            source.update(_line(f"《{title_of(seen.plan)}》{level}"))
            says.update(_line(f"{self._first + place + 1}/{len(self._facts)} {summary(fact, say.lang)}"))
            reader.show(seen.text, seen.marks, focus=seen.focus)


def _line(words: str) -> Text:
    return Text(one_line(words))
