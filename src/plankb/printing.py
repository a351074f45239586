"""Characters that a file or a screen would obey instead of showing: they leave every text that is handed out."""

from __future__ import annotations

import re

_OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"  # what XML 1.0 cannot hold, and lone surrogates
    "|[\x7f-\x9f]"  # controls of terminals (C1)
    "|[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"  # direction, no width
    "|[\U000e0000-\U000e007f]"  # tags, which nobody sees
)


def printed(text: str) -> str:
    """The text without control characters, marks of direction and characters without width."""
    return text if text.isascii() and text.isprintable() else _OBEYED.sub("", text)
