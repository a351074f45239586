"""Coverage (衔接): what the plans above ask of a plan, requirement by requirement, and how it answers.

Of the targets above those ask something of a place below that hold for every part (shares, intensities), for each place
(各市), or for this place by name; totals of the whole do not. Of the tasks above those that its government answers for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from plankb import rules, segment
from plankb.checks import levels, located
from plankb.checks.beside import nearly
from plankb.checks.compare import Placed, above, obstacle, of_each_part, placed, specific
from plankb.checks.responsibility import same_work
from plankb.in_force import together, versions, years
from plankb.model import AnyFact, Coverage, Plan, Target, Task, Verdict, Words
from plankb.phrases import value
from plankb.register import Place, places
from plankb.words import Language, say

_ORDER: tuple[Verdict, ...] = ("weaker", "missing", "later", "not-comparable", "met", "stricter")

_BEST: tuple[Verdict, ...] = ("stricter", "met", "later", "weaker", "not-comparable", "missing")


def plans_above(plan: Plan, plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """The plans of the places above a plan's that stand at its time; () where its place is unknown."""
    home = located.of(plan.jurisdiction) if plan.jurisdiction else None
    return tuple(
        other
        for other in plans
        if other.id != plan.id
        and other.jurisdiction
        and _is_above(located.of(other.jurisdiction), home)
        and together(other, plan)
        and not versions(other, plan)
    )


def _is_above(place: Place, home: Place | None) -> bool:
    """Whether a plan of a place asks anything of one of another: the nation asks provinces, and they ask cities."""
    return above(place, home) and (place is not places.COUNTRY or (home is not None and home.rank == "province"))


def coverage(
    plan: Plan, superiors: Sequence[Plan], targets: Iterable[Target], tasks: Iterable[Task] = ()
) -> tuple[Coverage, ...]:
    """How a plan answers to each requirement of the plans above, what is 弱化 and 未承接 first.

    `targets` and `tasks` are those of all these plans.
    """
    by_id = {each.id: each for each in (plan, *superiors)}
    known = [placed(target, by_id[target.plan]) for target in targets if target.plan in by_id and specific(target)]
    own = [one for one in known if one.plan.id == plan.id]
    found = [_answer(asked, own) for asked in known if asked.plan.id != plan.id and _asks(asked, plan)]
    given = tuple(tasks)
    found += _of_tasks(plan, by_id, given)
    field = words_of(plan, [one.target for one in own], [task for task in given if task.plan == plan.id])
    return tuple(sorted(found, key=lambda one: (is_general(one, field), _ORDER.index(one.verdict))))


def words_of(plan: Plan, targets: Iterable[Target], tasks: Iterable[Task]) -> frozenset[str]:
    """The words by which a plan's field is known: those of its title, of its tasks' titles and of its indicators."""
    said = (plan.title, *(task.title for task in tasks), *(target.indicator for target in targets))
    general = rules.words("comparing", "of_all_fields")
    return frozenset(word for text in said for word in segment.words(text) if len(word) > 1 and word not in general)


def is_general(one: Coverage, field: frozenset[str]) -> bool:
    """Whether what is not answered is a share of the whole above that neither speaks of each place nor of the field,
    known by its words, of the plan: it may well be another plan's to answer."""
    asked = one.superior
    if one.verdict != "missing" or not isinstance(asked, Target):
        return False
    named = asked.scope and (rules.one("checks", "each_place").match(asked.scope) or located.at_start(asked.scope))
    return not named and not field & set(segment.words(asked.indicator))


def of_plans(
    plans: Sequence[Plan], superiors: Sequence[Plan], targets: Iterable[Target], tasks: Iterable[Task] = ()
) -> tuple[Coverage, ...]:
    """How the plans of one place answer together: to each requirement the best that any of them does."""
    known, work = tuple(targets), tuple(tasks)
    best: dict[str, Coverage] = {}
    for plan in plans:
        others = {each.id for each in plans if each.id != plan.id}
        for one in coverage(
            plan,
            [each for each in superiors if each.id not in others],
            (target for target in known if target.plan not in others),
            (task for task in work if task.plan not in others),
        ):
            key = getattr(one.superior, "id", "")
            if key not in best or _BEST.index(one.verdict) < _BEST.index(best[key].verdict):
                best[key] = one
    return tuple(sorted(best.values(), key=lambda one: _ORDER.index(one.verdict)))


def _asks(asked: Placed, plan: Plan) -> bool:
    """Whether a target of a plan above asks anything of the plan's own place."""
    home = located.of(plan.jurisdiction) if plan.jurisdiction else None
    if asked.level is None or asked.yearly or asked.target.stretch:
        return False
    if asked.place == home:  # it names this place
        return True
    if not above(asked.place, home):
        return False
    for_each = rules.one("checks", "each_place").match(asked.target.scope or "")
    return bool(for_each) or (of_each_part(asked) and not levels.endowed(asked.target))


