"""Faults of the user's input, each under a code that can be searched for; their words stand in `words/errors.toml`.

A `PlankbError` is a fault in the user's input, never in the program: the command line prints its one line
and exits with code 2, the terminal UI shows it as a notice.
"""

from __future__ import annotations

from plankb.words import Language, say

__all__ = ["INTERRUPTED", "Language", "PlankbError", "message"]

INTERRUPTED = 130
"""Exit code of a run that was stopped by Ctrl-C."""


def message(code: str, lang: Language = "zh", **details: object) -> str:
    """The text of a message; `details` fill its fields."""
    return say(f"errors.{code}", lang, **details)


class PlankbError(Exception):
    """The user's input cannot be used; `code` names the message, `details` fill it; one may be another error."""

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{code}: {self.text('en')}")

    def text(self, lang: Language = "zh") -> str:
        """The one line that the user sees."""
        details = {name: one.text(lang) if isinstance(one, PlankbError) else one for name, one in self.details.items()}
        return message(self.code, lang, **details)
