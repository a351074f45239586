"""The rules in force and where they come from, and whether the user's own ones agree with their examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from plankb import indicators, quantities, register
from plankb.errors import PlankbError
from plankb.register import places
from plankb.rules import kinds, loading, register_kinds, user
from plankb.rules.model import Entry, Shown

_HOMES = ("520100", "430321", "310112", "150000", "522300")
"""A city, a county, a district, an autonomous region, a prefecture: the plans in which an example of a body stands."""


class ShownRule(BaseModel):
    """A rule as it is listed: where it stands, what it finds or names, what that means, and its examples."""

    model_config = ConfigDict(frozen=True)

    source: Literal["user", "built-in"]
    file: str
    section: str
    finds: tuple[str, ...]
    means: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


def folder() -> Path:
    """Where the user's rules are looked for; it need not be there."""
    return user.folder()


def own() -> tuple[ShownRule, ...]:
    """The user's rules. Raises E101, E170, E178, E179 for what cannot be used."""
    return tuple(
        rule
        for path in user.paths()
        for section in user.read(path).items()
        for rule in _shown("user", path.stem, *section)
    )


def built_in(file: str) -> tuple[ShownRule, ...]:
    """The built-in rules of one file that have examples. Raises E178 for a file that is not there."""
    names = loading.names()
    if file not in names:
        raise PlankbError("E178", file=f"{file}.toml", known="、".join(names))
    return tuple(rule for section in loading.sections(file).items() for rule in _shown("built-in", file, *section))


def check() -> tuple[PlankbError, ...]:
    """What is wrong with the user's rules: files and entries that cannot be used, else examples that do not hold.
    Raises E101 where the folder that was named is not there."""
    unreadable: list[PlankbError] = []
    for path in user.paths():
        try:
            user.read(path)
        except PlankbError as error:
            unreadable.append(error)
    if unreadable:
        return tuple(unreadable)
    sections = [(file, section) for file, listed in user.SECTIONS.items() for section in listed]
    return tuple(fault for file, section in sections for fault in _disagreements(file, section))


def _disagreements(file: str, section: str) -> Iterator[PlankbError]:
    """The user's entries that do not hold for an example, or hold for a counter-example."""
    for number, entry in enumerate(user.entries(file, section), start=1):
        if not isinstance(entry, Shown):
            continue
        place = f"[[{section}]] {number} {entry.finds[0]}"
        for example in entry.examples:
            if not _holds(entry, example):
                yield loading.fault(file, place, PlankbError("E174", example=example))
        for example in entry.counter_examples:
            if _holds(entry, example):
                yield loading.fault(file, place, PlankbError("E175", example=example))


def _holds(entry: Shown, text: str) -> bool:
    """Whether the program, with all rules in force, reads a text as an entry says."""
    match entry:
        case register_kinds.OwnBureau():
            bodies = (register.resolve(text, home=places.by_code(home)) for home in _HOMES)
            return any(one.known and one.id.split(":", 1)[1] == register.own_function(entry.name) for one in bodies)
        case kinds.Unit():
            found = (quantities.normal(one.value, one.unit) for one in quantities.find(text))
            return any(one.unit == entry.unit and abs(one.value - entry.value) < 1e-9 for one in found)
        case kinds.Counter():
            return any(quantities.normal(one.value, one.unit).unit == entry.unit for one in quantities.find(text))
        case kinds.OwnIndicator():
            return indicators.indicator_id(text) == indicators.indicator_id(entry.name)
        case kinds.Rewrite():
            return indicators.indicator_id(text) == entry.gives
    raise TypeError(type(entry).__name__)


def _shown(
    source: Literal["user", "built-in"], file: str, section: str, listed: tuple[Entry, ...]
) -> Iterator[ShownRule]:
    for entry in listed:
        if isinstance(entry, Shown):
            yield ShownRule(
                source=source,
                file=file,
                section=section,
                finds=entry.finds,
                means=entry.meaning,
                examples=entry.examples,
                counter_examples=entry.counter_examples,
            )
