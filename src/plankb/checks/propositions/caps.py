"""What may be reached at most beside what is planned: 日最大承载量1200人次, 每日接待旅客可达1800人次."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plankb import quantities, rules
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Said, passages
from plankb.model import Plan, Severity

_EXACT, _NAMED = 1e-6, 0.9


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in its canonical unit, for which stretch of time ("" without), and whether it is the most allowed."""

    most: bool
    value: float
    unit: str
    per: str


def read(plan: Plan, text: str) -> Iterator[Said[Amount]]:
    """The caps of a text and what it plans to have, to take in or to produce."""
    for form, most in (("cap", True), ("planned", False)):
        for passage, match in passages(plan, text, rules.pattern("propositions", form)):
            number = match["value"].replace(",", "")
            normal = quantities.normal(float(number), match["unit"])
            per = rules.pattern("propositions", "stretch").search(passage.words)
            subject = rules.pattern("propositions", "measure").sub(
                "，", passage.words[: match.start("value") - passage.span[0]]
            )
            value = Amount(most, float(normal.value), normal.unit, per.group()[-1] if per else "")
            yield passage.said(value, match.group(), subject)


def asks(amount: Amount) -> bool:
    """Whether an amount is the most that is allowed."""
    return amount.most


def unlike(pair: Pair[Amount]) -> Severity | None:
    """Whether more is planned than is allowed, of one thing and for one stretch of time, or a plan allows more."""
    first, second = pair.first.value, pair.second.value
    if not (first.most or second.most) or (first.unit, first.per) != (second.unit, second.per):
        return None
    if first.most and second.most:
        return _wider(pair)
    cap, planned = (first, second) if first.most else (second, first)
    like = pair.likeness
    if planned.value <= cap.value or (pair.relation == "below" and not first.most):
        return None
    named = like.many and (like.one or (like.contrast == 0 and like.most >= _NAMED))
    return "warning" if named else None


def _wider(pair: Pair[Amount]) -> Severity | None:
    """Whether the plan that is bound sets a wider cap, or two plans of a place set two."""
    apart = abs(pair.first.value.value - pair.second.value.value) > _EXACT
    wider = pair.second.value.value > pair.first.value.value
    bound = apart and pair.relation != "inside" and (wider or pair.relation == "same")
    return "warning" if bound and pair.likeness.many > 1 and pair.likeness.one else None
