"""What the command line prints: records as lines of JSON, tables and CSV to stdout or into the file of -o, remarks and
progress to stderr.

Text from documents is shown as it is, never obeyed: no markup of Rich, no control sequence of a terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from plankb import pages_read
from plankb.cli.options import as_path
from plankb.errors import PlankbError
from plankb.kb import What, csv_text, harmless_json, known
from plankb.kb import safe as safe
from plankb.late import dataclass

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")
R = TypeVar("R", contravariant=True)
_PIPE_WIDTH = 120
"""Columns of a table that goes into a file or a pipe."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: its title, a record's text in it, its share of the width (0: as the text needs)."""

    title: str
    text: Callable[[R], str]
    share: int = 1


def remark(text: str) -> None:
    """One line to the user about the data before it, to stderr; raises OSError when the data cannot be written."""
    sys.stdout.flush()
    complain(text)


def complain(text: str) -> None:
    """One line to the user about what went wrong, to stderr, whatever has become of stdout."""
    print(safe(" ".join(text.splitlines())), file=sys.stderr, flush=True)  # noqa: T201


def write_line(text: str) -> None:
    """One line to stdout, with a mark for what a terminal would obey."""
    sys.stdout.write(safe(text) + "\n")


def write_jsonl(records: Iterable[BaseModel]) -> None:
    """One JSON object a line."""
    for record in records:
        write_line(harmless_json(record.model_dump_json()))


def write_csv(records: Iterable[BaseModel], fields: Sequence[str], heads: Sequence[str]) -> None:
    """Records as CSV, a column a field; lists are joined by 、, and what looks like a formula is text."""
    values = (record.model_dump(mode="json") for record in records)
    sys.stdout.write("\ufeff")  # Excel takes a file without it for one of another encoding
    write_csv_rows([heads, *([one[field] for field in fields] for one in values)])


def write_csv_rows(rows: Iterable[Sequence[object]]) -> None:
    """Rows of values as CSV."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerows([_csv_cell(value) for value in row] for row in rows)


def _csv_cell(value: object) -> object:
    return value if isinstance(value, int | float) else csv_text(safe(_joined(value)))


def _joined(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(_joined(one) for one in value.values())
    if isinstance(value, list):
        return "、".join(_joined(one) for one in value)
    return "" if value is None else str(value)


def write_table(records: Iterable[T], columns: Iterable[Column[T]]) -> None:
    """Records as a table as wide as the terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    columns = tuple(columns)
    for column in columns:
        table.add_column(Text(safe(column.title)), ratio=column.share or None, overflow="fold")
    for record in records:
        table.add_row(*(Text(safe(column.text(record))) for column in columns))
    console().print(table)


def screen() -> tuple[int, int | None]:
    """The columns and lines of the terminal that stdout is; a pipe has a fixed width and any number of lines (None)."""
    if not sys.stdout.isatty():
        return _PIPE_WIDTH, None
    size = get_terminal_size()
    return size.columns, size.lines


def console() -> Console:
    """A Rich console on stdout that takes no text for markup and no character of it for an order."""
    from rich.console import Console
    from rich.text import Text

    class Screen(Console):
        """What is printed is made harmless here, not where it is put together."""

        def print(self, *objects: object, **how: Any) -> None:
            super().print(*(Text(safe(one)) if isinstance(one, str) else one for one in objects), **how)

    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Screen(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)


@contextmanager
def page_bar(title: str) -> Iterator[None]:
    """A bar on stderr while pages of a file are recognised in the block; none where nothing is slow to read."""
    with ExitStack() as bars:
        move: list[Callable[[int, int, str], None]] = []

        def told(done: int, total: int) -> None:
            if not move:
                move.append(bars.enter_context(progress_bar(title)))
            move[0](done, total, "")
            if done == total:
                bars.close()
                move.clear()

        with pages_read.told_to(told):
            yield


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on stderr, and the function that moves it: (done, total, name). No bar where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    screen = Console(stderr=True)
    name_column = TextColumn("{task.fields[name]}", markup=False)
    columns = (TextColumn(title, markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), name_column)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("", total=None, name="")

        def move(done: int, total: int, name: str) -> None:
            progress.update(task, completed=done, total=total, name=safe(name))

        yield move


_BINARY = (".docx", ".xlsx")


def ending(what: What, form: str, to: str | None) -> str:
    """How a command writes: the ending of its file, else `.FORM`. Raises E503 before any work is done."""
    return known(what, as_path(to)) if to is not None else f".{form}"


def put(data: bytes, ending: str, to: str | None, *, sources: Iterable[Path] = ()) -> None:
    """Writes text or binary data to a file, else to stdout; `sources` are files that it was made of.

    Raises E409 for binary data to a terminal, E408 over a source, E507, E501, E502, E205.
    """
    if to is not None:
        from plankb.kb.checking import write

        write(as_path(to), data, sources=sources)
    elif ending in _BINARY and sys.stdout.isatty():
        raise PlankbError("E409")
    elif ending in _BINARY:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(data.decode("utf-8-sig"))
