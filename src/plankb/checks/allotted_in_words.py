"""What the prose of a plan allots to places inside its own (其中甲市8座、乙区6座), and their own plans set less of; and
what a place plans to have that is more than all of the place above."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from plankb import quantities, rules
from plankb.checks import levels, located
from plankb.checks.amounts_of_years import adds_up, says_so
from plankb.checks.compare import Placed, above, counted_from_elsewhere, of_each_part
from plankb.checks.levels import Level
from plankb.checks.pieces import around
from plankb.checks.propositions.pairing import cover
from plankb.checks.propositions.said import pairs_of
from plankb.checks.sums_of_places import is_of_area
from plankb.checks.wording import of_targets
from plankb.in_force import annual, comparable
from plankb.model import Conflict, Plan, Span, Target
from plankb.register import Place

_EXACT, _ALIKE, _NEAR, _ENDS, _TOLD, _LINE = 1e-6, 0.8, 0.4, 2, 0.7, 120
"""Shares of the pairs of characters of two names from which they are one, and from which one may be the
other's; characters in which such names begin and end alike; share of a name that the words before a list must say,
and characters of a line that may hold its title."""
_ITEM = re.compile(r"[^、，；。]+")
_CAPS = ("<=", "<")


def less_than_allotted(known: Iterable[Placed], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each place whose plan sets less than a sentence of a plan above allots to it."""
    by_home: dict[tuple[Place, str], list[Placed]] = defaultdict(list)
    shares: dict[tuple[str, Place | None, str], Placed] = {}
    for one in known:
        if one.home is None or one.level is None or levels.relative(one.level) or one.yearly:
            continue
        if one.place == one.home:
            by_home[one.home, one.level.unit].append(one)
            for share in _shares(one, texts.get(one.plan.id, "")):
                shares.setdefault((share.plan.id, share.place, share.indicator), share)
        elif one.target.source == "prose" and above(one.home, one.place) and not one.change:
            shares.setdefault((one.plan.id, one.place, one.indicator), one)
    for share in shares.values():
        own = by_home.get((share.place, share.level.unit), ()) if share.place and share.level else ()
        alike = [one for one in own if _is_of(share, one)]
        most = max(alike, key=lambda one: one.level.value if one.level else 0.0, default=None)
        if most and _is_less(share, most):
            yield of_targets("looser", "warning", (share, most), "E463")


def _shares(whole: Placed, text: str) -> Iterator[Placed]:
    """What the list behind an amount allots to places."""
    end = whole.target.span[1]
    said = rules.pattern("propositions", "allots").match(text, end)
    if said is None or whole.home is None or whole.level is None:
        return
    for item in _ITEM.finditer(text, said.start("list"), said.end("list")):
        named = located.at_start(item.group(), within=whole.home)
        found = quantities.find(item.group())
        if named and above(whole.home, named[0]) and len(found) == 1:
            normal = quantities.normal(float(found[0].value), found[0].unit)
            if normal.unit == whole.level.unit:
                yield _share(whole, named[0], Level(float(normal.value), normal.unit, "="), item.span(), text)


def told_shares(plan: Plan, text: str) -> Iterator[Placed]:
    """What lists behind 其中 give to places inside the plan's own, whatever their whole was read as; the words before
    them in the sentence, and the title of its item, are the name."""
    if plan.jurisdiction is None:
        return
    home = located.of(plan.jurisdiction)
    for match in rules.pattern("propositions", "shares_out").finditer(text):
        start, _ = around(text, match.span(), "。；\n")
        line = text.rfind("\n", 0, start) + 1
        title = text[line:start].partition("。")[0] if start - line < _LINE else ""
        for item in _ITEM.finditer(text, match.start("list"), match.end("list")):
            named = located.at_start(item.group(), within=home)
            found = quantities.find(item.group())
            if named and above(home, named[0]) and len(found) == 1 and not found[0].unknown:
                said = text[start : match.start()]
                share = _told_share(plan, home, named[0], item.span(), f"{title}，{said}", text)
                whole = match.start() + (match.group()[0] in "，：；"), match.end("list")
                shown = {"quote": text[slice(*whole)], "span": whole, "indicator": _name_of(said)}
                yield replace(share, target=share.target.model_copy(update=shown))


