"""What `conflicts` says of a draft, as remarks of the rules of `check`: one comparison serves both commands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from plankb.checks.pieces import around
from plankb.checks.registry import Draft, Remark
from plankb.checks.responsibility import lead_ids
from plankb.model import AnyFact, Conflict, Span, Task

_RULES = {
    "conflict": "target-conflict",
    "looser": "below-superior",
    "internal": "target-inconsistent",
    "backslide": "target-inconsistent",
    "deadline": "deadline-conflict",
    "responsibility": "lead-conflict",
}
"""The rule that remarks on conflicts of a type."""


def remarks(draft: Draft, rule: str, told: Sequence[Remark] = ()) -> Iterator[Remark]:
    """The remarks of one rule on what the draft contradicts; what the remarks `told` already set beside one another is
    left out."""
    beside: dict[str, list[Remark]] = defaultdict(list)
    for remark in told:
        for related in remark.related:
            beside[related.id].append(remark)
    for conflict in draft.conflicts:
        if _rule(conflict) == rule and not _told(draft, conflict, beside):
            own = [fact for fact in conflict.facts if fact.plan == draft.reading.plan.id]
            between = len(own) < len(conflict.facts)
            fact = own[0] if between else max(own, key=lambda each: each.span)
            why: dict[str, object] = {"zh": conflict.why.zh, "en": conflict.why.en}
            others = tuple(other for other in conflict.facts if other is not fact)
            asked_here = conflict.type == "looser" and conflict.facts[-1].plan != draft.reading.plan.id
            severity = "info" if asked_here else conflict.severity  # then the fault is the lower plan's
            yield Remark(_place(draft, fact, conflict.indicator), "E459", why, severity, others)


def _rule(conflict: Conflict) -> str:
    """The rule that a conflict belongs to; inside a plan that of leads or days where tasks differ in these."""
    tasks = [fact for fact in conflict.facts if isinstance(fact, Task)]
    if conflict.type == "internal" and len(tasks) == len(conflict.facts):
        led = [lead_ids(task) for task in tasks]
        return "lead-conflict" if all(led) and not set.intersection(*led) else "deadline-conflict"
    return _RULES.get(conflict.type, "")


def _told(draft: Draft, conflict: Conflict, beside: Mapping[str, Sequence[Remark]]) -> bool:
    """Whether a remark stands at a fact of the conflict, with another fact of it beside."""
    places = [_place(draft, fact) for fact in conflict.facts if fact.plan == draft.reading.plan.id]
    spans = (remark.span for fact in conflict.facts for remark in beside.get(fact.id, ()))
    return any(start < span[1] and span[0] < end for span in spans for start, end in places)


def _place(draft: Draft, fact: AnyFact, subject: str = "") -> Span:
    """Where a fact stands; in a task the sentence that says the subject, else the task's heading."""
    if not isinstance(fact, Task):
        return fact.span
    at = draft.text.find(subject, *fact.span) if subject else -1
    if at < 0 or "\t" in fact.quote:
        return draft.heading(fact)
    start, end = around(draft.text, (at, at))
    return max(start, fact.span[0]), min(end, fact.span[1])
