"""All that people said of facts: who, when, what, and which of it rests on words that the plan no longer has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from plankb import columns
from plankb.columns import titles_of
from plankb.kb import KnowledgeBase, correction_text
from plankb.kb.corrections import KeptCorrection
from plankb.model import AnyFact, Correction
from plankb.tui.cells import one_line, plain
from plankb.tui.columns import Titles
from plankb.tui.keys import key
from plankb.tui.screens.dialog import ConfirmScreen, Dialog, heading
from plankb.tui.sheet import Column, Sheet
from plankb.tui.ui import OpenPlan, change, fetch, ui
from plankb.tui.undoing import Step
from plankb.tui.widgets.evidence import EvidencePane
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.prose import Prose
from plankb.tui.widgets.table import Table
from plankb.words import Speaker, word


@dataclass(frozen=True, slots=True)
class Said:
    """A correction, and the fact as the program reads it today; None where it reads it no more."""

    reviewed: KeptCorrection
    fact: AnyFact | None


class CorrectionsScreen(Dialog[OpenPlan]):
    """Closes with the place to read, or None."""

    AUTO_FOCUS = "Grid"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("delete", "take_back", "key.take_back"),
        key("c", "confirm", "key.let_stand"),
    ]

    def compose(self) -> ComposeResult:
        """Table; what the correction rests on, and the passage of today."""
        say = ui(self).say
        with Vertical(classes="dialog -full"):
            yield heading(say("corrections.title"))
            with Container(classes="split"):
                yield Table("corrections-rows", empty=say("corrections.empty"), prompt=say("facts.filter_rows"))
                with Vertical(classes="evidence"):
                    yield Prose(most=4, id="correction-rests")
                    yield EvidencePane("correction-evidence")
            yield Prose(Text(say("corrections.hint"), "dim"), most=2)

    def on_mount(self) -> None:
        """Fetches them."""
        self._list()

    def on_library_changed(self) -> None:
        """Fetches them anew."""
        self._list()

    def _list(self) -> None:
        say, at = ui(self).say, self.query_one(Grid).cursor

        def show(sheet: Sheet[Said]) -> None:
            suspect = sum(row.reviewed.suspicion is not None for row in sheet.rows)
            remark = say("corrections.suspect", count=suspect) if suspect else ""
            self.query_one(Table).fill(sheet, cursor=at, remark=remark)

        fetch(self, lambda kb: Sheet(_columns(say, titles_of(kb.store.plans())), _said(kb)), show, group="corrections")

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The words that the correction rests on, and the passage of today."""
        row = event.row if isinstance(event.row, Said) else None
        rests, passage = self.query_one("#correction-rests", Static), self.query_one(EvidencePane)
        passage.show(row.fact if row else None)
        if row is None:
            rests.update("")
            return
        say, one = ui(self).say, row.reviewed
        state = word("suspicion", one.suspicion or "none", say.lang)
        what, quote = correction_text(one.correction, say.lang), one_line(one.correction.source)
        rests.update(Text(plain(say("corrections.rests", state=state, what=one_line(what), quote=quote))))

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Enter reads the plan there."""
        fact = event.row.fact if isinstance(event.row, Said) else None
        if fact is None:
            ui(self).remark(ui(self).say("corrections.gone"))
        else:
            self.finish(OpenPlan(fact.plan, fact.span))

    def action_take_back(self) -> None:
        """Takes the correction under the cursor back, once the user is sure."""
        row = self.query_one(Grid).row
        if not isinstance(row, Said):
            return
        say, correction = ui(self).say, row.reviewed.correction
        what = one_line(correction_text(correction, say.lang))

        def work(kb: KnowledgeBase) -> tuple[Correction, ...]:
            before = kb.corrections.of(correction.fact)
            kb.corrections.drop([correction.id])
            return before

        def done(before: tuple[Correction, ...]) -> None:
            ui(self).steps.add(Step(correction.fact, correction.title, say("key.take_back"), before))
            ui(self).remark(say("corrections.taken_back", what=what))

        def decided(sure: bool | None) -> None:
            if sure:
                change(self, work, done)

        question = say("corrections.ask", title=one_line(correction.title), what=what, who=correction.who)
        self.app.push_screen(ConfirmScreen(question, say("key.take_back"), say("review.keep")), decided)

    def action_confirm(self) -> None:
        """Lets a suspect correction stand on the words of today."""
        row, say = self.query_one(Grid).row, ui(self).say
        if not isinstance(row, Said) or row.reviewed.suspicion is None:
            ui(self).remark(say("corrections.not_suspect"))
            return
        id_ = row.reviewed.correction.id
        change(self, lambda kb: kb.corrections.confirm([id_]), lambda _: ui(self).remark(say("corrections.stands")))


def _said(kb: KnowledgeBase) -> list[Said]:
    """All corrections, the latest first, each with its fact."""
    found = kb.corrections.list()
    plans = {plan.id for plan in kb.store.plans()} & {one.correction.plan for one in found}
    facts = {fact.id: fact for plan in plans for fact in kb.store.extracted(plan).facts}
    return [Said(one, facts.get(one.correction.fact)) for one in found]


def _columns(say: Speaker, titles: Titles) -> tuple[Column[Said], ...]:
    def state(row: Said) -> str:
        return "!" if row.reviewed.suspicion else ""

    return (
        Column(title="", cell=state, width=1, tone=lambda row: "warn" if row.reviewed.suspicion else None),
        Column(title=say("corrections.fact"), cell=lambda row: row.reviewed.correction.title, width=16, grow=3),
        Column(
            title=say("corrections.what"),
            cell=lambda row: correction_text(row.reviewed.correction, say.lang),
            width=20,
            grow=4,
        ),
        Column(title=say("corrections.who"), cell=lambda row: row.reviewed.correction.who, width=8, grow=1),
        Column(title=columns.heading("date", say.lang), cell=lambda row: row.reviewed.correction.when[:10], width=10),
        Column(
            title=columns.heading("plan", say.lang),
            cell=lambda row: titles.get(row.reviewed.correction.plan, row.reviewed.correction.plan),
            width=12,
            grow=2,
            cut="middle",
        ),
    )
