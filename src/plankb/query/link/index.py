"""Which names may hold a word: a quick look before names are compared in earnest, so that few of many are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from plankb.query.normalise.names import bare, printed
from plankb.store import Label


class NameIndex:
    """The labels of some kinds of facts, found by the characters of their names.

    What it gives is never too little: each label that a word fits is among those that may hold it.
    """

    def __init__(self, labels: Sequence[Label]) -> None:
        self.labels = tuple(labels)
        self.kinds = frozenset(label.kind for label in self.labels)
        # many facts share a name: it is looked at once
        same: dict[tuple[str, str | None], list[int]] = {}
        for number, label in enumerate(self.labels):
            same.setdefault((label.name, label.other), []).append(number)
        self._numbers = tuple(same.values())
        self._texts = tuple(f"{bare(name)}\n{bare(other or '')}\n{printed(name)}" for name, other in same)
        self._by_char: dict[str, frozenset[int]] = {}

    def may_hold(self, *forms: str) -> tuple[Label, ...]:
        """The labels with all characters of one of some forms of a word, in their order."""
        found = set[int]()
        for form in forms:
            if form:
                found |= self._all_of(form)
        return self._in_order(found)

    def may_hold_each(self, words: Iterable[Sequence[str]]) -> tuple[Label, ...]:
        """The labels that may hold each of several words, each given in some forms."""
        found: set[int] | None = None
        for forms in words:
            own = set().union(*(self._all_of(form) for form in forms if form))
            found = own if found is None else found & own
        return self._in_order(found or set())

    def may_differ(self, word: str, *, by: int) -> tuple[Label, ...]:
        """The labels that lack at most so many of the characters of a word."""
        counts: dict[int, int] = {}
        chars = set(word)
        for char in chars:
            for number in self._with(char):
                counts[number] = counts.get(number, 0) + 1
        return self._in_order({number for number, count in counts.items() if count >= len(chars) - by})

    def below(self, fits: Callable[[str], bool]) -> tuple[Label, ...]:
        """The labels below a heading whose bare form fits, in their order."""
        numbers = {number for heading, own in self._headings.items() if fits(heading) for number in own}
        return tuple(self.labels[number] for number in sorted(numbers))

    @cached_property
    def _headings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, label in enumerate(self.labels):
            for heading in label.section:
                found.setdefault(heading, []).append(number)
        merged: dict[str, list[int]] = {}
        for heading, own in found.items():
            merged.setdefault(bare(heading), []).extend(own)
        return merged

    def _all_of(self, form: str) -> frozenset[int]:
        sets = sorted((self._with(char) for char in set(form)), key=len)
        return frozenset.intersection(*sets) if sets else frozenset()

    def _with(self, char: str) -> frozenset[int]:
        found = self._by_char.get(char)
        if found is None:
            found = frozenset(number for number, text in enumerate(self._texts) if char in text)
            self._by_char[char] = found
        return found

    def _in_order(self, names: Iterable[int]) -> tuple[Label, ...]:
        numbers = sorted(number for name in names for number in self._numbers[name])
        return tuple(self.labels[number] for number in numbers)
