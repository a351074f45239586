"""What people call plans, bureaus and indicators, as ids: for filters that are typed, where a question is not asked."""

from __future__ import annotations

from collections.abc import Sequence

from plankb import indicators, register
from plankb.errors import PlankbError
from plankb.model import Bureau
from plankb.store import Store

_NEAR = 0.6
"""The score of `indicators.candidates` from which an indicator is taken for the one that was meant."""


def plan_ids(store: Store, words: Sequence[str] | None) -> tuple[str, ...]:
    """The ids of the plans that are named by id or by a part of their title; () for no words. Raises E204."""
    plans = store.plans()
    found: list[str] = []
    for word in words or ():
        part = word.casefold()
        exact = [plan.id for plan in plans if plan.id == word]
        named = exact or [plan.id for plan in plans if part in plan.title.casefold() or part in plan.id.casefold()]
        if not named:
            raise PlankbError("E204", plan=word, known="、".join(plan.id for plan in plans[:20]))
        found.extend(named)
    return tuple(dict.fromkeys(found))


def bureau_ids(store: Store, names: Sequence[str] | None) -> tuple[str, ...]:
    """Ids of bureaus by id, by any name that the register knows or a plan prints, else by part of one. Raises E207."""
    found: list[str] = []
    for name in names or ():
        named = _bureaus_called(name, store.bureaus())
        if not named:
            raise PlankbError("E207", bureau=name)
        found.extend(named)
    return tuple(dict.fromkeys(found))


def _bureaus_called(name: str, bureaus: Sequence[Bureau]) -> Sequence[str]:
    by_id = [bureau.id for bureau in bureaus if bureau.id == name]
    part = [bureau.id for bureau in bureaus if any(name in printed for printed in (bureau.name, *bureau.names))]
    return by_id or register.find(name, bureaus) or part


def indicator_ids(store: Store, words: str) -> tuple[str, ...]:
    """The ids of the indicators in whose name the words stand, else of those that are near to them; () for none."""
    named = {id_: None for name, id_ in store.indicators() if words.casefold() in name.casefold()}
    return tuple(named) or _near_indicators(store, words)


def _near_indicators(store: Store, words: str) -> tuple[str, ...]:
    known = dict(store.indicators())
    found = (known[name] for name, score in indicators.candidates(words, known) if score >= _NEAR)
    return tuple(dict.fromkeys(found))
