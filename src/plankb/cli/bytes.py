"""Files that a command writes: to the path of -o, or to stdout."""

from __future__ import annotations

import sys
from pathlib import Path

from plankb.cli.options import as_path
from plankb.errors import PlankbError
from plankb.kb.checking import write


def write_bytes(data: bytes, to: str | None, *, binary: bool, draft: Path | None = None) -> None:
    """Writes UTF-8 text or binary data to a file, else to stdout.

    Raises E409 for binary data to a terminal, E408, E501, E502, E205.
    """
    if to is not None:
        write(as_path(to), data, draft=draft)
    elif binary and sys.stdout.isatty():
        raise PlankbError("E409")
    elif not binary:
        sys.stdout.write(data.decode() + "\n")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
