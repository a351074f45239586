"""One measure led by different bureaus: a list of tasks beside the text that it lists, and plans of one place that want
the same done in the same words under tasks of other names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from plankb import rules, segment
from plankb.checks.events import bare
from plankb.checks.responsibility import apart_leads, same_work, share_lead
from plankb.in_force import comparable
from plankb.model import Conflict, Plan, Task

_LONG_ENOUGH, _NAME, _COMMON, _MANY, _LEAST = 8, 5, 4, 4, 6
"""Characters of words that tell a measure from others, and of a row's name in the one task that says it;
from how many tasks on such words are a phrase of all plans; words of a row's title that tell it from others;
characters of what a sentence says to be led."""
_CLAUSE = re.compile(r"[^，；。：（）()\n]+")


def unlike_leads(plans: Mapping[str, Plan], tasks: Sequence[Task], known: Iterable[Conflict]) -> Iterator[Conflict]:
    """What `known` conflicts set against one another already is left out."""
    told = {frozenset(fact.id for fact in conflict.facts) for conflict in known}
    led = [task for task in tasks if task.lead and task.plan in plans]
    found = (*_inside(plans, led), *_in_the_same_words(plans, led), *_said_in_sentences(plans, tasks))
    for conflict in found:
        if not any({fact.id for fact in conflict.facts} <= each for each in told):
            yield conflict


def _inside(plans: Mapping[str, Plan], led: Sequence[Task]) -> Iterator[Conflict]:
    """Rows of a list of tasks whose lead is not that of the task in the text."""
    by_plan: dict[str, list[Task]] = defaultdict(list)
    for task in led:
        by_plan[task.plan].append(task)
    for members in by_plan.values():
        rows = [task for task in members if "\t" in task.quote]
        texts = [task for task in members if "\t" not in task.quote]
        for row in rows if texts else ():
            told = _told_in(row, texts)
            if told and not share_lead(row, told):
                yield apart_leads(plans, (told, row), "E448", kind="internal", subject=row.title)


def _told_in(row: Task, texts: Sequence[Task]) -> Task | None:
    """The one task of the text that a row lists: of its title, or whose words hold all those of the row."""
    same = [task for task in texts if same_work(task.title, row.title)]
    found = same or _holding(row, texts)
    return found[0] if len(found) == 1 else None


def _holding(row: Task, texts: Sequence[Task]) -> list[Task]:
    """The tasks whose words hold all those of a row's title, and whose title holds half of them."""
    words = [word for word in segment.words(bare(row.title)) if len(word) > 1]
    name = bare(row.title)
    if len(name) >= _NAME and (whole := [task for task in texts if name in task.text]):
        return whole
    if len(words) >= _MANY and (all_of := [task for task in texts if _in_one_sentence(words, task)]):
        return all_of
    return named_by(words, texts)


def named_by(words: Sequence[str], tasks: Sequence[Task]) -> list[Task]:
    """The tasks that say each of two words or more, and half of them in their title."""
    return [
        task
        for task in tasks
        if len(words) > 1
        and all(word in task.text or word in task.title for word in words)
        and sum(word in task.title for word in words) * 2 >= len(words)
    ]


def _in_one_sentence(words: Sequence[str], task: Task) -> bool:
    """Whether one sentence of a task, with its title, holds all of some words."""
    return any(all(word in sentence or word in task.title for word in words) for sentence in task.text.split("。"))


def _said_in_sentences(plans: Mapping[str, Plan], tasks: Sequence[Task]) -> Iterator[Conflict]:
    """What sentences of several plans of a place say that unlike bureaus lead: X工作由甲局牵头."""
    groups: dict[tuple[str, str], dict[str, Task]] = defaultdict(dict)
    in_words: set[str] = set()
    for task in tasks:
        place = plans[task.plan].jurisdiction if task.plan in plans else None
        inside = rules.one("contrasts", "led_by").search(task.text) is not None
        in_words |= {task.id} if inside else set()
        for what, who in _led(task, inside=inside) if place else ():
            said = task.model_copy(update={"lead": (who,), "bureaus": {}})
            groups[place or "", what].setdefault(f"{task.plan} {who}", said)
    for (_, what), members in groups.items():
        apart = _apart(plans, list(members.values())) if len(members) > 1 else []
        if any(task.id in in_words for task in apart):
            yield apart_leads(plans, apart, "E469", subject=what)


def _led(task: Task, *, inside: bool) -> Iterator[tuple[str, str]]:
    """(what, who leads it) as the sentences of a task say; of a task of one sentence whose lead a note tells its first
    clause."""
    found = [(match["what"], match["who"]) for match in rules.one("contrasts", "led_by").regex.finditer(task.text)]
    clauses = _CLAUSE.findall(task.text)
    if not inside and len(task.lead) == 1 and clauses and "。" not in task.text.rstrip("。"):
        found = [(clauses[0], task.lead[0])]
    for what, who in found:
        if len(bare_of := rules.one("contrasts", "led_how").sub(what)) >= _LEAST:
            yield bare_of, who


def _in_the_same_words(plans: Mapping[str, Plan], led: Sequence[Task]) -> Iterator[Conflict]:
    """Measures that plans of one place put into the same words, under leads that have none in common."""
    groups: dict[tuple[str, str], dict[str, Task]] = defaultdict(dict)
    for task in led:
        place = plans[task.plan].jurisdiction
        common = rules.one("checks", "common_task")
        for what in _measures(task.text) if place and not common.search(task.title) else ():
            groups[place or "", what][task.id] = task
    found: dict[frozenset[str], tuple[str, Sequence[Task]]] = {}
    for (_, what), members in groups.items():
        if 1 < len(members) <= _COMMON:
            apart = _apart(plans, list(members.values()))
            if apart:
                found.setdefault(frozenset(task.id for task in apart), (what, apart))
    for what, facts in found.values():
        yield apart_leads(plans, facts, "E469", subject=what)


def _apart(plans: Mapping[str, Plan], members: Collection[Task]) -> list[Task]:
    pairs = [
        pair
        for pair in combinations(members, 2)
        if comparable(plans[pair[0].plan], plans[pair[1].plan]) and not share_lead(*pair)
    ]
    return [task for task in members if any(task in pair for pair in pairs)]


@cache
def _doing() -> re.Pattern[str]:
    return rules.union("comparing", "doing")


def _measures(text: str) -> Iterator[str]:
    """What the clauses of a text say is done, each from behind its verb; only what is long enough to tell it apart."""
    for clause in _CLAUSE.findall(text):
        verb = _doing().search(clause)
        what = bare(clause[verb.end() :]) if verb else ""
        named = verb is not None and len(what) >= _LEAST and rules.one("comparing", "own_work").search(what)
        if (len(what) >= _LONG_ENOUGH or named) and not rules.one("checks", "common_task").search(what):
            yield what
