"""The columns of the ledger: their keys, what stands in them, and which of them are filled in by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from plankb import rules
from plankb.columns import join
from plankb.ledger.model import Entry
from plankb.model import Progress
from plankb.words import Language, say, table, word

FILLED = ("state", "done", "note", "evidence", "problems", "next", "who", "when")
"""The columns that are filled in by hand, with the fields of a report that they hold."""
_PREFIX = "column."
_LONGEST = 20
"""Characters of a heading."""
Value = str | float | date | None


def heading(key: str, lang: Language) -> str:
    """The heading of a column."""
    return say(f"ledger.{_PREFIX}{key}", lang)


@lru_cache(maxsize=1024)
def heading_key(text: str) -> str | None:
    """The key of a heading in either language; None for one that is not ours."""
    wanted = "".join(text.split())
    for key, pair in table("ledger").items():
        if key.startswith(_PREFIX) and wanted in ("".join(words.split()) for words in pair):
            return key.removeprefix(_PREFIX)
    return None


@lru_cache(maxsize=1024)
def heading_like(text: str) -> str | None:
    """The key of a heading in other words than ours ("工作进展", "完成率"); None for one that means no column."""
    said = "".join(text.split())
    if len(said) > _LONGEST:
        return None
    return next((rule.means for rule in rules.many("ledger", "heading") if rule.fullmatch(said)), None)


def row_key(entry: Entry, bureau: str | None) -> str:
    """What the hidden column says of a row: the task, the report that the row shows, the bureau it is written for."""
    return json.dumps([entry.task.id, entry.latest.id if entry.latest else None, bureau], ensure_ascii=False)


def read_row_key(text: str) -> tuple[str, str | None, str | None] | None:
    """Task, report and bureau of a row; None for another text."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match found:
        case [str(task), str() | None as report, str() | None as bureau]:
            return task, report, bureau
    return None


def light_text(entry: Entry, lang: Language) -> str:
    """The light in a sign and a word: a cell that does not depend on its colour."""
    return f"{'○' if entry.light == 'none' else '●'} {word('light', entry.light, lang)}"


def others_text(entry: Entry) -> str:
    """Who answers for a task besides the lead."""
    return join((*entry.task.support, *entry.task.joint, *(entry.task.collective or ())))


def by_text(entry: Entry, lang: Language) -> str:
    """The words that set the time; 持续推进 for work without an end."""
    return say("ledger.remark.ongoing", lang) if entry.ongoing else entry.due_words


def share_text(share: float | None) -> str:
    """A share in percent; "" where nobody says."""
    return "" if share is None else f"{share:.0%}"


def _said(field: str) -> Callable[[Entry, Language], Value]:
    return lambda entry, _: getattr(entry.latest, field) if entry.latest else ""


def _state(entry: Entry, lang: Language) -> Value:
    return word("state", entry.latest.state, lang) if entry.latest else ""


def _when(report: Progress | None) -> date | None:
    return date.fromisoformat(report.when) if report else None


VALUES: Mapping[str, Callable[[Entry, Language], Value]] = {
    "plan": lambda entry, _: entry.plan.title,
    "title": lambda entry, _: entry.task.title,
    "measures": lambda entry, _: entry.task.text,
    "lead": lambda entry, _: join(entry.task.lead),
    "others": lambda entry, _: others_text(entry),
    "by": by_text,
    "due": lambda entry, _: entry.due,
    "days": lambda entry, _: entry.days,
    "light": light_text,
    "state": _state,
    "done": lambda entry, _: entry.latest.done if entry.latest else None,
    **{field: _said(field) for field in ("note", "evidence", "problems", "next", "who")},
    "when": lambda entry, _: _when(entry.latest),
}
"""What stands in a column for an entry; a share is a number from 0 to 1."""
