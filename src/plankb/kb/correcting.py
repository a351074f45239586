"""What a person can correct of a fact, and the corrections in what they typed: on a screen, in words, in a cell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from plankb import phrases
from plankb.columns import heading
from plankb.corrections import ROLES_FIELD
from plankb.errors import PlankbError
from plankb.kb.corrections import Point
from plankb.matrix.cells import read_names, read_times
from plankb.model import ROLES, Fact, Target, Task
from plankb.words import Language

_SEPARATOR = "、"
_SIGNS: Mapping[str, str] = MappingProxyType(
    {"=": "=", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "约", "range": "～"}
)
"""Operators as one types and reads them."""


def texts(fact: Fact) -> dict[str, str]:
    """What each field to correct says, by its name; nothing for a fact that is only right or wrong."""
    if isinstance(fact, Task):
        names = {name: _SEPARATOR.join(getattr(fact, name) or ()) for name in (*ROLES, "collective", "by")}
        return {"title": fact.title, **names}
    if isinstance(fact, Target):
        value = "" if fact.value is None else phrases.number(fact.value)
        op = _SIGNS[fact.op] if fact.op else ""
        return {"indicator": fact.indicator, "op": op, "value": value, "unit": fact.unit or "", "by": fact.by or ""}
    return {}


def points(fact: Fact, typed: Mapping[str, str], lang: Language) -> list[Point]:
    """The corrections in what stands in the fields now, none for one left as it was. Raises E512."""
    before = texts(fact)
    changed = {name: text.strip() for name, text in typed.items() if text.strip() != before[name]}
    found = list(_roles(fact, changed)) if isinstance(fact, Task) else []
    for name in before:
        if name in changed and name not in ROLES:
            after = _values(fact, name, changed[name])
            if after is None:
                raise PlankbError("E512", field=heading(name, lang), after=changed[name], fact=fact.quote)
            found.append(Point(field=name, after=after))
    return found


def _roles(task: Task, changed: Mapping[str, str]) -> Iterator[Point]:
    known = tuple(task.bureaus)
    named = {role: read_names(changed[role], known) if role in changed else getattr(task, role) for role in ROLES}
    for name in dict.fromkeys(name for role in ROLES for name in (*getattr(task, role), *named[role])):
        before = tuple(role for role in ROLES if name in getattr(task, role))
        after = tuple(role for role in ROLES if name in named[role])
        if after != before:
            yield Point(field=ROLES_FIELD, after=after, subject=name)


def _values(fact: Fact, name: str, text: str) -> tuple[str, ...] | None:
    """The values that a text stands for, () for none; None where it cannot be read."""
    if name == "by":
        times = read_times(text)
        return None if times is not None and len(times) > 1 and isinstance(fact, Target) else times
    if name == "collective" and isinstance(fact, Task):
        return read_names(text, fact.collective or ())
    if name == "op":
        text = next((op for op, sign in _SIGNS.items() if text == sign), text)
    if (name == "value" and text and not _is_number(text)) or (name == "op" and text not in ("", *_SIGNS)):
        return None
    return (text,) if text else ()


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
