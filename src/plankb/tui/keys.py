"""Keys: what each does has one name everywhere, by which a person can give it another key."""

from __future__ import annotations

from textual.binding import Binding

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
