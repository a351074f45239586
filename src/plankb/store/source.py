"""Where a plan was read from, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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

    @classmethod
    def of(cls, path: object, sha256: object, stamp: object, read_at: object) -> Source:
        """The source that a row tells. Raises TypeError and ValueError for values that no program wrote."""
        texts = [one for one in (path, sha256, stamp, read_at) if isinstance(one, str)]
        if len(texts) < 4:
            raise TypeError("text expected")
        datetime.fromisoformat(texts[3])
        return cls(path=texts[0], sha256=texts[1], stamp=texts[2], read_at=texts[3])
