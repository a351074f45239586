"""The words of the register (`rules/bureaus.toml`), ready to look up: what each printed form of a function means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.rules.needs import Sieve, could_match, needs
from plankb.rules.register_kinds import Function as FunctionRule
from plankb.rules.register_kinds import Organs, OwnBureau, Prefixes, Renamed
from plankb.rules.register_kinds import Regional as RegionalRule

MINISTRIES = ("部", "总局", "署")
_PARTY = "党"
"""What autonomous regions and townships print before 委 (自治区党委组织部)."""
_BRACKETS = str.maketrans("（）〈〉<>〔〕［］[]", "()()()()()()")
_DROPPED = compiled(r"[\s“”\"'《》]")
_DRESSED = compiled(r"[\s“”\"'《》（）〈〉<>〔〕［］\[\]]")
"""What `normal` takes out or changes: most names hold none of it."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """An old name: the function it became, the year in which it ended, and the decree that says so."""

    to: str
    kind: str
    since: int | None
    until: int
    source: str


@dataclass(frozen=True, slots=True)
class Function:
    """What a name means without its place; `full` is the name in full, `national` that of the country's body."""

    id: str
    full: str
    national: str | None = None
    renaming: Renaming | None = None


@dataclass(frozen=True, slots=True)
class Regional:
    """A body whose place stands inside its name, with its `form` in the rules; `own`: each known by its own name."""

    function: str
    form: str
    own: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches its whole name; `place` or `level` is where it stands."""
        return _filled(self.form, r"(?P<place>[\u4e00-\u9fff]{1,12}?)")

    @property
    def at_start(self) -> bool:
        """Whether the name starts with the place."""
        return self.form.startswith("{P}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All functions by printed form, the bodies with a place inside, prefixes, and the words of bodies by own name.

    `screen` matches every name of a body with a place inside, and few others; each of them has one of `signs`. `ends`
    holds the last character of every name, those in which a form may end included; `fronts` all prefixes.
    """

    names: dict[str, Function]
    regional: tuple[Regional, ...]
    screen: re.Pattern[str]
    signs: Sieve
    ends: frozenset[str]
    relative: tuple[str, ...]
    national: tuple[str, ...]
    fronts: tuple[str, ...]
    party: tuple[str, ...]
    own_name: tuple[str, ...]

    def regional_of(self, name: str) -> tuple[Regional, ...]:
        """The bodies with a place inside that a name may be of; () for most names, at the cost of one look."""
        return self.regional if could_match(self.signs, name) and self.screen.fullmatch(name) else ()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, made once."""
    entries = rules.many("bureaus", "regional", RegionalRule)
    regional = tuple(Regional(entry.id, form, entry.own) for entry in entries for form in entry.patterns)
    names = {**_regional_names(entries), **_names()}
    prefixes = rules.one("bureaus", "prefixes", Prefixes)
    screen = _screen(regional)
    relative = tuple(sorted(prefixes.relative, key=len, reverse=True))
    national = tuple(sorted(prefixes.national, key=len, reverse=True))
    return Vocabulary(
        names,
        regional,
        screen,
        _signs(screen.pattern),
        frozenset(name[-1] for name in names) | {char for one in regional for char in one.form},
        relative,
        national,
        (*relative, *national),
        prefixes.party,
        rules.one("bureaus", "organs", Organs).own_name,
    )


def _names() -> dict[str, Function]:
    """All functions by printed form."""
    names = _own_names()
    organs = rules.one("bureaus", "organs", Organs)
    for entry in rules.many("bureaus", "function", FunctionRule):
        _add_names(names, entry, organs)
    for old in rules.many("bureaus", "renaming", Renamed):
        if not old.word:
            ident = old.to if old.kind == "renamed" or old.id is None else old.id
            entry = FunctionRule(
                id=ident,
                official=old.official,
                short=old.short,
                names=old.names,
                organs=old.organs,
                examples=old.examples,
            )
            _add_names(names, entry, organs, Renaming(old.to, old.kind, old.since, old.until, old.source))
    committees = [(name, function) for name, function in names.items() if name.startswith("委") and len(name) > 2]
    for name, function in committees:
        names.setdefault(_PARTY + name, function)
    return names


def _own_names() -> dict[str, Function]:
    """The user's bodies by printed form, each by its name without the place."""
    found: dict[str, Function] = {}
    for own in rules.many("bureaus", "bureau", OwnBureau):
        full = own_function(own.name)
        for name in (own.name, *own.short):
            found.setdefault(_without_place(normal(name)), Function(full, full))
    return found


def own_function(name: str) -> str:
    """The id of a body of the user's rules by its name there."""
    return _without_place(normal(name))


def _without_place(name: str) -> str:
    for prefix in sorted(rules.one("bureaus", "prefixes", Prefixes).relative, key=len, reverse=True):
        if name.startswith(prefix) and len(name) >= len(prefix) + 2:
            return name[len(prefix) :]
    return name


def _regional_names(entries: Iterable[RegionalRule]) -> dict[str, Function]:
    """What the bodies with a place inside are called without it."""
    names: dict[str, Function] = {}
    for entry in entries:
        for name in (*entry.names, *entry.old_names):
            full = name if entry.own or name in entry.old_names else entry.names[0]
            names.setdefault(name, Function(name if entry.own else entry.id, full, full))
    return names


def _add_names(
    names: dict[str, Function], entry: FunctionRule, organs: Organs, renaming: Renaming | None = None
) -> None:
    """All printed forms of one function: its words before every organ word, and its names."""
    one = entry.official[0] if len(entry.official) == 1 else None
    for stem in (*entry.official, *entry.short):
        for organ in entry.organs or (*organs.administrative, *organs.department):
            if renaming and organ in MINISTRIES and not entry.organs:
                continue
            ambiguous = stem in entry.short and len(entry.official) > 1
            whole = (one if one and stem in entry.short else stem) + (
                organ if ambiguous else organs.full.get(organ, organ)
            )
            names.setdefault(stem + organ, Function(entry.id, _once(whole), entry.national, renaming))
    for name in entry.names:
        organ = name[-1]
        whole = one + organs.full.get(organ, organ) if one and organ in "委办局" else name
        names.setdefault(name, Function(entry.id, _once(whole), entry.national, renaming))


def _once(name: str) -> str:
    """A name whose words and organ word overlap (机构编制委员会 + 委员会) said once."""
    return name.replace("委员会委员会", "委员会")


@cache
def _filled(form: str, place: str) -> re.Pattern[str]:
    """A form of a name with an expression for its place."""
    levels = "|".join(rules.one("bureaus", "prefixes", Prefixes).relative)
    return compiled(form.replace("{P}", place).replace("{J}", place).replace("{L}", f"(?P<level>{levels})"))


def _screen(regional: Iterable[Regional]) -> re.Pattern[str]:
    """One pattern that is quickly made, with any character for a Chinese one, for all bodies with a place inside."""
    forms = "|".join(re.sub(r"\{[PJL]\}", ".+?", one.form) for one in regional)
    return compiled(forms.replace(r"[\u4e00-\u9fff]", "."))


def _signs(screen: str) -> Sieve:
    """The words that the names of bodies with a place inside have, however many: they are quicker to look for."""
    return tuple(tuple(sorted(words)) for words in needs(screen))


def is_dressing(char: str) -> bool:
    """Whether `normal` takes a character out of a name, or changes it."""
    return _DRESSED.match(char) is not None


def normal(name: str) -> str:
    """A name as the register compares it: no white space or quotation marks, brackets of one width."""
    return _DROPPED.sub("", name).translate(_BRACKETS) if _DRESSED.search(name) else name
