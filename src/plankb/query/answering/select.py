"""The facts that a query asks for, all of them, in the order of the plans and their texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from plankb import rules
from plankb.model import ROLES, Citation, Conflict, Fact, Plan, Project, Role, Span, Target, Task
from plankb.quantities import converted, counting_words, split_unit
from plankb.query.answering import conditions, many
from plankb.query.answering.boxes import under_label
from plankb.query.answering.by_topic import Selection, candidates, named_by_topic, task_candidates
from plankb.query.answering.extremes import of_extreme_time
from plankb.query.library import Library
from plankb.query.model import AnyAnswer, Topic, Understood
from plankb.query.normalise.names import bare, pieces
from plankb.query.vocabulary import short_place
from plankb.store import FactFilter

_FEW_IDS = 500
"""Facts that are asked for by their ids; of more the store looks through all."""


def plans_searched(query: Understood, library: Library) -> tuple[Plan, ...]:
    """The plans that a query searches."""
    return conditions.allowed_plans(query, library.vocabulary.plans)


def tasks(query: Understood, library: Library) -> Selection:
    """Tasks by bureau and role, topic, section, time and what they lack."""
    if (listed := many.listed_tasks(query, library)) is not None:
        return Selection(facts=listed)
    among = task_candidates(query, library)
    where = replace(_dated(query, library), bureaus=_bureaus(query), roles=_roles(query), each=_each(query))
    named = among.ids if among and query.kind == "bureaus" and not query.mentioned else frozenset[str]()
    if query.aggregate in ("latest", "earliest"):
        found = named_by_topic(_kept_tasks(query, library, replace(where, among=among)), query, _task_ids)
        return replace(found, facts=of_extreme_time(found.facts, query))
    if 0 < len(named) <= _FEW_IDS:  # who answers for the tasks named is asked of these alone
        kept = _kept_tasks(query, library, replace(where, ids=tuple(sorted(named))))
        if kept:
            return named_by_topic(kept, query, _task_ids)
    return named_by_topic(_kept_tasks(query, library, replace(where, among=among)), query, _task_ids)


def _kept_tasks(query: Understood, library: Library, where: FactFilter) -> list[Task]:
    """The tasks of a filter that meet a query's conditions, whatever their topic."""
    kept = [
        task
        for task in library.store.facts("task", where)
        if conditions.has_people(task, query)
        and conditions.is_in_time(task, query)
        and conditions.lacks(task, query)
        and conditions.meets_state(task, query, library)
        and conditions.in_section(task, query.section, own=False)
        and (query.who or query.role is None or getattr(task, query.role))
        and (not query.sole or len(_responsible(task, query.role)) == 1)
        and (query.bodies is None or conditions.in_bounds(len(_responsible(task, query.role)), query.bodies))
    ]
    if query.bodies_order:
        kept = [task for task in kept if _responsible(task, query.role)]
        kept.sort(key=lambda task: len(_responsible(task, query.role)), reverse=query.bodies_order == "most")
    own = [id_ for who in query.who if not who.excluded for id_ in who.ids]
    if own:  # those that it leads first
        ranks = [*ROLES, None]
        kept.sort(key=lambda task: ranks.index(conditions.role_of(task, own)))
    if "figures" in query.missing:
        valued = {t.id for t in library.store.facts("target", _filter(query, library)) if t.value is not None}
        kept = [task for task in kept if valued.isdisjoint(task.targets)]
    if conditions.asks_of_targets(query):
        set_here = library.store.facts("target", _filter(query, library))
        fitting = {target.id for target in set_here if conditions.fits_target(target, query)}
        kept = [task for task in kept if fitting & set(task.targets)]
    return kept


def _responsible(task: Task, role: Role | None) -> set[str]:
    """The bureaus named in a role of a task, in any role where it is None."""
    return {name for one in ((role,) if role else ROLES) for name in getattr(task, one)}


def _bureaus(query: Understood) -> tuple[str, ...]:
    """The bureaus of which one must take part; () where that says nothing."""
    wanted = [who for who in query.who if not who.excluded]
    if not wanted or any(who.collectives for who in wanted):
        return ()
    return tuple(id_ for who in wanted for id_ in who.ids)


def _roles(query: Understood) -> tuple[Role, ...]:
    """The roles in which one of the bureaus must take part; () where any role will do for one of them."""
    roles = [who.role for who in query.who if not who.excluded]
    return tuple(dict.fromkeys(role for role in roles if role)) if all(roles) and _bureaus(query) else ()


