"""What the global options say, for every command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import typer

from plankb.errors import Language
from plankb.kb import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Session:
    """The knowledge base that was chosen, which need not exist, and the language of the interface.

    `asked`: the language was chosen by --lang, so that answers keep to it whatever the question's language.
    """

    kb: KnowledgeBase
    lang: Language
    asked: bool = False

    @property
    def answers_in(self) -> Language | None:
        """The language of answers: the one chosen; None, in the Chinese interface by default, is the question's."""
        return self.lang if self.asked or self.lang == "en" else None


def session(ctx: typer.Context) -> Session:
    """The session of a command."""
    return cast(Session, ctx.obj)
