"""A table's data apart from its drawing: columns, rows, and which rows show in what order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from plankb.tui.cells import Align, Cut, one_line

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparison

T = TypeVar("T")
R = TypeVar("R", contravariant=True)

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class Column(Generic[R]):
    """A column: `cell` gives the text of a row, `key` what it is sorted by (None: its text, numbers as numbers).

    `width` is in cells; `grow` is the column's share of the width that is left over. `tone` names the style of a
    row's cell, None for the usual one; `cut` is where a text too long for it loses characters.
    """

    title: str
    cell: Callable[[R], str]
    width: int
    grow: int = 0
    align: Align = "left"
    cut: Cut = "end"
    key: Callable[[R], SupportsRichComparison] | None = None
    tone: Callable[[R], str | None] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Sorted by a column, downwards or upwards."""

    column: int
    reverse: bool = False


class Sheet(Generic[T]):
    """Rows under columns. Rows are any objects; the cells are made of them when they are drawn.

    The `frozen` first columns stay when the table scrolls sideways; `by_cell` has a cursor of one cell, not of a row;
    the titles of columns may take `header` lines.
    """

    def __init__(
        self,
        columns: Sequence[Column[T]],
        rows: Sequence[T],
        *,
        frozen: int = 0,
        by_cell: bool = False,
        header: int = 1,
    ) -> None:
        self.columns = tuple(columns)
        self.rows = rows
        self.frozen = frozen
        self.by_cell = by_cell
        self.header = header
        self._folded: list[str] | None = None

    def cells(self, row: int) -> tuple[str, ...]:
        """The cells of a row, each on one line and harmless to a terminal."""
        return tuple(one_line(column.cell(self.rows[row])) for column in self.columns)

    def arrange(self, words: str = "", order: Order | None = None) -> list[int]:
        """Indices of the rows that hold all `words` (parted by spaces) in any cell, in order."""
        wanted = words.casefold().split()
        found = range(len(self.rows))
        kept = [i for i in found if all(word in self._text(i) for word in wanted)] if wanted else list(found)
        if order is not None:
            column = self.columns[order.column]
            key = column.key or (lambda row: natural(column.cell(row)))
            kept.sort(key=lambda i: key(self.rows[i]), reverse=order.reverse)
        return kept

    def _text(self, row: int) -> str:
        if self._folded is None:
            self._folded = ["\x00".join(self.cells(i)).casefold() for i in range(len(self.rows))]
        return self._folded[row]


AnyColumn: TypeAlias = Column[Any]
AnySheet: TypeAlias = Sheet[Any]
"""Of rows whose type only their maker knows: who shows them asks the columns for cells; a row is an object."""


def natural(text: str) -> tuple[int, float, str]:
    """A sort key: texts with a number by their first number, others after them, by their characters."""
    match = _NUMBER.search(text)
    return (0, float(match[0]), text) if match else (1, 0.0, text)
