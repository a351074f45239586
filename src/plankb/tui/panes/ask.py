"""问答: a question, what was understood, the facts that answer it, and the evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Static

from plankb.columns import title_of
from plankb.errors import PlankbError
from plankb.kb import Answer, Chip, Dialogue, KnowledgeBase, Understood, asker, chips, saved
from plankb.model import Conflict, Fact, Passage, Plan
from plankb.tui.cells import plain
from plankb.tui.columns import sheet_of
from plankb.tui.completion import Entry
from plankb.tui.home import Overview, lines, overview
from plankb.tui.keys import key
from plankb.tui.lazy import names_of
from plankb.tui.panes.base import TABS, Pane
from plankb.tui.sheet import AnySheet
from plankb.tui.standing import Group, counts, standings
from plankb.tui.ui import OpenOwnBureau, OpenPlan, OpenSaved, OpenTab, drop, fetch, ui
from plankb.tui.widgets.chips import Condition, Conditions
from plankb.tui.widgets.evidence import EvidencePane
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.home import Home
from plankb.tui.widgets.prose import Prose
from plankb.tui.widgets.question import Question
from plankb.tui.widgets.reader import Reader
from plankb.tui.widgets.table import Table
from plankb.words import Speaker

_MOST_COMPARED = 600
"""Plans that are compared without being asked to: more would take a laptop's memory."""


@dataclass(frozen=True, slots=True)
class _First:
    """What the first screen is made of; `own` is the user's own bureau."""

    overview: Overview
    examples: list[str]
    own: str | None
    saved: list[str]


@dataclass(frozen=True, slots=True)
class _Answered:
    """An answer with its conditions and its table."""

    answer: Answer
    chips: tuple[Chip, ...]
    sheet: AnySheet


