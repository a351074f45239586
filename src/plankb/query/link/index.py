"""Which names may hold a word: a quick look before names are compared in earnest, so that few of many are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from plankb.query.normalise.names import pieces
from plankb.store import Label, Labels, Name

_RARE = 8
"""What stands in fewer than one of so many lines is looked for in the whole text, else line by line."""


class Lines:
    """The lines of a text, found by what stands in them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._starts = tuple(accumulate((len(line) + 1 for line in self._lines), initial=0))

    def having(self, part: str) -> Iterator[int]:
        """The numbers of the lines that hold a part of one, in order."""
        if self._text.count(part) * _RARE > len(self._lines):
            yield from (number for number, line in enumerate(self._lines) if part in line)
            return
        at = self._text.find(part)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(part, self._starts[number + 1])

    def with_both(self, first: str, second: str) -> Iterator[str]:
        """The lines that hold both of two parts."""
        rarer, other = sorted((first, second), key=self._text.count)
        return (self._lines[number] for number in self.having(rarer) if other in self._lines[number])


class _ByCharacter:
    """Texts of one line each, by number, found by characters: each is looked for once in all of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._lines = Lines("\n".join(texts))
        self._found: dict[str, frozenset[int]] = {}

    def all_of(self, chars: str) -> frozenset[int]:
        """The texts that hold all of these characters; none for no character."""
        sets = sorted((self.having(char) for char in set(chars)), key=len)
        return frozenset.intersection(*sets) if sets else frozenset()

    def having(self, char: str) -> frozenset[int]:
        """The texts that hold a character."""
        found = self._found.get(char)
        if found is None:
            found = self._found[char] = frozenset(self._lines.having(char)) if char != "\n" else frozenset()
        return found


class NameIndex:
    """The names of some kinds of facts, found by their characters; and the facts that bear them.

    What it gives is never too little: each name that a word fits is among those that may hold it.
    """

    def __init__(
        self, names: Sequence[Name], labels: Labels, *, headings: Callable[[], Sequence[Name]] = tuple
    ) -> None:
        self.names = tuple(names)
        self.kinds = frozenset(name.kind for name in names)
        self._labels = labels
        self._headings_of = headings

    def may_hold(self, *forms: str) -> tuple[Name, ...]:
        """The names with all characters of one of some forms of a word."""
        found = set[int]()
        for form in forms:
            if form:
                found |= self._by_char.all_of(form)
        return self._numbered(found)

    def may_hold_each(self, words: Iterable[Sequence[str]]) -> tuple[Name, ...]:
        """The names that may hold each of several words, each given in some forms."""
        found: set[int] | None = None
        for forms in words:
            own = set().union(*(self._by_char.all_of(form) for form in forms if form))
            found = own if found is None else found & own
        return self._numbered(found or set())

    def may_differ(self, word: str, *, by: int) -> tuple[Name, ...]:
        """The names that lack at most so many of the characters of a word, as they first come in the plans."""
        counts: dict[int, int] = {}
        chars = set(word)
        for char in chars:
            for number in self._by_char.having(char):
                counts[number] = counts.get(number, 0) + 1
        return self.in_order(self._numbered({n for n, count in counts.items() if count >= len(chars) - by}))

    def in_order(self, names: Sequence[Name]) -> tuple[Name, ...]:
        """Names as they first come in the plans."""
        if len(names) < 2:
            return tuple(names)
        by_number = {name.no: name for name in names}
        return tuple(by_number[no] for no in dict.fromkeys(label.no for label in self.bearing(names)))

    def bearing(self, names: Iterable[Name]) -> tuple[Label, ...]:
        """The facts that bear one of some names, by plan and place in the text."""
        numbers = [name.no for name in names]
        return tuple(self._labels.bearing(numbers)) if numbers else ()

    def path(self, label: Label) -> tuple[str, ...]:
        """The headings above a fact."""
        return self._labels.path(label)

    def below(self, words: Sequence[str]) -> tuple[Label, ...]:
        """The facts of these kinds below a heading that all bare words fit, by plan and place in the text."""
        headings, looked_up = self._headings
        may_fit = (headings[number] for number in looked_up.all_of("".join(words))) if words else ()
        fitting = [heading.name for heading in may_fit if all(pieces(word, heading.bare) for word in words)]
        return tuple(label for label in self._labels.below(fitting) if label.kind in self.kinds) if fitting else ()

    def with_same(self, names: Iterable[Name], others: Collection[str]) -> tuple[Name, ...]:
        """Some names with those that are called one of `others` besides."""
        found = dict.fromkeys(names)
        found.update((name, None) for other in others for name in self._called.get(other, ()))
        return tuple(found)

    @cached_property
    def _by_char(self) -> _ByCharacter:
        return _ByCharacter([f"{name.bare}\t{name.bare_other}\t{name.printed}" for name in self.names])

    @cached_property
    def _called(self) -> dict[str | None, list[Name]]:
        found: dict[str | None, list[Name]] = {}
        for name in self.names:
            found.setdefault(name.other, []).append(name)
        return found

    @cached_property
    def _headings(self) -> tuple[Sequence[Name], _ByCharacter]:
        headings = self._headings_of()
        return headings, _ByCharacter([heading.bare for heading in headings])

    def _numbered(self, numbers: Iterable[int]) -> tuple[Name, ...]:
        return tuple(self.names[number] for number in sorted(numbers))
