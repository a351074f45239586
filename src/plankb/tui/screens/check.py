"""A draft checked before it is issued: its findings, each in the text of the draft and with the facts it rests on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from plankb import columns
from plankb.columns import summary
from plankb.errors import Language
from plankb.kb import KnowledgeBase, checking
from plankb.kb.checking import Checked
from plankb.model import Finding
from plankb.tui.cells import one_line, plain
from plankb.tui.columns import severity_column
from plankb.tui.keys import key
from plankb.tui.screens.dialog import ConfirmScreen, Dialog, heading
from plankb.tui.sheet import Column, Sheet
from plankb.tui.ui import fetch, path_of, ui
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.path import PathInput
from plankb.tui.widgets.prose import Prose
from plankb.tui.widgets.reader import Mark, Reader
from plankb.words import Speaker, word


class CheckScreen(Dialog[None]):
    """Path above; findings, and the draft at the finding under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+n", "next(1)", "key.next", show=False),
        key("ctrl+b", "next(-1)", "key.previous", show=False),
        key("a", "accept", "key.accept_finding"),
        key("u", "take_back", "key.take_back_finding", show=False),
        key("w", "write", "key.to_word"),
    ]

    class Reached(Message):
        """How far the check is: `step` is the step that begins, `count` the plans that the draft is set against."""

        def __init__(self, step: checking.Step, count: int) -> None:
            super().__init__()
            self.step = step
            self.count = count

    def __init__(self) -> None:
        super().__init__()
        self._checked: Checked | None = None

    def compose(self) -> ComposeResult:
        """Path, findings, draft."""
        say = ui(self).say
        with Vertical(classes="dialog -full"):
            yield heading(say("check.title"))
            yield PathInput(placeholder=say("check.path"), id="check-path")
            yield Prose(most=2, id="check-count")
            with Container(classes="split"):
                yield Grid(id="check-rows", empty=say("check.empty"))
                with Vertical(classes="evidence"):
                    yield Prose(most=4, id="check-related")
                    yield Reader(id="check-text")
            yield Prose(Text(say("check.hint"), "dim"), most=2)

    # checking

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Checks the draft."""
        event.stop()
        draft = path_of(self, event.value) if event.value.strip() else None
        if draft is not None:
            self._check(draft)

    def _check(self, draft: Path) -> None:
        def told(step: checking.Step, count: int) -> None:
            self.post_message(self.Reached(step, count))

        def work(kb: KnowledgeBase) -> Checked:
            return kb.check(draft, progress=told)

        fetch(self, work, self._show, fail=lambda _: self._say(""), aside=True)

    def on_check_screen_reached(self, event: CheckScreen.Reached) -> None:
        """Says what is being done."""
        event.stop()
        if self._checked is None or event.step == "reading":
            self._say(ui(self).say(f"check.{event.step}", count=event.count))

    def _show(self, checked: Checked) -> None:
        say, self._checked = ui(self).say, checked
        found = checked.findings
        self._say(_count(checked, say))
        marks = [Mark(span=finding.span, tone="finding", sign="!", id=str(i)) for i, finding in enumerate(found)]
        self.query_one(Reader).show(checked.reading.clean.text, marks)
        grid = self.query_one(Grid)
        grid.empty = say("check.none")
        grid.fill(Sheet(_columns(say), found), cursor=grid.cursor)
        if found:
            grid.focus()
        else:
            self.query_one("#check-related", Static).update("")

    def _say(self, words: str) -> None:
        self.query_one("#check-count", Static).update(Text(plain(words)))

    # looking at them

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The draft at the finding; what it rests on."""
        finding = event.row
        if not isinstance(finding, Finding) or self._checked is None:
            return
        say, titles = ui(self).say, self._checked.titles
        self.query_one(Reader).go_to(finding.span)
        lines = [finding.message.text(say.lang)]
        lines += [f"《{titles.get(fact.plan, fact.plan)}》{summary(fact, say.lang)}" for fact in finding.related]
        self.query_one("#check-related", Static).update(Text(plain("\n".join(lines))))

    def on_grid_chosen(self) -> None:
        """Enter goes to the draft."""
        self.query_one(Reader).focus()

    def on_reader_stopped(self, event: Reader.Stopped) -> None:
        """The table follows the walk through the draft."""
        if self._checked is not None:
            self.query_one(Grid).select(self._checked.findings[int(event.mark.id)])

    def action_next(self, step: int) -> None:
        """The next or the previous finding, from wherever the focus is."""
        self.query_one(Grid).action_move(step)

    # what is done with them

    def action_accept(self) -> None:
        """Lets the finding under the cursor stand, with a reason."""
        from plankb.tui.screens.dialog import AskScreen

        checked, finding, say = self._checked, self.query_one(Grid).row, ui(self).say
        if checked is None or not isinstance(finding, Finding):
            ui(self).remark(say("check.nothing"))
            return

        def given(reason: str | None) -> None:
            if reason:
                name = f"{finding.rule}@{finding.line}"
                fetch(self, partial(_accepted, checked=checked, name=name, reason=reason), self._accepted, aside=True)

        title = say("check.accept_title", rule=word("rule", finding.rule, say.lang), line=finding.line)
        self.app.push_screen(AskScreen(title, say("check.reason")), given)

    def _accepted(self, made: tuple[Path, Checked]) -> None:
        path, checked = made
        self._show(checked)
        ui(self).remark(ui(self).say("check.accepted_in", path=path))

    def action_take_back(self) -> None:
        """The finding that was accepted last is one to act on again."""
        checked, say = self._checked, ui(self).say
        if checked is None or not checked.accepted:
            ui(self).remark(say("check.nothing_accepted"))
            return

        def decided(sure: bool | None) -> None:
            if sure:
                fetch(self, partial(_taken_back, checked=checked), self._taken_back, aside=True)

        question = say("check.take_back_ask")
        self.app.push_screen(ConfirmScreen(question, say("key.take_back"), say("review.keep")), decided)

    def _taken_back(self, made: tuple[str | None, Checked]) -> None:
        quote, checked = made
        self._show(checked)
        ui(self).remark(ui(self).say("check.taken_back", quote=one_line(quote or "")))

    def action_write(self) -> None:
        """The findings as a file: the draft with comments in its margin, or a page."""
        from plankb.tui.screens.export import ExportScreen

        checked, say = self._checked, ui(self).say
        if checked is None:
            ui(self).remark(say("check.nothing"))
            return

        def done(said: str | None) -> None:
            if said is not None:
                ui(self).remark(said)

        ending = ".docx" if checked.file.suffix.lower() == ".docx" else ".html"
        screen = ExportScreen(
            f"{checked.file.stem}-{say('key.check')}", len(checked.findings),
            partial(_written, checked=checked, lang=say.lang), ending=ending, hint=say("check.files"),
        )  # fmt: skip
        self.app.push_screen(screen, done)


