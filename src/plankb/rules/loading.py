"""Rule files read into typed entries: parts filled in, every entry validated, faults named with file and entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from pydantic import ValidationError

from plankb import own_tables
from plankb.errors import PlankbError
from plankb.kept_patterns import compiled
from plankb.rules.model import Entry, Rule
from plankb.rules.sections import KINDS, USERS_OWN

PARTS = "parts"
"""The file of expressions that others are built of, and the name of such a table inside a file."""

_PART = compiled(r"\{([a-z][a-z_]*[0-9]?)\}")
Sections = Mapping[str, tuple[Entry, ...]]


def fault(file: str, entry: str, why: str | PlankbError) -> PlankbError:
    """The error of an entry of a rule file."""
    return PlankbError("E170", file=f"{file}.toml", entry=entry, why=why)


def names() -> tuple[str, ...]:
    """The built-in rule files, without their ending."""
    from importlib.resources import files

    found = (path.name for path in files("plankb.rules").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
def content(file: str) -> Mapping[str, object]:
    """A built-in rule file as it stands."""
    return MappingProxyType(own_tables.table("plankb.rules", file))


@cache
def sections(file: str) -> Sections:
    """The entries of a built-in rule file, by section ("verb", or "line.page" for a table in a table)."""
    return read(file, content(file), parts={} if file == PARTS else _shared())


@cache
def section(file: str, name: str) -> tuple[Entry, ...]:
    """The entries of one section of a built-in rule file. KeyError for a section that is not there."""
    if (file, name) in USERS_OWN:
        return ()
    return sections(file)[name]


def read(file: str, data: Mapping[str, object], *, parts: Mapping[str, str]) -> Sections:
    """The entries of a rule file's content. Raises E170 at the first entry that does not hold."""
    known = dict(parts)
    found: dict[str, tuple[Entry, ...]] = {}
    for section, place, raw in _entries(data):
        entry = _entry(file, section, place, raw, known)
        found[section] = (*found.get(section, ()), entry)
        if isinstance(entry, Rule) and (file == PARTS or section.startswith(f"{PARTS}.")):
            known[section.removeprefix(f"{PARTS}.")] = entry.expression
    return MappingProxyType(found)


@cache
def _shared() -> Mapping[str, str]:
    return MappingProxyType(
        {section: e.expression for section, entries in sections(PARTS).items() for e in entries if isinstance(e, Rule)}
    )


def _entries(data: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """(section, how a person finds the entry, its content), in the order of the file."""
    for key, value in data.items():
        section = f"{above}{key}"
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for number, item in enumerate(value, start=1):
                yield section, f"[[{section}]] {number}", item
        elif isinstance(value, dict) and value and all(map(_is_table, value.values())):
            yield from _entries(value, f"{section}.")
        else:
            yield section, f"[{section}]", value if isinstance(value, dict) else {"value": value}


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _entry(file: str, section: str, place: str, raw: Mapping[str, object], parts: Mapping[str, str]) -> Entry:
    kind = KINDS.get((file, section), Rule)
    label = next((str(raw[key]) for key in ("name", "id") if raw.get(key)), "")
    place = f"{place} {label}".rstrip()
    filled = dict(raw)
    for field in kind.pattern_fields:
        if isinstance(text := filled.get(field), str):
            filled[field] = _fill(file, place, text, parts)
    try:
        return kind.model_validate(filled)
    except ValidationError as error:
        raise fault(file, place, _why(error)) from error


def _fill(file: str, place: str, pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with its parts: `{year}` becomes the expression of that name."""

    def part(match: re.Match[str]) -> str:
        if match[1] not in parts:
            raise fault(file, place, f"no such part: {match[0]}")
        return f"(?:{parts[match[1]]})"

    return _PART.sub(part, pattern)


_WHY = {"missing": "E171", "extra_forbidden": "E172"}


def _why(error: ValidationError) -> PlankbError:
    """The first fault of an entry: its field and what is wrong with it."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"].startswith("E1"):
        return PlankbError(first["type"], **first.get("ctx", {}))
    return PlankbError(_WHY.get(first["type"], "E173"), field=".".join(str(step) for step in first["loc"]))
