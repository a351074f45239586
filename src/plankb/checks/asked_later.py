"""What a plan asks of all of a thing by a day, and a plan that is bound by it asks of all by a later one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from plankb import rules, times
from plankb.checks.asked import Asked, as_target, requests, share_said
from plankb.checks.compare import is_bound, placed
from plankb.checks.pieces import around
from plankb.checks.responsibility import only_plan_end
from plankb.checks.wording import of_each
from plankb.in_force import annual, comparable
from plankb.model import Conflict, Plan

_SAME, _TAIL = 0.8, 2
"""Share of the pairs of characters of a noun, and of what is done, that two requests must have in common; characters
that what is done ends in, by which requests are looked for."""


def asked_later(plans: Mapping[str, Plan], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each request that a plan bound by it repeats with a later day."""
    groups: dict[str, list[tuple[Asked, str]]] = defaultdict(list)
    for plan, text in texts.items():
        for one in requests(plans[plan], text) if plan in plans else ():
            if day := _day(one, text):
                groups[one.what[-_TAIL:]].append((one, day))
    for members in groups.values():
        for one, asked_by in members:
            for other, done_by in members:
                if one.plan.id != other.plan.id and asked_by < done_by and _of_one(one, other):
                    facts = [as_target(each.plan, each.span, texts) for each in (one, other)]
                    whole, part = (placed(fact, plans[fact.plan]) for fact in facts)
                    if is_bound(whole, part):
                        days = ((asked_by[:7], one.plan.title), (done_by[:7], other.plan.title))
                        yield of_each("looser", "warning", one.noun + one.what, facts, "E444", days)


def _of_one(one: Asked, other: Asked) -> bool:
    if not comparable(one.plan, other.plan) or annual(one.plan) != annual(other.plan):
        return False
    pairs = ((one.noun, other.noun), (other.noun, one.noun), (one.what, other.what), (other.what, one.what))
    return all(share_said(asked, said) >= _SAME for asked, said in pairs)


def _day(one: Asked, text: str) -> str | None:
    """The one day (ISO) by which a request is due, said as a day and no plan's own end; None without."""
    start, _ = around(text, one.span, "。；\n\t")
    found = [time for time in times.find(text[start : one.span[1]]) if time.end and not time.past and not time.base]
    if len(found) != 1 or found[0].bound not in ("by", "during"):
        return None
    printed = rules.one("draft_dates", "day_said").search(found[0].text) is not None
    return found[0].end if printed or not only_plan_end(one.plan, found[0].end or "") else None