def _each(query: Understood) -> tuple[tuple[str, ...], ...]:
    """The bureaus that one of several names asked for together may mean, for each of these; () where one is enough."""
    wanted = [who for who in query.who if not (who.excluded or who.collectives)]
    return tuple(who.ids for who in wanted if who.ids) if query.together and len(wanted) > 1 else ()


def _task_ids(task: Task) -> tuple[str, ...]:
    return (task.id, *task.targets)


def targets(query: Understood, library: Library) -> Selection:
    """Targets by indicator, time, place, value, unit, nature; with a bureau those of its tasks."""
    if library.selected is None or library.selected[0] != query:
        library.selected = (query, _targets(query, library))  # one question may look for the same twice
    return library.selected[1]


def _targets(query: Understood, library: Library) -> Selection:
    if (listed := many.listed_targets(query, library)) is not None:
        return Selection(facts=listed)
    anywhere = replace(query, places=())
    where = _dated(anywhere, library)
    among = candidates(query)
    kept: list[Target] = []
    if among and 0 < len(among.ids) <= _FEW_IDS and not query.mentioned:  # those that are named, where they meet it
        kept = _kept_targets(query, library, replace(where, ids=tuple(sorted(among.ids))))
    if not kept:
        kept = _kept_targets(query, library, replace(where, among=among))
    about = named_by_topic(_ordered(kept, query), query, lambda target: (target.id,))
    if query.together and not query.who:
        about = replace(about, facts=_shared(about.facts, query, library))
    if query.aggregate in ("latest", "earliest"):
        about = replace(about, facts=of_extreme_time(about.facts, query))
    return replace(about, facts=_against(_in_measure(about.facts, query.measure), query.base_year))


def _kept_targets(query: Understood, library: Library, where: FactFilter) -> list[Target]:
    """The targets of a filter that meet a query's conditions, whatever their topic."""
    plans = {plan.id for plan in plans_searched(query, library)}
    of_bureaus = any(not who.collectives for who in query.who)
    if of_bureaus:  # a target bears the bureaus of its task
        where = replace(where, bureaus=_bureaus(query), roles=_roles(query))
    kept = [
        target
        for target in library.store.facts("target", where)
        if (target.plan in plans or conditions.is_of_place(target, query.places, library.vocabulary))
        and conditions.is_in_time(target, query)
        and conditions.fits_target(target, query)
        and conditions.in_section(target, query.section)
    ]
    if of_bureaus:
        owned = {id_ for own in _of_people(query, library).values() for id_ in own}
        kept = [target for target in kept if target.id in owned]
    return kept


def _in_measure(facts: Sequence[AnyAnswer], measure: str | None) -> tuple[AnyAnswer, ...]:
    """The targets in the unit asked for (几座), or in one that converts to it; shares answer for points."""
    if measure is None:
        return tuple(facts)
    targets = [fact for fact in facts if isinstance(fact, Target)]
    fitting = tuple(target for target in targets if _is_in_measure(target, measure))
    return fitting or tuple(target for target in targets if _is_per(target, measure))


def _is_per(target: Target, measure: str) -> bool:
    """Whether a target is set in so much of something else (降尘多少吨, of tons a month and square kilometre)."""
    return target.value is not None and (target.unit or "").startswith(f"{measure}/")


def _shared(facts: Sequence[AnyAnswer], query: Understood, library: Library) -> tuple[AnyAnswer, ...]:
    """The targets whose indicator each of the plans or places asked for has."""
    homes = {plan.id: plan.jurisdiction if query.places else plan.id for plan in plans_searched(query, library)}
    wanted, held = set(homes.values()), defaultdict(set)
    targets = [fact for fact in facts if isinstance(fact, Target)]
    for target in targets:
        held[target.indicator_id].add(homes.get(target.plan))
    return tuple(target for target in targets if wanted <= held[target.indicator_id])


def _against(facts: tuple[AnyAnswer, ...], base_year: str | None) -> tuple[AnyAnswer, ...]:
    """The targets that are measured from a year; all of them where none says so."""
    said = tuple(fact for fact in facts if isinstance(fact, Target) and base_year and fact.base_year == base_year)
    return said or facts


def _is_in_measure(target: Target, measure: str) -> bool:
    if measure in _SHARES:
        return target.value is None or target.unit in _SHARES
    if measure == "个":
        return target.value is not None and split_unit(target.unit or "")[1] in counting_words()
    counted = bool(re.search(rf"\d{re.escape(measure)}", target.indicator))  # 5条有轨电车线路
    counted = counted or (target.value is not None and _alike(measure, split_unit(target.unit or "")[1]))
    return counted or (target.value is not None and _is_convertible(target.unit or "", measure))


