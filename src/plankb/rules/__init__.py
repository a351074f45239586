"""Language knowledge as typed data: one TOML file a subject, every entry with examples that a test runs.

`one("roles", "keyword")` is the rule of `[keyword]` in `rules/roles.toml`, `many("roles", "verb")` those of its
`[[verb]]`. Entries are `Rule` unless `sections.KINDS` names another model, which is then given to `one` and `many`:
`many("headings", "form", HeadingForm)`. A table inside a table is the section "line.page".

Parts: `{five_year}` in a pattern stands for the rule of that name in `rules/parts.toml` (shared by all files) or in the
`[parts.five_year]` of the file itself. What several patterns need is said once there.

The user's own entries (`plankb.rules.user`) stand before the built-in ones of their section.

Patterns describe the language of plans, never one plan.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, TypeVar, overload

from plankb.rules import loading, user
from plankb.rules.model import Entry, Rule

__all__ = ["Entry", "Rule", "caseless", "load", "many", "one", "union", "words"]

E = TypeVar("E", bound=Entry)
_SAID = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|\(\?P[<=]\w+|(?P<set>\[(?:\\.|[^\]\\])+\])|(?P<letter>[A-Za-z])")
"""The parts of a pattern that hold letters: signs of the pattern itself, sets, and letters of the text."""


@overload
def many(file: str, section: str) -> tuple[Rule, ...]: ...
@overload
def many(file: str, section: str, kind: type[E]) -> tuple[E, ...]: ...
@cache
def many(file: str, section: str, kind: type[Entry] = Rule) -> tuple[Entry, ...]:
    """The entries of a section, in the order of the file. KeyError for a section that is not there: a fault of the
    program."""
    entries = (*user.entries(file, section), *loading.section(file, section))
    if not all(isinstance(entry, kind) for entry in entries):
        raise TypeError(f"{file}.toml [{section}] does not hold {kind.__name__}")
    return entries


@overload
def one(file: str, section: str) -> Rule: ...
@overload
def one(file: str, section: str, kind: type[E]) -> E: ...
def one(file: str, section: str, kind: type[Entry] = Rule) -> Entry:
    """The only entry of a section."""
    (entry,) = many(file, section, kind)
    return entry


@cache
def words(file: str, section: str) -> frozenset[str]:
    """The words of all rules of a section."""
    return frozenset(word for rule in many(file, section) for word in rule.words)


@cache
def union(file: str, section: str) -> re.Pattern[str]:
    """One pattern that holds where any rule of a section does."""
    return re.compile("|".join(f"(?:{rule.expression})" for rule in many(file, section)))


@cache
def caseless(pattern: str) -> re.Pattern[str]:
    """A pattern that takes letters of either case; its own sets name both cases.

    Each Latin letter becomes a set of two: `re.IGNORECASE` takes 3 ms to fold a set of all Chinese characters.
    """
    if any(char.upper() != char.lower() and not char.isascii() for char in pattern):  # μ has more than two cases
        return re.compile(pattern, re.IGNORECASE)

    def either(said: re.Match[str]) -> str:
        letter = said["letter"]
        return f"[{letter.upper()}{letter.lower()}]" if letter else said.group()

    return re.compile(_SAID.sub(either, pattern))


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `rules/NAME.toml` as it stands: for the files of `sections.UNTYPED` only, until they are typed."""
    loading.plain(name)
    return dict(loading.content(name))
