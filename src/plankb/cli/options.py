"""Options and arguments that several commands share, and what their words mean in a knowledge base."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.indexing import IndexChoice
from plankb.model import Bureau, Role
from plankb.store import FactFilter

Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="shared.path")]
IndexOption = Annotated[IndexChoice | None, typer.Option("--index", metavar="auto|whoosh|sqlite", help="build.index")]
_FORMAT = "shared.format"
TableOrJsonl = Annotated[Literal["table", "jsonl"], typer.Option("--format", metavar="table|jsonl", help=_FORMAT)]
TableJsonlOrCsv = Annotated[
    Literal["table", "jsonl", "csv"], typer.Option("--format", metavar="table|jsonl|csv", help=_FORMAT)
]
PlanNames = Annotated[
    list[str] | None,
    typer.Option("--plan", metavar="PLAN", help="shared.plan"),
]
BureauNames = Annotated[
    list[str] | None,
    typer.Option("--bureau", metavar="NAME", help="shared.bureau"),
]
RoleNames = Annotated[
    list[str] | None,
    typer.Option("--role", metavar="lead|support|joint", help="shared.role"),
]
Years = Annotated[
    list[str] | None,
    typer.Option("--by", metavar="YEAR", help="shared.by"),
]

OutputFile = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="shared.output")]

_NEAR = 0.6
"""The score of `indicators.candidates` from which an indicator is taken for the one that was meant."""
_ROLES: dict[str, Role] = {
    "lead": "lead",
    "牵头": "lead",
    "support": "support",
    "配合": "support",
    "joint": "joint",
    "共同负责": "joint",
    "共同": "joint",
}


def as_path(word: str) -> Path:
    """A path as the user typed it; ~ is his home."""
    try:
        return Path(word).expanduser()
    except RuntimeError:  # no such home
        return Path(word)


def plan_ids(kb: KnowledgeBase, words: Sequence[str] | None) -> tuple[str, ...]:
    """The ids of the plans that are named by id or by a part of their title; () for no words. Raises E204."""
    plans = kb.store.plans()
    found: list[str] = []
    for word in words or ():
        part = word.casefold()
        exact = [plan.id for plan in plans if plan.id == word]
        named = exact or [plan.id for plan in plans if part in plan.title.casefold() or part in plan.id.casefold()]
        if not named:
            raise PlankbError("E204", plan=word, known="、".join(plan.id for plan in plans[:20]))
        found.extend(named)
    return tuple(dict.fromkeys(found))


def bureau_ids(kb: KnowledgeBase, names: Sequence[str] | None) -> tuple[str, ...]:
    """Ids of bureaus by id, by any name that the register knows or a plan prints, else by part of one. Raises E207."""
    found: list[str] = []
    for name in names or ():
        named = _bureaus_called(name, kb.store.bureaus())
        if not named:
            raise PlankbError("E207", bureau=name)
        found.extend(named)
    return tuple(dict.fromkeys(found))


def _bureaus_called(name: str, bureaus: Sequence[Bureau]) -> Sequence[str]:
    from plankb import register

    by_id = [bureau.id for bureau in bureaus if bureau.id == name]
    part = [bureau.id for bureau in bureaus if any(name in printed for printed in (bureau.name, *bureau.names))]
    return by_id or register.find(name, bureaus) or part


def indicator_ids(kb: KnowledgeBase, words: str) -> tuple[str, ...]:
    """The ids of the indicators in whose name the words stand, else of those that are near to them; () for none."""
    targets = kb.store.facts("target", FactFilter(text=(words,)))
    named = {target.indicator_id: 1 for target in targets if words.casefold() in target.indicator.casefold()}
    return tuple(named) or _near_indicators(kb, words)


def _near_indicators(kb: KnowledgeBase, words: str) -> tuple[str, ...]:
    from plankb import indicators

    known = {target.indicator: target.indicator_id for target in kb.store.facts("target")}
    found = (known[name] for name, score in indicators.candidates(words, known) if score >= _NEAR)
    return tuple(dict.fromkeys(found))


def roles(words: Sequence[str] | None) -> tuple[Role, ...]:
    """Roles by their English or Chinese names. Raises E123."""
    for word in words or ():
        if word not in _ROLES:
            raise PlankbError("E123", name="--role", expected="lead|support|joint")
    return tuple(_ROLES[word] for word in words or ())


def years(words: Sequence[str] | None) -> tuple[str, ...]:
    """Years of four digits. Raises E505."""
    for word in words or ():
        if not (len(word) == 4 and word.isascii() and word.isdigit()):
            raise PlankbError("E505", year=word)
    return tuple(words or ())