class AskPane(Pane):
    """The first tab."""

    TAB: ClassVar[str] = "ask"
    SAVED: ClassVar[tuple[str, ...]] = ("question",)
    FIRST: ClassVar[str] = "#question-input"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("r", "screen.review", "key.review"),
        key("u", "screen.restore", "key.restore", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self._first: _First | None = None
        self._due: Mapping[Group, int] | None = None
        self._conflicts: Sequence[Conflict] | None = None
        self._is_compared = False
        # Belongs to the thread that reads the knowledge base: only work handed to `fetch` touches it.
        self._dialogue: Dialogue | None = None

    def compose(self) -> ComposeResult:
        """Question, understood line, answer; table and evidence below."""
        say = ui(self).say
        yield Question(id="question")
        yield Conditions(id="understood")
        yield Prose(most=4, id="answer")
        yield Home()
        with Container(classes="split"):
            yield Table("answer-rows", empty=say("ask.no_answer"), prompt=say("ask.filter_rows"), first="")
            yield EvidencePane("answer-evidence")

    def on_mount(self) -> None:
        """Says what is there, and asks the last question again."""
        self._turn(answered=False)
        self.reload()

    def reload(self) -> None:
        """The first screen and the names from the knowledge base, and the open question once more."""
        self._dialogue = None
        say = ui(self).say
        fetch(self, lambda kb: _first(kb, say), self._greet, group="home")
        fetch(self, _vocabulary, self._know, group="names")
        desk, today = ui(self).desk, asker.today()

        def due(kb: KnowledgeBase) -> Mapping[Group, int]:
            return counts(desk.remember(f"standing {today}", kb, lambda: standings(kb, today)))

        fetch(self, due, self._counted, group="home-due", aside=True)
        fetch(self, _compared, self._compare, group="home-conflicts", aside=True)
        if last := self.kept.get("question"):
            self._ask(str(last), focus=False)

    def _greet(self, first: _First) -> None:
        self._first = first
        self._draw()

    def _know(self, entries: list[Entry]) -> None:
        self.query_one(Question).know(entries)

    def _counted(self, due: Mapping[Group, int]) -> None:
        self._due = due
        self._draw()

    def _compare(self, conflicts: Sequence[Conflict] | None) -> None:
        self._conflicts = conflicts
        self._is_compared = True
        self._draw()

    def _draw(self) -> None:
        """The lines of the first screen as far as they are known."""
        if self._first is None:
            return
        first = self._first
        found = lines(
            first.overview, ui(self).say, due=self._due, conflicts=self._conflicts, examples=first.examples,
            asked=ui(self).state.questions, saved=first.saved, own=first.own,
            waits=self._is_compared and self._conflicts is None,
        )  # fmt: skip
        self.query_one(Home).show(found)

    def _turn(self, *, answered: bool) -> None:
        """Shows the answer, or the first screen."""
        self.query_one(Home).display = not answered
        for part in ("#understood", "#answer", ".split"):
            self.query_one(part).display = answered
        self.refresh_bindings()

    # the first screen

    def on_home_chosen(self, event: Home.Chosen) -> None:
        """Opens what the line speaks of."""
        event.stop()
        match event.line.does:
            case "tab":
                self.post_message(OpenTab(event.line.name))
            case "ask":
                self.ask(event.line.name)
            case "view":
                self.post_message(OpenSaved(event.line.name))
            case "own":
                self.post_message(OpenOwnBureau())

    def on_home_left(self) -> None:
        """Up from the list is the field."""
        self.query_one(Question).input.focus()

    def on_question_left(self, event: Question.Left) -> None:
        """Down to the answer or the first screen's lines; back from the answer to the first screen."""
        event.stop()
        home = self.query_one(Home)
        if event.back:
            self.leave_answer()
        elif home.display:
            home.focus()
        else:
            self.query_one(Grid).focus()

    @property
    def has_facts(self) -> bool:
        """Not on the first screen."""
        return super().has_facts and not self.query_one(Home).display

    def leave_answer(self) -> None:
        """Back to the first screen."""
        drop(self, group="ask")
        self.kept.pop("question", None)
        self._answer = None
        question = self.query_one(Question)
        question.put("")
        self._turn(answered=False)
        self._draw()
        question.input.focus()

    def on_question_tab_wanted(self, event: Question.TabWanted) -> None:
        """The number of a tab in the empty field."""
        event.stop()
        self.post_message(OpenTab(TABS[event.number - 1]))

    def on_key(self, event: events.Key) -> None:
        """Over an answer, what is no key of the screen begins the next question."""
        field = self.query_one(Question).input
        if event.is_printable and event.character and not field.has_focus and event.key not in self._bound():
            focused = self.screen.focused
            if isinstance(focused, Grid | Home | Reader | Condition):
                event.stop()
                event.prevent_default()
                self.query_one(Question).begin(event.character)

    def _bound(self) -> Collection[str]:
        return self.screen.active_bindings

    def action_back(self) -> None:
        """From the answer's parts to the question."""
        self.query_one(Question).input.focus()

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
        self._turn(answered=True)

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

    def _fetch(self, work: Callable[[KnowledgeBase], _Answered], *, focus: bool) -> None:
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
        if focus and found.sheet.rows:
            table.grid.focus()

    # the table

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The evidence follows the cursor."""
        self.query_one(EvidencePane).show(event.row)

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Enter reads the plan at that place."""
        match event.row:
            case (Fact() | Passage()) as found:
                self.post_message(OpenPlan(found.plan, found.span))
            case Plan() as plan:
                self.post_message(OpenPlan(plan.id))


def _answered(kb: KnowledgeBase, answer: Answer, say: Speaker) -> _Answered:
    understood: Understood = answer.understood
    conditions = chips(understood, kb.library, say.lang)
    rows = list(answer.facts or answer.passages)
    return _Answered(answer, conditions, sheet_of(rows, say, names_of(kb)))


def _first(kb: KnowledgeBase, say: Speaker) -> _First:
    """What the first screen says, with example questions about what is there."""
    found = overview(kb)
    return _First(found, _examples(kb, say) if found.plans else [], asker.load().bureau, _saved())


def _saved() -> list[str]:
    """The names of what was kept; none where that cannot be read, which opening it tells."""
    try:
        return list(saved.load())
    except PlankbError:
        return []


def _compared(kb: KnowledgeBase) -> Sequence[Conflict] | None:
    """The conflicts; None where there are so many plans that comparing them waits until it is asked for."""
    return kb.conflicts() if kb.store.tallies.plans() <= _MOST_COMPARED else None


def _vocabulary(kb: KnowledgeBase) -> list[Entry]:
    """What a question can name: the busiest bureaus first, then indicators and plans."""
    bureaus = sorted(kb.store.bureaus(), key=lambda bureau: -len(bureau.lead))
    names = dict.fromkeys(name for bureau in bureaus for name in (bureau.name, *bureau.names))
    indicators = dict.fromkeys(name for name, _ in kb.store.indicators(valued=True))
    return [
        *(Entry(name, "bureau") for name in names),
        *(Entry(name, "indicator") for name in indicators),
        *(Entry(title_of(plan), "plan") for plan in kb.store.plans()),
    ]


def _examples(kb: KnowledgeBase, say: Speaker) -> list[str]:
    """Questions that the knowledge base can answer: its busiest bureau, an indicator that plans share."""
    found = [say("example.due"), say("example.late"), say("example.plans"), say("example.most")]
    if (indicator := kb.store.tallies.shared_indicator()) is not None:
        found.insert(0, say("example.indicator", indicator=indicator))
    if (bureau := kb.store.tallies.busiest_bureau()) is not None:
        found.insert(0, say("example.bureau", bureau=bureau))
    return found
