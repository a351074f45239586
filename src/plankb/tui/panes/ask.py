"""问答: a question, what was understood, the facts that answer it, and the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from plankb.columns import title_of, titles_of
from plankb.errors import PlankbError
from plankb.kb import Answer, Chip, Dialogue, KnowledgeBase, Understood, chips
from plankb.tui.cells import plain
from plankb.tui.columns import sheet_of
from plankb.tui.completion import Entry
from plankb.tui.panes.base import Pane
from plankb.tui.sheet import Sheet
from plankb.tui.ui import OpenPlan, fetch, ui
from plankb.tui.widgets.chips import Condition, Conditions
from plankb.tui.widgets.evidence import EvidencePane
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.question import Question
from plankb.tui.widgets.table import Table
from plankb.words import Speaker


@dataclass(frozen=True, slots=True)
class _Answered:
    """An answer with its conditions and its table."""

    answer: Answer
    chips: tuple[Chip, ...]
    sheet: Sheet[Any]


class AskPane(Pane):
    """The first tab."""

    TAB: ClassVar[str] = "ask"
    FIRST: ClassVar[str] = "#question-input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "screen.review", "key.review"),
        Binding("u", "screen.restore", "key.restore", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        # Belongs to the thread that reads the knowledge base: only work handed to `fetch` touches it.
        self._dialogue: Dialogue | None = None

    def compose(self) -> ComposeResult:
        """Question, understood line, answer; table and evidence below."""
        say = ui(self).say
        yield Question(id="question")
        yield Conditions(id="understood")
        yield Static("", id="answer", markup=False)
        with Container(classes="split"):
            yield Table(
                "answer-rows", empty=say("ask.no_answer"), prompt=say("ask.filter_rows"), first=say("ask.empty")
            )
            yield EvidencePane("answer-evidence")

    def on_mount(self) -> None:
        """Learns the names to complete to, and asks the last question again."""
        self.reload()

    def reload(self) -> None:
        """Names and examples from the knowledge base, and the open question once more."""
        self._dialogue = None
        say = ui(self).say
        fetch(self, lambda kb: _vocabulary(kb, say), self._know, group="names")
        if last := self.kept.get("question"):
            self._ask(str(last), focus=False)

    def _know(self, known: tuple[list[Entry], list[str]]) -> None:
        self.query_one(Question).know(*known)

    # asking

    def on_question_asked(self, event: Question.Asked) -> None:
        """Enter in the field."""
        self.ask(event.question)

    def ask(self, question: str) -> None:
        """Asks, and goes to the answer."""
        self.kept["question"] = question
        ui(self).state.asked(question)
        self._ask(question, focus=True)

    def _ask(self, question: str, *, focus: bool) -> None:
        say = ui(self).say
        self.query_one(Question).put(question)

        def work(kb: KnowledgeBase) -> _Answered:
            self._dialogue = self._dialogue or kb.dialogue()
            return _answered(kb, self._dialogue.ask(question, lang=say.lang), say)

        self._fetch(work, focus=focus)

    def on_condition_removed(self, event: Condition.Removed) -> None:
        """The question without one condition."""
        rest, say = event.chip.rest, ui(self).say

        def work(kb: KnowledgeBase) -> _Answered:
            assert rest is not None  # noqa: S101 - only removable conditions say that they are removed
            if self._dialogue is not None:
                self._dialogue.last = rest
            return _answered(kb, kb.answer(rest, lang=say.lang), say)

        self._fetch(work, focus=True)

    def _fetch(self, work: Any, *, focus: bool) -> None:
        self.query_one("#answer", Static).update(Text(ui(self).say("ask.working")))

        def show(found: _Answered) -> None:
            self._show(found, focus=focus)

        def fail(_: PlankbError) -> None:
            self.query_one("#answer", Static).update("")

        fetch(self, work, show, group="ask", fail=fail)

    def _show(self, found: _Answered, *, focus: bool) -> None:
        say, answer = ui(self).say, found.answer
        self._answer = answer
        self.query_one(Conditions).chips = found.chips
        said = Text(plain(answer.answer))
        if answer.note:
            said.append(f"\n{say('ask.note')}：{plain(answer.note)}", "dim")
        self.query_one("#answer", Static).update(said)
        table = self.query_one(Table)
        table.fill(found.sheet)
        if focus and answer.facts:
            table.grid.focus()

    # the table

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The evidence follows the cursor."""
        self.query_one(EvidencePane).show(event.row)

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Enter reads the plan at that place."""
        record: Any = event.row
        if hasattr(record, "span"):
            self.post_message(OpenPlan(record.plan, record.span))
        elif record.kind == "plan":
            self.post_message(OpenPlan(record.id))


def _answered(kb: KnowledgeBase, answer: Answer, say: Speaker) -> _Answered:
    understood: Understood = answer.understood
    conditions = chips(understood, kb.library, say.lang)
    return _Answered(answer, conditions, sheet_of(list(answer.facts), say, titles_of(kb.store.plans())))


def _vocabulary(kb: KnowledgeBase, say: Speaker) -> tuple[list[Entry], list[str]]:
    """What a question can name, and example questions about what is there."""
    bureaus = sorted(kb.store.bureaus(), key=lambda bureau: -len(bureau.lead))
    plans = [title_of(plan) for plan in kb.store.plans()]
    names = dict.fromkeys(name for bureau in bureaus for name in (bureau.name, *bureau.names))
    indicators = dict.fromkeys(name for name, _ in kb.store.indicators(valued=True))
    entries = [
        *(Entry(name, "bureau") for name in names),
        *(Entry(name, "indicator") for name in indicators),
        *(Entry(title, "plan") for title in plans),
    ]
    return entries, _examples(say, next(iter(names), None), next(iter(indicators), None), say_plans=bool(plans))


def _examples(say: Speaker, bureau: str | None, indicator: str | None, *, say_plans: bool) -> list[str]:
    found = [say("example.plans"), say("example.due"), say("example.most")] if say_plans else []
    if indicator:
        found.insert(0, say("example.indicator", indicator=indicator))
    if bureau:
        found.insert(0, say("example.bureau", bureau=bureau))
    return found
