"""Section paths as a tree of headings, numbered so that all below a heading have the numbers that follow it."""

from __future__ import annotations

from collections.abc import Iterable

Path = tuple[str, ...]
SectionRow = tuple[int | None, int, str]
"""Parent's number, number of the last heading below, heading."""


class SectionWriter:
    """Numbers the section paths of one plan from 0; paths are given in the order of its text."""

    def __init__(self) -> None:
        self._nodes: list[tuple[int | None, str]] = []
        self._open: list[tuple[str, int]] = []
        self._known: dict[Path, int] = {}

    def number(self, path: Path) -> int | None:
        """The number of the heading that a path ends with, an earlier one if it is known; None for ()."""
        return self._known[path] if path in self._known else self.enter(path)

    def enter(self, path: Path) -> int | None:
        """The same of a path at which the text has arrived."""
        depth = 0
        while depth < min(len(path), len(self._open)) and self._open[depth][0] == path[depth]:
            depth += 1
        del self._open[depth:]
        for heading in path[depth:]:
            parent = self._open[-1][1] if self._open else None
            self._open.append((heading, len(self._nodes)))
            self._nodes.append((parent, heading))
            self._known.setdefault(tuple(heading for heading, _ in self._open), self._open[-1][1])
        return self._open[-1][1] if self._open else None

    def rows(self) -> tuple[SectionRow, ...]:
        """All headings by number."""
        last = list(range(len(self._nodes)))
        for number in reversed(range(len(last))):
            parent = self._nodes[number][0]
            if parent is not None:
                last[parent] = max(last[parent], last[number])
        return tuple((parent, last[number], heading) for number, (parent, heading) in enumerate(self._nodes))


def paths(rows: Iterable[tuple[int, int | None, str]]) -> dict[int | None, Path]:
    """Number to path, of rows (number, parent, heading) by number; None to (). Raises TypeError where a heading is no
    text."""
    found: dict[int | None, Path] = {None: ()}
    for number, parent, heading in rows:
        if not isinstance(heading, str):
            raise TypeError("text expected")
        found[number] = (*found.get(parent, ()), heading)
    return found
