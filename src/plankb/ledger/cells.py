"""What people write into the cells of a ledger: states, shares, days and texts in all their forms.

A cell that is not understood raises `UnclearError`; who reads the cell says where it stands.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal

from plankb import numbers, rules
from plankb.model import State
from plankb.printing import printed
from plankb.words import table

Problem = Literal["state", "share", "day"]
_AROUND = " \t\n。.！!，,；;:：（）()[]【】●○◎★☆"
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d|\d\d(?=\s*[年.\-/]))\s*[年.\-/]\s*(?P<month>\d{1,2})"
    r"(?:\s*[月.\-/]\s*(?:(?P<day>\d{1,2})\s*日?)?)?"
)
_SHORT_DAY = re.compile(r"(?P<month>\d{1,2})\s*[月./\-]\s*(?P<day>\d{1,2})\s*日?")
_PACKED_DAY = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_TIME = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
_SERIALS = range(36_526, 73_051)
"""What Excel counts for the days of 2000 to 2099."""
_EPOCH = date(1899, 12, 30)


class UnclearError(Exception):
    """A cell is not understood; `problem` says what it should hold, `text` what stands there."""

    def __init__(self, problem: Problem, text: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.text = text


def read_text(value: object) -> tuple[str, bool]:
    """The text of a cell without control and direction characters, and whether there were any."""
    if value is None:
        return "", False
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    clean = printed(text)
    return clean.strip(), clean != text


def read_state(text: str) -> State | None:
    """The state that a cell names, in the words of either language or as people say it; None for an empty one."""
    said = text.strip(_AROUND)
    if not said:
        return None
    known: tuple[State, ...] = ("not-started", "under-way", "done", "late")
    for state in known:
        if said.lower() in (*table("records")[f"state.{state}"], state):
            return state
    for rule in rules.many("ledger", "state"):
        if rule.fullmatch(said.lower()):
            return next(state for state in known if state == rule.means)
    raise UnclearError("state", text)


def read_share(value: object, *, percent: bool) -> float | None:
    """The share done, 0 to 1; None for an empty cell. `percent`: the cell shows its number as a percentage.

    80, "80%", 0.8 and 百分之八十 are 0.8; 1.2 may be 1.2% or 120%, and is not taken.
    """
    if isinstance(value, str):
        said = value.strip()
        if not said:
            return None
        if match := rules.one("ledger", "cell.parts").fullmatch(said):
            number = numbers.parse(match["value"])
            return _share(value, None if number is None else float(number) / 100)
        match = rules.one("ledger", "cell.percent").fullmatch(said)
        if match is None:
            raise UnclearError("share", value)
        number = float(match["value"])
        return _share(value, number / 100 if match["sign"] else _of_number(number, percent=False))
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnclearError("share", str(value))
    return _share(f"{value:.15g}", _of_number(float(value), percent=percent))


def _of_number(number: float, *, percent: bool) -> float | None:
    if 0 <= number <= 1:
        return number
    # 1.5 in a cell of percent is 150%; 80 there was pasted from another one.
    return number / 100 if 2 <= number <= 100 and (not percent or number.is_integer()) else None


def _share(text: object, share: float | None) -> float:
    if share is None or not 0 <= share <= 1:
        raise UnclearError("share", str(text))
    return round(share, 4)


def read_day(value: object, *, today: date) -> date | None:
    """The day that a cell names; None for an empty one. A day without a year is the last one up to today."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and int(value) in _SERIALS:
        return _EPOCH + timedelta(days=int(value))
    text = _TIME.sub("", str(int(value) if isinstance(value, float) and value.is_integer() else value).strip())
    if not text:
        return None
    try:
        if match := _DAY.fullmatch(text) or _PACKED_DAY.fullmatch(text):
            year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
            return date(year, int(match["month"]), int(match["day"] or 1))
        if match := _SHORT_DAY.fullmatch(text):
            found = date(today.year, int(match["month"]), int(match["day"]))
            return found if found <= today else found.replace(year=today.year - 1)
    except ValueError as error:
        raise UnclearError("day", text) from error
    raise UnclearError("day", text)
