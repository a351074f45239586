"""The targets of a draft beside those of the plans in force, and a remark that shows both."""

from __future__ import annotations

from plankb import rules
from plankb.checks.amounts_of_years import marked
from plankb.checks.compare import Placed, placed, same_level
from plankb.checks.registry import Draft, Remark
from plankb.in_force import together, versions
from plankb.model import Plan, Severity
from plankb.phrases import value

_SHORTEST = 5
"""Characters of a name that says what is measured."""


def own_targets(draft: Draft) -> list[Placed]:
    """The draft's targets in their place, those marked that are amounts of one year."""
    own = [placed(target, draft.reading.plan) for target in draft.targets]
    groups: dict[str, list[Placed]] = {}
    for one in own:
        groups.setdefault(one.indicator, []).append(one)
    known = {one.target.id: one for members in groups.values() for one in marked(members)}
    return [known[one.target.id] for one in own]


def known_targets(draft: Draft) -> dict[str, list[Placed]]:
    """The targets of the other plans by indicator; a plan of the same title is the draft itself, issued before."""
    own = draft.reading.plan
    plans = {plan.id: plan for plan in draft.known.plans if not _is_draft(plan, own) and together(plan, own)}
    found: dict[str, list[Placed]] = {}
    for target in draft.known.targets:
        if target.plan in plans:
            one = placed(target, plans[target.plan])
            found.setdefault(one.indicator, []).append(one)
    return {name: list(marked(members)) for name, members in found.items()}


def nearly(one: Placed, known: dict[str, list[Placed]]) -> list[Placed]:
    """The targets for the same place, scope and time whose names say a little more or less: 主要农作物化肥利用率.

    () where a plan has the very indicator, or where several indicators are as near.
    """
    if one.indicator in known or len(one.indicator) < _SHORTEST or one.target.value is None:
        return []
    near = {
        name: [each for each in members if each.scope == one.scope and each.target.by == one.target.by]
        for name, members in known.items()
        if _says_more(one.indicator, name) or _says_more(name, one.indicator)
    }
    near = {name: members for name, members in near.items() if members}
    return next(iter(near.values())) if len(near) == 1 else []


def _says_more(short: str, long: str) -> bool:
    """Whether a name is another with words put in that do not make it another measure (新增, 农村, 人均 would)."""
    if not _SHORTEST <= len(short) < len(long) <= 2 * len(short) or short[-2:] != long[-2:]:
        return False
    start = next((index for index, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    extra = long[start : start + len(long) - len(short)]
    return long[:start] + long[start + len(extra) :] == short and not rules.one("checks", "telling").search(extra)


def _is_draft(plan: Plan, draft: Plan) -> bool:
    return plan.id == draft.id or versions(plan, draft)


def _said(one: Placed) -> str:
    return f"{value(one.target)}（《{one.plan.title}》）"


def remark(one: Placed, related: list[Placed], code: str, severity: Severity | None = None) -> Remark:
    """A remark on a target with those beside it; one for each plan and level."""
    related = [
        other
        for index, other in enumerate(related)
        if not any(other.plan.id == earlier.plan.id and same_level(other, earlier) for earlier in related[:index])
    ]
    details: dict[str, object] = {
        "indicator": one.target.indicator,
        "value": value(one.target),
        "others": "；".join(dict.fromkeys(_said(other) for other in related)),
        "by": one.target.by or "",
    }
    return Remark(one.target.span, code, details, severity, tuple(other.target for other in related))