def _name_of(words: str) -> str:
    """What the last clause before a list is about, without its amount."""
    clause = _ITEM.findall(words)[-1:] or [words]
    return rules.one("contrasts", "event.size").sub(rules.one("asked", "lead").sub(clause[0])) or words


def _told_share(plan: Plan, home: Place, place: Place, span: Span, name: str, text: str) -> Placed:
    amount = quantities.find(text[slice(*span)])[0]
    normal = quantities.normal(float(amount.value), amount.unit)
    target = Target(
        id=f"{plan.id}-share{span[0]}", plan=plan.id, section=(), quote=text[slice(*span)], span=span, indicator=name,
        indicator_id=name, op="=", value=float(amount.value), unit=amount.unit, normal=normal, scope=place.name,
        source="prose",
    )  # fmt: skip
    return Placed(target, plan, place, Level(float(normal.value), normal.unit, "="), "", name, home)


def less_than_told(known: Sequence[Placed], shares: Iterable[Placed], found: Iterable[Conflict]) -> Iterator[Conflict]:
    """One conflict for each place whose plan sets less than a list behind 其中 gives it; places and plans that `found`
    conflicts hold to be too low already are left out."""
    told = {fact.id for each in found if each.type == "looser" for fact in each.facts}
    by_home: dict[tuple[Place, str], list[Placed]] = defaultdict(list)
    for one in known:
        plain = one.home is not None and one.level is not None and not one.change and not one.yearly
        if plain and one.place == one.home and one.home and one.level and not one.scope:
            by_home[one.home, one.level.unit].append(one)
    for share in shares:
        own = by_home.get((share.place, share.level.unit), ()) if share.place and share.level else ()
        alike = [one for one in own if _answers(share, one)]
        most = max(alike, key=lambda one: one.level.value if one.level else 0.0, default=None)
        if most and _is_less(share, most) and most.target.id not in told:
            named = replace(share, target=share.target.model_copy(update={"indicator": most.target.indicator}))
            yield of_targets("looser", "warning", (named, most), "E463")


def more_than_all_years(known: Sequence[Placed], shares: Iterable[Placed]) -> Iterator[Conflict]:
    """One conflict for each amount of a plan of one year that is more than what a plan of all years has, for the same
    place: as its total, or as the share that a list behind 其中 gives the place."""
    of_year: dict[tuple[Place, str], list[Placed]] = defaultdict(list)
    wholes = [*shares]
    for one in known:
        amount = one.level is not None and not levels.relative(one.level) and not one.change and not one.scope
        if not amount or one.place != one.home or one.home is None or one.level is None:
            continue
        if not adds_up(one):
            continue
        if _is_of_a_year(one):
            for place in located.ancestors(one.home):  # a part is no more than the whole
                of_year[place, one.level.unit].append(one)
        elif not (annual(one.plan) or _is_of_year_alone(one) or one.yearly or says_so(one)):
            wholes.append(one)
    told: set[str] = set()
    for whole in wholes if of_year else ():
        for one in of_year.get((whole.place, whole.level.unit), ()) if whole.place and whole.level else ():
            if one.target.id not in told and _is_more_in_a_year(whole, one):
                told.add(one.target.id)
                named = replace(whole, target=whole.target.model_copy(update={"indicator": one.target.indicator}))
                kind = "looser" if whole.home != one.home else "conflict"
                kind = "internal" if whole.plan.id == one.plan.id else kind
                yield of_targets(kind, "warning", (named, one), "E298")


def _is_of_a_year(one: Placed) -> bool:
    """Whether an amount is of a plan of one year, or of a year before the last of its plan; no sum and no cap."""
    early = _is_of_year_alone(one) and (one.target.by or "9") < (one.plan.period or "")[-4:]
    return (annual(one.plan) or early) and "累计" not in one.target.quote and one.target.op not in _CAPS


def _is_of_year_alone(one: Placed) -> bool:
    """Whether an amount is of one year, and no sum: 2024年新增10个."""
    said = rules.pattern("draft_dates", "year_alone").match(one.target.quote) or one.target.source == "table"
    return bool(one.target.by and said and "累计" not in one.target.quote)


