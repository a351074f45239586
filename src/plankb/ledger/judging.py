"""What a report that is read says against those that are known: new, unchanged, or a contradiction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from plankb.ledger.columns import share_text
from plankb.ledger.model import TEXTS, Entry
from plankb.model import Progress, Words
from plankb.words import say, word

Kind = Literal["undone", "falling", "disagree", "overtaken", "older", "future", "inner"]
"""Done before and not now; the share falls; two reports that are read differ; somebody reported since the ledger was
written; dated before the last report; dated after today; the state does not go with the share."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a report contradicts, in words."""

    kind: Kind
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A report as it stands in a row. `where` names the row; `base` is the id of the report that the row showed when
    its ledger was written, None for none or where that is not known."""

    report: Progress
    where: str
    base: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A report that is new, and what it contradicts."""

    report: Progress
    where: str
    contradictions: tuple[Contradiction, ...] = ()


@dataclass
class Judgement:
    """The reports that are new, in the order in which they were read, and how many rows say nothing new."""

    new: list[Judged] = field(default_factory=list)
    unchanged: int = 0


def judge(read: Sequence[Read], entries: Mapping[str, Entry], *, today: date) -> Judgement:
    """Each row against what is known of its task; `entries` are by task id and hold every task that is read.

    A row that still says what it showed when it was written is no report, whatever came in since. The same said twice
    is one report.
    """
    found = Judgement()
    fresh: dict[tuple[object, ...], Read] = {}
    for one in read:
        entry = entries[one.report.task]
        shown = next((report for report in entry.reports if report.id == one.base), None)
        known = [report for report in (shown, entry.latest) if report is not None]
        said = content(one.report)
        key = (one.report.task, one.report.who, one.report.when, said)
        if any(content(report) == said for report in known) or _already(one.report, entry.reports) or key in fresh:
            found.unchanged += 1
        else:
            fresh[key] = one
    by_task: dict[str, list[Read]] = {}
    for one in fresh.values():
        by_task.setdefault(one.report.task, []).append(one)
    for one in fresh.values():
        report, entry = one.report, entries[one.report.task]
        others = by_task[report.task]
        told = [
            *_in_itself(report, today),
            *_against_known(one, entry),
            *_against_before(report, _before(report, entry, others)),
            *_against_others(one, others),
        ]
        found.new.append(Judged(report=report, where=one.where, contradictions=tuple(told)))
    return found


def content(report: Progress) -> tuple[object, ...]:
    """What a report says, whoever says it and when: white space does not count, nor a share that the state tells."""
    share = report.done if report.done is not None or report.state != "done" else 1.0
    return report.state, share, *("".join(getattr(report, field).split()) for field in TEXTS)


def _already(report: Progress, known: Sequence[Progress]) -> bool:
    """Whether the same person said the same on the same day: the file was read before."""
    said = (report.who, report.when, content(report))
    return any((one.who, one.when, content(one)) == said for one in known)


def _in_itself(report: Progress, today: date) -> Iterator[Contradiction]:
    if report.when > today.isoformat():
        yield _told("future", day=report.when)
    if report.done is not None and (report.done == 1) != (report.state == "done"):
        yield _told("inner", state=report.state, now=share_text(report.done))


def _against_known(one: Read, entry: Entry) -> Iterator[Contradiction]:
    report, last = one.report, entry.latest
    if last is None:
        return
    if report.when < last.when:
        yield _told("older", day=report.when, when=last.when, who=last.who)
    elif last.id != one.base and any(known.id == one.base for known in entry.reports):
        yield _told("overtaken", when=last.when, who=last.who, state=last.state)


def _before(report: Progress, entry: Entry, others: Sequence[Read]) -> Progress | None:
    """The report that this one follows, known or read with it: a year of reports is read at once, month by month.

    None for one of a day before what is known, and of a task that comes again for one of an earlier period.
    """
    last = entry.latest
    if last is not None and (report.when < last.when or (last.state == "done" and entry.state != "done")):
        return None
    earlier = [other.report for other in others if other.report.when < report.when]
    return max([*([last] if last else []), *earlier], key=lambda one: one.when, default=None)


def _against_before(report: Progress, before: Progress | None) -> Iterator[Contradiction]:
    if before is None:
        return
    was = 1.0 if before.state == "done" else before.done
    if before.state == "done" and report.state != "done":
        yield _told("undone", when=before.when, who=before.who, state=report.state)
    elif report.done is not None and was is not None and report.done < was:
        yield _told("falling", when=before.when, who=before.who, was=share_text(was), now=share_text(report.done))


def _against_others(one: Read, others: Sequence[Read]) -> Iterator[Contradiction]:
    """Other reports of the same day that are read with it; texts may differ, states and shares may not."""
    same = [other for other in others if other is not one and other.report.when == one.report.when]
    for other in same:
        if content(other.report)[:2] != content(one.report)[:2]:
            yield _told("disagree", where=other.where, state=other.report.state)


def _told(kind: Kind, **details: object) -> Contradiction:
    def text(lang: Literal["zh", "en"]) -> str:
        state = {"state": word("state", str(details["state"]), lang)} if "state" in details else {}
        return say(f"ledger.contradiction.{kind}", lang, **{**details, **state})

    return Contradiction(kind, Words(zh=text("zh"), en=text("en")))
