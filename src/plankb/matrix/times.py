"""The times of a task as its plan prints them, the earliest first: 2026年3月底前, 第三季度, 每年12月底前, 持续推进."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plankb import rules
from plankb.ledger.dues import Due, dues, last_day
from plankb.matrix.cells import time_text
from plankb.model import Deadline, Plan, Task


def times_of(task: Task, deadlines: Iterable[Deadline], plan: Plan, corrected: str | None = None) -> tuple[str, ...]:
    """The words of a task's deadlines, sorted by their days; work without an end says so; () where there is no time.

    `deadlines` are those of the task. `corrected` are the words in which a person put the time, None where they are
    not known: they count before those of the plan.
    """
    if corrected:
        return (corrected,)
    if task.review and "by" in task.review.fields:
        return _years(task)
    known = [one.model_copy(update={"quote": _corrected_words(one)}) if one.review else one for one in deadlines]
    named = [_words(due) for due in _told(dues(task, known, plan))]
    ongoing = rules.one("cells", "ongoing").search(task.quote)
    words = [*(named or _years(task)), *([ongoing[0]] if ongoing else [])]
    return tuple(dict.fromkeys(words))


def year_of_list(plan: Plan) -> str | None:
    """The year of a list of the tasks of one year (2025年重点工作任务分工); None for another plan."""
    first, _, last = (plan.period or "").partition("-")
    return first if first and first == last else None


def _years(task: Task) -> tuple[str, ...]:
    """The times that the record names, where the text holds none of them (the headings of a table)."""
    return tuple(time_text((by,)) for by in sorted(task.by, key=lambda by: (str(last_day(by) or ""), by)))


def _corrected_words(deadline: Deadline) -> str:
    return time_text(filter(None, (deadline.end or deadline.by,))) or deadline.quote


def _told(found: Iterable[Due]) -> Iterator[Due]:
    """Days, and what comes again; how often something is done (每年培训100人) only where no day is named."""
    by_degrees, how_often = (rules.one("cells", name).regex for name in ("by_degrees", "how_often"))
    said = [due for due in found if not by_degrees.search(due.words)]
    yield from [due for due in said if due.on or not how_often.fullmatch(due.words)] or said


def _words(due: Due) -> str:
    """The words of a day without the preposition before them and the verb after them."""
    text = rules.one("cells", "before_time").regex.sub("", due.words)
    text = rules.one("cells", "after_time").regex.sub("", text)
    return f"{text}期间" if rules.one("cells", "bare_period").regex.fullmatch(text) else text
