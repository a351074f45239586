"""Results in words and the days by which plans want them: 建成监测平台 2024年底前, 完成与省平台的对接 2025年12月.

They are read from tasks, sentence by sentence; a sentence without a time takes the one day of its task. A task that is
no more than a name and a day (a row of a table) is the result that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from plankb import rules, times
from plankb.model import Deadline, Task
from plankb.rules.kinds import Doing
from plankb.rules.model import Rule

_SHORTEST, _ROW = 5, 60
"""Characters of a name that tells one result from another; of a text that is no more than a row of a table."""
_CLAUSE = re.compile(r"[^，；：。（）()]+")
_SENTENCE = re.compile(r"[^。；\n]+")


@dataclass(frozen=True, slots=True)
class Event:
    """What a task wants done by a day (ISO). `printed`: the words say the day and not a year alone."""

    kind: str
    """done, used, begun, issued or ended."""
    name: str
    day: str
    printed: bool
    task: Task
    everywhere: bool
    """Whether the sentence says that it binds all places below."""


def events(task: Task, due: Sequence[Deadline]) -> Iterator[Event]:
    """The results of a task; `due` are the times by which the task itself is to be done."""
    days = {deadline.end: deadline.quote for deadline in due if deadline.end}
    own = next(iter(days.items())) if len(days) == 1 else None
    for sentence in _SENTENCE.findall(task.text):
        yield from _of_sentence(sentence, task, own)
    if own and "\t" in task.quote and len(task.text) <= _ROW and (name := bare(task.title)):
        yield Event("done", name, own[0], printed=_is_printed(own[1]), task=task, everywhere=False)


def _is_printed(words: str) -> bool:
    """Whether words say a day or month and not a year alone."""
    return rules.one("draft_dates", "day_of_result").search(words) is not None


def _of_sentence(sentence: str, task: Task, own: tuple[str, str] | None) -> Iterator[Event]:
    if not _may_hold().search(sentence):
        return
    found = times.find(sentence)
    ahead = [time for time in found if time.end and time.bound in ("by", "during") and not time.past and not time.base]
    everywhere = rules.one("comparing", "event.all_below").search(sentence) is not None
    if any(time.bound == "from" and not time.past for time in found):
        return  # what begins to hold at a day is no result
    earlier = built = ""
    for clause in _CLAUSE.finditer(sentence):
        if any(clause.start() <= time.span[0] < clause.end() for time in found if time not in ahead):
            continue  # the clause tells of what has been
        before = [time for time in ahead if time.span[0] < clause.end()]
        words = _without(clause.group(), [(a - clause.start(), b - clause.start()) for a, b in (t.span for t in ahead)])
        subject, built = built or earlier, words if _of_title(words) else built
        day = (before[-1].end or "", before[-1].text) if before else None if ahead else own
        if day is None:
            earlier = words
            continue
        for kind, name in _results(words, subject, task.title):
            yield Event(kind, name, day[0], _is_printed(day[1]), task, everywhere)
        earlier = words


def _without(words: str, spans: Sequence[tuple[int, int]]) -> str:
    """The words of a clause without the times in it."""
    for start, end in reversed(spans):
        if end > 0 and start < len(words):
            words = words[: max(0, start)] + words[end:]
    return words


@cache
def _may_hold() -> re.Pattern[str]:
    forms = [*rules.many("comparing", "event.before", Doing), *rules.many("comparing", "event.behind", Doing)]
    return re.compile("|".join(f"(?:{form.expression.removesuffix('$')})" for form in forms))


@lru_cache(maxsize=50_000)
def _results(words: str, earlier: str, title: str) -> tuple[tuple[str, str], ...]:
    """(kind, name) of what a clause says is done: 建成某平台, 某平台建成投用; 推进某平台建设，确保…建成; () without.

    What neither the clause nor the one before names is that of the task's title: 建设某平台。占地60亩，…建成."""
    for form in rules.many("comparing", "event.behind", Doing):
        found = form.search(words)
        subject = words[: found.start()] if found else ""
        left_out = found is not None and not rules.one("contrasts", "event.intent").sub(subject)
        before = _has().sub(earlier)
        name = bare(subject) or (_of_title(before) or bare(before) or _of_title(title) if left_out else "")
        if found and name:
            return ((form.means, name),)
    for form in rules.many("comparing", "event.before", Doing):
        found = form.search(words)
        what = words[found.end() :] if found else ""
        if found and (name := bare(what) or _joined(earlier, what)):
            return ((form.means, name),)
    return ()


def _of_title(title: str) -> str:
    """The name of what a title says is to be built; "" where it says something else."""
    rest = rules.one("comparing", "event.of_title").match(title)
    return bare(title[rest.end() :]) if rest else ""


def _has() -> Rule:
    return rules.one("contrasts", "event.has")


def _joined(earlier: str, what: str) -> str:
    """The name that a clause leaves to the one before: 病险水库9座，…完成除险加固; 加快水库除险加固，…完成存量任务."""
    size = rules.one("contrasts", "event.size")
    subject = size.sub(rules.one("contrasts", "event.there_are").sub(earlier))
    if rules.one("contrasts", "event.the_rest").fullmatch(what):
        return bare(subject)
    return bare(subject + what) if size.search(earlier) and len(what) < _SHORTEST else ""


@lru_cache(maxsize=50_000)
def bare(name: str) -> str:
    """The name of a result without what leads it in and closes it; "" where it tells nothing apart."""
    trim, last = rules.one("comparing", "event.trim").regex, ""
    for part in ("signs", "how_many", "size"):
        name = rules.one("contrasts", f"event.{part}").sub(name)
    whole = name
    while name != last:
        last, name = name, trim.sub("", name)
    name = name if len(name) >= _SHORTEST else whole
    parted = rules.one("comparing", "event.generic").search(name) or rules.one("contrasts", "event.amount").search(name)
    return "" if len(name) < _SHORTEST or parted else name
