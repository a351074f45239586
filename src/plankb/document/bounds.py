"""How much one plan may hold. More takes minutes and gigabytes, is no plan, and is refused with the bound before it is
worked on; a reader that knows the size early asks here first."""

from __future__ import annotations

from plankb.errors import PlankbError

MOST_CHARACTERS = 7_000_000
"""Characters of a text: 20 MB of Chinese in UTF-8, a hundred times the longest plan known."""
MOST_MARKUP = 60_000_000
"""Characters of a page with its markup."""
MOST_CELLS = 600_000
"""Cells of all tables: a cell takes as much memory as ten characters."""
MOST_HEADINGS = 200_000
"""Headings: one takes 3,500 bytes with all that hangs on it; the longest plan known has some thousand."""
_TEN_THOUSAND = 10_000


def require_characters(count: int) -> None:
    """Raises E119 for a text of more than `MOST_CHARACTERS`."""
    _require("E119", count, MOST_CHARACTERS)


def require_markup(count: int) -> None:
    """Raises E157 for a page of more than `MOST_MARKUP`."""
    _require("E157", count, MOST_MARKUP)


def require_cells(count: int) -> None:
    """Raises E156 for tables of more than `MOST_CELLS`."""
    _require("E156", count, MOST_CELLS)


def require_headings(count: int) -> None:
    """Raises E158 for an outline of more than `MOST_HEADINGS`."""
    _require("E158", count, MOST_HEADINGS)


def _require(code: str, count: int, most: int) -> None:
    """The path is left to whoever knows the file: `readers` and `kb.guard` put it in."""
    if count > most:
        raise PlankbError(code, path="", count=count // _TEN_THOUSAND, most=most // _TEN_THOUSAND)
