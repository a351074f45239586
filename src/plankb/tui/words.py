"""The words of the interface in both languages, one table: `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from plankb.errors import Language


@cache
def table() -> Mapping[str, tuple[str, str]]:
    """Key, as `group.name`, to the words in Chinese and English."""
    groups = tomllib.loads(files("plankb.tui").joinpath("words.toml").read_text(encoding="utf-8"))
    return {f"{group}.{name}": (zh, en) for group, entries in groups.items() for name, (zh, en) in entries.items()}


class Words:
    """The words in one language: `say("tab.ask")`."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang

    def __call__(self, key: str, **details: object) -> str:
        """The words of a key; `details` fill its fields."""
        zh, en = table()[key]
        return (zh if self.lang == "zh" else en).format(**details)

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return key in table()
