"""Results in words (建成监测平台, 完成评估) and documents that plans of one place want done by different days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from plankb import rules, times
from plankb.checks import located
from plankb.checks.compare import Placed, above, placed, specific
from plankb.checks.events import Event, bare, events
from plankb.checks.responsibility import day, only_plan_end
from plankb.checks.settled import kept
from plankb.checks.wording import of_each
from plankb.checks.works import placed_name
from plankb.in_force import annual, comparable, years
from plankb.model import Conflict, Deadline, Plan, Target, Task

_RANKS = {"市": "city", "县": "county", "区": "county"}
_LONG_ENOUGH = 6
"""Characters of a name that tells one result from another."""


def unlike_days(
    plans: Mapping[str, Plan], targets: Iterable[Target], deadlines: Iterable[Deadline]
) -> Iterator[Conflict]:
    """One conflict for each result that plans in force together date differently, the day being printed as one."""
    ends = _ends(deadlines)
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for target in targets:
        if target.value is None and target.id in ends and target.plan in plans and specific(target):
            one = placed(target, plans[target.plan])
            dated = (_printed(target.quote) or not only_plan_end(one.plan, ends[target.id])) and not kept(target)
            if one.place and one.place == one.home and dated and len(one.indicator) >= _LONG_ENOUGH:
                done = rules.one("comparing", "event.also").sub(target.qualitative or "")
                groups[one.indicator, one.scope, one.place, done].append(one)
    for members in groups.values():
        apart = [pair for pair in combinations(members, 2) if _apart(*pair, ends)]
        if apart:
            yield _conflict([one for one in members if any(one in pair for pair in apart)], ends)


def unlike_events(
    plans: Mapping[str, Plan], tasks: Iterable[Task], deadlines: Iterable[Deadline], known: Iterable[Conflict] = ()
) -> Iterator[Conflict]:
    """One conflict for each result that the tasks of one place, or of one plan, want by different days, and for each
    that a place has later than the place above wants it everywhere; results that are `known` to differ left out."""
    told = {bare(conflict.indicator) for conflict in known if conflict.type == "deadline"}
    due: dict[str, list[Deadline]] = defaultdict(list)
    for deadline in deadlines:
        if deadline.of and deadline.end and deadline.bound in ("by", "during"):
            due[deadline.of].append(deadline)
    groups: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for task in tasks:
        if task.plan in plans:
            for event in (*events(task, due[task.id]), *_begun(task)):
                span = years(plans[task.plan])
                if span and int(event.day[:4]) < span[0]:
                    continue  # told of the time before
                if event.printed or not only_plan_end(plans[task.plan], event.day):
                    groups[event.kind, _of_own_level(event, plans[task.plan])].append(event)
    for (_, key), members in [*groups.items(), *_listed(groups), *_of_places(groups, plans)]:
        name = key.rpartition(" ")[2]
        if len(members) > 1 and not any(name in each or each in name for each in told if each):
            yield from _of_event(name, members, plans)


def _of_own_level(event: Event, plan: Plan) -> str:
    """The name of a result without the level that it is of, where that is each place's below, or the plan's own:
    市级公办服务中心 in what a province asks of every city and in a city's plan."""
    rank = located.of(plan.jurisdiction) if plan.jurisdiction else None
    below = rules.one("contrasts", "level").match(event.name)
    own = below is not None and rank is not None and rank.rank == _RANKS[below["level"]]
    inside = located.at_start(event.name, within=rank) if rank and not event.everywhere else None
    if inside and above(rank, inside[0]):
        return placed_name(event.name, rank)
    return event.name[below.end() :] if below and (event.everywhere or own) else event.name


def _of_places(
    groups: Mapping[tuple[str, str], list[Event]], plans: Mapping[str, Plan]
) -> list[tuple[tuple[str, str], list[Event]]]:
    """What a plan dates for a place inside its own beside what that place's plan does: 某县污水处理厂, 县污水处理厂."""
    found = []
    for (kind, key), members in groups.items():
        code, _, name = key.partition(" ")
        own = [
            event
            for event in groups.get((kind, name), ())
            if (home := plans[event.task.plan].jurisdiction) and located.of(home).code == code
        ]
        if name and own:
            found.append(((kind, key), [*members, *own]))
    return found


def _listed(groups: Mapping[tuple[str, str], list[Event]]) -> list[tuple[tuple[str, str], list[Event]]]:
    """What a row of a list dates beside what the text does with it otherwise (印发某细则), which are groups apart."""
    return [
        ((kind, name), [*members, *(event for event in groups["done", name] if "\t" in event.task.quote)])
        for (kind, name), members in groups.items()
        if kind != "done" and any("\t" in event.task.quote for event in groups.get(("done", name), ()))
    ]


