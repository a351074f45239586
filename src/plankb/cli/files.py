"""Files that a command writes: the ending of the file of -o decides the format, else --format does."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from plankb.cli.options import as_path
from plankb.errors import PlankbError
from plankb.kb import What, known

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
