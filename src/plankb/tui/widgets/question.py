"""The question field: history with ↑ and ↓, completion with Tab, a long paste cut down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from plankb.columns import heading
from plankb.tui.cells import plain
from plankb.tui.completion import LIMIT, Completion, Entry, complete
from plankb.tui.keys import key
from plankb.tui.ui import think, ui

_LONGEST = 300
_TABS = "12345678"
PAUSE = 0.4
"""Seconds without another key after which a figure alone is the number of a tab."""


class QuestionInput(Input):
    """The field alone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Enter that is typed before the terminal is set up arrives as ctrl+j.
        key("enter,ctrl+j", "submit", "key.ask", key_display="⏎"),
        key("down", "screen_step(1)", "key.examples"),
        key("up", "screen_step(-1)", "key.history"),
        key("tab", "take", "key.complete", show=False),
        key("escape", "leave", "key.close", show=False),
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
        """Closes the list, else takes back what was typed, else leaves the answer."""
        self._question().leave()

    async def _on_key(self, event: events.Key) -> None:
        """A figure alone in an idle field is the number of a tab, unless more is typed at once (2025年…)."""
        digit = event.character if event.character and event.character in _TABS else None
        idle = self._question().is_idle
        await super()._on_key(event)
        if digit and idle:
            self._question().may_turn_to(digit)

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

    class TabWanted(Message):
        """The user typed the number of a tab."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Left(Message):
        """The user goes on: down to what stands below the field, or (`back`) away from the answer."""

        def __init__(self, *, back: bool) -> None:
            super().__init__()
            self.back = back

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()
        self._offered: list[Completion] = []
        self._chosen = False
        self._given = ""
        """The question that is answered below; "" for none."""
        self._taken = ""
        """What a completion made of the field."""

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

    def know(self, entries: Sequence[Entry]) -> None:
        """What can be completed to."""
        self._entries = entries

    def put(self, question: str) -> None:
        """Writes a question into the field without offering completions; what is typed next takes its place."""
        self._given = question
        self.input.value = question
        self.input.cursor_position = len(question)
        self.input.select_all()
        self.close()

    def begin(self, text: str) -> None:
        """Begins another question with what was typed elsewhere."""
        self.put("")
        self.input.focus()
        self.call_after_refresh(self.input.insert_text_at_cursor, text)

    # a figure alone

    @property
    def is_idle(self) -> bool:
        """Whether nothing is typed that the next key would be a part of."""
        field = self.input
        untouched = field.value == self._given and len(field.selected_text) == len(field.value)
        return not self._list.display and (not field.value or untouched)

    def may_turn_to(self, digit: str) -> None:
        """Opens a tab unless more is typed at once."""
        before = self._given

        def turn() -> None:
            if self.input.value == digit:
                self.put(before)
                self.post_message(self.TabWanted(int(digit)))

        self.set_timer(PAUSE, turn)

    def leave(self) -> None:
        """Closes the list; else takes back what was typed; else goes away from the answer."""
        if self.close():
            return
        if self.input.value != self._given:
            self.put(self._given)
        else:
            self.post_message(self.Left(back=True))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offers completions for what was typed."""
        event.stop()
        if event.value in (self._given, self._taken):
            return
        self._taken = ""
        if not event.value or event.value in _TABS:
            self.close()
            return
        typed = event.value[: self.input.cursor_position]
        # Pinyin initials are looked up off the event loop: the first look-up loads the table of characters.
        think(self, partial(complete, typed, self._entries), partial(self._offer, typed), group="complete")

    def _offer(self, typed: str, found: list[Completion]) -> None:
        if (
            self.input.has_focus
            and self.input.value.startswith(typed)
            and self.input.value not in (self._given, self._taken)
        ):
            self._show(found)

    def _show(self, found: list[Completion]) -> None:
        self._offered, self._chosen = found, False
        options = [Option(self._line(completion.entry)) for completion in found]
        self._list.clear_options().add_options(options)
        self._list.display = bool(found)
        self._list.highlighted = 0 if found else None

    def _line(self, entry: Entry) -> Text:
        say = ui(self).say
        # A word of the screens (ask.asked), or the name of a kind of record.
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
        """↑ and ↓: in the list where it is open; else ↑ shows earlier questions, ↓ goes on to what stands below."""
        if self._list.display:
            self._chosen = True
            if step > 0:
                self._list.action_cursor_down()
            else:
                self._list.action_cursor_up()
            return
        if step > 0:
            self.post_message(self.Left(back=False))
            return
        earlier = [Entry(q, "ask.asked") for q in reversed(ui(self).state.questions)]
        self._show([Completion(0, entry) for entry in earlier[: 2 * LIMIT]])
        self._chosen = True

    def take(self) -> bool:
        """Puts the marked completion into the field; False where there is none."""
        at = self._list.highlighted
        if not self._list.display or at is None or at >= len(self._offered):
            return False
        completion = self._offered[at]
        field = self.input
        rest = field.value[field.cursor_position :] if completion.start else ""
        field.value = self._taken = field.value[: completion.start] + completion.entry.text + rest
        field.cursor_position = completion.start + len(completion.entry.text)
        self.close()
        return True

    def close(self) -> bool:
        """Hides the list; False where it was hidden."""
        was = bool(self._list.display)
        self._list.display = False
        self._offered, self._chosen = [], False
        return was
