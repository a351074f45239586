"""Tasks that somebody put into a sheet: rows without an id, with a title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plankb.correction_sheets.cell_corrections import Entry, kept_words, squeezed
from plankb.correction_sheets.layout import Layout
from plankb.errors import PlankbError
from plankb.matrix.cells import is_time, read_names, read_roles, read_times
from plankb.model import ROLES, Role

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

_COLUMNS: dict[str, Role | None] = {"lead": "lead", "others": None, "support": "support", "joint": "joint"}


@dataclass(frozen=True, slots=True)
class AddedTask:
    """A task as a person put it in: `cell` is that of its title, `plan` the id of the plan of its sheet or of the row
    above. `roles` are names and roles; `near` is the id of the bureau whose column it stands in, None for a name.
    """

    cell: str
    plan: str
    title: str
    measures: str
    by: tuple[str, ...]
    words: str | None
    roles: tuple[tuple[str, str | None, tuple[Role, ...]], ...]

    @property
    def point(self) -> tuple[str, str]:
        """What tells one added task from another."""
        return self.plan, squeezed(self.title)


Read = Callable[["Cell | MergedCell"], Entry | None]


def added(row: Sequence[Cell | MergedCell], at: Layout, plan: str, read: Read) -> AddedTask | PlankbError:
    """The task of a row, or why it cannot be read."""
    entries = {key: read(row[column]) for key, column in at.columns.items() if key in ("title", "measures", "by")}
    texts = {key: entry.text if entry else "" for key, entry in entries.items()}
    where, time = entries["title"], texts.get("by", "")
    by = read_times(time) if time else ()
    cell = where.at if where else ""
    if by is None and not is_time(time):
        return PlankbError("E514", cell=cell, text=time)
    roles = tuple(_named(row, at, read) if not at.bureaus else _marked(row, at, read))
    return AddedTask(cell, plan, texts["title"], texts.get("measures", ""), by or (), kept_words(time, by or ()), roles)


def _named(
    row: Sequence[Cell | MergedCell], at: Layout, read: Read
) -> Iterator[tuple[str, str | None, tuple[Role, ...]]]:
    """Names in the columns of a list; those beside a lead support it, those without one answer jointly."""
    listed = {key: read(row[at.columns[key]]) for key in _COLUMNS if key in at.columns}
    led = bool(listed.get("lead") and listed["lead"] and listed["lead"].text)
    for key, entry in listed.items():
        role = _COLUMNS[key] or ("support" if led else "joint")
        yield from ((name, None, (role,)) for name in read_names(entry.text if entry else "", ()))


def _marked(
    row: Sequence[Cell | MergedCell], at: Layout, read: Read
) -> Iterator[tuple[str, str | None, tuple[Role, ...]]]:
    for column in at.bureaus:
        entry = read(row[column.at])
        roles = read_roles(entry.text) if entry else ()
        if roles:
            yield column.name, None if column.renamed else column.bureau, tuple(r for r in ROLES if r in roles)
