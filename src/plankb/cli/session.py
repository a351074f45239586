"""What the global options say, for every command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import typer

from plankb.errors import Language
from plankb.kb import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Session:
    """The knowledge base that was chosen, which need not exist, and the language of the interface."""

    kb: KnowledgeBase
    lang: Language


def session(ctx: typer.Context) -> Session:
    """The session of a command."""
    return cast(Session, ctx.obj)
