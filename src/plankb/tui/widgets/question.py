"""The question field: history with ↑ and ↓, completion with Tab, a long paste cut down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from plankb.columns import heading
from plankb.tui.cells import plain
from plankb.tui.completion import LIMIT, Completion, Entry, complete
from plankb.tui.ui import think, ui

_LONGEST = 300


class QuestionInput(Input):
    """The field alone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen_step(-1)", "key.history", show=False),
        Binding("down", "screen_step(1)", "key.history"),
        Binding("tab", "take", "key.complete", show=False),
        Binding("escape", "leave", "key.close", show=False),
    ]

    def _question(self) -> Question:
        return next(node for node in self.ancestors if isinstance(node, Question))

    def action_screen_step(self, step: int) -> None:
        """Up and down in the list or the history."""
        self._question().step(step)

    def action_take(self) -> None:
        """Takes the completion, else goes on to the next field."""
        if not self._question().take():
            self.screen.focus_next()

    def action_leave(self) -> None:
        """Closes the list, else goes on to the answer."""
        if not self._question().close():
            self.screen.focus_next("Grid")

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        words = " ".join(plain(event.text).split())
        room = max(0, _LONGEST - len(self.value))
        if len(words) > room:
            ui(self).remark(ui(self).say("ask.pasted", limit=_LONGEST))
        self.insert_text_at_cursor(words[:room])


class Question(Vertical):
    """The field with its list of completions, examples and earlier questions."""

    class Asked(Message):
        """The user asks."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()
        self._examples: Sequence[str] = ()
        self._offered: list[Completion] = []
        self._chosen = False
        self._given = ""

    def compose(self) -> ComposeResult:
        """The field, the list hidden below it."""
        yield QuestionInput(placeholder=ui(self).say("ask.placeholder"), id="question-input", max_length=_LONGEST)
        yield OptionList(id="completions", markup=False)

    def on_mount(self) -> None:
        """The list takes no focus: the field keeps it."""
        self._list.can_focus = False
        self._list.display = False

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    @property
    def input(self) -> QuestionInput:
        """The field."""
        return self.query_one(QuestionInput)

    def know(self, entries: Sequence[Entry], examples: Sequence[str]) -> None:
        """What can be completed to, and which questions to show as examples."""
        self._entries, self._examples = entries, examples

    def put(self, question: str) -> None:
        """Writes a question into the field without offering completions."""
        self._given = question
        self.input.value = question
        self.input.cursor_position = len(question)
        self.close()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offers completions for what was typed."""
        event.stop()
        if event.value == self._given:
            return
        self._given = ""
        if not event.value:
            self.close()
            return
        typed = event.value[: self.input.cursor_position]
        # Pinyin initials are looked up off the event loop: the first look-up loads the table of characters.
        think(self, partial(complete, typed, self._entries), partial(self._offer, typed), group="complete")

    def _offer(self, typed: str, found: list[Completion]) -> None:
        if self.input.has_focus and self.input.value.startswith(typed) and self.input.value != self._given:
            self._show(found)

    def _show(self, found: list[Completion]) -> None:
        self._offered, self._chosen = found, False
        options = [Option(self._line(completion.entry)) for completion in found]
        self._list.clear_options().add_options(options)
        self._list.display = bool(found)
        self._list.highlighted = 0 if found else None

    def _line(self, entry: Entry) -> Text:
        say = ui(self).say
        # A word of the screens (ask.example), or the name of a kind of record.
        kind = say(entry.kind) if "." in entry.kind else heading(entry.kind, say.lang)
        return Text.assemble(plain(entry.text), (f"  {kind}", "dim"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter asks; after ↑ or ↓ in the list it takes what is marked there."""
        event.stop()
        if self._chosen and self.take():
            return
        self.close()
        if event.value.strip():
            self.post_message(self.Asked(event.value.strip()))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes a completion."""
        event.stop()
        self._list.highlighted = event.option_index
        self.take()
        self.input.focus()

    def on_descendant_blur(self) -> None:
        """The list closes with the field."""
        self.close()

    def step(self, step: int) -> None:
        """↑ and ↓: in the list where it is open, else the examples and earlier questions."""
        if self._list.display:
            self._chosen = True
            if step > 0:
                self._list.action_cursor_down()
            else:
                self._list.action_cursor_up()
            return
        earlier = [Entry(q, "ask.asked") for q in reversed(ui(self).state.questions)]
        examples = [Entry(q, "ask.example") for q in self._examples]
        known = [*earlier[: LIMIT // 2], *examples] if step > 0 else earlier
        self._show([Completion(0, entry) for entry in known[: 2 * LIMIT]])
        self._chosen = True

    def take(self) -> bool:
        """Puts the marked completion into the field; False where there is none."""
        at = self._list.highlighted
        if not self._list.display or at is None or at >= len(self._offered):
            return False
        completion = self._offered[at]
        field = self.input
        rest = field.value[field.cursor_position :] if completion.start else ""
        self._given = field.value[: completion.start] + completion.entry.text + rest
        field.value = self._given
        field.cursor_position = completion.start + len(completion.entry.text)
        self.close()
        return True

    def close(self) -> bool:
        """Hides the list; False where it was hidden."""
        was = bool(self._list.display)
        self._list.display = False
        self._offered, self._chosen = [], False
        return was
