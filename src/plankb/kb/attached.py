"""What stands in the attachments of a plan."""

from __future__ import annotations

from collections import Counter

from plankb.model import Attachment
from plankb.store import FactFilter, FactKind, Store

_KINDS: tuple[FactKind, ...] = ("task", "target")


def counted(store: Store, plan: str) -> list[tuple[Attachment, Counter[str]]]:
    """The attachments of a plan, each with how many tasks and targets stand in it. Raises E204."""
    where = FactFilter(plans=(plan,))
    starts = [(fact.kind, fact.span[0]) for kind in _KINDS for fact in store.facts(kind, where)]
    return [
        (one, Counter(kind for kind, at in starts if one.span and one.span[0] <= at < one.span[1]))
        for one in store.plan(plan).attachments
    ]
