"""What plans of one place, or of places above one another, say in nearly the same words but for one figure.

How often something is done, from which age on, how much is paid for each, what a term means. Clauses are read from the
texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from plankb import numbers, quantities, rules
from plankb.checks import located
from plankb.checks.asked import share_said
from plankb.checks.compare import above, in_one_line
from plankb.checks.pieces import around
from plankb.checks.wording import of_each, words_at
from plankb.in_force import comparable
from plankb.model import Conflict, Plan, Span

_STOPS = "，。；：\n\t"
_SUBJECT, _ALIKE, _NEARLY = 5, 0.8, 0.7
"""Characters of a subject that tells it from others; shares of the pairs of characters that two subjects must have in
common: of a short one, and of a definition."""
_A_YEAR = {
    "三年": 1 / 3, "两年": 0.5, "年": 1.0, "半年": 2.0, "季度": 4.0, "季": 4.0, "月": 12.0, "半月": 24.0, "两周": 26.0,
    "旬": 36.0, "周": 52.0, "日": 365.0, "天": 365.0,
}  # fmt: skip
"""How many times a year has a period."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a plan says: of what, in which measure, how much (more is stricter), as it is printed, and where."""

    plan: Plan
    span: Span
    subject: str
    measure: str
    value: float
    printed: str


