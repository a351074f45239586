"""All that the program says, in Chinese and English, in one place: `words/SUBJECT.toml`, key = ["中文", "English"].

A key is named with its subject in front: `say("commands.found", lang, count=3)` fills the words of `found` in
`commands.toml`. What is said is never a condition: no code looks into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from plankb import own_tables

Language = Literal["zh", "en"]
Pair = tuple[str, str]
"""Chinese and English."""


@cache
def table(subject: str) -> Mapping[str, Pair]:
    """The words of a subject by key; entries of a group have its name in front, as `group.entry`."""
    return dict(_entries(own_tables.table(__name__, subject), ""))


def _entries(groups: Mapping[str, object], prefix: str) -> Iterator[tuple[str, Pair]]:
    for name, entry in groups.items():
        match entry:
            case [str(zh), str(en)] | {"zh": str(zh), "en": str(en)}:
                yield prefix + name, (zh, en)
            case dict():
                yield from _entries(entry, f"{prefix}{name}.")
            case _:
                raise TypeError(f"words of {prefix}{name}: a pair of texts is needed, not {entry!r}")


def pair(key: str) -> Pair:
    """Both languages of a key; raises KeyError for one that has no words."""
    subject, _, name = key.partition(".")
    return table(subject)[name]


def chosen(words: Pair, lang: Language) -> str:
    """The half of a pair that is in a language."""
    return words[lang == "en"]


def say(key: str, lang: Language = "zh", /, **details: object) -> str:
    """The words of a key in a language; `details` fill their fields."""
    return chosen(pair(key), lang).format(**details)


def word(group: str, code: str | None, lang: Language = "zh") -> str:
    """The word for a code of a record ("role", "lead"); "" for None, the code itself where there is no word for it."""
    if code is None:
        return ""
    return chosen(table("records").get(f"{group}.{code}", (code, code)), lang)


class Speaker:
    """The words of one subject in one language: `Speaker("screens", "zh")("tab.ask")`."""

    def __init__(self, subject: str, lang: Language) -> None:
        self.subject = subject
        self.lang: Language = lang

    def __call__(self, key: str, **details: object) -> str:
        """The words of a key; `details` fill its fields."""
        return say(f"{self.subject}.{key}", self.lang, **details)

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return key in table(self.subject)
