"""Rules on the draft as a whole beside the plans in force: who leads, by when; what the plans above ask; the version of
the draft that is there already."""

from __future__ import annotations

from collections.abc import Iterator

from plankb.checks import compared, due_twice
from plankb.checks.coverage import coverage, plans_above
from plankb.checks.registry import Draft, Remark, rule
from plankb.checks.responsibility import task_conflicts
from plankb.checks.targets import below_superior
from plankb.in_force import versions
from plankb.model import Conflict, Task

_LISTED = 8
"""How many requirements a line names."""


@rule(
    "lead-conflict",
    severity="warning",
    zh="同一任务的牵头单位与现行规划不同",
    en="a task led by another bureau than in a plan in force",
    example="现行规划由市水务局牵头，草案由市住房城乡建设局牵头",
)
def lead_conflict(draft: Draft) -> Iterator[Remark]:
    """Tasks of one title, or that carry one indicator (then a hint), in plans of one place; measures in the same words;
    rows of a list beside the text."""
    told = list(_beside(draft, "responsibility"))
    yield from told
    yield from compared.remarks(draft, "lead-conflict", told)


@rule(
    "deadline-conflict",
    severity="warning",
    zh="同一任务的完成时间与现行规划不同，或同一段内前后不一",
    en="a task due at another time than in a plan in force, or at two times in one paragraph",
    example="现行规划要求2025年6月底前，草案为2025年12月底前",
)
def deadline_conflict(draft: Draft) -> Iterator[Remark]:
    """Tasks of one title, each with one date, and results in words, compared to the day; clauses of one paragraph."""
    told = list(_beside(draft, "deadline"))
    yield from told
    yield from compared.remarks(draft, "deadline-conflict", told)
    yield from due_twice.all_of(draft)


def _beside(draft: Draft, kind: str) -> Iterator[Remark]:
    own = draft.reading.plan
    plans = {plan.id: plan for plan in draft.known.plans if plan.id != own.id} | {own.id: own}
    tasks = (*(task for task in draft.known.tasks if task.plan != own.id), *draft.tasks)
    targets = {target.id: target for target in (*draft.known.targets, *draft.targets)}
    deadlines = (*draft.known.deadlines, *draft.deadlines)
    for conflict in task_conflicts(plans, tasks, targets, deadlines):
        if conflict.type == kind:
            yield from _remarks(draft, conflict)


def _remarks(draft: Draft, conflict: Conflict) -> Iterator[Remark]:
    """A remark on each task of the draft in a conflict, beside those of other plans."""
    own = draft.reading.plan.id
    tasks = [fact for fact in conflict.facts if isinstance(fact, Task)]
    others = tuple(task for task in tasks if task.plan != own)
    for task in tasks:
        if task.plan == own and others:
            why: dict[str, object] = {"zh": conflict.why.zh, "en": conflict.why.en}
            yield Remark(draft.heading(task), "E459", why, conflict.severity, others)


@rule(
    "predecessor",
    severity="info",
    zh="知识库中已有本文件的另一版本，未与它相互核对",
    en="another version of this document is in the knowledge base, and is not compared as a plan in force",
    example="知识库中有同名的征求意见稿",
)
def predecessor(draft: Draft) -> Iterator[Remark]:
    """A plan of the draft's own title: said, since its values are not set against the draft's."""
    for plan in draft.known.plans:
        if plan.id != draft.reading.plan.id and versions(plan, draft.reading.plan):
            first = draft.paragraphs[0] if draft.paragraphs else (0, 0)
            yield Remark(first, "E460", {"title": plan.title, "id": plan.id})


@rule(
    "not-covered",
    severity="info",
    zh="上级规划的要求在草案中没有对应内容，或被弱化、推迟",
    en="what the plans above require has no answer in the draft, or a weaker or later one",
    example="省级规划要求“农膜回收率2025年达到85%”，草案没有这项指标",
)
def not_covered(draft: Draft) -> Iterator[Remark]:
    """One line for all that is missing, one for what is weaker or later and not told by `below-superior`;
    `plankb coverage` lists requirement by requirement."""
    own = draft.reading.plan
    above = plans_above(own, draft.known.plans)
    ids = {plan.id for plan in above}
    targets = (*(target for target in draft.known.targets if target.plan in ids), *draft.targets)
    tasks = (*(task for task in draft.known.tasks if task.plan in ids), *draft.tasks)
    if not draft.paragraphs or not (draft.targets or draft.tasks):
        return
    told = {remark.span for remark in below_superior(draft)}
    records = coverage(own, above, targets, tasks)
    missing = [one.superior for one in records if one.verdict == "missing"]
    weak = [
        one.superior
        for one in records
        if one.verdict in ("weaker", "later")
        and not any(getattr(answer, "span", None) in told for answer in one.answers)
    ]
    for found, code in ((missing, "E400"), (weak, "E447")):
        if found:
            names = dict.fromkeys(getattr(fact, "title", "") or getattr(fact, "indicator", "") for fact in found)
            listed = "、".join([*names][:_LISTED]) + ("…" if len(names) > _LISTED else "")
            details: dict[str, object] = {"count": len(names), "listed": listed}
            yield Remark(draft.paragraphs[0], code, details, related=tuple(found[:_LISTED]))
