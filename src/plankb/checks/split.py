"""Which of the amounts behind a total are the parts of one split, and which say more about one of these parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from plankb import rules

_PAIR, _SEVERAL = 2, 3
"""Parts from which on their stops tell what ends a list; years from which on a row of yearly amounts reaches over
the whole time."""

Amounts = Sequence[re.Match[str]]


def parted(text: str, start: int, amounts: Amounts) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """(the parts, the amounts that follow them and are none) of the `amounts` that stand in `text` from `start` on.

    甲42公里、乙48公里，甲部分年均8公里: the last is of a year, or speaks of a part again. Where the first amount is one
    of a year too, years are what the total is split into.
    """
    leads = _leads(text, start, amounts)
    for index in range(1, len(amounts)):
        by_year = _time().search(leads[index]) and not _time().search(leads[0])
        if by_year or any(_again(leads[index], _name(lead)) for lead in leads[:index]):
            return [*amounts[:index]], [*amounts[index:]]
    return [*amounts], []


_STOPS = "、，；"
"""The stops between the members of a list, the weakest first."""


def closed(text: str, start: int, amounts: Amounts) -> list[Amounts]:
    """The ways in which a list may end: before the first amount that a ； sets apart where the ones before it stand
    between weaker stops (甲90家、乙60家；丙20家), or else with the last one; one that ， sets apart so may be meant.
    The way that holds where none adds up stands first."""
    leads = [max((_STOPS.find(sign) for sign in lead), default=-1) for lead in _leads(text, start, amounts)]
    cut: dict[str, Amounts] = {}
    for index in range(_PAIR, len(amounts)):
        stop = leads[index]
        if stop > 0 and stop > max(leads[1:index]):
            cut.setdefault(_STOPS[stop], amounts[:index])
    ends = cut.get("；")
    return [ends, *(way for sign, way in cut.items() if sign != "；"), amounts] if ends else [amounts, *cut.values()]


def of_years(text: str, start: int, parts: Amounts, further: Amounts) -> Iterator[tuple[re.Match[str], Amounts]]:
    """A part with its amounts of three years or more in a row, where these are told right behind the parts."""
    leads = _leads(text, start, [*parts, *further])
    names, after = leads[: len(parts)], leads[len(parts) :]
    years = [found.group() if (found := rules.one("parts", "year").search(lead)) else "" for lead in after]
    of_part = [part for part, lead in zip(parts, names, strict=True) if after and _again(after[0], _name(lead))]
    if len(of_part) == 1 and len(years) >= _SEVERAL and all(years) and len(set(years)) == len(years):
        yield of_part[0], further


def _leads(text: str, start: int, amounts: Amounts) -> list[str]:
    """The words before each amount, from the end of the one before it."""
    starts = [start, *(amount.end() for amount in amounts)]
    return [text[at : amount.start()] for at, amount in zip(starts, amounts, strict=False)]


def _name(lead: str) -> str:
    """What an amount is of, without the signs around it."""
    return rules.one("checks", "sums.around_name").sub(lead)


def _again(lead: str, name: str) -> bool:
    """Whether a clause of its own takes up the name of an earlier part: ，新建部分, ；新建任务."""
    if not name or lead[:1] not in "，；。":
        return False
    rest = lead[1:]
    return rest.startswith(name) and rules.one("checks", "sums.of_part").regex.match(rest, len(name)) is not None


@cache
def _time() -> re.Pattern[str]:
    """Words that make an amount one of a year."""
    return rules.one("checks", "sums.of_year").regex
