"""What a document as issued says about itself: title, issuers, number, date, period, place and level.

A circular may carry the plan; then the plan's title is the one that the circular names. Only what the given record
leaves open is filled; what is not sure stays None. The forms are in `rules/plan_info.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from plankb import numbers, rules
from plankb.document import CleanText
from plankb.model import Plan
from plankb.plan_info import issuers, place
from plankb.plan_info.front import front, signatures, titles
from plankb.plan_info.line import Line, number_pattern, one, read_line
from plankb.plan_info.validity import validity
from plankb.register import places

__all__ = ["fill", "period_of"]

_BEGINS = 6
"""So many letters tell whether a line begins a title."""


def fill(plan: Plan, clean: CleanText) -> Plan:
    """The record with its open fields filled; a title equal to the id, or empty, counts as open."""
    lines = front(clean)
    printed, title = _title(lines)
    title = _with_period(title, clean.text) if title else title
    given = plan.title if plan.title and plan.title != plan.id else None
    signs = list(signatures(clean))
    bodies = _issuers(printed, lines, signs)
    issuer, date = bodies[0] if bodies else None, _date(lines, signs)
    found: dict[str, object] = {
        "issuer": issuer,
        "issuers": bodies or None,
        "number": _number(printed, lines),
        "period": period_of(given or title or ""),
        "date": date,
    }
    shown = [printed, *(line.text for line in lines if line.kind in ("title", "head", "addressed", "body"))]
    where = (
        places.of(plan.jurisdiction)
        if plan.jurisdiction
        else place.jurisdiction(given or title or "", bodies, shown, clean.text)
    )
    found["jurisdiction"] = places.label(where) if where else None
    found["level"] = place.level(where, plan.issuer or issuer)
    said = validity(clean.text, plan.date or date)
    found["in_force"] = (said.start, said.end) if said.start or said.end else None
    found["repeals"] = said.repeals or None
    update = {name: value for name, value in found.items() if value is not None and not getattr(plan, name)}
    return plan.model_copy(update={**update, "title": given or title or plan.title or plan.id})


def _title(lines: Sequence[Line]) -> tuple[str, str | None]:
    """The first title as printed, and the plan's own title: that which a circular carries. ("", None) where none is."""
    said = [line.text for line in lines if line.label == "title"]
    printed = next((title for title, _ in titles(lines)), said[0] if said else "")
    printed = number_pattern().sub("", printed).removesuffix("（）").removesuffix("()")
    if circular := one("circular").match(printed):
        return printed, circular["title"]
    if printed:
        return printed, printed
    reported = next((match for line in lines[:3] if (match := one("reported").search(line.text))), None)
    return (f"{reported['issuer']}印发《{reported['title']}》", reported["title"]) if reported else ("", None)


def _with_period(title: str, text: str) -> str:
    """A title with the period in brackets that the plan's own title page, or the circular's text, adds to it."""
    if period_of(title):
        return title
    behind = re.finditer(re.escape(title) + r"\s*(?P<bracket>[（(][^（）()\n]{4,20}[）)])", text)
    brackets = (match["bracket"] for match in behind)
    periods = (said for said in brackets if period_of(said) and read_line(said).kind != "date")
    return next((title + said for said in periods), title)


def _issuers(printed: str, lines: Sequence[Line], signs: Sequence[tuple[Line, tuple[Line, ...]]]) -> tuple[str, ...]:
    """The bodies that issue: named in the title, else in a signature, a web page's head, the head of the first page, on
    the title page, in the imprint; last who wrote the plan, and from where a web page has it."""
    signed = [issuers.signed(before, dated) for dated, before in signs if not _printed(dated)]
    printing = [issuers.signed(before, dated) for dated, before in signs if _printed(dated)]
    opening = takewhile(lambda line: line.kind != "prose", lines)
    alone = [issuers.bodies(line.text) for line in opening if line.kind == "body"]
    named = issuers.of_title(printed)
    full = next(filter(None, signed), ()) if named and _elided(named[0]) else ()
    surest = (named, *signed, *_labelled(lines, "issuer"), issuers.heading(lines), *alone, *printing)
    sources = (found for found in _labelled(lines, "source") if _of_place(found, printed))
    return full or next(filter(None, (*surest, *_labelled(lines, "author"), *sources)), ())


def _labelled(lines: Sequence[Line], label: str) -> list[tuple[str, ...]]:
    return [issuers.bodies(line.text) for line in lines if line.label == label]


def _of_place(bodies: tuple[str, ...], title: str) -> bool:
    """Whether bodies are of the place that a title begins with: who puts a plan on the web need not have issued it."""
    own = place.named_in(title)
    return own is not None and bool(bodies) and place.named_in(bodies[0]) == own


def _printed(dated: Line) -> bool:
    """Whether a dated line is an imprint, which says who printed the document."""
    return one("imprint_last").search(dated.text) is not None


def _elided(name: str) -> bool:
    """Whether a body is named from its plan's point of view (市科技局), so that a signature says more."""
    return one("elided_body").match(name) is not None


def _number(printed: str, lines: Sequence[Line]) -> str | None:
    """The number of the document: on a line of its own, in a web page's head, or behind the title."""
    for line in lines:
        if line.kind == "number" or line.label == "number":
            match = number_pattern().search(line.text)
            return match[0] if match else None
        if (
            line.kind == "title"
            and line.text[:_BEGINS] in printed
            and (match := re.search(rf"[（(]({number_pattern().pattern})[）)]$", line.text))
        ):
            return match[1]
    return None


def _date(lines: Sequence[Line], signs: Sequence[tuple[Line, tuple[Line, ...]]]) -> str | None:
    """`YYYY-MM-DD`, or `YYYY-MM` where no day is given: of the signature, else of the title page or the imprint."""
    return next(iter(sorted(_dates(lines, signs), key=lambda date: -len(date))), None)


def _dates(lines: Sequence[Line], signs: Sequence[tuple[Line, tuple[Line, ...]]]) -> Iterator[str]:
    """The dates of a document, the surest first; a stable sort then prefers those with a day."""
    yield from (line.date for line in lines if line.label == "date" and line.date)
    signed = [(dated, before) for dated, before in signs if dated.date and not _printed(dated)]
    yield from (dated.date for dated, before in signed if dated.date and (before or dated.who))
    yield from (dated.date for dated, _ in signed if dated.date)
    yield from (line.date for line in lines if line.label == "published" and line.date)
    yield from (dated.date for dated, _ in signs if dated.date)


def period_of(title: str) -> str | None:
    """The period that a title names, as two years (2021-2025); None where it names none."""
    for rule in rules.many("plan_info", "period"):
        match = rule.search(title)
        if match is None:
            continue
        named = match.groupdict()
        if named.get("five"):
            end = 2005 + 5 * int(numbers.parse(named["five"]) or 0)
            return f"{end - 4}-{end}"
        return f"{named.get('from') or named['year']}-{named.get('to') or named['year']}"
    return None
