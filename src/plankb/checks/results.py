"""Results set against targets: what a work report says was reached, beside what the plans ask for.

What is found is a proposal for a person: 已达, 未达, 未到期, 无数据, with both quotations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from plankb import indicators, rules
from plankb.checks import levels
from plankb.checks.compare import Placed, obstacle, placed, specific
from plankb.model import Plan, Target

ResultVerdict = Literal["reached", "short", "not-due", "no-data"]
"""已达, 未达, 未到期 (not reached yet, but the year of the target comes after that of the result), 无数据."""


@dataclass(frozen=True, slots=True)
class Match:
    """A target of a plan and the result of the same indicator, None where the report says nothing of it.

    `near`: the two are named a little differently, so that a person should look twice.
    """

    target: Target
    result: Target | None
    verdict: ResultVerdict
    near: bool = False


def against(targets: Iterable[Target], plans: Sequence[Plan], results: Sequence[Target], report: Plan) -> list[Match]:
    """Each target with a number beside the result that speaks of it; of several results the last year's counts."""
    by_id = {plan.id: plan for plan in plans}
    told = [placed(result, report) for result in results if result.value is not None]
    found = []
    for target in targets:
        if target.value is None or not specific(target):
            continue
        asked = placed(target, by_id[target.plan])
        best = _best(asked, told)
        if best is None:
            found.append(Match(target, None, "no-data"))
        else:
            verdict = _verdict(best.target, target)
            found.append(Match(target, best.target, verdict, near=best.indicator != asked.indicator))
    return found


def _verdict(result: Target, target: Target) -> ResultVerdict:
    if reaches(result, target):
        return "reached"
    return "not-due" if result.by and target.by and result.by[:4] < target.by[:4] else "short"


def _best(asked: Placed, told: Sequence[Placed]) -> Placed | None:
    """The result that measures the same; the same name before a near one, then the latest year, then the first said."""
    fits = [(one, _nearness(asked, one)) for one in told if _comparable(asked, one)]
    near = [(one, rank) for one, rank in fits if rank]
    return max(near, key=lambda pair: (pair[1], pair[0].target.by or ""), default=(None, 0))[0]


def _nearness(asked: Placed, told: Placed) -> int:
    """2 for one indicator, 1 for one whose name differs in its verb alone (建成…, 累计建成…), 0 for another."""
    if asked.indicator == told.indicator:
        return 2
    first, second = (_bare(one.target.indicator) for one in (asked, told))
    return int(bool(first) and first == second)


def _bare(name: str) -> str:
    return indicators.indicator_id(rules.one("results", "verbs").regex.sub("", name))


def _comparable(asked: Placed, told: Placed) -> bool:
    """Whether the two may measure the same: unit, change, scope, place as far as the report names one."""
    if asked.place and told.place and asked.place != told.place:
        return False
    return obstacle(asked, told) is None


def reaches(result: Target, target: Target) -> bool:
    """Whether a result is as good as a target asks, whichever way is good; more is, where that is not known."""
    got, asked = levels.level(result), levels.level(target)
    if got is None or asked is None:
        return False
    if levels.direction(target) == "down":
        most = asked.upper or asked.value
        return got.value < most if target.op == "<" and result.op not in ("<", "<=") else got.value <= most
    # A report that says 55%以上 of a target of more than 55% does not say that it is short.
    return got.value > asked.value if target.op == ">" and result.op not in (">", ">=") else got.value >= asked.value
