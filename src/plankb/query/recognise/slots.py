"""What the words of a question say beside its names, gathered: the kinds asked for and named, counts, comparisons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from plankb.query.model import Aggregate, Kind, Missing
from plankb.query.recognise.keywords import Keyword

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The meanings of a question's words. `asked` and `named` are kinds in the order of the text."""

    asked: tuple[Kind, ...]
    named: tuple[Kind, ...]
    weak: tuple[Kind, ...]
    aggregates: tuple[Aggregate, ...]
    missing: tuple[Missing, ...]
    values: dict[str, Any]
    natures: tuple[str, ...]
    filled: frozenset[str]


def fill_slots(words: Iterable[Keyword]) -> Slots:
    """The slots of a question's words."""
    meanings = [(slot, value, word.weak) for word in words for slot, value in word.meanings()]

    def all_of(wanted: str, *, weak: bool = False) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(v for slot, v, is_weak in meanings if slot == wanted and is_weak == weak))

    single = ("nature", "stretch", "qualitative", "compare", "only", "state")
    return Slots(
        asked=all_of("asked"),
        named=all_of("kind"),
        weak=all_of("kind", weak=True),
        aggregates=all_of("aggregate"),
        missing=all_of("missing"),
        values={slot: value for slot, value, _ in meanings if slot in single},
        natures=all_of("nature"),
        filled=frozenset(slot for slot, _, _ in meanings),
    )
