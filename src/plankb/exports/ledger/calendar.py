"""Deadlines as a calendar file (iCalendar, RFC 5545): a day for each task that is not done, with an alarm before it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from plankb.columns import join
from plankb.errors import Language
from plankb.exports.ledger import LedgerFile
from plankb.exports.safe import plain_text
from plankb.ledger import Due, Entry
from plankb.ledger.dues import Every
from plankb.words import say

if TYPE_CHECKING:
    from icalendar import Event

_TOLD = 500
"""Characters of a task that a calendar shows."""
_SHORTEST = 28
"""A day of a month after this one is its last."""
_LONGEST: dict[Every | None, int] = {None: 365, "year": 60, "quarter": 15, "month": 5}
"""Days before its day from which a task may be announced, by how often it comes again."""


def ledger(made: LedgerFile, *, lang: Language = "zh") -> bytes:
    """The file's bytes. What is done has no day, unless it comes again."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//plankb//ledger//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", plain_text(made.name) or say("ledger.calendar.name", lang))
    stamp = datetime.combine(made.ledger.today, datetime.min.time(), UTC)
    for entry in made.ledger.entries:
        for due in entry.dues:
            if entry.state != "done" or due.every:
                calendar.add_component(_event(entry, due, stamp, made.ledger.today, made.ledger.soon, lang))
    data: bytes = calendar.to_ical()
    return data


def _event(entry: Entry, due: Due, stamp: datetime, today: date, soon: int, lang: Language) -> Event:
    from icalendar import Alarm, Event

    task, day = entry.task, due.next(today)
    lead = join(task.lead or task.joint)
    key = "summary" if lead else "summary_alone"
    summary = say(f"ledger.calendar.{key}", lang, title=task.title, lead=lead)
    event = Event()
    event.add("uid", f"{_uid(task.id, due)}@plankb")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", plain_text(summary))
    event.add("description", plain_text(f"{task.quote[:_TOLD]}\n《{entry.plan.title}》 {' / '.join(task.section)}"))
    event.add("transp", "TRANSPARENT")
    if due.every:
        event.add("rrule", _rule(due))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain_text(summary))
    alarm.add("trigger", timedelta(days=-min(soon, _LONGEST[due.every])))
    event.add_component(alarm)
    return event


def _rule(due: Due) -> dict[str, object]:
    """Ends of months are counted from the end, so that they stay there in February."""
    day = -1 if due.day > _SHORTEST else due.day
    until = {"until": due.until} if due.until else {}
    if due.every == "year":
        return {"freq": "yearly", "bymonth": due.month, "bymonthday": day, **until}
    return {"freq": "monthly", "interval": 3 if due.every == "quarter" else 1, "bymonthday": day, **until}


def _uid(task: str, due: Due) -> str:
    said = f"{task}\x1f{due.on}\x1f{due.every}\x1f{due.month}\x1f{due.day}"
    return blake2b(said.encode(), digest_size=12).hexdigest()
