"""What stands in the cells of a task's title and measures: nothing twice, and no title that is a bare number."""

from __future__ import annotations

import re

from plankb.model import Task

_NUMBER_ALONE = re.compile(r"[\s\d.．、()（）一二三四五六七八九十]*")
_CLAUSE = re.compile(r"[^。；;，,：:\n]+")
_END = "。；;.　 "


def title_of(task: Task) -> str:
    """The title; the first words of a task whose title is a number (that of its row in a table)."""
    if not _NUMBER_ALONE.fullmatch(task.title):
        return task.title
    clause = _CLAUSE.search(task.text)
    return clause[0].strip() if clause else task.title


def measures_of(task: Task) -> str:
    """The text; "" where it says no more than the title, as in lists of tasks of one sentence each."""
    return "" if is_same(task.text, task.title) else task.text


def is_same(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever their white space and the sign at their end."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return "".join(text.split()).strip(_END)
