"""A path as somebody named it."""

from __future__ import annotations

from os import PathLike
from pathlib import Path


def typed(named: str | PathLike[str]) -> Path:
    """The path; ~ is his home, and stays as it is where there is no such home."""
    path = Path(named)
    try:
        return path.expanduser()
    except RuntimeError:
        return path