def _of_event(name: str, members: Sequence[Event], plans: Mapping[str, Plan]) -> Iterator[Conflict]:
    """The conflicts over one result: between plans, inside a plan, with a level above."""
    of_kind: dict[str, list[Event]] = defaultdict(list)
    for one, other in combinations(members, 2):
        if kind := _apart_as(one, other, plans):
            of_kind[kind] += [event for event in (one, other) if event not in of_kind[kind]]
    for code, type_ in (("E444", "looser"), ("E468", "deadline"), ("E445", "internal")):
        if found := of_kind.get(code):
            found = sorted(found, key=lambda event: event.day) if code == "E444" else found
            listed = [(_said(event), plans[event.task.plan].title) for event in found]
            yield _dated(name, list({e.task.id: e.task for e in found}.values()), listed, code=code, kind=type_)


def _said(event: Event) -> str:
    """The day of a result as it is said; the month where the words say December and not the year alone."""
    return event.day[:7] if event.printed and event.day.endswith("-12-31") else day(event.day)


def _apart_as(one: Event, other: Event, plans: Mapping[str, Plan]) -> str | None:
    """The code under which the days of two results are told apart; None where they are not."""
    within = one.day[:4] == other.day[:4] and not (one.printed and other.printed)
    if one.day == other.day or within or one.task.id == other.task.id:
        return None
    first, second = plans[one.task.plan], plans[other.task.plan]
    if first.id == second.id:
        return None if one.name != other.name or all("\t" in event.task.quote for event in (one, other)) else "E445"
    if not comparable(first, second) or not _of_one_kind(first, second, one, other):
        return None
    if first.jurisdiction == second.jurisdiction:
        return "E468" if first.jurisdiction else None
    places_ = [located.of(plan.jurisdiction) if plan.jurisdiction else None for plan in (first, second)]
    higher, lower = (one, other) if above(*places_) else (other, one) if above(*reversed(places_)) else (None, None)
    if higher is None or lower is None or higher.day >= lower.day:
        return None
    home = plans[lower.task.plan].jurisdiction or ""
    return "E444" if higher.everywhere or _is_one_work(higher, lower, home) else None


def _of_one_kind(first: Plan, second: Plan, one: Event, other: Event) -> bool:
    """Whether days of two plans can be held against one another: of plans of years alike, or where a plan of one year
    puts off what another plan dates to a day before."""
    if annual(first) == annual(second):
        return True
    short, long = (one, other) if annual(first) else (other, one)
    return long.printed and long.day < short.day and (short.printed or long.day[:4] < short.day[:4])


def _is_one_work(one: Event, other: Event, home: str) -> bool:
    """Whether two results are one by their name: a road, a temple, an island of its own; or a work of the place `home`
    which names it without that."""
    if one.name == other.name:
        return rules.pattern("works", "own_name").match(one.name) is not None
    own = rules.pattern("works", "rank_word").sub("", other.name)
    return one.name == f"{home}{own}" != home


def _begun(task: Task) -> Iterator[Event]:
    """What a task lets begin to hold on a day: 自2024年7月1日起，全市禁止使用…."""
    for match in rules.one("comparing", "from_day").regex.finditer(task.text):
        begun = times.find(task.text[task.text.rfind("。", 0, match.start()) + 1 : match.start()])
        if begun and begun[-1].bound == "from" and begun[-1].start and _printed(begun[-1].text):
            yield Event("begins", match["what"], begun[-1].start, printed=True, task=task, everywhere=False)


def _printed(words: str) -> bool:
    """Whether words say a day and not a year alone."""
    return rules.one("draft_dates", "day_said").search(words) is not None


def _ends(deadlines: Iterable[Deadline]) -> dict[str, str]:
    """The one day, ISO, by which each target is due; what has several is left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for deadline in deadlines:
        if deadline.of and deadline.end and deadline.bound in ("by", "during"):
            found[deadline.of].add(deadline.end)
    return {of: next(iter(days)) for of, days in found.items() if len(days) == 1}


def _apart(one: Placed, other: Placed, ends: Mapping[str, str]) -> bool:
    """Whether two plans date a result differently; a day in a year and that year alone are one date."""
    first, second = ends[one.target.id], ends[other.target.id]
    whole_year = first[:4] == second[:4] and not (_printed(one.target.quote) and _printed(other.target.quote))
    stand = comparable(one.plan, other.plan) and annual(one.plan) == annual(other.plan)
    return first != second and not whole_year and stand


def _conflict(members: Sequence[Placed], ends: Mapping[str, str]) -> Conflict:
    facts = [one.target for one in members]
    subject = f"{facts[0].qualitative}{facts[0].indicator}"
    return _dated(subject, facts, [(day(ends[one.target.id]), one.plan.title) for one in members])


def _dated(
    subject: str,
    facts: Sequence[Target | Task],
    listed: Sequence[tuple[str, str]],
    *,
    code: str = "E468",
    kind: str = "deadline",
) -> Conflict:
    """A conflict of days, each with the title of its plan."""
    return of_each(kind, "warning", subject, facts, code, listed)
