r"""Characters that a file, a screen or a reader would obey or not see: the one list of them, and how to be rid of them.

Controls of terminals (C0, C1), marks of direction (Trojan source), characters without width, tags, lone surrogates and
what XML cannot hold. Tab and line ends are left to whoever shows the text.
"""

from __future__ import annotations

from plankb.kept_patterns import compiled

UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # direction, no width, line separators
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # annotations, no characters, halves of pairs
    "\U000e0000-\U000e007f"  # tags, which nobody sees
)
"""The inside of a character class."""

_UNSEEN = compiled(f"[{UNSEEN}]")
_NOT_SHOWN = compiled(f"[{UNSEEN}\r]")
MARK = "\ufffd"
"""Stands where a character was that is not shown."""


def printed(text: str) -> str:
    """The text without control characters, marks of direction and characters without width."""
    return text if text.isprintable() else _UNSEEN.sub("", text)


def marked(text: str) -> str:
    """The text of the same length with a visible mark for every such character; a carriage return is one too."""
    return text if text.isprintable() else _NOT_SHOWN.sub(MARK, text)


def escaped(json: str) -> str:
    """JSON of the same meaning with every such character written as its escape."""
    return _UNSEEN.sub(lambda found: _escape(found.group()), json)


def _escape(char: str) -> str:
    units = char.encode("utf-16-be", errors="surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