def _accepted(kb: KnowledgeBase, *, checked: Checked, name: str, reason: str) -> tuple[Path, Checked]:
    """The file in which the finding is accepted, and the draft checked once more."""
    path = kb.accept(checked, name, reason)
    return path, kb.check(checked.file)


def _taken_back(kb: KnowledgeBase, *, checked: Checked) -> tuple[str | None, Checked]:
    """The words of the finding that was accepted last, and the draft checked once more."""
    return checking.take_back(checked), kb.check(checked.file)


def _written(kb: KnowledgeBase, path: Path, *, checked: Checked, lang: Language) -> None:
    checking.write(path, kb.render_findings(checked, path.suffix.lower(), lang=lang), sources=(checked.file,))


def _count(checked: Checked, say: Speaker) -> str:
    """How many findings there are, and against how many plans the draft was checked."""
    found = checked.findings
    counts = {name: sum(one.severity == name for one in found) for name in ("error", "warning", "info")}
    said = [say("check.counts", **counts) if found else say("check.none"), say("check.against", count=checked.plans)]
    if checked.accepted:
        said.append(say("check.accepted", count=len(checked.accepted)))
    return "　".join([*said, *(remark.text(say.lang) for remark in checked.reading.remarks)])


def _columns(say: Speaker) -> tuple[Column[Finding], ...]:
    def rule(finding: Finding) -> str:
        return word("rule", finding.rule, say.lang)

    line, message = columns.heading("line", say.lang), columns.heading("message", say.lang)
    return (
        severity_column(say),
        Column[Finding](title=line, cell=lambda row: str(row.line), width=5, align="right"),
        Column[Finding](title=message, cell=lambda row: row.message.text(say.lang), width=40, grow=1),
        Column[Finding](title=columns.heading("rule", say.lang), cell=rule, width=18),
    )
