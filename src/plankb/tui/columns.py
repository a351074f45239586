"""How wide each column of a record is on the screen, and what it is sorted by; what it says is in `plankb.columns`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from plankb.columns import COLUMNS, Shown, heading, load_of, title_of
from plankb.kb import AnyAnswer, Entry, Light
from plankb.model import ROLES, Bureau, Conflict, Deadline, Fact, Finding, Passage, Plan
from plankb.tui.cells import Align, Cut
from plankb.tui.sheet import AnyColumn, AnySheet, Column, Sheet
from plankb.words import Speaker, word

Titles = Mapping[str, str]
"""Plan id to title."""
_SAMPLE = 500
"""Records that are looked at for which columns say anything."""
_SEVERITIES = ("error", "warning", "info")
_LIGHTS: Mapping[Light, str] = {"red": "✗ ", "yellow": "! ", "green": "✓ ", "none": "· "}
_SIGNS = {"error": "✗", "warning": "!", "info": "·"}


@dataclass(frozen=True, slots=True)
class _Place:
    """A column on the screen: its key in `plankb.columns`, the cells it takes, its share of what is left over."""

    key: str
    width: int
    grow: int = 0
    align: Align = "left"
    cut: Cut = "end"


_PLAN = _Place("plan", 16, 1, cut="middle")
_LAYOUT: Mapping[str, tuple[_Place, ...]] = {
    "task": (_Place("title", 20, 5), _Place("lead_or_joint", 16, 4), _Place("beside", 12, 4), _Place("by", 7), _PLAN),
    "target": (
        *(_Place("indicator", 24, 5), _Place("value", 13, 2), _Place("by", 7), _Place("nature", 6)),
        *(_Place("baseline", 6, 1), _PLAN),
    ),
    "bureau": (
        *(_Place("bureau", 20, 4), _Place("jurisdiction", 8, 1)),
        *(_Place(role, 8, align="right") for role in ROLES),
        _Place("total", 6, align="right"),
    ),
    "plan": (
        *(_Place("plan", 30, 5), _Place("issuer", 14, 2), _Place("level", 6), _Place("period", 10)),
        _Place("date", 10),
    ),
    "deadline": (_Place("when", 12), _Place("of", 20, 5), _Place("quote", 12, 3), _PLAN),
    "project": (_Place("name", 28, 5), _Place("quantity", 14, 1), _Place("box", 14, 2), _PLAN),
    "citation": (_Place("document", 30, 5), _Place("number", 18, 1), _PLAN),
    "passage": (_Place("quote", 36, 6), _Place("section", 14, 2), _PLAN),
    "conflict": (_Place("indicator", 18, 3), _Place("reason", 22, 5), _Place("plan", 14, 3)),
}
_WIDER_IN_ENGLISH = {"nature": 8}


def sheet_of(
    records: Sequence[AnyAnswer], say: Speaker, titles: Titles, *, kind: str | None = None, reviewed: bool | None = None
) -> AnySheet:
    """A sheet of records of one kind, or of several: then with the columns that any record has.

    For records that are read when they are shown, `kind` says their kind and `reviewed` whether people spoke of any.
    """
    if kind is None:
        if not records:
            return Sheet((), ())
        kinds = {record.kind for record in records}
        kind = next(iter(kinds)) if len(kinds) == 1 else ""
    shown = Shown(say.lang, titles)
    first, *rest = _columns(kind, shown, say) if kind in _LAYOUT else _quotes(shown, say)
    sample = records[:_SAMPLE]
    kept = [column for column in rest if any(map(column.cell, sample))]
    review = review_column(say)
    if reviewed if reviewed is not None else any(map(review.cell, records)):
        kept.insert(0, review)
    return Sheet((first, *kept), records)


def entry_columns(say: Speaker, titles: Titles) -> tuple[Column[Entry], ...]:
    """Tasks with their state: light, day, task, who leads, state, plan."""
    shown = Shown(say.lang, titles)

    def light(entry: Entry) -> str:
        return f"{_LIGHTS[entry.light]}{_day_words(entry, say)}"

    def state(entry: Entry) -> str:
        done = "" if entry.latest is None or entry.done is None else f" {entry.done:.0%}"
        return word("state", entry.state, say.lang) + (done if entry.latest else "")

    task = COLUMNS["task"]
    return (
        Column[Entry](
            title=say("deadlines.light"),
            cell=light,
            width=17 if say.lang == "en" else 14,
            key=lambda e: (e.due is None, e.due),
            tone=_lit,
        ),
        Column[Entry](title=heading("by", say.lang), cell=lambda e: _due_words(e), width=10),
        Column[Entry](title=heading("title", say.lang), cell=lambda e: e.task.title, width=20, grow=5),
        Column[Entry](
            title=heading("lead_or_joint", say.lang),
            cell=lambda e: task["lead_or_joint"](e.task, shown),
            width=14,
            grow=3,
        ),
        Column[Entry](title=say("report.state"), cell=state, width=11 if say.lang == "en" else 8),
        Column[Entry](title=heading("plan", say.lang), cell=lambda e: shown.title(e.task.plan), width=14, grow=1),
    )


def _due_words(entry: Entry) -> str:
    return entry.due.isoformat() if entry.due else ""


def _day_words(entry: Entry, say: Speaker) -> str:
    """How many days it is late, or has left."""
    if entry.state == "done":
        return say("deadlines.is_done")
    if entry.days is None:
        return say("deadlines.is_ongoing") if entry.ongoing else say("deadlines.is_open")
    if entry.days < 0:
        return say("deadlines.days_late", days=-entry.days)
    return say("deadlines.days_left", days=entry.days)


def _lit(entry: Entry) -> str | None:
    return {"red": "bad", "yellow": "warn", "none": "dim"}.get(entry.light)


def review_column(say: Speaker) -> Column[AnyAnswer]:
    """Whether a person said that a fact is right, or corrected it; empty for a fact as the program read it."""
    signs = {"accept": say("review.is_accepted"), "correct": say("review.is_corrected")}

    def sign(row: AnyAnswer) -> str:
        return signs[row.review.action] if isinstance(row, Fact) and row.review else ""

    return Column(title=say("review.column"), cell=sign, width=6)


def severity_column(say: Speaker) -> Column[Conflict | Finding]:
    """How bad it is, in a word and a sign."""
    return Column(
        title=heading("severity", say.lang),
        cell=lambda row: f"{_SIGNS[row.severity]} {word('severity', row.severity, say.lang)}",
        width=9 if say.lang == "en" else 6,
        key=lambda row: _SEVERITIES.index(row.severity),
        tone=lambda row: {"error": "bad", "warning": "warn"}.get(row.severity),
    )


def _columns(kind: str, shown: Shown, say: Speaker) -> tuple[AnyColumn, ...]:
    made = tuple(_column(kind, place, shown) for place in _LAYOUT[kind])
    return (severity_column(say), *made) if kind == "conflict" else made


def _column(kind: str, place: _Place, shown: Shown) -> AnyColumn:
    text = COLUMNS[kind][place.key]
    return Column(
        title=heading(place.key, shown.lang),
        cell=lambda row: text(row, shown),
        width=_WIDER_IN_ENGLISH.get(place.key, place.width) if shown.lang == "en" else place.width,
        grow=place.grow,
        align=place.align,
        cut=place.cut,
        key=_sort_key(kind, place.key),
    )


def _sort_key(kind: str, key: str) -> Callable[[Deadline], str] | Callable[[Bureau], int] | None:
    """What a column is sorted by where its text does not say it: times by their end, numbers of tasks by size."""
    if key == "when":
        return lambda deadline: deadline.end or deadline.start or deadline.by or ""
    if kind == "bureau" and key in ROLES:
        return lambda bureau: len(getattr(bureau, key))
    return load_of if key == "total" else None


def _quotes(shown: Shown, say: Speaker) -> Iterable[Column[AnyAnswer]]:
    """Records of several kinds: what they are, their words, their plan."""

    def words(record: AnyAnswer) -> str:
        match record:
            case Passage():
                return record.text
            case Bureau():
                return record.name
            case Conflict():
                return record.indicator
            case Plan():
                return title_of(record)
        return record.quote

    def plan(record: AnyAnswer) -> str:
        return shown.title(record.plan) if isinstance(record, Fact | Passage) else ""

    return (
        Column(title=heading("type", say.lang), cell=lambda row: word("kind", row.kind, say.lang), width=8),
        Column(title=heading("quote", say.lang), cell=words, width=36, grow=5),
        Column(title=heading("plan", say.lang), cell=plan, width=14, grow=3),
    )
