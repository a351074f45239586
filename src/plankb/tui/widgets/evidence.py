"""The evidence pane: where a fact stands, and its quotation marked in the passage."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from plankb import phrases
from plankb.columns import join, title_of, titles_of
from plankb.model import Bureau, Conflict, Fact, Passage, Plan
from plankb.tui import evidence
from plankb.tui.cells import one_line
from plankb.tui.evidence import Evidence
from plankb.tui.ui import drop, fetch, ui
from plankb.tui.widgets.prose import Prose
from plankb.tui.widgets.reader import Reader


class EvidencePane(Vertical):
    """Shows the passage of one record at a time."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name, classes="evidence")
        self._name = name

    def compose(self) -> ComposeResult:
        """The source line above, the passage below."""
        yield Prose(most=2, classes="source")
        yield Reader(id=f"{self._name}-text")

    def on_mount(self) -> None:
        """Says what it is for."""
        self.show(None)

    def show(self, record: object) -> None:
        """Shows a record: facts and hits in their passage, others by their names; anything else says what to do."""
        drop(self, group="evidence")
        match record:
            case Fact() | Passage():
                fetch(self, lambda kb: evidence.evidence(kb, record), self._passage, group="evidence")
            case Bureau():
                self._words(record.name, f"{ui(self).say('evidence.names')}：{join(record.names)}")
            case Conflict():
                fetch(self, lambda kb: titles_of(kb.store.plans()), partial(self._conflict, record), group="evidence")
            case Plan():
                self._words(title_of(record), join(filter(None, (record.issuer, record.period, record.date))))
            case _:
                self._words("", ui(self).say("evidence.empty"))

    def _conflict(self, conflict: Conflict, titles: Mapping[str, str]) -> None:
        """The quotations, each with its plan."""
        said = (
            f"“{fact.quote}”\n——《{titles.get(fact.plan, fact.plan)}》{phrases.trail(fact.section)}"
            for fact in conflict.facts
        )
        self._words(conflict.why.text(ui(self).say.lang), "\n\n".join(said))

    def _passage(self, found: Evidence) -> None:
        self._source(f"《{title_of(found.plan)}》 {phrases.trail(found.section)}")
        self.query_one(Reader).show(found.text, found.marks, focus=found.focus)

    def _words(self, source: str, text: str) -> None:
        self._source(source)
        self.query_one(Reader).show(text)

    def _source(self, words: str) -> None:
        self.query_one(".source", Static).update(Text(one_line(words)))
