"""A report as a record: what it keeps of its task, and its id."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import TypedDict

from plankb.ledger import TEXTS
from plankb.model import Progress, State, Task


def progress(
    task: Task,
    state: State,
    *,
    done: float | None,
    said: Mapping[str, str],
    who: str,
    when: str,
    bureau: str | None = None,
    origin: str | None = None,
) -> Progress:
    """A report that is not kept yet: its `kept` and `batch` are empty; `said` are its texts by field."""
    return Progress(
        id=_id(task.id, state, done, who, when, *(said.get(field, "") for field in TEXTS)),
        state=state,
        done=done,
        who=who,
        when=when,
        bureau=bureau,
        kept="",
        batch="",
        origin=origin,
        **words_of(task),
        **said,
    )


class TaskWords(TypedDict):
    """What a report keeps of its task, to find it again."""

    task: str
    plan: str
    section: tuple[str, ...]
    title: str
    source: str


def words_of(task: Task) -> TaskWords:
    """These words of a task."""
    return {"task": task.id, "plan": task.plan, "section": task.section, "title": task.title, "source": task.quote}


def _id(*said: object) -> str:
    text = "\x1f".join("" if one is None else str(one) for one in said)
    return f"report-{blake2b(text.encode(), digest_size=6).hexdigest()}"
