"""How a wide table stands on paper: how wide its columns are, and which of them share a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from plankb.exports.tables import Table

_FIXED: Mapping[str, float] = MappingProxyType(
    {
        "number": 3, "role": 5.5, "row": 4.5, "total": 3.5, "tasks": 4, "by": 8, "period": 6, "date": 6, "read_at": 6,
        "when": 6, "who": 6, "leader": 5, "contact": 7, "progress": 11, "remark": 8, "gap": 6, "review": 8,
        "opinion": 5, "jurisdiction": 5, "issuer": 10, "sha256": 12, "file": 14,
    }
)  # fmt: skip
"""Columns of one width, in Chinese characters; those to be filled in by hand have room for it."""
_LEAST, _MOST = 6, 220
_POWER = 0.85
_TOP = 4
"""The room of a column follows the longest of so many parts of its cells."""
_WORTH_FILLING = 3
"""A jurisdiction too wide for one page begins on the page before where at least one part in so many of it is free."""


def widths(table: Table, room: float, *, edge: float = 0) -> list[float]:
    """The widths in Chinese characters, which together fill a room; `edge` is what each has beside its text."""
    left = room - edge * len(table.headings)
    keys = table.keys or ("",) * len(table.headings)
    weights = {at: _weight(table, at) for at, key in enumerate(keys) if key not in _FIXED}
    fixed = {at: _short(table, at) if key == "by" else _FIXED[key] for at, key in enumerate(keys) if key in _FIXED}
    left -= sum(fixed.values())
    found_by_text = _shared(weights, left) if weights else {}
    found = [found_by_text[at] if at in found_by_text else fixed[at] for at in range(len(keys))]
    if not weights and found:
        return [width * (room - edge * len(found)) / sum(found) for width in found]
    return found


def _short(table: Table, at: int) -> float:
    """The width of a column of times: that of the longest, at most the fixed one."""
    longest = max((len(str(row[at])) for row in table.rows), default=0)
    return min(max(longest, len(table.headings[at]), 5.0), _FIXED["by"])


def _weight(table: Table, at: int) -> float:
    lengths = sorted((len(str(row[at])) for row in table.rows), reverse=True)
    longest = lengths[: -(-len(lengths) // _TOP)]
    mean = sum(longest) / len(longest) if longest else 0.0
    return float(min(max(mean, len(table.headings[at]), _LEAST), _MOST) ** _POWER)


def _shared(weights: Mapping[int, float], room: float) -> dict[int, float]:
    """A room divided by weight; no column falls below the least width."""
    given: dict[int, float] = {}
    open_ = dict(weights)
    while open_:
        unit = max(room - sum(given.values()), _LEAST * len(open_)) / sum(open_.values())
        narrow = [at for at, weight in open_.items() if weight * unit < _LEAST]
        if not narrow:
            return given | {at: weight * unit for at, weight in open_.items()}
        for at in narrow:
            given[at] = _LEAST
            del open_[at]
    return given


def breaks(spans: Sequence[int], room: int, *, after: int = 0) -> tuple[int, ...]:
    """The columns that begin a new page, counted over jurisdictions of these numbers of columns.

    `room` columns go on a page, and columns as wide as `after` of them follow the last. A jurisdiction stays on one
    page where it can. The number of columns itself is among them where what follows has a page of its own. () where
    everything fits on one.
    """
    if sum(spans) + after <= room:
        return ()
    found: list[int] = []
    start = at = 0
    for span in spans:
        end = at + span
        fits_next = span <= room or room - (at - start) < room / _WORTH_FILLING
        if end - start > room and fits_next and at > start:
            found.append(at)
            start = at
        while end - start > room:
            start += room
            found.append(start)
        at = end
    if at - start + after > room and at > start:
        found.append(at)
    return tuple(found)


def pages(count: int, at: Sequence[int]) -> list[tuple[int, int]]:
    """The columns [start, end) of each page; none empty."""
    return [(start, end) for start, end in pairwise((0, *at, count)) if start < end]
