"""Results in words (建成监测平台, 完成评估) and documents that plans of one place want done by different days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from plankb import rules, times
from plankb.checks.compare import Placed, placed, specific
from plankb.checks.responsibility import day, only_plan_end
from plankb.checks.settled import kept
from plankb.checks.standing import annual, comparable
from plankb.checks.wording import make
from plankb.errors import Language, message
from plankb.model import Conflict, Deadline, Plan, Target, Task, Words

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
                groups[one.indicator, one.scope, one.place, target.qualitative].append(one)
    for members in groups.values():
        apart = [pair for pair in combinations(members, 2) if _apart(*pair, ends)]
        if apart:
            yield _conflict([one for one in members if any(one in pair for pair in apart)], ends)


def unlike_events(plans: Mapping[str, Plan], tasks: Iterable[Task]) -> Iterator[Conflict]:
    """One conflict for each document that the tasks of plans of one place want made by different days, and for each
    ban or duty that they let begin on different days."""
    groups: dict[tuple[str | None, str], dict[str, tuple[Task, str]]] = defaultdict(dict)
    for task in tasks:
        plan = plans.get(task.plan)
        if plan and plan.jurisdiction:
            for what, end in _events(task.text):
                groups[plan.jurisdiction, what].setdefault(task.plan, (task, end))
    for (_, what), members in groups.items():
        due = {task.id: end for task, end in members.values()}
        tasks_ = [task for task, _ in members.values()]
        apart = [pair for pair in combinations(tasks_, 2) if _issued_apart(*pair, due, plans)]
        if apart:
            facts = [task for task in tasks_ if any(task in pair for pair in apart)]
            listed = [(day(due[task.id]), plans[task.plan].title) for task in facts]
            yield _dated(what, facts, listed)


def _printed(words: str) -> bool:
    """Whether words say a day and not a year alone."""
    return re.search("[月底末日]|季度|半年", words) is not None


def _events(text: str) -> Iterator[tuple[str, str]]:
    """(what, day) of the documents that a text wants made by a day, printed in the sentence before them, and of what
    begins to hold on a day."""
    for match in rules.one("comparing", "from_day").regex.finditer(text):
        begun = times.find(text[text.rfind("。", 0, match.start()) + 1 : match.start()])
        if begun and begun[-1].bound == "from" and begun[-1].start and _printed(begun[-1].text):
            yield match["what"], begun[-1].start
    yield from _issues(text)


def _issues(text: str) -> Iterator[tuple[str, str]]:
    for match in rules.one("comparing", "to_issue").regex.finditer(text):
        sentence = text[text.rfind("。", 0, match.start()) + 1 : match.start()]
        ahead = [
            time.end for time in times.find(sentence) if time.end and time.bound in ("by", "during") and not time.past
        ]
        if ahead:
            yield f"《{match['title']}》", ahead[-1]


def _issued_apart(one: Task, other: Task, due: Mapping[str, str], plans: Mapping[str, Plan]) -> bool:
    first, second = due[one.id], due[other.id]
    within = first[:4] == second[:4] and any(each.endswith("-12-31") for each in (first, second))
    return first != second and not within and comparable(plans[one.plan], plans[other.plan])


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


def _dated(subject: str, facts: Sequence[Target | Task], listed: Sequence[tuple[str, str]]) -> Conflict:
    """A conflict of days, each with the title of its plan."""

    def words(lang: Language) -> str:
        pattern, mark = ("{}（《{}》）", "；") if lang == "zh" else ("{} ({})", "; ")
        return message("E468", lang, task=subject, listed=mark.join(pattern.format(*each) for each in listed))

    return make("deadline", "warning", subject, facts, Words(zh=words("zh"), en=words("en")))
