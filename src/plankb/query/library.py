"""What questions are answered from: a store, the conflicts between its plans, how plans answer to those above."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from plankb import rules
from plankb.model import Conflict, Coverage
from plankb.query.answering.fulltext import HAN
from plankb.query.vocabulary import Vocabulary
from plankb.store import Store

if TYPE_CHECKING:
    from plankb.document import Outline
    from plankb.ledger import Entry
    from plankb.query.answering.by_topic import Selection
    from plankb.query.model import Understood
    from plankb.query.retrieval.scanning import Texts
    from plankb.query.retrieval.scope import Titles

Conflicts = Callable[[], Sequence[Conflict]]
Coverages = Callable[[Sequence[str], Sequence[str]], Sequence[Coverage]]
"""What plans (ids) of one place answer to plans above them (ids)."""

_OUTLINES = 32
"""Outlines of plans that are kept at hand."""


class Library:
    """One state of a knowledge base. `conflicts` and `coverage` are called only by questions for them."""

    def __init__(self, store: Store, *, conflicts: Conflicts, coverage: Coverages = lambda _own, _above: ()) -> None:
        self.store = store
        self.conflicts = conflicts
        self.coverage = coverage
        self.selected: tuple[Understood, Selection] | None = None
        """The targets last selected, for what query, as long as one question is answered."""
        self._held: dict[str, bool] = {}
        self._rarity: dict[str, float] = {}
        self._outlines: dict[str, Outline] = {}
        self._standing: tuple[date, Mapping[str, Entry]] | None = None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names that questions are linked to."""
        return Vocabulary.of(self.store)

    def in_texts(self, phrase: str) -> bool:
        """Whether some plan's text holds a phrase, letter case aside."""
        found = self._held.get(phrase)
        if found is None:
            found = self._held[phrase] = self._says(phrase)
        return found

    @cached_property
    def titles(self) -> Titles:
        """The titles of the plans as questions are held against them."""
        from plankb.query.retrieval.scope import titles_of

        return titles_of(self.vocabulary.plans)

    def rarity(self, term: str) -> float:
        """How much a term (a pair of characters, a word of letters or digits) tells of where it stands: the logarithm
        of how many passages there are for each that holds it; 0 where none does."""
        found = self._rarity.get(term)
        if found is None:
            found = self._rarity[term] = self._rare(term)
        return found

    def _rare(self, term: str) -> float:
        texts = self.store.fulltext if self._indexed else self.scanned
        held = texts.frequency(term)
        return math.log(1 + (texts.size - held + 0.5) / (held + 0.5)) if held else 0.0

    @cached_property
    def unheard(self) -> float:
        """What a term weighs that no text holds: less than a rare one, since it may be said otherwise there."""
        return math.log(1 + (self.store.fulltext if self._indexed else self.scanned).size) / 3

    def section_at(self, plan: str, position: int) -> tuple[str, ...]:
        """The headings above a place in a plan's text, outermost first."""
        known = self.store.section_at(plan, position) if self._indexed else None
        return self.outline(plan).path_at(position) if known is None else known

    def outline(self, plan: str) -> Outline:
        """The headings of a plan."""
        if plan not in self._outlines:
            from plankb.document import outline

            if len(self._outlines) >= _OUTLINES:
                self._outlines.clear()
            self._outlines[plan] = outline(self.store.clean(plan))
        return self._outlines[plan]

    @cached_property
    def vague(self) -> frozenset[int]:
        """The numbers of the names of targets that name no thing (我市, 目标)."""
        names = self.vocabulary.named("target")
        return frozenset(name.no for name in names if rules.one("question_forms", "vague_subject").fullmatch(name.name))

    @cached_property
    def scanned(self) -> Texts:
        """The texts of an office's few plans, to look through without an index."""
        from plankb.query.retrieval.scanning import Texts

        return Texts(self.store, self.vocabulary.plans)

    @cached_property
    def targets_of_tasks(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the targets of each task, by its id."""
        return self.store.targets_of_tasks()

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

    def _says(self, phrase: str) -> bool:
        """By the index of the store's file, else of the texts of an office's few plans."""
        if self._indexed and HAN.fullmatch(phrase):
            return self.store.fulltext.says(phrase)
        wanted = phrase.casefold()
        return any(wanted in text for text in self._texts)

    @cached_property
    def _indexed(self) -> bool:
        return self.store.has_fulltext

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(self.store.text(plan.id).casefold() for plan in self.vocabulary.plans)
