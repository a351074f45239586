"""How well one's own plans are read: a sample of facts to judge, and what the judgements come to so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical

from plankb import columns
from plankb.columns import summary, titles_of
from plankb.kb import KnowledgeBase
from plankb.kb.measuring import Item, Measured, lines, measured
from plankb.tui.cells import plain
from plankb.tui.columns import Titles
from plankb.tui.keys import key
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.sheet import Column, Sheet
from plankb.tui.ui import OpenPlan, fetch, ui
from plankb.tui.widgets.evidence import EvidencePane
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.prose import Prose
from plankb.tui.widgets.table import Table
from plankb.words import Speaker


@dataclass(frozen=True, slots=True)
class _Sampled:
    """The sample as it stands, what it says, and the names of plans."""

    items: Sequence[Item]
    says: Measured
    titles: Titles


class MeasureScreen(Dialog[OpenPlan]):
    """The sample with its evidence, and the shares of right facts. Closes with None."""

    AUTO_FOCUS = "Grid"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("r", "judge", "key.review"),
        key("u", "undo", "key.restore", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def compose(self) -> ComposeResult:
        """What it comes to; the sample, the passage of the fact under the cursor."""
        say = ui(self).say
        with Vertical(classes="dialog -full"):
            yield heading(say("measure.title"))
            yield Prose(most=9, id="measure-says")
            with Container(classes="split"):
                yield Table("measure-rows", empty=say("measure.empty"), prompt=say("facts.filter_rows"))
                yield EvidencePane("measure-evidence")
            yield Prose(Text(say("measure.hint"), "dim"), most=2)

    def on_mount(self) -> None:
        """Draws the sample."""
        self._draw()

    def on_library_changed(self) -> None:
        """A fact was judged, here or elsewhere."""
        self._draw()

    def _draw(self) -> None:
        fetch(self, _sampled, self._show, group="measure", aside=True)

    def _show(self, found: _Sampled) -> None:
        say, words = ui(self).say, list(lines(found.says, found.titles, ui(self).say.lang))
        done = say("measure.done", judged=found.says.judged, count=found.says.count)
        self.query_one("#measure-says", Prose).update(Text(plain("\n".join([*words, done]))))
        cursor = next((at for at, item in enumerate(found.items) if at >= self._at and item.right is None), self._at)
        self.query_one(Table).fill(Sheet(_columns(say, found.titles), found.items), cursor=cursor)

    # one fact

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The evidence follows the cursor."""
        self.query_one(EvidencePane).show(event.row.fact if isinstance(event.row, Item) else None)

    def on_grid_chosen(self) -> None:
        """Enter judges."""
        self.action_judge()

    def action_judge(self) -> None:
        """Says whether the fact under the cursor is right; the cursor then goes to the next that nobody judged."""
        from plankb.tui.screens.correct import CorrectScreen

        grid = self.query_one(Grid)
        if isinstance(grid.row, Item):
            self._at = grid.shown_indices[grid.cursor]
            self.app.push_screen(CorrectScreen(grid.row.fact), self._remark)

    def action_undo(self) -> None:
        """Undoes the latest judgement, once the user is sure."""
        from plankb.tui.undoing import undo

        undo(self, self._remark)

    def _remark(self, said: str | None) -> None:
        if said is not None:
            ui(self).remark(said)


def _sampled(kb: KnowledgeBase) -> _Sampled:
    sample = kb.sample()
    return _Sampled(sample.items, measured(sample), titles_of(kb.store.plans()))


def _columns(say: Speaker, titles: Titles) -> tuple[Column[Item], ...]:
    signs = {True: "✓", False: "✗", None: ""}

    def fields(item: Item) -> str:
        names = (say("measure.no_fact") if name == "fact" else columns.heading(name, say.lang) for name in item.fields)
        return columns.join(names)

    return (
        Column(
            title="",
            cell=lambda item: signs[item.right],
            width=1,
            tone=lambda item: "bad" if item.right is False else None,
        ),
        Column(
            title=columns.heading("quote", say.lang), cell=lambda item: summary(item.fact, say.lang), width=30, grow=5
        ),
        Column(title=say("measure.wrong"), cell=fields, width=8, grow=1),
        Column(
            title=columns.heading("plan", say.lang),
            cell=lambda item: titles.get(item.fact.plan, item.fact.plan),
            width=14,
            grow=1,
            cut="middle",
        ),
    )
