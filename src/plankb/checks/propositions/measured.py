"""One figure of one thing, in other words: 坝高68米 and 坝高58米, 不得突破300个 and 扩至420个, 80周岁 and 85周岁.

The figure has a unit and a role (what stands before it, or the noun that it counts); the rest of the clause, with the
clause before where that is little, is the thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from plankb import quantities, rules
from plankb.checks.propositions.alignment import aligned
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Passage, Said, pairs_of, passages
from plankb.in_force import annual, years
from plankb.model import Plan, Severity
from plankb.quantities import Quantity

_NEARLY, _ABOUT, _ROLE, _FEW, _BOTH, _NAMED = 0.02, 0.08, 4, 3, 0.5, 0.9
"""How far two figures may lie apart that are one, plainly and with 约; characters of a role; pairs of characters below
which a clause names no thing; the share of both subjects that the other must say, of a share nearly all of it."""
_YEAR = re.compile(r"(?<![较比以])20\d\d(?=年|[—\-－~～至])")
_CAPS, _FLOORS = ("<=", "<"), (">=", ">")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in its canonical unit, its bound, its role, its sorts (`means` of `[[sort]]`), and the years said."""

    value: float
    unit: str
    op: str
    role: str
    sorts: frozenset[str]
    years: frozenset[str]
    each: bool = False
    """Whether it is asked of each place."""


def read(plan: Plan, text: str) -> Iterator[Said[Figure]]:
    """The figures of the clauses of a text."""
    done: set[int] = set()
    paid = rules.pattern("parameters", "paid_words")
    for passage, _ in passages(plan, text, rules.pattern("measured", "figure"), past=True):
        if passage.span[0] not in done and not paid.search(passage.words):
            done.add(passage.span[0])
            yield from _of_clause(passage)


def _of_clause(passage: Passage) -> Iterator[Said[Figure]]:
    words = passage.words
    found = [one for one in quantities.find(words) if not rules.pattern("measured", "no_size").search(one.unit)]
    end, old = 0, ""
    for index, one in enumerate(found):
        lead, end = old or words[end : one.span[0]], one.span[1]
        old = ""
        more = index + 1 < len(found)
        behind = words[one.span[1] : found[index + 1].span[0]] if more else words[one.span[1] :]
        if more and rules.pattern("measured", "from_to").match(behind):
            old = f"{lead}{behind}"
            continue
        if one.op == "range" or one.unit == "" or one.small:
            continue
        yield _figure(passage, one, lead, behind.partition("、")[0] if more else behind)


def _told(passage: Passage, sentence: str, said: frozenset[str]) -> bool:
    """Whether a figure tells of the time before its plan."""
    span = years(passage.plan)
    past = span is not None and bool(said) and int(max(said)) < span[0]
    return past or rules.pattern("propositions", "told").search(sentence) is not None


def _figure(passage: Passage, one: Quantity, lead: str, behind: str) -> Said[Figure]:
    role = _bare(lead)[-_ROLE:]
    if len(role) < 2:
        role = behind[:_ROLE]
    sentence = f"{passage.before}，{passage.words}"
    sorts = frozenset(form.means for form in rules.many("measured", "sort") if form.search(lead + one.text))
    if "其中" in passage.before:
        sorts |= {"part"}
    each = rules.pattern("propositions", "everywhere").search(passage.words) is not None
    said = frozenset(_YEAR.findall(sentence))
    if _told(passage, sentence, said):
        sorts = sorts - {"stock"} | {"told"}
    normal = quantities.normal(one.value, one.unit)
    value = Figure(float(normal.value), normal.unit, one.op, role, sorts, said, each)
    own = f"{_bare(lead)}，{behind}"
    if len(pairs_of(_thing(_bare(lead)))) < _FEW:
        own = f"{_thing(passage.before)}，{_thing(passage.words[: one.span[0]])}，{own}"
    return passage.said(value, passage.words, own)


def _thing(words: str) -> str:
    """What clauses before a figure name, without their own figures and what those measure."""
    found = [one for one in quantities.find(words) if not rules.pattern("measured", "no_size").search(one.unit)]
    for one in reversed(found):
        words = f"{words[: one.span[0]]}，{words[one.span[1] :]}"
    return rules.one("measured", "attribute").sub(words)


def _bare(lead: str) -> str:
    """What stands before a figure without the words that lead to it."""
    words, last = lead, ""
    while words != last:
        last, words = words, rules.one("measured", "to_figure").sub(words)
    return words


