"""Keys: what each does has one name everywhere, by which a person can give it another key."""

from __future__ import annotations

from textual.binding import Binding
from textual.events import Key

_PREFIX = "key."
_NAMES = {"escape": "Esc", "tab": "Tab", "delete": "Del"}
"""Keys as they are printed on keyboards, where Textual writes them otherwise."""


def key(
    keys: str, action: str, word: str, *, show: bool = True, key_display: str | None = None, priority: bool = False
) -> Binding:
    """A binding; `word` is a key of `words/screens.toml`, and what follows "key." there its name in a keymap."""
    shown = key_display or _NAMES.get(keys.partition(",")[0])
    return Binding(
        keys,
        action,
        word,
        show=show,
        key_display=shown,
        priority=priority,
        id=None if word == "key.tab" else word.removeprefix(_PREFIX),
    )


_SIGNS = "inverted_exclamation_mark trade_mark_sign pound_sign cent_sign infinity section_sign pilcrow_sign bullet"
_ALT_DIGITS = {sign: f"alt+{digit}" for digit, sign in enumerate(_SIGNS.split(), start=1)}
"""What Textual makes of Alt and a digit (Option on a Mac); terminals send the same for Escape and a digit in haste."""


def meant(event: Key) -> Key:
    """A key as the hand meant it: Alt and a digit, never the sign that a Mac would write."""
    alt = _ALT_DIGITS.get(event.key)
    return Key(alt, None) if alt else event
