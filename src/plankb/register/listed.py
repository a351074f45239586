"""Names of bodies in lists, by their words alone: what can be one, what is not one body (各区人民政府), where a known
one ends before other words, and names that have run together (a cell of several lines, A/B).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise

from plankb import rules
from plankb.model import Span
from plankb.register.names import LONGEST_NAME, has_prefix, is_function, may_end

_form = partial(rules.pattern, "roles")
_LONGEST_NAME, _SHORTEST_BODY, _LONGEST_RUN, _FEW = 40, 3, 160, 2


@lru_cache(maxsize=20_000)
def is_collective(name: str) -> bool:
    """Whether a name is a body that is not one bureau (各区人民政府, 省有关部门)."""
    return bool(rules.union("roles", "collective").search(name))


@lru_cache(maxsize=20_000)
def is_name(text: str) -> bool:
    """Whether a text can be the name of a body."""
    fits = 2 <= len(text) <= _LONGEST_NAME
    return fits and bool(_form("name_end").search(text)) and not _form("not_name").search(text)


@lru_cache(maxsize=20_000)
def known_start(text: str) -> int:
    """How many characters of a text are a known body at its start, followed by other words; 0 for none."""
    lengths = range(min(len(text) - 1, LONGEST_NAME), _SHORTEST_BODY - 1, -1)
    ends = (size for size in lengths if may_end(text[size - 1]))
    return next((size for size in ends if is_function(text[:size]) and has_prefix(text[:size])), 0)


def unrun(text: str, span: Span) -> Iterator[Span]:
    """The names of a piece whose separators were lost or are of another kind (a cell of several lines, A/B, A和B).

    Split only where every part is a body: into as few known ones as it takes, or at strokes between names.
    """
    words = text[slice(*span)]
    strokes = [0, *(m.end() for m in _form("stroke").finditer(words)), len(words) + 1]
    struck = [(span[0] + start, span[0] + end - 1) for start, end in pairwise(strokes)]
    if len(struck) > 1 and all(is_name(text[slice(*part)]) or is_function(text[slice(*part)]) for part in struck):
        yield from struck
    elif is_function(words) or len(words) > _LONGEST_RUN:
        yield span
    else:
        yield from _parts(text, span) or [span]


def _parts(text: str, span: Span) -> list[Span] | None:
    """The bodies that a piece is made of, as few and as well known as may be; None where some of it is none."""
    best: dict[int, tuple[int, list[Span]]] = {span[0]: (0, [])}
    for stop, after in _joints(text, span):
        for start, (before, parts) in list(best.items()):
            cost = _cost(text[start:stop]) if start < stop else None
            if cost is not None and (after not in best or before + cost < best[after][0]):
                best[after] = before + cost, [*parts, (start, stop)]
    found = best[span[1]][1] if span[1] in best else None
    return found if found and _may_run(text, found) else None


def _cost(name: str) -> int | None:
    """How unlikely a piece is one body: 1 where known, its length where it only says whose it is, else None."""
    if is_function(name) or (is_collective(name) and is_name(name)):
        return 1
    return len(name) if has_prefix(name) and is_name(name) else None


def _may_run(text: str, parts: Sequence[Span]) -> bool:
    """Whether names may stand side by side without a mark, so that 市公安局交警支队 and the like stay one name."""
    later = [text[slice(*part)] for part in parts[1:]]
    if any(_form("inner").search(name) and not is_function(name) for name in later):
        return False
    if len(parts) > _FEW:
        return True
    pairs = [(left, right) for left, right in pairwise(parts) if left[1] == right[0]]
    names = [(text[slice(*left)], text[slice(*right)]) for left, right in pairs]
    return all(has_prefix(right) or not has_prefix(left) for left, right in names)


def _joints(text: str, span: Span) -> Iterator[Span]:
    """Where one name may end and the next begin: behind an organ word, with or without a joining word."""
    for match in _form("joint").finditer(text[slice(*span)]):
        stop, after = match.start() + span[0], match.end() + span[0]
        yield stop, stop
        if after > stop:
            yield stop, after
    yield span[1], span[1]