def _is_convertible(unit: str, measure: str) -> bool:
    """Whether a unit converts to the one asked for, which may leave out of what it is (万吨 of 万吨标准煤)."""
    base, wanted = split_unit(unit)[1], split_unit(measure)[1]
    return converted(1, unit, measure) is not None or (bool(wanted) and base.startswith(wanted) and "/" not in base)


def _alike(asked: str, told: str) -> bool:
    """Whether two counting words are taken for one another (几座 of 14处)."""
    return any({asked, told} <= words for words in _alike_words())


@cache
def _alike_words() -> tuple[frozenset[str], ...]:
    return tuple(rule.vocabulary for rule in rules.many("question_forms", "measure.alike"))


_SHARES = {"%", "个百分点", "百分点"}


def _of_people(query: Understood, library: Library) -> dict[str, tuple[str, ...]]:
    """The ids of the tasks of the bureaus of a query, whatever else it asks for, each with those of its targets."""
    asked = Understood(kind="tasks", who=query.who, together=query.together, plans=query.plans, places=query.places)
    if not all(many.is_plain(who) for who in query.who):
        chosen = tasks(asked, library).facts
        return {task.id: task.targets for task in chosen if isinstance(task, Task)}
    where = _filter(asked, library)
    held = [
        library.store.targets_of_tasks(replace(where, bureaus=who.ids, roles=(who.role,) if who.role else ()))
        for who in query.who
    ]
    found = {task: targets for one in held for task, targets in one.items()}
    return {task: found[task] for task in found if not query.together or all(task in one for one in held)}


def projects(query: Understood, library: Library) -> Selection:
    """Projects by plan, place, section and topic."""
    found = library.store.facts("project", replace(_filter(query, library), among=candidates(query)))
    kept = [p for p in found if conditions.in_section(p, query.section) and conditions.has_size(p, query)]
    named = named_by_topic(kept, query, _own_id)
    if not query.topic or query.section or query.denied:
        return named
    own = [] if named.by_text else [fact for fact in named.facts if isinstance(fact, Project)]
    plans = [plan.id for plan in plans_searched(query, library)]
    listed = [project for project in under_label(query, plans, library) if conditions.has_size(project, query)]
    every: dict[str, Project] = {project.id: project for project in (*own, *listed)}
    if len(every) == len(own):
        return named
    ordered = sorted(every.values(), key=_place_in_text)
    return Selection(facts=tuple(ordered))


def _place_in_text(project: Project) -> tuple[str, Span]:
    return project.plan, project.span


def citations(query: Understood, library: Library) -> Selection:
    """Documents cited, by plan, place, section and title; beside a plan of another place, a place is the documents'."""
    homes = {plan.jurisdiction for plan in library.vocabulary.plans if plan.id in query.plans}
    of = tuple(place for place in query.places if homes and place not in homes)
    query = replace(query, places=tuple(place for place in query.places if place not in of))
    found = library.store.facts("citation", replace(_filter(query, library), among=candidates(query)))
    kept = [c for c in found if conditions.in_section(c, query.section) and conditions.is_document(c, query.document)]
    return named_by_topic([c for c in kept if _is_of(c, of)], query, _own_id)


def _is_of(citation: Citation, places: Sequence[str]) -> bool:
    """Whether a document is of one of some places, by its title or the heading that it is listed under."""
    return not places or any(short_place(p) in text for p in places for text in (citation.title, *citation.section))


def _own_id(fact: Project | Citation) -> tuple[str, ...]:
    return (fact.id,)


def deadlines(query: Understood, library: Library) -> Selection:
    """Deadlines by time, bureau and what they belong to; where things due are asked for, the tasks and targets due."""
    if (listed := many.listed_due(query, library)) is not None:
        return Selection(facts=listed)
    due = (*tasks(query, library).facts, *targets(query, library).facts) if query.due else ()
    if query.due and query.topic:
        return Selection(facts=due)
    known = tuple(fact.id for fact in due if isinstance(fact, Fact))  # what belongs to these is told with them
    where = replace(_filter(query, library), due=_due_years(query), not_of=known)
    if query.who:
        own = {id_ for task, targets in _of_people(query, library).items() for id_ in (task, *targets)}
        where = replace(where, of=tuple(sorted(own)) or ("",))
    found = library.store.facts("deadline", where)
    dated = [deadline for deadline in found if conditions.is_in_time(deadline, query)]
    dated = [deadline for deadline in dated if conditions.in_section(deadline, query.section)]
    if not query.due:
        owners = _owners(query, library)
        named = named_by_topic(dated, query, lambda deadline: (deadline.id, *owners.get(deadline.of or "", ())))
        return named if named.facts or not (query.topic or query.who) else _with_years(query, library)
    rest = [deadline for deadline in dated if deadline.bound != "from"]  # what begins at a day is not due on it
    return Selection(facts=(*due, *rest))


