"""Opposite dispositions of one thing, whatever else the clauses say: kept and merged, free and paid for, run by itself
and let to others. The words of each side are typed data; the thing is what the clause says beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules, times
from plankb.checks.propositions.alignment import aligned
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Passage, Said, passages
from plankb.model import Plan, Severity

_FEW = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a matter, whether its words are firm, and until or by which day (ISO, "" without)."""

    matter: str
    side: str
    firm: bool
    day: str = ""


def read(plan: Plan, text: str) -> Iterator[Said[Side]]:
    """The sides that the clauses of a text take; what a clause forbids it does not want."""
    never = rules.pattern("opposites", "never")
    for form in rules.many("opposites", "opposite"):
        matter, side, strength = form.means.split()
        firm = strength == "firm"
        for passage, match in passages(plan, text, form.regex):
            head = text[passage.span[0] : match.start()]
            if not _conditional(passage.words) and (firm or not never.search(head)):
                value = Side(matter, side, firm, _day(passage))
                yield from _said(passage, value, head, text[match.end() : passage.span[1]])


def _conditional(words: str) -> bool:
    return rules.pattern("propositions", "conditional").search(words.replace("原则上", "")) is not None


def _day(passage: Passage) -> str:
    found = [time for time in times.find(passage.before + passage.words) if not time.past]
    days = [day for time in found if (day := time.end or time.start)]
    return days[-1] if days else ""


def _said(passage: Passage, value: Side, head: str, tail: str) -> Iterator[Said[Side]]:
    """A side that a clause takes; on what the clause before names, where its own words stand behind the verb alone."""
    before = passage.before.rstrip("，；：").rpartition("，")[2]
    own = f"{head}，{tail}"
    if _bare(own):
        yield passage.said(value, passage.words, own)
    if before and not _bare(head):
        yield passage.said(value, passage.words, before)


def _bare(words: str) -> bool:
    """Whether words name a thing, what frames them left out."""
    return len(rules.pattern("alignment", "frame").sub("", words).strip("，、至到")) >= _FEW


def unlike(pair: Pair[Side]) -> Severity | None:
    """Whether two clauses take two sides of a matter over one thing."""
    first, second = pair.first.value, pair.second.value
    if pair.relation == "inside" or first.matter != second.matter or first.side == second.side:
        return None
    if not (first.firm or second.firm):
        return None
    until, after = (first, second) if first.firm else (second, first)
    if first.matter in ("keep", "start", "build") and until.day and after.day and after.day >= until.day:
        return None  # what is kept, or waits, until a day may go, or begin, on it
    return "warning" if aligned(pair) else None