def unlike(pair: Pair[Figure]) -> Severity | None:
    """Whether the two figures are of one role and thing, and cannot both stand."""
    first, second = pair.first.value, pair.second.value
    if pair.relation == "inside" or first.unit != second.unit or first.sorts != second.sorts or "part" in first.sorts:
        return None
    if "change" in first.sorts and first.unit == "%":
        return None  # a growth is compared as a target, with its base
    if not _one_role(first, second) or not _one_kind(pair) or not _one_time(pair) or not _apart(pair):
        return None
    found = aligned(pair)
    least = _NAMED if first.unit == "%" else _BOTH
    if found is None or found.least < least:
        return None
    if first.unit == "%" and pair.relation == "below" and not first.each:
        return None
    return "warning" if _binds(pair) or _single(pair, found.run) else None


def _binds(pair: Pair[Figure]) -> bool:
    """Whether the figures bind one another though many works make them up: a cap or a floor of what is no sum, or two
    of one place and one stretch of years."""
    first = pair.first.value
    bounded = first.op in (*_CAPS, *_FLOORS)
    if first.unit == "%" or rules.pattern("measured", "telling_unit").fullmatch(first.unit) or "mean" in first.sorts:
        return bounded or pair.relation == "same"
    if pair.relation == "below":
        return first.op in _CAPS
    return years(pair.first.plan) == years(pair.second.plan)


def _one_role(first: Figure, second: Figure) -> bool:
    if rules.pattern("measured", "telling_unit").fullmatch(first.unit):
        return True
    few, many = sorted((first.role, second.role), key=len)
    return any(few[at : at + 2] in many for at in range(len(few) - 1))


def _one_kind(pair: Pair[Figure]) -> bool:
    """Whether both name one grade, one type and one rank of the thing, or none (三级医院, 配售型住房, 市文化馆)."""
    one, other = (_kinds(each) for each in (pair.first, pair.second))
    return one == other or not one.isdisjoint(other)


def _kinds(said: Said[Figure]) -> set[str]:
    forms = rules.pattern("measured", "kind"), rules.pattern("measured", "rank")
    return {match.group() for form in forms for match in form.finditer(f"{said.printed}，{said.words}")}


def _one_time(pair: Pair[Figure]) -> bool:
    first, second = pair.first, pair.second
    if "change" in first.value.sorts and first.value.unit != "%" and years(first.plan) != years(second.plan):
        return False  # what is added in five years, and in three of them
    if "told" in first.value.sorts:
        return bool(first.value.years & second.value.years)
    if first.value.years and second.value.years:
        return not first.value.years.isdisjoint(second.value.years)
    if annual(first.plan) != annual(second.plan) and "change" in first.value.sorts:
        return False
    said = first.value.years or second.value.years
    spans = [years(each.plan) for each in (first, second)]
    ends = {str(span[1]) for span in spans if span}
    return not said or not said.isdisjoint(ends)


def _apart(pair: Pair[Figure]) -> bool:
    """Whether the second is over the first's cap or under its floor, or both are plain, or bounds alike, and differ."""
    first, second = (_plain(each.value) for each in (pair.first, pair.second))
    if _breaks(first, second) or (pair.relation == "same" and _breaks(second, first)):
        return True
    if {first.op, second.op} & {*_CAPS, *_FLOORS}:
        return False
    if pair.relation == "below" and rules.pattern("measured", "age").fullmatch(first.unit):
        return second.value > first.value  # a lower level may give to more
    near = _ABOUT if "~" in (first.op, second.op) else _NEARLY
    return abs(first.value - second.value) > near * max(first.value, second.value)


def _plain(figure: Figure) -> Figure:
    """A figure with its bound; an age from which something is given is no floor."""
    return replace(figure, op="=") if rules.pattern("measured", "age").fullmatch(figure.unit) else figure


def _breaks(bound: Figure, other: Figure) -> bool:
    """Whether a figure lies outside a bound, or is itself a wider one."""
    if bound.op in _CAPS:
        return other.op not in _FLOORS and other.value > bound.value * (1 + _NEARLY)
    return bound.op in _FLOORS and other.op not in _CAPS and other.value < bound.value * (1 - _NEARLY)


def _single(pair: Pair[Figure], run: str) -> bool:
    """Whether the thing is a single work, of which a plan above and one below both speak."""
    words = [each.words for each in (pair.first, pair.second)]
    if any(run.endswith(each.value.role[-2:]) for each in (pair.first, pair.second)):  # it is they that are counted
        return False
    if any(form.search(run) for form in (rules.pattern("works", "of_many"), rules.pattern("measured", "class"))):
        return False
    if any(rules.pattern("measured", "many").search(piece) for each in words for piece in re.split("[，、]", each)):
        return False
    return rules.pattern("measured", "single").search(run) is not None


def matter(pair: Pair[Figure]) -> tuple[str, str]:
    """Which thing, and the end of the name of what is measured of it: two plans are told apart in that but once."""
    what, found = pair.first.value.role[-2:], aligned(pair)
    return found.run.removesuffix(what) if found else pair.first.words, what + pair.first.value.unit
