"""Facts that cannot, or should not, both stand, between plans and inside one; three plans on one indicator are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from plankb.checks import located, near
from plankb.checks.allotted import unlike_allotments
from plankb.checks.allotted_in_words import (
    less_than_allotted,
    less_than_told,
    more_than_all,
    more_than_all_years,
    told_shares,
)
from plankb.checks.asked import less_than_asked
from plankb.checks.asked_later import asked_later
from plankb.checks.blocks import Block, blocks
from plankb.checks.cells import unlike_cells
from plankb.checks.cited import cited_otherwise, unlike_numbers
from plankb.checks.compare import Placed, Verdict, compare, distinct, placed, specific
from plankb.checks.completion import unlike_days, unlike_events
from plankb.checks.contradictions import KINDS
from plankb.checks.exempted import exempted
from plankb.checks.figures import unlike_figures
from plankb.checks.known import Known
from plankb.checks.leads import unlike_leads
from plankb.checks.listed import with_rows
from plankb.checks.opposite import opposite_ways
from plankb.checks.parameters import unlike_parameters
from plankb.checks.part_of_all import for_a_part_only
from plankb.checks.propositions import unlike_propositions
from plankb.checks.responsibility import task_conflicts
from plankb.checks.rows_of_magnitude import wrong_magnitudes
from plankb.checks.sums_of_places import said, wrong_lists, wrong_sums
from plankb.checks.told_and_set import less_than_before
from plankb.checks.wording import make, of_targets
from plankb.checks.works import unlike_works
from plankb.checks.year_lists import unlike_that_year, wrong_year_lists
from plankb.checks.yearly_words import unlike_yearly
from plankb.model import Conflict, Fact, Plan, Target, Task, Words

SHOWN = ("conflict", "looser", "backslide", "internal", "responsibility", "deadline")
"""The types that are shown by default; the rest are comparisons that found no conflict, with their reason."""
_ALIKE, _LONG_ENOUGH, _END = 70.0, 6, 4
COMPARISONS: tuple[Verdict, ...] = ("tighter", "other-period", "other-scope", "other-definition", "cannot-compare")


def compare_plans(known: Known, *, everything: bool = False) -> tuple[Conflict, ...]:
    """The conflicts between facts, the gravest first. `everything` adds comparisons that found none (tighter, …)."""
    with located.told_by(known.plans, known.texts):
        return _compared(known, everything=everything)


def _compared(known: Known, *, everything: bool) -> tuple[Conflict, ...]:
    by_id = {plan.id: plan for plan in known.plans}
    targets, tasks, deadlines, texts = known.targets, known.tasks, known.deadlines, known.texts
    found: dict[str, Conflict] = {}
    for block in blocks(by_id, targets, texts):
        for kind in KINDS:
            found |= {conflict.id: conflict for conflict in kind(block)}
        if everything:
            found |= {conflict.id: conflict for conflict in _comparisons(block)}
    led = tuple(task_conflicts(by_id, tasks, {target.id: target for target in targets}, deadlines))
    found |= {conflict.id: conflict for conflict in once(unlike_days(by_id, targets, deadlines), found.values())}
    rows, days = with_rows(by_id, tasks, deadlines, texts)
    found |= {conflict.id: conflict for conflict in unlike_events(by_id, rows, days, found.values())}
    found |= {conflict.id: conflict for conflict in unlike_leads(by_id, rows, led)}
    found |= {conflict.id: conflict for conflict in unlike_cells(by_id, targets, texts)}
    found |= {conflict.id: conflict for conflict in _wrong_sums_of_places(by_id, targets)}
    each = [placed(target, by_id[target.plan]) for target in targets if target.plan in by_id]
    found |= {conflict.id: conflict for conflict in unlike_yearly(by_id, each, tasks)}
    found |= {
        conflict.id: conflict for conflict in _of_other_levels(unlike_figures(by_id, each, texts), found.values())
    }
    found |= {conflict.id: conflict for conflict in once(less_than_before(by_id, each, texts), found.values())}
    found |= {conflict.id: conflict for conflict in exempted(by_id, texts)}
    found |= {conflict.id: conflict for conflict in opposite_ways(by_id, each, texts)}
    found |= {conflict.id: conflict for conflict in for_a_part_only(by_id, targets)}
    found |= {conflict.id: conflict for conflict in once(wrong_magnitudes(by_id, texts), found.values())}
    found |= {conflict.id: conflict for conflict in wrong_year_lists(by_id, each, texts, found.values())}
    found |= {conflict.id: conflict for conflict in unlike_allotments(by_id, each, texts, found.values())}
    shares = [share for plan, text in texts.items() if plan in by_id for share in told_shares(by_id[plan], text)]
    found |= {conflict.id: conflict for conflict in unlike_that_year(by_id, each, texts, shares)}
    of_places = (*less_than_allotted(each, texts), *more_than_all(each))
    found |= {conflict.id: conflict for conflict in once(of_places, found.values())}
    found |= {conflict.id: conflict for conflict in less_than_told(each, shares, list(found.values()))}
    found |= {conflict.id: conflict for conflict in once(more_than_all_years(each, shares), found.values())}
    found |= {conflict.id: conflict for conflict in less_than_asked(by_id, texts, found.values())}
    found |= {conflict.id: conflict for conflict in _not_of_tasks(asked_later(by_id, texts), found.values())}
    found |= {conflict.id: conflict for conflict in once(unlike_parameters(by_id, texts), found.values())}
    found |= {conflict.id: conflict for conflict in unlike_works(by_id, texts, [*found.values()])}
    found |= {conflict.id: conflict for conflict in cited_otherwise(by_id, each, texts)}
    found |= {conflict.id: conflict for conflict in unlike_numbers(by_id, texts)}
    alike = tuple(_of_other_levels(near.near_names(by_id, targets), found.values()))
    said = tuple(unlike_propositions(by_id, texts, (*found.values(), *led, *alike)))
    beside = _near_indicators(by_id, targets) if everything else ()
    found |= {conflict.id: conflict for conflict in (*said, *led, *alike, *beside)}
    return in_order(found.values())


def in_order(found: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Conflicts, the gravest first, then by type."""
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(found, key=lambda c: (order[c.severity], (*SHOWN, *COMPARISONS).index(c.type), c.id)))


