"""The words of the register (`rules/bureaus.toml`), ready to look up: what each printed form of a function means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from plankb import rules

MINISTRIES = ("部", "总局", "署")
_PARTY = "党"
"""What autonomous regions and townships print before 委 (自治区党委组织部)."""
_BRACKETS = str.maketrans("（）〈〉", "()()")


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
    """A body whose place stands inside its name; `at_start`: before the rest; `own`: each known by its own name."""

    function: str
    pattern: re.Pattern[str]
    at_start: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All functions by printed form, the bodies with a place inside, prefixes, and the words of bodies by own name."""

    names: dict[str, Function]
    regional: tuple[Regional, ...]
    relative: tuple[str, ...]
    national: tuple[str, ...]
    own_name: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, made once."""
    data = rules.load("bureaus")
    names: dict[str, Function] = {}
    for entry in data["function"]:
        _add_names(names, entry, data["organs"], None)
    for entry in data["renaming"]:
        if "word" not in entry:
            renaming = Renaming(entry["to"], entry["kind"], entry.get("from"), entry["until"], entry["source"])
            old = entry | {"id": entry["to"] if entry["kind"] == "renamed" else entry["id"]}
            _add_names(names, old, data["organs"], renaming)
    for name, function in [
        (name, function) for name, function in names.items() if name.startswith("委") and len(name) > 2
    ]:
        names.setdefault(_PARTY + name, function)
    regional = []
    for entry in data["regional"]:
        own = entry.get("own", False)
        for name in (*entry["names"], *entry.get("old_names", ())):
            full = name if own or name in entry.get("old_names", ()) else entry["names"][0]
            names.setdefault(name, Function(name if own else entry["id"], full, full))
        regional += [Regional(entry["id"], _regional(p), p.startswith("{P}"), own) for p in entry["patterns"]]
    prefixes = data["prefixes"]
    return Vocabulary(
        names,
        tuple(regional),
        tuple(sorted(prefixes["relative"], key=len, reverse=True)),
        tuple(sorted(prefixes["national"], key=len, reverse=True)),
        tuple(data["organs"]["own_name"]),
    )


def _add_names(
    names: dict[str, Function], entry: dict[str, object], organs: dict[str, object], renaming: Renaming | None
) -> None:
    """All printed forms of one function: its words before every organ word, and its names."""
    official, short = _strings(entry.get("official")), _strings(entry.get("short"))
    national = str(entry["national"]) if "national" in entry else None
    full = organs["full"]
    spelled = full if isinstance(full, dict) else {}
    words = _strings(entry.get("organs")) or (
        *_strings(organs["administrative"]),
        *_strings(organs["department"]),
    )
    for stem in (*official, *short):
        said = official[0] if stem in short and len(official) == 1 else stem
        for organ in words:
            if renaming and organ in MINISTRIES and "organs" not in entry:
                continue
            whole = said + (organ if stem in short and len(official) > 1 else str(spelled.get(organ, organ)))
            names.setdefault(stem + organ, Function(str(entry["id"]), _once(whole), national, renaming))
    for name in _strings(entry.get("names")):
        organ = name[-1]
        whole = official[0] + str(spelled.get(organ, organ)) if len(official) == 1 and organ in "委办局" else name
        names.setdefault(name, Function(str(entry["id"]), _once(whole), national, renaming))


def _once(name: str) -> str:
    """A name whose words and organ word overlap (机构编制委员会 + 委员会) said once."""
    return name.replace("委员会委员会", "委员会")


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def _regional(pattern: str) -> re.Pattern[str]:
    levels = "|".join(rules.load("bureaus")["prefixes"]["relative"])
    place = r"(?P<place>[\u4e00-\u9fff]{1,12}?)"
    return re.compile(pattern.replace("{P}", place).replace("{J}", place).replace("{L}", f"(?P<level>{levels})"))


def normal(name: str) -> str:
    """A name as the register compares it: no white space or quotation marks, brackets of one width."""
    return re.sub(r"[\s“”\"'《》]", "", name).translate(_BRACKETS)
