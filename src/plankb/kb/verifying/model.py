"""What a proof gives: what was looked at, and what does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from plankb.model import AnyFact, Record, Words

What = Literal["text", "quote", "record", "rows", "view", "fulltext", "reading", "changed", "gone", "absent"]
_EXITS: Mapping[What, int] = MappingProxyType(
    {
        "changed": 1, "gone": 1, "absent": 1, "reading": 1,
        "view": 3, "fulltext": 3,
        "text": 4, "quote": 4, "record": 4, "rows": 4,
    }
)  # fmt: skip


class Discrepancy(Record):
    """What does not hold: `fact` is an id, None where a whole plan is concerned; `quote` are the words concerned."""

    kind: Literal["discrepancy"] = "discrepancy"
    what: What
    plan: str
    fact: str | None = None
    quote: str = ""
    why: Words


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what does not hold."""

    plans: int
    sources: int
    found: tuple[Discrepancy, ...]

    @property
    def exit_code(self) -> int:
        """0: all holds. 1: something says other than it did (sources of a file, a plan read again). 3: what is made
        of the facts (full text, views) differs from them. 4: texts or facts are not what was kept. The gravest counts.
        """
        return max((_EXITS[one.what] for one in self.found), default=0)


def said(what: What, plan: str, fact: AnyFact | None = None) -> Discrepancy:
    """That something of a plan, or of one fact of it, does not hold."""
    return Discrepancy(
        what=what, plan=plan, fact=fact.id if fact else None, quote=fact.quote if fact else "", why=why(what)
    )  # fmt: skip


def why(what: What) -> Words:
    """What a kind of discrepancy means."""
    return Words.of(f"commands.verify.{what}")
