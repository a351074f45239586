"""The targets of a draft beside those of the plans in force, and a remark that shows both."""

from __future__ import annotations

from plankb.checks.compare import Placed, placed, same_level
from plankb.checks.registry import Draft, Remark
from plankb.model import Plan, Severity
from plankb.phrases import value


def own_targets(draft: Draft) -> list[Placed]:
    """The draft's targets in their place."""
    return [placed(target, draft.reading.plan) for target in draft.targets]


def known_targets(draft: Draft) -> dict[str, list[Placed]]:
    """The targets of the other plans by indicator; a plan of the same title is the draft itself, issued before."""
    plans = {plan.id: plan for plan in draft.known.plans if not _is_draft(plan, draft.reading.plan)}
    found: dict[str, list[Placed]] = {}
    for target in draft.known.targets:
        if target.plan in plans:
            one = placed(target, plans[target.plan])
            found.setdefault(one.indicator, []).append(one)
    return found


def _is_draft(plan: Plan, draft: Plan) -> bool:
    return plan.id == draft.id or (bool(plan.title) and plan.title == draft.title)


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
