"""Which plans stand beside one another: in force at one time, and not versions of one document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

from plankb import rules
from plankb.model import Plan

_SIGNS = re.compile(r"[\s“”\"‘’'《》〈〉（）()\[\]〔〕·、，—\-－]")
_FIVE = 5
"""From how many years on a plan is one of several years, which an annual plan is no deadline for."""


def together(one: Plan, other: Plan) -> bool:
    """Whether two plans were in force at one time; so far as their periods say."""
    first, second = years(one), years(other)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def years(plan: Plan) -> tuple[int, int] | None:
    """The first and last year of a plan's period; None where it has none."""
    found = re.findall(r"\d{4}", plan.period or "")
    return (int(found[0]), int(found[-1])) if found else None


def annual(plan: Plan) -> bool:
    """Whether a plan is for one year."""
    span = years(plan)
    return span is not None and span[0] == span[1]


def versions(one: Plan, other: Plan) -> bool:
    """Whether two plans are copies or versions of one document: one title, but for 征求意见稿 and the like."""
    return bool(one.title) and _bare(one.title) == _bare(other.title)


def _bare(title: str) -> str:
    return _SIGNS.sub("", rules.union("comparing", "version").sub("", title))


def same_documents(plans: Iterable[Plan]) -> list[tuple[Plan, Plan]]:
    """The pairs of plans that are versions of one document."""
    groups: dict[str, list[Plan]] = {}
    for plan in plans:
        if plan.title:
            groups.setdefault(_bare(plan.title), []).append(plan)
    return [pair for members in groups.values() for pair in combinations(members, 2)]


def comparable(one: Plan, other: Plan) -> bool:
    """Whether what two plans say can contradict at all."""
    return one.id != other.id and together(one, other) and not versions(one, other)
