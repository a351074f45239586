"""Which names may hold a word: a quick look before names are compared in earnest, so that few of many are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from plankb.query.normalise.names import bare, pieces, printed
from plankb.store import Label


class _ByCharacter:
    """Texts, by number, found by characters: each is looked for once in all of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._found: dict[str, frozenset[int]] = {}

    def all_of(self, chars: str) -> frozenset[int]:
        """The texts that hold all of these characters; none for no character."""
        sets = sorted((self.having(char) for char in set(chars)), key=len)
        return frozenset.intersection(*sets) if sets else frozenset()

    def having(self, char: str) -> frozenset[int]:
        """The texts that hold a character."""
        found = self._found.get(char)
        if found is None:
            found = self._found[char] = frozenset(n for n, text in enumerate(self._texts) if char in text)
        return found


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
        self._by_char = _ByCharacter(self._texts)

    def may_hold(self, *forms: str) -> tuple[Label, ...]:
        """The labels with all characters of one of some forms of a word, in their order."""
        found = set[int]()
        for form in forms:
            if form:
                found |= self._by_char.all_of(form)
        return self._in_order(found)

    def may_hold_each(self, words: Iterable[Sequence[str]]) -> tuple[Label, ...]:
        """The labels that may hold each of several words, each given in some forms."""
        found: set[int] | None = None
        for forms in words:
            own = set().union(*(self._by_char.all_of(form) for form in forms if form))
            found = own if found is None else found & own
        return self._in_order(found or set())

    def may_differ(self, word: str, *, by: int) -> tuple[Label, ...]:
        """The labels that lack at most so many of the characters of a word."""
        counts: dict[int, int] = {}
        chars = set(word)
        for char in chars:
            for number in self._by_char.having(char):
                counts[number] = counts.get(number, 0) + 1
        return self._in_order({number for number, count in counts.items() if count >= len(chars) - by})

    def below(self, words: Sequence[str]) -> tuple[Label, ...]:
        """The labels below a heading that all bare words fit, in their order."""
        headings, looked_up = self._headings
        names = tuple(headings)
        may_fit = (names[number] for number in looked_up.all_of("".join(words))) if words else ()
        fitting = [heading for heading in may_fit if all(pieces(word, heading) for word in words)]
        return tuple(self.labels[number] for number in sorted({at for heading in fitting for at in headings[heading]}))

    def with_same(self, labels: Iterable[Label], names: Collection[str]) -> tuple[Label, ...]:
        """Some labels with those that are called by one of these names besides, in their order."""
        numbers = {self._places[label.id] for label in labels}
        numbers.update(number for name in names for number in self._called.get(name, ()))
        return tuple(self.labels[number] for number in sorted(numbers))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {label.id: number for number, label in enumerate(self.labels)}

    @cached_property
    def _called(self) -> dict[str | None, list[int]]:
        found: dict[str | None, list[int]] = {}
        for number, label in enumerate(self.labels):
            found.setdefault(label.other, []).append(number)
        return found

    @cached_property
    def _headings(self) -> tuple[dict[str, list[int]], _ByCharacter]:
        """The numbers of the labels below each bare heading, and the headings by their characters."""
        found: dict[str, list[int]] = {}
        for number, label in enumerate(self.labels):
            for heading in label.section:
                found.setdefault(heading, []).append(number)
        merged: dict[str, list[int]] = {}
        for heading, own in found.items():
            merged.setdefault(bare(heading), []).extend(own)
        return merged, _ByCharacter(tuple(merged))

    def _in_order(self, names: Iterable[int]) -> tuple[Label, ...]:
        numbers = sorted(number for name in names for number in self._numbers[name])
        return tuple(self.labels[number] for number in numbers)
