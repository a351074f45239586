"""Regular expressions of the program, compiled once an installation and not once a process.

Parsing and compiling 230 of them took a question a fifth of its time. What `re` makes of an expression (numbers that
its engine runs) is kept where Python keeps the byte code of modules, marked with this very build of Python; where it is
of another, damaged or not there, `re` compiles as ever. Kept is what a process needed, so the first question of an
installation is slow. The expression is the key: a rule that changes is another expression.

`re` has no public way to give and take its code; the engine checks what it is given.
"""

from __future__ import annotations

import json
import os
import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Code: TypeAlias = "tuple[int, str, int, dict[str, int]]"
"""What the engine is given: flags, its code (packed), the number of groups, their numbers by name."""
Rows = tuple[tuple[str, ...], ...]
_MOST = 6_000
"""Expressions that are kept at most; beyond that all is begun anew with those of this process."""
_NOT_KEPT = (ValueError, TypeError, KeyError, AttributeError, RuntimeError, OverflowError, ImportError, IndexError)
"""What damaged or foreign content, or another `re`, ends in."""
_DIGEST = 16
_new: dict[bytes, bytes] = {}
"""What this process made and the file does not hold."""


def compiled(expression: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives. Raises re.error.

    For expressions of the program itself, never for those made of a user's names or words: they would be kept.
    """
    with suppress(*_NOT_KEPT):
        return _from(expression, _kept_or(f"{int(flags)} {expression}", lambda: _code(expression, int(flags))))
    return re.compile(expression, flags)


def rows(expression: str, make: Callable[[str], Rows]) -> Rows:
    """What a function reads off an expression, the same for each equal one."""
    with suppress(*_NOT_KEPT):
        found = _kept_or(f"rows {expression}", lambda: make(expression))
        return tuple(tuple(map(str, row)) for row in found)
    return make(expression)


def keep() -> None:
    """Writes what this process had to make. Nothing where Python writes no byte code either."""
    if not _new or sys.dont_write_bytecode:
        return
    known = _all() if len(_all()) + len(_new) <= _MOST else {}
    path = _place()
    new = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        new.write_bytes(b"\n".join([_mark(), *{**known, **_new}.values()]))
        new.replace(path)


def _kept_or(said: str, make: Callable[[], T]) -> T:
    """What was made before, or is made now; JSON gives lists for tuples."""
    key = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest().encode()
    if (found := _all().get(key)) is not None:
        known: T = json.loads(found[len(key) :])
        return known
    made = make()
    _new[key] = key + json.dumps(made).encode()
    return made


def _code(expression: str, flags: int) -> Code:
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(expression, flags)
    numbers: list[int] = _compiler._code(parsed, flags)
    state = parsed.state
    packed = b"".join(number.to_bytes(4, sys.byteorder) for number in numbers)
    return flags | state.flags, b64encode(packed).decode(), state.groups, dict(state.groupdict)


def _from(expression: str, told: Code) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]

    flags, packed, groups, names = told
    by_number: list[str | None] = [None] * groups
    for name, number in names.items():
        by_number[number] = name
    numbers = memoryview(b64decode(packed)).cast("I").tolist()
    made: re.Pattern[str] = _sre.compile(expression, flags, numbers, groups - 1, names, tuple(by_number))
    return made


def _place() -> Path:
    return Path(cache_from_source(__file__)).with_suffix(".lines")


def _mark() -> bytes:
    """The first line: of which build of Python, and of which state of what reads expressions, the others are."""
    readers = ("needs.py",)
    sizes = [Path(__file__).parent.joinpath("rules", name).stat().st_size for name in readers]
    return json.dumps([sys.version, sizes]).encode()


@cache
def _all() -> Mapping[bytes, bytes]:
    """What earlier processes kept, each with its key before it; nothing of another Python."""
    with suppress(OSError):
        mark, *lines = _place().read_bytes().split(b"\n")
        if mark == _mark():
            return {line[: 2 * _DIGEST]: line for line in lines}
    return {}