def once(found: Iterable[Conflict], known: Iterable[Conflict]) -> Iterator[Conflict]:
    """The conflicts whose facts no known one sets against one another already."""
    told = [{fact.id for fact in conflict.facts} for conflict in known]
    for conflict in found:
        facts = {fact.id for fact in conflict.facts}
        if not any(facts <= each for each in told):
            yield conflict


def _not_of_tasks(found: Iterable[Conflict], known: Iterable[Conflict]) -> Iterator[Conflict]:
    """The conflicts of two requests that no known one of the tasks they stand in tells under a name they hold."""
    of_tasks = [each for each in known if each.facts and all(isinstance(fact, Task) for fact in each.facts)]
    for conflict in found:
        if not any(
            each.type == conflict.type
            and each.indicator in conflict.indicator
            and all(any(_inside(fact, task) for task in each.facts) for fact in conflict.facts)
            for each in of_tasks
        ):
            yield conflict


def _inside(fact: Fact, task: Fact) -> bool:
    return fact.plan == task.plan and task.span[0] <= fact.span[0] and fact.span[1] <= task.span[1]


def _of_other_levels(found: Iterable[Conflict], known: Iterable[Conflict]) -> Iterator[Conflict]:
    """The conflicts of near names whose plans no known one sets against one another with the same levels already."""
    told = [(each.type, _levels(each)) for each in known]
    for conflict in found:
        levels = _levels(conflict)
        if not any(kind == conflict.type and levels <= each for kind, each in told):
            yield conflict


def _levels(conflict: Conflict) -> frozenset[tuple[object, ...]]:
    """What each plan sets by when, and in what its indicator ends."""
    return frozenset(
        (fact.plan, fact.by, fact.value, fact.unit, fact.indicator[-_END:])
        for fact in conflict.facts
        if isinstance(fact, Target)
    )


def _wrong_sums_of_places(plans: Mapping[str, Plan], targets: Iterable[Target]) -> Iterator[Conflict]:
    """Amounts of the places inside a place that do not come to that of the whole."""
    known = [placed(target, plans[target.plan]) for target in targets if target.plan in plans and specific(target)]
    for wrong in (*wrong_sums(known), *wrong_lists(known)):
        whole, parts, _ = wrong
        kind = "internal" if parts[0].plan.id == whole.plan.id else "looser"
        facts = [one.target for one in (whole, *parts)]
        yield make(kind, "warning", whole.target.indicator, facts, Words.of("errors.E446", **said(wrong)))


def _comparisons(block: Block) -> Iterator[Conflict]:
    """What was compared and is no conflict, one record a verdict, with the reason."""
    found: dict[Verdict, list[Placed]] = defaultdict(list)
    everyone = (*block.own, *block.higher)
    for index, one in enumerate(block.own):
        for other in (*block.own[index + 1 :], *block.higher):
            if one.plan.id == other.plan.id:
                continue
            verdict = compare(one, other)
            if verdict in COMPARISONS:
                found[verdict] += [each for each in (one, other) if each not in found[verdict]]
    for verdict, members in found.items():
        ordered = [one for one in everyone if one in members]
        yield of_targets(verdict, "info", distinct(ordered), _REASONS[verdict])


def _near_indicators(plans: Mapping[str, Plan], targets: Iterable[Target]) -> Iterator[Conflict]:
    """Indicators of nearly the same words that measure something else, one record a pair in a place and year."""
    groups: dict[tuple[str, str, str], dict[str, Placed]] = defaultdict(dict)
    for target in targets:
        if target.plan in plans and target.by and target.value is not None and specific(target):
            one = placed(target, plans[target.plan])
            if one.place and one.level:
                groups[one.place.code, target.by, one.level.unit].setdefault(target.indicator_id, one)
    for members in groups.values():
        for one, other in combinations(members.values(), 2):
            if one.plan.id != other.plan.id and _alike(one.target.indicator_id, other.target.indicator_id):
                yield of_targets("other-definition", "info", (one, other), "E474")


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return len(one) >= _LONG_ENOUGH and fuzz.ratio(one, other, score_cutoff=_ALIKE) > 0


_REASONS: Mapping[str, str] = {
    "tighter": "E471",
    "other-period": "E472",
    "other-scope": "E473",
    "other-definition": "E474",
    "cannot-compare": "E475",
}
