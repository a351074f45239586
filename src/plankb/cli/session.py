"""What the global options say, for every command."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import cast

import typer

from plankb.cli.output import remark, safe
from plankb.errors import Language, PlankbError
from plankb.kb import KnowledgeBase
from plankb.late import dataclass
from plankb.words import say

_YES = ("y", "yes", "是", "确认")
_TOLD = 200
"""Remarks of one kind that are listed: nobody reads more, and a foreign workbook gives one for every row."""


@dataclass(frozen=True, slots=True)
class Session:
    """The knowledge base that was chosen, which need not exist, and the language of the interface.

    `asked`: the language was chosen, by --lang or PLANKB_LANG; answers keep to it whatever the question's language.
    """

    kb: KnowledgeBase
    lang: Language
    asked: bool = False

    @property
    def answers_in(self) -> Language | None:
        """The language chosen for answers and screens; None by default: that of the question, or of the last time."""
        return self.lang if self.asked else None

    def say(self, key: str, **details: object) -> str:
        """Words of `words/commands.toml` in the language of the interface."""
        return say(f"commands.{key}", self.lang, **details)

    def remark(self, key: str, **details: object) -> None:
        """One line about the data before it, to stderr, in words of `words/commands.toml`."""
        remark(self.say(key, **details))

    def remarks(self, errors: Iterable[PlankbError]) -> None:
        """A line for each remark; of very many of one kind the first, and how many more there are."""
        by_kind: dict[str, list[PlankbError]] = {}
        for error in errors:
            by_kind.setdefault(error.code, []).append(error)
        for alike in by_kind.values():
            for error in alike[:_TOLD]:
                remark(error.text(self.lang))
            if len(alike) > _TOLD:
                self.remark("shared.more", count=len(alike) - _TOLD)

    def agrees(self, key: str, **details: object) -> bool:
        """Asks a person on a terminal whether something may be done; elsewhere nobody agrees: --yes is needed."""
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        sys.stderr.write(safe(self.say(key, **details)))
        sys.stderr.flush()
        return sys.stdin.readline().strip().lower() in _YES


def session(ctx: typer.Context) -> Session:
    """The session of a command."""
    return cast(Session, ctx.obj)
