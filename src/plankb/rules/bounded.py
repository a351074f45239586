"""Regular expressions from outside: how many ways one can try at a place of a text, so that none takes for ever."""

from __future__ import annotations

import re
from re import _constants as op  # type: ignore[attr-defined]  # the parser of `re` itself, which is not typed
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from plankb.errors import PlankbError

LONGEST = 300
"""Characters of a pattern."""
MOST = 2_000
"""Ways that a pattern may try at one place of a text."""
_MOST_REPEATS = 50


def refuse_slow(pattern: str) -> None:
    """Raises E176 for what is no regular expression, E177 for one that can try more than `MOST` ways at one place."""
    if len(pattern) > LONGEST:
        raise PlankbError("E177")
    try:
        parsed = _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise PlankbError("E176", place=(getattr(error, "pos", None) or 0) + 1) from error
    if _ways(parsed) > MOST:
        raise PlankbError("E177")


def _ways(parsed: Any) -> int:
    """The ways through a sequence: those of its parts, multiplied; never much more than `MOST`."""
    ways: int = 1
    for kind, argument in parsed:
        ways = min(ways * _ways_of(kind, argument), MOST + 1)
    return ways


def _ways_of(kind: Any, argument: Any) -> int:
    if kind is op.BRANCH:
        return sum(_ways(alternative) for alternative in argument[1])
    if kind is op.SUBPATTERN:
        return _ways(argument[3])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return _ways(argument[1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, repeated = argument
        if most > _MOST_REPEATS:
            raise PlankbError("E177")
        inside = _ways(repeated)
        return sum(min(inside**count, MOST + 1) for count in range(int(least), int(most) + 1))
    if kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY, op.AT, op.CATEGORY):
        return 1
    raise PlankbError("E177")  # back references and the like
