"""Where a plan was read from, and by what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file of a plan.

    `stamp` changes with the file, with what a manifest says about it and with the program that read it:
    as long as it is the same, the file need not be read again.
    """

    path: str
    sha256: str
    stamp: str
    read_at: str
    """ISO date and time, UTC."""