def _with_years(query: Understood, library: Library) -> Selection:
    """Where no deadline was read for what is asked about: the tasks and targets themselves that name a year."""
    named = targets(query, library).facts if query.topic else ()
    dated = tuple(fact for fact in named if isinstance(fact, Target) and fact.by)
    titled = bool(query.topic and library.vocabulary.has_kind("task", query.topic.labels))
    if dated and not titled:
        return Selection(facts=dated)  # what the thing itself is set for, not the task that it stands in
    found = tuple(fact for fact in tasks(query, library).facts if isinstance(fact, Task) and fact.by)
    return Selection(facts=(*found, *dated))


def _owners(query: Understood, library: Library) -> dict[str, tuple[str, ...]]:
    """Of each task and target the ids by which a topic may name it: its own, and those of its task or targets."""
    found: dict[str, tuple[str, ...]] = {}
    for task, targets in library.store.targets_of_tasks(_filter(query, library)).items():
        found[task] = (task,)
        for target in targets:
            found[target] = (target, task)
    for target in library.store.ids("target", _filter(query, library)):
        found.setdefault(target, (target,))
    return found


def conflicts(query: Understood, library: Library) -> Selection:
    """Conflicts on an indicator, in which the plans asked for take part."""
    plans = {plan.id for plan in plans_searched(query, library)}
    narrowed = bool(query.plans or query.places or query.levels or query.not_plans)
    kept = [
        conflict
        for conflict in library.conflicts()
        if (not narrowed or _takes_part(conflict, plans, all_=len(query.plans) > 1))
        and any(conditions.is_in_time(fact, query) for fact in conflict.facts)
        and any(not isinstance(f, Target) or conditions.fits_target(f, query) for f in conflict.facts)
        and _is_on(conflict, query.topic)
    ]
    return Selection(facts=tuple(kept))


def _takes_part(conflict: Conflict, plans: set[str], *, all_: bool) -> bool:
    held = {fact.plan for fact in conflict.facts}
    return len(held & plans) > 1 if all_ else bool(held & plans)


def _is_on(conflict: Conflict, topic: Topic | None) -> bool:
    if topic is None:
        return True
    names = [conflict.indicator, *(fact.indicator for fact in conflict.facts if isinstance(fact, Target))]
    names += [fact.title for fact in conflict.facts if isinstance(fact, Task)]
    return any(all(pieces(bare(word), bare(name)) for word in topic.words) for name in names)


def _filter(query: Understood, library: Library) -> FactFilter:
    """What the store can sort out by itself; () where every plan is searched."""
    chosen = plans_searched(query, library)
    whole = len(chosen) == len(library.vocabulary.plans)
    return FactFilter(plans=() if whole else tuple(plan.id for plan in chosen) or ("",))


def _dated(query: Understood, library: Library) -> FactFilter:
    """The same for tasks and targets, which are of a year only where they name it."""
    return replace(_filter(query, library), by=many.years_of(query.period) if query.period else ())


def _due_years(query: Understood) -> tuple[str, ...]:
    return many.years_of(query.period) if query.period else ()


BY_KIND: dict[str, Callable[[Understood, Library], Selection]] = {
    "tasks": tasks,
    "targets": targets,
    "projects": projects,
    "citations": citations,
    "deadlines": deadlines,
    "conflicts": conflicts,
}


def _ordered(targets: Sequence[Target], query: Understood) -> tuple[Target, ...]:
    """Targets by weight; by value where the highest or lowest is asked for: then only those with a number."""
    if query.aggregate not in ("highest", "lowest"):
        if query.compare == "years":
            return tuple(sorted(targets, key=lambda target: target.by or ""))
        return tuple(sorted(targets, key=_weight))
    valued = [target for target in targets if target.value is not None]
    return tuple(sorted(_comparable(valued), key=lambda target: target.size, reverse=query.aggregate == "highest"))


def _comparable(targets: Sequence[Target]) -> Sequence[Target]:
    """Of targets in units that do not compare (% and 万千瓦) those of the unit that most have, the first of equals."""
    units: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        units[target.normal.unit if target.normal else target.unit or ""].append(target)
    return max(units.values(), key=len, default=[])


def _weight(target: Target) -> tuple[bool, bool, str, bool]:
    """What says something before what names no thing (我市), figures before words; then by plan, binding ones first."""
    vague = bool(rules.one("question_forms", "vague_subject").fullmatch(target.indicator))
    return vague, target.value is None, target.plan, target.nature != "binding"