def _answer(asked: Placed, own: Sequence[Placed]) -> Coverage:
    alike = [one for one in own if one.indicator == asked.indicator]
    alone = (_over_years(one, asked) for one in alike)
    fitting = [one for one in alone if one is not None and obstacle(one, asked) is None]
    if fitting:
        verdict, answers = _verdict(asked, fitting)
        return _record(asked.target, [one.target for one in answers], verdict)
    if alike:
        return _record(asked.target, [one.target for one in alike], "not-comparable")
    groups: dict[str, list[Placed]] = {}
    for one in own:
        groups.setdefault(one.indicator, []).append(one)
    near = nearly(asked, groups)
    return _record(asked.target, [one.target for one in near], "not-comparable" if near else "missing")


def _over_years(one: Placed, asked: Placed) -> Placed | None:
    """An own target as it answers to one asked: an amount of each year comes to its sum over the plan's years where
    the sum is asked for (每年建成120个, asked 500 by the end). None where one is of each year, and no sum can be told.
    """
    if one.target.per == asked.target.per:
        return one
    span = years(one.plan)
    if asked.target.per or one.level is None or span is None or one.level.unit == "%":
        return None
    last = min(int(each[:4]) for each in (asked.target.by, one.target.by, str(span[1])) if each)
    count = max(last - span[0] + 1, 1)
    total = replace(one.level, value=one.level.value * count, upper=one.level.upper and one.level.upper * count)
    return replace(one, level=total)


def _verdict(asked: Placed, own: Sequence[Placed]) -> tuple[Verdict, list[Placed]]:
    """The verdict on the own targets that can be set against a requirement, and those that it rests on."""
    due = asked.target.by or ""
    if not due or not all(one.target.by for one in own):
        return _beside(asked, own[0]), [own[0]]
    same = [one for one in own if one.target.by == due]
    if same:
        return _beside(asked, same[0]), same
    reached = [one for one in own if _beside(asked, one) in ("met", "stricter")]
    early = [one for one in reached if (one.target.by or "") < due]
    if early:
        return ("stricter" if any(_beside(asked, one) == "stricter" for one in early) else "met"), early
    if reached:
        return "later", reached
    short = [one for one in own if (one.target.by or "") > due]
    return ("weaker", short) if short else ("not-comparable", list(own))


def _beside(asked: Placed, one: Placed) -> Verdict:
    """How one level answers to another of the same kind, whatever their times."""
    if asked.level is None or one.level is None:
        return "not-comparable"
    if levels.same(asked.level, one.level):
        return "met"
    way = levels.direction(asked.target) or levels.direction(one.target)
    if way is None:
        return "not-comparable"
    return "weaker" if levels.weaker(one.level, asked.level, way) else "stricter"


def _of_tasks(plan: Plan, plans: Mapping[str, Plan], tasks: Sequence[Task]) -> Iterator[Coverage]:
    """The tasks above that the governments of this place answer for, and the plan's own tasks of the same work."""
    home = located.of(plan.jurisdiction) if plan.jurisdiction else None
    own = [task for task in tasks if task.plan == plan.id]
    for task in tasks:
        if task.plan != plan.id and task.plan in plans and home and _binds_governments(task, home):
            answers = [other for other in own if same_work(task.title, other.title)]
            yield _record(task, answers, "met" if answers else "missing")


@cache
def _governments() -> re.Pattern[str]:
    return rules.union("comparing", "governments")


def _binds_governments(task: Task, home: Place) -> bool:
    """Whether a task names the governments below, or that of this place."""
    named = any(_governments().search(body) for body in task.collective or ())
    return named or any(bureau == f"{home.code}:government" for bureau in task.bureaus.values())


def _record(superior: AnyFact, answers: Sequence[AnyFact], verdict: Verdict) -> Coverage:
    why = Words(zh=_why(superior, answers, verdict, "zh"), en=_why(superior, answers, verdict, "en"))
    return Coverage(superior=superior, answers=tuple(answers), verdict=verdict, why=why)


def _why(superior: AnyFact, answers: Sequence[AnyFact], verdict: Verdict, lang: Language) -> str:
    mark = "；" if lang == "zh" else "; "
    listed = mark.join(dict.fromkeys(_said(answer, lang) for answer in answers))
    asked = _said(superior, lang)
    if not listed:
        return say("records.coverage.unanswered", lang, asked=asked)
    why = say("records.coverage.why", lang, asked=asked, answer=listed)
    last = _last_year(superior, answers) if verdict == "not-comparable" else None
    return say("records.coverage.short", lang, why=why, last=last) if last else why


def _last_year(superior: AnyFact, answers: Sequence[AnyFact]) -> str | None:
    """The last year that the answers name where their path ends before the year asked for; else None."""
    due = superior.by if isinstance(superior, Target) else None
    named = [answer.by for answer in answers if isinstance(answer, Target) and answer.by]
    ends = max(named, default="")
    return ends[:4] if due and len(named) == len(answers) > 1 and ends[:4] < due[:4] else None


def _said(fact: AnyFact, lang: Language) -> str:
    if isinstance(fact, Target):
        when = (f"{fact.by}年" if lang == "zh" else f"{fact.by}: ") if fact.by else ""
        return f"{when}{fact.indicator}{value(fact, lang)}"
    return fact.title if isinstance(fact, Task) else fact.quote