def unlike_parameters(plans: Mapping[str, Plan], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each thing that a plan says with another figure than a plan of its place, or one above."""
    for read in (_frequencies, _ages, _payments):
        yield from _compared(plans, texts, read)
    yield from _unlike_definitions(plans, texts)


_Reader = Callable[[Plan, str], Iterable[_Said]]


def _compared(plans: Mapping[str, Plan], texts: Mapping[str, str], read: _Reader) -> Iterator[Conflict]:
    """Figures of one measure whose subjects are one, where the plan that is bound has the weaker one."""
    by_pair: dict[tuple[str, str], list[_Said]] = defaultdict(list)
    for plan, text in texts.items():
        for one in read(plans[plan], text) if plan in plans else ():
            by_pair[one.measure, one.subject[-2:]].append(one)
    told: set[frozenset[tuple[str, Span]]] = set()
    for members in by_pair.values():
        for one, other in combinations(members, 2):
            higher, lower = _in_order(one, other)
            key = frozenset(((one.plan.id, one.span), (other.plan.id, other.span)))
            same = _part_of(one.subject, other.subject) if read is _payments else _of_one(one.subject, other.subject)
            if higher and lower and key not in told and same:
                told.add(key)
                kind = "looser" if higher.plan.jurisdiction != lower.plan.jurisdiction else "conflict"
                yield _conflict(kind, "E335", lower.subject, (higher, lower), texts)


def _in_order(one: _Said, other: _Said) -> tuple[_Said, _Said] | tuple[None, None]:
    """(the stricter one, whose plan binds the other's, the weaker one); (None, None) where they may both stand."""
    if one.plan.id == other.plan.id or abs(one.value - other.value) <= 1e-9 or not comparable(one.plan, other.plan):
        return None, None
    strict, weak = (one, other) if one.value > other.value else (other, one)
    if not (strict.plan.jurisdiction and weak.plan.jurisdiction):
        return None, None
    home, below = located.of(strict.plan.jurisdiction), located.of(weak.plan.jurisdiction)
    return (strict, weak) if home == below or above(home, below) else (None, None)


def _of_one(subject: str, other: str) -> bool:
    return share_said(subject, other) >= _ALIKE and share_said(other, subject) >= _ALIKE


def _part_of(subject: str, other: str) -> bool:
    """Whether one subject says all that the other does: 三级公路 and 新改建三级公路."""
    return 1.0 in (share_said(subject, other), share_said(other, subject))


def _frequencies(plan: Plan, text: str) -> Iterator[_Said]:
    noise = rules.pattern("parameters", "frequency_noise")
    for form in ("frequency", "each_period"):
        for match in rules.pattern("parameters", form).finditer(text):
            start, end = around(text, match.span(), _STOPS)
            number = float(numbers.parse(match["number"]) or 0) if form == "frequency" else 1.0
            subject = noise.sub("", text[start : match.start()] + text[match.end() : end])
            if len(subject) >= _SUBJECT and number and not re.search(r"\d", subject):
                rate = number * _A_YEAR[match["period"]]
                yield _Said(plan, (start, end), subject, "次", rate, match.group())


def _ages(plan: Plan, text: str) -> Iterator[_Said]:
    """From a lower age on more are meant: that is the stricter one."""
    for match in rules.pattern("parameters", "age").finditer(text):
        start, end = around(text, match.span(), _STOPS)
        subject = rules.pattern("parameters", "age_noise").sub(
            "", text[start : match.start()] + text[match.end() : end]
        )
        if len(subject) > _SUBJECT and not re.search(r"[%％]", subject):
            yield _Said(plan, (start, end), subject, "岁", -float(match["number"]), match.group())


def _payments(plan: Plan, text: str) -> Iterator[_Said]:
    """What a plan above pays is what it says: a plan below may not count on more, so less is the stricter one."""
    for match in rules.pattern("parameters", "paid").finditer(text):
        start, end = around(text, match.span(), _STOPS)
        words = text[start:end]
        by = rules.pattern("parameters", "paid_by").search(words)
        if by is None or not rules.pattern("parameters", "paid_words").search(words):
            continue
        subject = text[start : match.start()] + text[match.end() : end]
        subject = rules.pattern("parameters", "paid_noise").sub("", subject)
        value = float(quantities.normal(float(match["value"]), match["unit"]).value)
        if len(subject) >= _SUBJECT - 1:
            yield _Said(plan, (start, end), subject, f"{by.group()[:1]}{match['each']}", -value, match.group())


def _unlike_definitions(plans: Mapping[str, Plan], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """A term that two plans explain alike but for a figure."""
    terms: dict[str, list[tuple[_Said, str]]] = defaultdict(list)
    for plan, text in texts.items():
        for match in rules.pattern("parameters", "definition").finditer(text) if plan in plans else ():
            said = _Said(plans[plan], match.span(), match["term"], "", 0.0, match["body"])
            terms[match["term"]].append((said, match["body"]))
    for term, members in terms.items():
        for (one, first), (other, second) in combinations(members, 2):
            if one.plan.id == other.plan.id or not _stand_together(one.plan, other.plan):
                continue
            alike = share_said(first, second) >= _NEARLY or share_said(second, first) >= _NEARLY
            if alike and (pair := _other_figure(first, second)):
                facts = [
                    _Said(said.plan, said.span, term, "", 0.0, printed)
                    for said, printed in zip((one, other), pair, strict=True)
                ]
                yield _conflict("conflict", "E334", term, _by_level(*facts), texts)


def _other_figure(first: str, second: str) -> tuple[str, str] | None:
    """The first figures of one unit that differ in two explanations which have as many of the same units."""
    pairs = [*zip(*([*quantities.find(words)] for words in (first, second)), strict=False)]
    for one, other in pairs:
        if one.unit != other.unit:
            return None
        if one.value != other.value:
            return f"{float(one.value):g}{one.unit}", f"{float(other.value):g}{other.unit}"
    return None


def _stand_together(one: Plan, other: Plan) -> bool:
    return comparable(one, other) and in_one_line(one, other)


def _by_level(one: _Said, other: _Said) -> tuple[_Said, _Said]:
    first, second = (located.of(each.plan.jurisdiction or "") for each in (one, other))
    return (other, one) if above(second, first) else (one, other)


def _conflict(kind: str, code: str, subject: str, said: Sequence[_Said], texts: Mapping[str, str]) -> Conflict:
    facts = [words_at(one.plan.id, f"parameter-{one.measure}-", texts[one.plan.id], one.span) for one in said]
    return of_each(kind, "warning", subject, facts, code, [(one.printed, one.plan.title) for one in said])
