"""One measure that plans want to go opposite ways: 使用量减少3% and 使用量增长2%, 逐步压减 and 稳步增加."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from plankb import indicators, rules
from plankb.checks.compare import Placed, binds, kin, placed, specific
from plankb.checks.wording import of_targets
from plankb.in_force import comparable
from plankb.model import Change, Conflict, Plan, Target
from plankb.register.places import COUNTRY

_WORDS: dict[str, Change] = {"up": "increase", "down": "decrease"}


def opposite_ways(plans: Mapping[str, Plan], known: Iterable[Placed], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each measure that a plan of the place, or of one above, wants to rise and another to fall.

    What is let grow no further than so much says no way.
    """
    groups: dict[tuple[str, str], list[tuple[Placed, Change]]] = defaultdict(list)
    said = [
        placed(target, plans[plan]) for plan, text in texts.items() if plan in plans for target in _told(plan, text)
    ]
    for one in (*known, *said):
        way = _way(one)
        if way and one.place and one.place is not COUNTRY and specific(one.target):
            groups[kin(one.indicator), one.scope].append((one, way))
    for members in groups.values():
        if len({way for _, way in members}) > 1 and len({one.plan.id for one, _ in members}) > 1:
            yield from _apart(members)


def _way(one: Placed) -> Change | None:
    """Which way a target goes; None where it sets a level, or only how far something may grow."""
    target = one.target
    if target.value is None:
        return target.change or _of_words(f"{target.indicator}{target.qualitative or ''}")
    way: Change | None = "increase" if one.change == "increase" else "decrease" if one.change else None
    return None if target.op in ("<=", "<") and way == "increase" else way


def _of_words(words: str) -> Change | None:
    match = rules.one("contrasts", "way.behind").search(words)
    return next((way for name, way in _WORDS.items() if match and match[name]), None)


def _apart(members: Sequence[tuple[Placed, Change]]) -> Iterator[Conflict]:
    """One conflict for each two plans that want opposite ways, the higher plan first."""
    seen: set[frozenset[str]] = set()
    for (one, way), (other, opposite) in combinations(members, 2):
        pair = frozenset((one.plan.id, other.plan.id))
        if way == opposite or pair in seen or len(pair) < 2 or not comparable(one.plan, other.plan):
            continue
        first, second = (other, one) if binds(other, one) else (one, other)
        if binds(first, second) or (one.place == other.place and one.home == other.home):
            seen.add(pair)
            yield of_targets("looser" if binds(first, second) else "conflict", "warning", (first, second), "E398")


def _told(plan: str, text: str) -> Iterator[Target]:
    """The ways that a text says in words, as targets without a figure."""
    for form in ("way.behind", "way.before"):
        for number, match in enumerate(rules.one("contrasts", form).regex.finditer(text)):
            start = max(text.rfind(stop, 0, match.start() + 1) for stop in "。；\n") + 1
            if rules.one("contrasts", "way.told").search(text[start : match.end() + 1]):
                continue
            at = match.start("name") if form == "way.behind" else match.start() + (match.group()[0] in "，；。：、\t\n")
            span = (at, match.end())
            indicator = indicators.canonical(match["name"])
            way: Change = "increase" if match["up"] else "decrease"
            yield Target(
                id=f"{plan}-{form}{number}", plan=plan, section=(), quote=text[slice(*span)], span=span,
                indicator=match["name"], indicator_id=indicator.id, scope=indicator.scope, change=way,
                qualitative=match["up"] or match["down"],
            )  # fmt: skip
