"""Reading plans into the knowledge base: path field, progress bar, summary of what was found and doubted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, ProgressBar, Static

from plankb.kb import FORMATS, BuildReport, FactFilter, KnowledgeBase
from plankb.tui.cells import one_line, plain
from plankb.tui.ui import change, path_of, ui
from plankb.tui.widgets.path import PathInput
from plankb.words import Language, Speaker, word

Way = Callable[..., BuildReport]
_KINDS = ("task", "target", "deadline", "project", "citation", "doubt")
_DOUBTS_SHOWN = 50


class Stopped(Exception):  # noqa: N818 - no fault: the user wished it
    """The user stopped the work."""


class Work(Vertical):
    """Reads the path that is typed. `whole`: the knowledge base becomes what is read, else it is added to."""

    class Told(Message):
        """How far the work is; posted from its thread, which must not wait for the screen."""

        def __init__(self, done: int, total: int, name: str) -> None:
            super().__init__()
            self.done = done
            self.total = total
            self.name = name

    def __init__(self, *, whole: bool, prompt: str) -> None:
        super().__init__(id="work")
        self._whole = whole
        self._prompt = prompt
        self._stop = Event()
        self.running = False
        self.finished = False

    def compose(self) -> ComposeResult:
        """Field, bar, summary."""
        yield PathInput(placeholder=self._prompt, id="work-path")
        yield Static(
            Text(ui(self).say("work.hint", kinds=_kinds(ui(self).say.lang)), "dim"), id="work-hint", markup=False
        )
        yield ProgressBar(id="work-bar", show_eta=False)
        yield Static("", id="work-now", markup=False)
        with VerticalScroll(id="work-summary"):
            yield Static("", id="work-found", markup=False)

    def on_mount(self) -> None:
        """Nothing runs yet."""
        self.query_one(ProgressBar).display = False
        self.query_one(PathInput).focus()

    def on_unmount(self) -> None:
        """Quit during a build: it stops before the next file, and nothing is changed."""
        self._stop.set()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Starts, once."""
        event.stop()
        path = path_of(self, event.value) if event.value.strip() else None
        if path is not None and not self.running:
            self.running, self.finished = True, False
            self._stop.clear()
            self.screen.add_class("-working")  # room for the summary
            self.query_one(ProgressBar).display = True
            self.query_one("#work-found", Static).update("")
            self._begin(path)

    def stop(self) -> None:
        """Stops before the next file."""
        self._stop.set()
        self._now(ui(self).say("work.stopping"))

    def _begin(self, path: Path) -> None:
        say = ui(self).say

        def work(kb: KnowledgeBase) -> Sequence[Text] | None:
            way: Way = kb.build if self._whole else kb.add
            try:
                return summary(kb, way([path], progress=self._progress), say)
            except Stopped:
                return None

        change(self, work, self._done, fail=lambda _: self._ended(""))

    def _done(self, found: Sequence[Text] | None) -> None:
        say = ui(self).say
        self._ended(say("work.stopped") if found is None else say("work.done"))
        if found is not None:
            self.finished = True
            self.query_one("#work-found", Static).update(Text("\n").join(found))
            self.query_one("#work-summary").focus()  # so that Enter closes what the work stands on

    def _ended(self, words: str) -> None:
        self.running = False
        self.query_one(ProgressBar).display = False
        self._now(words)

    def _progress(self, done: int, total: int, name: str) -> None:
        if self._stop.is_set():
            raise Stopped
        self.post_message(self.Told(done, total, name))

    def on_work_told(self, event: Work.Told) -> None:
        """Moves the bar."""
        event.stop()
        if self.running and not self._stop.is_set():
            self.query_one(ProgressBar).update(total=max(1, event.total), progress=event.done)
            reading = event.done < event.total
            self._now(ui(self).say("work.reading", name=one_line(event.name)) if reading else "")

    def _now(self, words: str) -> None:
        self.query_one("#work-now", Static).update(Text(words))


def _kinds(lang: Language) -> str:
    """The kinds of files that are read, in words."""
    return word("between", "list", lang).join(word("format", form.name, lang) for form in FORMATS)


def summary(kb: KnowledgeBase, report: BuildReport, say: Speaker) -> list[Text]:
    """What was read, what was found in it, and what is in doubt."""
    lines = [Text(say("work.read", count=len(report.read)), "bold")]
    if report.unchanged:
        lines.append(Text(say("work.unchanged", count=len(report.unchanged))))
    for plan in report.read:
        where = FactFilter(plans=(plan,))
        counts = {kind: kb.store.count(kind, where) for kind in _KINDS}  # type: ignore[arg-type]
        lines.append(Text(plain(say("work.found", plan=kb.store.plan(plan).title or plan, **counts))))
    lines += [Text(plain(f"✗ {failure.error.text(say.lang)}"), "bold") for failure in report.failures]
    lines += [Text(plain(skipped.why.text(say.lang))) for skipped in report.skipped]
    lines += [Text(plain(say("work.remark", plan=plan, why=said.text(say.lang)))) for plan, said in report.remarks]
    lines += [
        Text(plain(say("work.unplaced", plan=plan.title or plan.id)), "bold")
        for plan in kb.store.plans()
        if plan.jurisdiction is None
    ]
    lines += [Text(plain(say("work.duplicate", path=path, plan=plan))) for path, plan in report.duplicates]
    doubts = [doubt for plan in report.read for doubt in kb.store.facts("doubt", FactFilter(plans=(plan,)))]
    if doubts:
        lines.append(Text(f"\n{say('work.doubts')} {len(doubts)}", "bold"))
        lines += [
            Text(plain(f"{word('kind', 'doubt', say.lang)} {d.message.text(say.lang)}：{d.quote}"))
            for d in doubts[:_DOUBTS_SHOWN]
        ]
    lines.append(Text(f"\n{say('work.again')}", "dim"))
    return lines
