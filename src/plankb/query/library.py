"""What questions are answered from: a store, and the conflicts between its plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from plankb.model import Conflict
from plankb.query.vocabulary import Vocabulary
from plankb.store import Store

if TYPE_CHECKING:
    from plankb.ledger import Entry

Conflicts = Callable[[], Sequence[Conflict]]


class Library:
    """One state of a knowledge base. `conflicts` is called only by questions for conflicts."""

    def __init__(self, store: Store, *, conflicts: Conflicts) -> None:
        self.store = store
        self.conflicts = conflicts
        self._held: dict[str, bool] = {}
        self._standing: tuple[date, Mapping[str, Entry]] | None = None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names that questions are linked to."""
        return Vocabulary.of(self.store)

    def in_texts(self, phrase: str) -> bool:
        """Whether some plan's text holds a phrase, letter case aside."""
        found = self._held.get(phrase)
        if found is None:
            wanted = phrase.casefold()
            found = self._held[phrase] = any(wanted in text for text in self._texts)
        return found

    def standing(self, today: date) -> Mapping[str, Entry]:
        """How each task stands on a day, by its id."""
        if self._standing is None or self._standing[0] != today:
            from plankb.ledger import Facts, build

            store = self.store
            facts = Facts(
                plans=store.plans(), tasks=store.facts("task"), deadlines=store.facts("deadline"),
                reports=store.reports(),
            )  # fmt: skip
            self._standing = (today, {entry.task.id: entry for entry in build(facts, today=today).entries})
        return self._standing[1]

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(self.store.text(plan.id).casefold() for plan in self.vocabulary.plans)
