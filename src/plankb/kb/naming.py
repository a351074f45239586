"""What people call plans, bureaus and indicators, as ids: for filters that are typed, where a question is not asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from plankb import indicators, register
from plankb.errors import PlankbError
from plankb.model import Bureau, Plan, Role
from plankb.store import FactFilter, Store

_NEAR = 0.6
"""The score of `indicators.candidates` from which an indicator is taken for the one that was meant."""


_ROLES: dict[str, Role] = {
    "lead": "lead",
    "牵头": "lead",
    "support": "support",
    "配合": "support",
    "joint": "joint",
    "共同负责": "joint",
    "共同": "joint",
}


class Named(TypedDict, total=False):
    """Which facts, in the words that people use; within one word one of several is enough, and all words must be met.

    `plan`: ids or parts of titles, of a plan or of one of its attachments; `bureau`: any name, or a part of one;
    `role`: lead, support or joint; `by`: years of four digits; `indicator`: words of its name.
    """

    plan: str | Sequence[str]
    bureau: str | Sequence[str]
    role: str | Sequence[str]
    by: str | Sequence[str]
    indicator: str | None


def where(store: Store, named: Named) -> FactFilter | None:
    """The filter for what is named; None where no indicator is called so. Raises E204, E207, E123, E505."""
    indicator = named.get("indicator")
    indicators_named = indicator_ids(store, indicator) if indicator else ()
    if indicator and not indicators_named:
        return None
    return FactFilter(
        plans=plan_ids(store, _several(named.get("plan"))),
        section=_attachment(store, _several(named.get("plan"))),
        bureaus=bureau_ids(store, _several(named.get("bureau"))),
        roles=roles(_several(named.get("role"))),
        by=years(_several(named.get("by"))),
        indicator_ids=indicators_named,
    )


def _several(words: str | Sequence[str] | None) -> Sequence[str]:
    return [words] if isinstance(words, str) else words or ()


def roles(words: Sequence[str] | None) -> tuple[Role, ...]:
    """Roles by their English or Chinese names. Raises E123."""
    for word in words or ():
        if word not in _ROLES:
            raise PlankbError("E123", name="--role", expected="lead|support|joint")
    return tuple(_ROLES[word] for word in words or ())


def years(words: Sequence[str] | None) -> tuple[str, ...]:
    """Years of four digits. Raises E505."""
    for word in words or ():
        if not (len(word) == 4 and word.isascii() and word.isdigit()):
            raise PlankbError("E505", year=word)
    return tuple(words or ())


def plan_ids(store: Store, words: Sequence[str] | None) -> tuple[str, ...]:
    """The ids of the plans that are named by id or by a part of their title, else by that of one of their attachments;
    () for no words. Raises E204."""
    plans = store.plans()
    found: list[str] = []
    for word in words or ():
        part = word.casefold()
        exact = [plan.id for plan in plans if plan.id == word]
        named = exact or [plan.id for plan in plans if part in plan.title.casefold() or part in plan.id.casefold()]
        named = named or [plan.id for plan in plans if _attached(plan, word)]
        if not named:
            raise PlankbError("E204", plan=word, known="、".join(plan.id for plan in plans[:20]))
        found.extend(named)
    return tuple(dict.fromkeys(found))


def _attached(plan: Plan, word: str) -> list[str]:
    """The titles of a plan's attachments in which a word stands."""
    titles = (one.title for one in plan.attachments if one.span)
    return [title for title in titles if title and word.casefold() in title.casefold()]


def _attachment(store: Store, words: Sequence[str]) -> tuple[str, ...]:
    """The title of the one attachment that is meant where a single word names no plan but an attachment of one; ()
    otherwise."""
    if len(words) != 1:
        return ()
    plans, part = store.plans(), words[0].casefold()
    if any(part in plan.title.casefold() or part in plan.id.casefold() for plan in plans):
        return ()
    titles = [title for plan in plans for title in _attached(plan, words[0])]
    return tuple(titles) if len(titles) == 1 else ()


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
