"""What is told of plans as wholes: in force, past their time, replaced, versions of one document; their attachments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plankb import in_force
from plankb.errors import Language, PlankbError
from plankb.kept_patterns import compiled
from plankb.model import Attachment, Plan
from plankb.store import FactFilter, FactKind, Store

_DAY = compiled(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True)
class Standing:
    """How the plans of a knowledge base stand: `placeless` are compared with themselves alone, `versions` are pairs of
    one document; `status` says of a plan whether it is in force, past its time, replaced or not begun, if known.
    """

    placeless: tuple[Plan, ...]
    versions: tuple[tuple[Plan, Plan], ...]
    status: Mapping[str, in_force.Status]

    def title(self, plan: Plan, lang: Language) -> str:
        """A plan's title, marked where the plan is past its time, replaced or not begun."""
        return plan.title + in_force.mark(self.status.get(plan.id), lang)


def standing_of(store: Store, today: str | None) -> Standing:
    """How the plans stand on a day, `YYYY-MM-DD`, today where it is None. Raises E410 for a date that is none."""
    plans = store.plans()
    placeless = tuple(plan for plan in plans if not plan.jurisdiction)
    return Standing(placeless, tuple(in_force.same_documents(plans)), statuses_of(store, today))


def statuses_of(store: Store, today: str | None) -> Mapping[str, in_force.Status]:
    """By plan id whether it is in force on a day, `YYYY-MM-DD`, today where it is None. Raises E410 for none."""
    if today is not None and not _DAY.fullmatch(today):
        raise PlankbError("E410", date=today)
    day = today or date.today().isoformat()  # noqa: DTZ011  the user's own day
    return in_force.statuses(store.plans(), day)


_KINDS: tuple[FactKind, ...] = ("task", "target")


def attachments_counted(store: Store, plan: str) -> list[tuple[Attachment, Counter[str]]]:
    """The attachments of a plan, each with how many tasks and targets stand in it. Raises E204."""
    where = FactFilter(plans=(plan,))
    starts = [(fact.kind, fact.span[0]) for kind in _KINDS for fact in store.facts(kind, where)]
    return [
        (one, Counter(kind for kind, at in starts if one.span and one.span[0] <= at < one.span[1]))
        for one in store.plan(plan).attachments
    ]
