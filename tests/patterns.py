"""All regular expressions of the package, and texts made to make each try as much as it can."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import plankb
from plankb.rules import loading
from plankb.rules.lazy import LazyPattern
from plankb.rules.model import Rule

_EXTRA = frozenset({"plankb.readers.pdf.ocr", "plankb.kb.cluster"})
"""Modules of what need not be installed."""


@cache
def patterns() -> Mapping[str, re.Pattern[Any]]:
    """Every compiled pattern of modules, functions that keep one, and rules, by where it stands."""
    found: dict[str, re.Pattern[Any]] = {}
    for info in pkgutil.walk_packages(plankb.__path__, "plankb."):
        if info.name in _EXTRA or info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            if getattr(value, "__module__", info.name) == info.name and hasattr(value, "cache_info"):
                value = _called(value)
            found.update((f"{info.name}.{name}{at}", one) for at, one in _in(value))
    for file in loading.names():
        for section, entries in loading.sections(file).items():
            for number, entry in enumerate(entries):
                place = f"rules.{file}.{section}.{number}"
                if isinstance(entry, Rule):
                    found[place] = entry.regex
                else:
                    sides = ((field, getattr(entry, field)) for field in entry.pattern_fields)
                    found.update((f"{place}.{field}", re.compile(side)) for field, side in sides if side)
    return found


def _called(function: Any) -> object:
    """What a function without arguments keeps; None for others."""
    try:
        return function()
    except Exception:
        return None


def _in(value: object, depth: int = 0) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield "", value
    elif isinstance(value, LazyPattern):
        yield "", value.regex
    elif depth < 3 and isinstance(value, Mapping):
        for key, one in value.items():
            yield from ((f".{key}{at}", each) for at, each in _in(one, depth + 1))
    elif depth < 3 and isinstance(value, tuple | list | frozenset | set):
        for number, one in enumerate(value):
            yield from ((f".{number}{at}", each) for at, each in _in(one, depth + 1))


def attacks(pattern: re.Pattern[Any]) -> list[str]:
    """Short texts that, repeated, fit what the pattern repeats, one for each of its unbounded parts, and pairs."""
    flags = pattern.flags & ~re.DEBUG
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    if isinstance(pattern.pattern, bytes):
        flags = (flags & ~re.ASCII) | re.ASCII
    units = list(dict.fromkeys(_units(_parser.parse(source, flags))))[:6]
    return [unit for unit in units if unit]


def _units(parsed: Any) -> Iterator[str]:
    for kind, argument in parsed:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, inside = argument
            if most == op.MAXREPEAT or most > 30:
                yield _text(inside)
            yield from _units(inside)
        elif kind is op.SUBPATTERN:
            yield from _units(argument[3])
        elif kind is op.BRANCH:
            for one in argument[1]:
                yield from _units(one)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _units(argument[1])


def _text(parsed: Any) -> str:
    """A short text that a sequence takes."""
    return "".join(_one(kind, argument) for kind, argument in parsed)


def _one(kind: Any, argument: Any) -> str:
    if kind is op.LITERAL:
        return chr(argument)
    if kind in (op.NOT_LITERAL, op.ANY):
        return "市" if argument != ord("市") else "县"
    if kind is op.IN:
        return _of_set(argument)
    if kind is op.SUBPATTERN:
        return _text(argument[3])
    if kind is op.BRANCH:
        return _text(argument[1][0])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _text(argument[2]) * max(1, min(int(argument[0]), 3))
    return ""


def _of_set(parts: Any) -> str:
    if parts[0][0] is op.NEGATE:
        return next(char for char in "市1a ，\n" if not any(_takes(part, char) for part in parts[1:]))
    kind, argument = parts[0]
    if kind is op.LITERAL:
        return chr(argument)
    if kind is op.RANGE:
        return chr(argument[0])
    return {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "市"}.get(argument, "市")


def _takes(part: Any, char: str) -> bool:
    kind, argument = part
    if kind is op.LITERAL:
        return chr(argument) == char
    if kind is op.RANGE:
        return bool(argument[0] <= ord(char) <= argument[1])
    if kind is op.CATEGORY:
        return {op.CATEGORY_DIGIT: char.isdigit(), op.CATEGORY_SPACE: char.isspace()}.get(argument, char.isalnum())
    return False
