"""A field for a path; → or Tab completes it as a shell does."""

from __future__ import annotations

import os
from typing import ClassVar

from textual.binding import BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from plankb.paths import typed as typed_path
from plankb.tui.keys import key
from plankb.tui.reach import allowed


class _Paths(Suggester):
    """The first entry of a folder that begins as typed; hidden files only where a dot was typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The completed path; None where there is none."""
        return complete_path(value)


def complete_path(typed: str) -> str | None:
    """The first path, by name, that begins with what was typed; a folder ends with a separator. None: no such path."""
    folder, name = os.path.split(typed)
    try:
        entries = sorted(os.scandir(typed_path(folder or ".")), key=lambda entry: entry.name)
    except (OSError, ValueError):
        return None
    for entry in entries:
        if not allowed(typed_path(folder or ".") / entry.name):
            continue
        if entry.name.startswith(name) and entry.name.startswith(".") == name.startswith("."):
            full = os.path.join(folder, entry.name)  # noqa: PTH118 - "~" and "./" stay as typed
            return full + os.sep if entry.is_dir() else full
    return None


class PathInput(Input):
    """The field."""

    BINDINGS: ClassVar[list[BindingType]] = [key("tab", "complete", "key.complete", show=False)]

    def __init__(self, *, placeholder: str, id: str, value: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, id=id, suggester=_Paths(), select_on_focus=False)

    def action_complete(self) -> None:
        """Takes the suggestion, else goes on to the next field."""
        found = complete_path(self.value) if self.value else None
        if found and found != self.value:
            self.value = found
            self.cursor_position = len(found)
        else:
            self.screen.focus_next()
