"""Entries on bodies and places, which `plankb.register` is made of."""

# Annotations are objects here, not text (no `from __future__`): pydantic would compile each at every start.

from typing import Literal

from pydantic import Field

from plankb.rules.model import Entry, Shown

# bureaus


class OwnBureau(Shown):
    """A body of the user: its name and short forms, with or without the place before them (市). Examples are printed
    names that mean it, counter-examples names of others."""

    name: str = Field(min_length=2)
    short: tuple[str, ...] = ()

    @property
    def finds(self) -> tuple[str, ...]:
        """Its name and short forms."""
        return (self.name, *self.short)


class Organs(Entry):
    """The words that names of bodies end in; `full`: those that are short for a longer one."""

    administrative: tuple[str, ...]
    department: tuple[str, ...]
    full: dict[str, str]
    own_name: tuple[str, ...]


class Prefixes(Entry):
    """What stands before a name without naming a place: of the plan's own place, of the country, of the party."""

    relative: tuple[str, ...]
    national: tuple[str, ...]
    party: tuple[str, ...]


class Function(Shown):
    """What a body does and how it is called (see the head of `bureaus.toml`)."""

    id: str = Field(min_length=1)
    official: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    national: str | None = None

    @property
    def finds(self) -> tuple[str, ...]:
        """Its words before an organ word, and its names."""
        return (*self.official, *self.short, *self.names)

    @property
    def meaning(self) -> str:
        """Its id."""
        return self.id


class Regional(Shown):
    """A body whose place stands inside its name: `{P}` a place at the start, `{J}` a place, `{L}` 省, 市, 区, …"""

    id: str = Field(min_length=1)
    names: tuple[str, ...] = ()
    old_names: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    own: bool = False

    @property
    def finds(self) -> tuple[str, ...]:
        """Its names and patterns."""
        return (*self.names, *self.patterns)

    @property
    def meaning(self) -> str:
        """Its id."""
        return self.id


class JointName(Entry):
    """Two bodies that print as one name (市科委、中关村管委会)."""

    name: str
    source: str


class Renamed(Shown):
    """A name out of use: what it became (`to`), whether alone ("renamed") or with others ("merged"), from when until
    when it was in use, and the decree that says so. `word`: a part of the name that is enough to know it by."""

    to: str
    kind: Literal["renamed", "merged"]
    id: str | None = None
    word: str | None = None
    official: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    since: int | None = Field(default=None, alias="from")
    until: int
    source: str = Field(min_length=1)

    @property
    def finds(self) -> tuple[str, ...]:
        """Its former names."""
        return (*self.official, *self.short, *self.names, *((self.word,) if self.word else ()))

    @property
    def meaning(self) -> str:
        """What it became."""
        return self.to


# places


class Province(Entry):
    """A province: code, name, short names; below it each prefecture by code and name with its counties."""

    code: str = Field(pattern=r"^\d\d$")
    name: str
    short: tuple[str, ...]
    divisions: dict[str, str] = Field(default={})


class Zone(Entry):
    """A new area of the state, and the codes of the places it lies in."""

    name: str
    seat: tuple[str, ...] = Field(min_length=1)
