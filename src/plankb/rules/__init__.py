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
from typing import TypeVar, overload

from plankb.kept_patterns import compiled
from plankb.rules import loading, user
from plankb.rules.model import Entry, Rule, caseless
from plankb.rules.prefilter import Screened

__all__ = ["Entry", "Rule", "caseless", "many", "one", "pattern", "screened", "union", "words"]

E = TypeVar("E", bound=Entry)


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
def pattern(file: str, section: str) -> re.Pattern[str]:
    """The expression of the only entry of a section, compiled when it is first asked for."""
    return one(file, section).regex


@cache
def screened(file: str, section: str) -> Screened:
    """`pattern`, for one that is asked of every clause and seldom found."""
    return Screened(pattern(file, section))


@cache
def words(file: str, section: str) -> frozenset[str]:
    """The words of all rules of a section."""
    return frozenset(word for rule in many(file, section) for word in rule.words)


@cache
def union(file: str, section: str) -> re.Pattern[str]:
    """One pattern that holds where any rule of a section does."""
    return compiled("|".join(f"(?:{rule.expression})" for rule in many(file, section)))
