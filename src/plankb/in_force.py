"""Which plans stand beside one another: in force at one time, and not versions of one document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Literal

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.model import Plan
from plankb.words import Language, word

_SIGNS = compiled(r"[\s“”\"‘’'《》〈〉（）()\[\]〔〕·、，—\-－]")
_FIRST, _LAST = "0000-01-01", "9999-12-31"


Status = Literal["in-force", "expired", "replaced", "not-yet"]


def together(one: Plan, other: Plan) -> bool:
    """Whether two plans were in force at one time; so far as they say themselves, or their periods do."""
    first, second = times(one), times(other)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def times(plan: Plan) -> tuple[str, str] | None:
    """The first and last day of a plan, ISO: as it says itself, else its period; None where neither is known."""
    span = years(plan)
    start, end = plan.in_force or (None, None)
    if not end and not span:
        return None
    first = start or (f"{span[0]}-01-01" if span else _FIRST)
    return first, end or (f"{span[1]}-12-31" if span else _LAST)


def years(plan: Plan) -> tuple[int, int] | None:
    """The first and last year of a plan's period; None where it has none."""
    return _years(plan.period) if plan.period else None


@lru_cache(maxsize=4_096)
def _years(period: str) -> tuple[int, int] | None:
    found = re.findall(r"\d{4}", period)
    return (int(found[0]), int(found[-1])) if found else None


def status(plan: Plan, plans: Iterable[Plan], today: str) -> Status | None:
    """Whether a plan is in force on a day (ISO), past its time, not begun, or replaced by another one that puts it out
    of force or is its next issue; None where nothing tells."""
    if any(_replaces(other, plan) for other in plans if other.id != plan.id):
        return "replaced"
    span = times(plan)
    if span is None:
        return None
    return "expired" if today > span[1] else "not-yet" if today < span[0] else "in-force"


def statuses(plans: Sequence[Plan], today: str) -> dict[str, Status]:
    """The `status` of each plan of which something tells, by id. Each is held against those alone that bear its title,
    or put a plan of that title out of force."""
    related: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        for title in {_bare(plan.title), *map(_bare, plan.repeals)}:
            related[title].append(plan)
    found = ((plan.id, status(plan, related[_bare(plan.title)], today)) for plan in plans)
    return {id_: one for id_, one in found if one is not None}


def _replaces(later: Plan, plan: Plan) -> bool:
    """Whether a plan names another among those it puts out of force, or is a later document of the very title."""
    named = bool(plan.title and later.repeals) and _bare(plan.title) in {_bare(title) for title in later.repeals}
    again = versions(later, plan) and _signs(later.title) == _signs(plan.title)
    return named or (again and (later.date or "") > (plan.date or "9"))


def mark(status: Status | None, lang: Language = "zh") -> str:
    """What stands behind the title of a plan that is past its time, replaced or not begun; else ""."""
    return "" if status in (None, "in-force") else word("status", status, lang)


def annual(plan: Plan) -> bool:
    """Whether a plan is for one year."""
    span = years(plan)
    return span is not None and span[0] == span[1]


def versions(one: Plan, other: Plan) -> bool:
    """Whether two plans are copies or versions of one document: one title, but for 征求意见稿 and the like, and not of
    two places, whose 实施意见 bear the title of what they carry out."""
    apart = one.jurisdiction and other.jurisdiction and one.jurisdiction != other.jurisdiction
    return bool(one.title) and not apart and _bare(one.title) == _bare(other.title)


@lru_cache(maxsize=8192)
def _bare(title: str) -> str:
    return _signs(rules.union("comparing", "version").sub("", title))


@lru_cache(maxsize=8192)
def _signs(title: str) -> str:
    return _SIGNS.sub("", title)


def same_documents(plans: Iterable[Plan]) -> list[tuple[Plan, Plan]]:
    """The pairs of plans that are versions of one document."""
    groups: dict[str, list[Plan]] = {}
    for plan in plans:
        if plan.title:
            groups.setdefault(_bare(plan.title), []).append(plan)
    return [pair for members in groups.values() for pair in combinations(members, 2) if versions(*pair)]


def comparable(one: Plan, other: Plan) -> bool:
    """Whether what two plans say can contradict at all."""
    if one.id == other.id or not together(one, other):
        return False
    return not (versions(one, other) or _replaces(one, other) or _replaces(other, one))
