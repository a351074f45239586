"""Names like a name, for slips of the pen: suggested to a reader, never used to merge."""

from __future__ import annotations

from collections.abc import Iterable

from plankb.register.vocabulary import normal

_CUTOFF = 75.0


def suggest(name: str, names: Iterable[str], *, limit: int = 3, cutoff: float = _CUTOFF) -> tuple[str, ...]:
    """Up to `limit` of `names` that are like `name`, the likest first, itself left out; `cutoff` in percent."""
    from rapidfuzz import fuzz, process

    wanted = normal(name)
    found = process.extract(
        wanted, [other for other in dict.fromkeys(names) if normal(other) != wanted],
        scorer=fuzz.ratio, processor=normal, score_cutoff=cutoff, limit=limit,
    )  # fmt: skip
    return tuple(choice for choice, _, _ in found)
