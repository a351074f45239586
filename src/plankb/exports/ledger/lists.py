"""Lists of tasks with their state, the summary by bureau, and reports, as sheets for every format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from plankb.columns import join
from plankb.errors import Language
from plankb.exports.ledger import LedgerFile, counts_text
from plankb.exports.side_by_side import Line, Sheet, Tone
from plankb.ledger import Counts, Entry, Light
from plankb.ledger.columns import VALUES, Value, heading, share_text
from plankb.model import ROLES
from plankb.words import say, word

_LISTED = {
    "title": 14, "lead": 10, "others": 12, "by": 10, "due": 13, "days": 8, "light": 6, "state": 8, "done": 6,
    "note": 14, "problems": 9, "who": 7,
}  # fmt: skip
_BRIEF = ("title", "lead", "due", "days", "light", "state", "done", "note", "who")
"""The columns for a terminal."""
_TONES: Mapping[Light, Tone] = {"red": "bad", "yellow": "warn", "green": "good", "none": "plain"}
_COUNTED = ("total", "done", "share", "under_way", "behind", "not_started", "late", "soon", "reported")


def tasks(made: LedgerFile, title: str, lang: Language, *, brief: bool = False) -> Sheet:
    """Tasks with their state, a line each; `brief` for a terminal."""
    entries = made.ledger.entries
    several = len({entry.plan.id for entry in entries}) > 1
    keys = ("number", *(["plan"] if several and not brief else []), *(_BRIEF if brief else _LISTED))
    shares = tuple({"number": 6, "plan": 10, **_LISTED}[key] for key in keys)
    lines = [
        Line(tuple(_text(key, number, entry, lang, brief=brief) for key in keys), _TONES[entry.light])
        for number, entry in enumerate(entries, start=1)
    ]
    headings = tuple(_heading(key, lang, brief=brief) for key in keys)
    return Sheet(title, counts_text(made.ledger, lang), headings, shares, tuple(lines))


def _heading(key: str, lang: Language, *, brief: bool) -> str:
    return say("ledger.column-other.answers", lang) if brief and key == "lead" else heading(key, lang)


def _text(key: str, number: int, entry: Entry, lang: Language, *, brief: bool) -> str:
    if key == "number":
        return str(number)
    if key == "light":  # the line has its colour
        return word("light", entry.light, lang)
    if brief and key == "lead":  # whoever answers for it, where nobody leads
        return join(entry.task.lead or entry.task.joint)
    if key == "state":
        return word("state", entry.state, lang)
    if key == "done":
        return share_text(entry.done)
    return _plain(VALUES[key](entry, lang))


def _plain(value: Value) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def by_bureau(made: LedgerFile, lang: Language) -> Sheet:
    """The summary: a bureau a line, those with most late tasks first; tasks that name nobody stand last."""
    ledger = made.ledger
    counted = [(bureau, Counts.of(ledger.of_bureau(bureau, roles=made.roles))) for bureau in ledger.bureaus()]
    unnamed = ledger.where(lambda entry: not any((entry.task.lead, entry.task.support, entry.task.joint)))
    rows = [(made.bureaus.get(bureau, bureau), counts) for bureau, counts in counted if counts.total]
    rows.sort(key=lambda row: (-row[1].late, -row[1].soon, row[1].share, -row[1].total, row[0]))
    if unnamed.entries:
        rows.append((say("ledger.sheet.no_bureau", lang), Counts.of(unnamed)))
    headings = ("number", "bureau", *_COUNTED)
    lines = [
        Line((str(number), name, *(_count(counts, key) for key in _COUNTED)), _tone(counts))
        for number, (name, counts) in enumerate(rows, start=1)
    ]
    title = say("ledger.sheet.by_bureau", lang)
    if set(made.roles) < set(ROLES):
        title = say(
            "ledger.sheet.in_roles", lang, title=title, roles=join(word("role", one, lang) for one in made.roles)
        )
    shown = tuple(_summary_heading(key, lang) for key in headings)
    return Sheet(title, counts_text(ledger, lang), shown, (3, 14, *(6 for _ in _COUNTED)), tuple(lines))


def _count(counts: Counts, key: str) -> str:
    return share_text(counts.share) if key == "share" else str(getattr(counts, key))


def _tone(counts: Counts) -> Tone:
    return "bad" if counts.late else "warn" if counts.soon or counts.behind else "good" if counts.done else "plain"


def _summary_heading(key: str, lang: Language) -> str:
    states = {"done": "done", "under_way": "under-way", "behind": "late", "not_started": "not-started"}
    if key in states:
        return word("state", states[key], lang)
    return heading(key, lang) if key == "number" else say(f"ledger.column-other.{key}", lang)