def _is_more_in_a_year(whole: Placed, one: Placed) -> bool:
    together = one.plan.id == whole.plan.id or comparable(one.plan, whole.plan)
    if whole.level is None or one.level is None or annual(whole.plan) or not together:
        return False
    name = pairs_of(rules.one("comparing", "summed").sub(one.target.indicator))
    of = pairs_of(rules.one("comparing", "summed").sub(whole.indicator))
    alike = len(name) > _ENDS and cover(name, of) >= _ALIKE
    alike = alike and (whole.place != whole.home or cover(of, name) >= _ALIKE)
    return alike and one.level.value > whole.level.value * (1 + _EXACT)


def _answers(share: Placed, one: Placed) -> bool:
    """Whether an amount of a place's plan is of what a list gives it, by the same time."""
    when = one.due is not None and one.due == share.due and annual(one.plan) == annual(share.plan)
    name = rules.one("comparing", "summed").sub(one.target.indicator)
    said = len(pairs_of(name)) > _ENDS and cover(pairs_of(name), pairs_of(share.indicator)) >= _TOLD
    return when and said and comparable(one.plan, share.plan)


def _share(whole: Placed, place: Place, level: Level, span: Span, text: str) -> Placed:
    target = whole.target.model_copy(update={
        "id": f"{whole.plan.id}-share{span[0]}", "quote": text[slice(*span)], "span": span, "scope": place.name,
        "value": level.value, "normal": quantities.normal(level.value, level.unit), "unit": level.unit,
    })  # fmt: skip
    return replace(whole, target=target, place=place, level=level)


def _is_of(share: Placed, one: Placed) -> bool:
    """Whether an amount of a place's plan is of what is allotted to it, due no later."""
    when = one.due is None or share.due is None or one.due <= share.due
    return when and not one.change and comparable(one.plan, share.plan) and _alike(one, share) >= _ALIKE


def _is_less(share: Placed, one: Placed) -> bool:
    if one.level is None or share.level is None or one.level.op in _CAPS:
        return False
    return one.level.value < share.level.value * (1 - _EXACT)


def _alike(one: Placed, other: Placed) -> float:
    """How much of its pairs of characters the shorter of two names has in the other (0..1), verbs of building apart."""
    first, second = (pairs_of(rules.pattern("propositions", "builds").sub("", each.indicator)) for each in (one, other))
    return min(cover(first, second), cover(second, first))


def more_than_all(known: Sequence[Placed]) -> Iterator[Conflict]:
    """One conflict for each amount of a place that is more than that of the place above, due no earlier."""
    groups: dict[tuple[str, str, str], list[Placed]] = defaultdict(list)
    for one in known:
        amount = (
            one.level is not None
            and not levels.relative(one.level)
            and not one.change
            and not (one.yearly or says_so(one))
        )
        rest = of_each_part(one) or is_of_area(one) or rules.one("checks", "sums.rest").search(one.target.quote)
        if amount and not rest and one.level and one.place == one.home and one.target.op not in _CAPS:
            groups[one.level.unit, one.indicator[:_ENDS], one.indicator[-_ENDS:]].append(one)
    for members in groups.values():
        by_home: dict[Place, list[Placed]] = defaultdict(list)
        for one in members:
            if one.home:
                by_home[one.home].append(one)
        for home, parts in by_home.items() if len(by_home) > 1 else ():
            wholes = [whole for place in located.ancestors(home)[1:] for whole in by_home.get(place, ())]
            for whole, one in product(wholes, parts):
                if _is_more(whole, one):
                    yield of_targets("looser", "warning", (whole, one), "E315")


def _is_more(whole: Placed, one: Placed) -> bool:
    if whole.level is None or one.level is None or not comparable(whole.plan, one.plan):
        return False
    if counted_from_elsewhere(one, whole):
        return False
    more = one.level.value > whole.level.value * (1 + _EXACT)
    when = bool(one.due and whole.due and one.due <= whole.due)
    return whole.target.op == "=" and more and when and _alike(one, whole) >= _NEAR
