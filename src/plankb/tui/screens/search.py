"""Full-text search, from any screen: words above, passages below, the passage in its context beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Input, Static

from plankb.kb import KnowledgeBase, SearchResult, is_question
from plankb.model import Passage
from plankb.tui.cells import plain
from plankb.tui.columns import sheet_of
from plankb.tui.keys import key
from plankb.tui.lazy import names_of
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.ui import AskQuestion, OpenPlan, fetch, ui
from plankb.tui.widgets.evidence import EvidencePane
from plankb.tui.widgets.grid import Grid
from plankb.words import Speaker

_MOST = 500


class SearchScreen(Dialog[OpenPlan | AskQuestion | None]):
    """Closes with the place to read, with a question to answer, or None. `plan` is the one to search in, None all."""

    def __init__(self, plan: str | None = None) -> None:
        super().__init__()
        self._plans = (plan,) if plan else ()

    BINDINGS: ClassVar[list[BindingType]] = [key("down", "hits", "key.down", show=False)]

    def compose(self) -> ComposeResult:
        """Field, hits, passage."""
        say = ui(self).say
        with Vertical(classes="dialog -full"):
            yield heading(say("search.title_in" if self._plans else "search.title"))
            yield Input(placeholder=say("search.placeholder"), id="search-words", max_length=200)
            yield Static("", id="search-count", markup=False)
            with Container(classes="split"):
                yield Grid(id="search-hits", empty=say("search.empty"))
                yield EvidencePane("search-evidence")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches as one types."""
        words = event.value.strip()
        if words:
            fetch(
                self,
                partial(_found, words=words, plans=self._plans),
                self._show,
                group="search",
            )
        else:
            self._show((SearchResult(), {}))

    def on_input_submitted(self) -> None:
        """Enter goes to the hits; a question is answered as one."""
        words = self.query_one(Input).value.strip()
        if is_question(words) and not self._plans:
            self.finish(AskQuestion(words))
        else:
            self.action_hits()

    def action_hits(self) -> None:
        """To the hits."""
        self.query_one(Grid).focus()

    def _show(self, found: tuple[SearchResult, Mapping[str, str]]) -> None:
        result, titles = found
        say = ui(self).say
        words = self.query_one(Input).value.strip()
        self.query_one("#search-count", Static).update(Text(plain(self._said(result, words))))
        grid = self.query_one(Grid)
        grid.empty = say("search.none") if words else say("search.empty")
        grid.fill(sheet_of(list(result.hits), say, titles))

    def _said(self, result: SearchResult, words: str) -> str:
        say = ui(self).say
        if not words:
            return ""
        return say("search.question") if is_question(words) and not self._plans else _count(result, say)

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The passage follows the cursor."""
        self.query_one(EvidencePane).show(event.row)

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Reads the plan there."""
        if isinstance(event.row, Passage):
            self.finish(OpenPlan(event.row.plan, event.row.span))


def _found(kb: KnowledgeBase, *, words: str, plans: tuple[str, ...]) -> tuple[SearchResult, Mapping[str, str]]:
    return kb.search(words, limit=_MOST, plans=plans), names_of(kb)


def _count(result: SearchResult, say: Speaker) -> str:
    """How much was found, in words."""
    if not result.hits:
        return say("search.suggest", words=result.suggestion) if result.suggestion else say("search.none")
    if result.relaxed:
        return say("search.relaxed", total=result.total)
    return say(
        "search.first" if result.total > len(result.hits) else "search.count",
        total=result.total,
        count=len(result.hits),
    )
