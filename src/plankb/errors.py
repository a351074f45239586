"""Faults of the user's input, each under a code that can be searched for; their words stand in `words/errors.toml`.

A `PlankbError` is a fault in the user's input, never in the program: the command line prints its one line
and exits with code 2, the terminal UI shows it as a notice.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType

from plankb.words import Language, say

__all__ = ["INTERRUPTED", "Language", "PlankbError", "cause", "message"]

INTERRUPTED = 130
"""Exit code of a run that was stopped by Ctrl-C."""


def message(code: str, lang: Language = "zh", **details: object) -> str:
    """The text of a message; `details` fill its fields."""
    return say(f"errors.{code}", lang, **details)


class PlankbError(Exception):
    """The user's input cannot be used; `code` names the message, `details` fill it; one may be another error."""

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{code}: {self.text('en')}")

    def text(self, lang: Language = "zh") -> str:
        """The one line that the user sees."""
        details = {name: one.text(lang) if isinstance(one, PlankbError) else one for name, one in self.details.items()}
        return message(self.code, lang, **details)


_OF_SYSTEM: Mapping[int | None, str] = MappingProxyType(
    {
        errno.ENOSPC: "E191", errno.EDQUOT: "E191", errno.EFBIG: "E191",
        errno.EACCES: "E192", errno.EPERM: "E192", errno.EROFS: "E193", errno.ENOENT: "E194",
        errno.EISDIR: "E195", errno.ENOTDIR: "E195", errno.EEXIST: "E195", errno.ENAMETOOLONG: "E196",
        errno.EBUSY: "E197", errno.ETXTBSY: "E197", errno.EAGAIN: "E197", errno.EIO: "E198",
        errno.EADDRINUSE: "E199", errno.EADDRNOTAVAIL: "E216", errno.ELOOP: "E200",
    }
)  # fmt: skip
_OF_SQLITE: Mapping[int | None, str] = MappingProxyType(
    {3: "E192", 5: "E197", 6: "E197", 8: "E193", 10: "E198", 13: "E191", 14: "E194"}
)
"""By the result codes of SQLite: PERM, BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN."""


def cause(error: BaseException) -> object:
    """Why the system refused something, as a detail of a message; what it says itself where that is not known."""
    known = _OF_SYSTEM.get(getattr(error, "errno", None)) if isinstance(error, OSError) else None
    code = getattr(error, "sqlite_errorcode", None)
    known = known or _OF_SQLITE.get(code & 0xFF if isinstance(code, int) else None)
    return PlankbError(known) if known else getattr(error, "strerror", None) or error
