"""What every step needs to make the records of facts: ids, and whose and where they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from plankb.document import CleanText, Outline
from plankb.model import Plan, Span


class Ids:
    """Ids for the facts of one plan, stable while the words stay: made of what a fact says, not of where it stands.

    A fact said twice in one plan gets the same stem and a running number.
    """

    def __init__(self, plan: str) -> None:
        self._plan = plan
        self._given: dict[str, int] = {}

    def make(self, kind: str, words: Iterable[object]) -> str:
        """`PLAN:KIND-STEM`, or `PLAN:KIND-STEM-2` for the second fact of the same words."""
        said = "\x1f".join("" if word is None else str(word) for word in words)
        stem = f"{self._plan}:{kind}-{blake2b(said.encode(), digest_size=5).hexdigest()}"
        count = self._given[stem] = self._given.get(stem, 0) + 1
        return stem if count == 1 else f"{stem}-{count}"


@dataclass(frozen=True, slots=True)
class Context:
    """What every step needs to make facts: whose they are, the words they stand in, where, and their ids."""

    plan: Plan
    clean: CleanText
    outline: Outline
    ids: Ids

    def words(self, span: Span) -> str:
        """The clean text of a span."""
        return self.clean.text[slice(*span)]
