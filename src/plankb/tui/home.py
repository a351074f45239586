"""What the first screen says: what is in the knowledge base, questions to try, questions asked before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from plankb.kb import KnowledgeBase
from plankb.model import Conflict
from plankb.tui.standing import Group
from plankb.words import Speaker

_EXAMPLES, _ASKED = 5, 4
_DUE: tuple[Group, ...] = ("late", "soon", "later")
Does = Literal["tab", "ask", "own", "view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How much of everything is there."""

    plans: int
    tasks: int
    targets: int
    bureaus: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the first screen and what Enter does there; a heading where it does nothing (`does` None)."""

    words: str
    does: Does | None = None
    name: str = ""


def overview(kb: KnowledgeBase) -> Overview:
    """What is in the knowledge base."""
    tallies = kb.store.tallies
    kinds = tallies.kinds()
    return Overview(
        plans=tallies.plans(), tasks=kinds.get("task", 0), targets=kinds.get("target", 0), bureaus=tallies.bureaus(),
    )  # fmt: skip


def lines(
    found: Overview,
    say: Speaker,
    *,
    due: Mapping[Group, int] | None,
    conflicts: Sequence[Conflict] | None,
    examples: Sequence[str],
    asked: Sequence[str],
    saved: Sequence[str] = (),
    own: str | None = None,
    waits: bool = False,
) -> list[Line]:
    """The lines from top to bottom; `due` and `conflicts` are None until they are known, `own` is the user's bureau.

    `waits`: the plans are compared only when that is asked for.
    """
    made = [Line(say("home.holds")), *_holdings(found, say, due, conflicts, waits=waits)]
    made.append(Line(say("home.own", bureau=own) if own else say("home.no_own"), "own"))
    for heading, does, questions in (
        ("home.saved", "view", saved),
        ("home.try", "ask", examples[:_EXAMPLES]),
        ("home.asked", "ask", [*reversed(asked)][:_ASKED]),
    ):
        if questions:
            made += [Line(""), Line(say(heading))]
            made += [Line(f"  {question}", does, question) for question in questions]  # type: ignore[arg-type]
    return made


def _holdings(
    found: Overview,
    say: Speaker,
    due: Mapping[Group, int] | None,
    conflicts: Sequence[Conflict] | None,
    *,
    waits: bool,
) -> Iterable[Line]:
    yield Line(say("home.tasks", count=found.tasks), "tab", "tasks")
    yield Line(say("home.targets", count=found.targets), "tab", "targets")
    yield Line(say("home.plans", count=found.plans), "tab", "plans")
    yield Line(say("home.bureaus", count=found.bureaus), "tab", "bureaus")
    if due is None:
        yield Line(say("home.counting"), "tab", "deadlines")
    else:
        counts = {name: due.get(name, 0) for name in _DUE}
        yield Line(say("home.due", **counts), "tab", "deadlines")
    if conflicts is None:
        yield Line(say("home.not_compared" if waits else "home.comparing"), "tab", "conflicts")
    else:
        found_ = {name: sum(one.severity == name for one in conflicts) for name in ("error", "warning", "info")}
        yield Line(say("home.conflicts", **found_), "tab", "conflicts")
