"""What people write into the cells of a ledger: states, shares, days and texts in all their forms.

A cell that is not understood raises `UnclearError`; who reads the cell says where it stands.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from plankb import numbers, rules
from plankb.model import State
from plankb.printing import printed
from plankb.words import table

Problem = Literal["state", "share", "day"]
_AROUND = " \t\n。.！!，,；;:：（）()[]【】●○◎★☆"
_BETWEEN = re.compile(r"[，,；;、。（）()\n]+")
_LONGEST_STATE = 60
"""Characters of a cell in which a state is looked for part by part; a longer one is a story."""
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


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell of states says: the share is that of words such as "已完成70%", None for none; `more` when there are
    words besides the state, which are not to be lost."""

    state: State | None = None
    share: float | None = None
    more: bool = False


def is_nothing(value: object) -> bool:
    """Whether a cell says that there is nothing to say: empty, a stroke, 无."""
    return value is None or str(value).strip().lower() in ("", *rules.words("ledger", "nothing"))


def read_state(text: str) -> State | None:
    """The state that a cell names, in the words of either language or as people say it; None for an empty one."""
    return read_said(text).state


def read_said(text: str) -> Said:
    """The same with the share that may stand beside it. Two different states in one cell are none."""
    said = text.strip(_AROUND)
    if not said or is_nothing(said):
        return Said()
    parts = [part.strip() for part in _BETWEEN.split(said)] if len(said) <= _LONGEST_STATE else []
    for found in ([said], list(filter(None, parts))):
        states = [_state_of(part) for part in found]
        shares = [_share_said(part) for part in found]
        named = {state for state in states if state}
        share = next((share for share in shares if share is not None), None)
        if not found or (states[0] is None and shares[0] is None) or len(named) > 1:
            continue
        more = any(share is None and not _named(part) for part, share in zip(found, shares, strict=True))
        return Said(named.pop() if named else _state_by(share), share, more)
    raise UnclearError("state", text)


def _state_of(said: str) -> State | None:
    """The state that words name as a whole, or that what is being done tells."""
    return _named(said) or (
        "under-way" if any(rule.fullmatch(said) for rule in rules.many("ledger", "doing")) else None
    )


def _named(said: str) -> State | None:
    """The state that words name."""
    known: tuple[State, ...] = ("not-started", "under-way", "done", "late")
    for state in known:
        if said.lower() in (*table("records")[f"state.{state}"], state):
            return state
    for rule in rules.many("ledger", "state"):
        if rule.fullmatch(said.lower()):
            return next(state for state in known if state == rule.means)
    return None


def _state_by(share: float | None) -> State:
    return "done" if share == 1 else "under-way"


def _share_said(said: str) -> float | None:
    """The share that words name; a bare number is none."""
    try:
        return None if said.replace(".", "").isdigit() else read_share(said, percent=False)
    except UnclearError:
        return None


def read_share(value: object, *, percent: bool) -> float | None:
    """The share done, 0 to 1; None for an empty cell. `percent`: the cell shows its number as a percentage.

    80, "80%", 0.8, 百分之八十 and 八成 are 0.8; 1.2 may be 1.2% or 120%, and is not taken.
    """
    if is_nothing(value):
        return None
    if isinstance(value, str):
        said = numbers.half_width(value.strip())
        found = (match for rule in rules.many("ledger", "share") if (match := rule.fullmatch(said)))
        match = next(found, None)
        return _share(value, _of_words(match.groupdict()) if match else None)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnclearError("share", str(value))
    return _share(f"{value:.15g}", _of_number(float(value), percent=percent))


def _of_words(said: Mapping[str, str | None]) -> float | None:
    """The share that the groups of a rule name."""

    def number(group: str) -> float | None:
        found = numbers.parse(said.get(group) or "")
        return None if found is None else float(found)

    if said.get("half"):
        return 0.5
    if tenths := number("tenths"):
        return tenths / 10 + (0.05 if said.get("more") == "半" else (number("more") or 0) / 100)
    if (part := number("part")) and (of := number("of")):
        return part / of
    value = number("value")
    if value is None:
        return None
    return value / 100 if said.get("sign") or "sign" not in said else _of_number(value, percent=False)


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
    """The day that a cell names; None for an empty one. A day without a year is the last one up to today, and a month
    without a day its last one, but none after today."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and int(value) in _SERIALS:
        return _EPOCH + timedelta(days=int(value))
    text = numbers.half_width(str(int(value) if isinstance(value, float) and value.is_integer() else value).strip())
    if is_nothing(text):
        return None
    without_clock = _typed("clock").sub("", text)
    said = _typed("numeral").sub(lambda match: str(numbers.parse(match[0]) or match[0]), without_clock)
    try:
        if match := _typed("day").fullmatch(said) or _typed("packed_day").fullmatch(said):
            year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
            return _day(year, match, today)
        if match := _typed("short_day").fullmatch(said):
            found = _day(today.year, match, today)
            return found if found <= today else _day(today.year - 1, match, today)
    except ValueError as error:
        raise UnclearError("day", text) from error
    raise UnclearError("day", text)


def _typed(form: str) -> re.Pattern[str]:
    """What people type for a day, of `[ledger.*]` in `rules/days.toml`."""
    return rules.one("days", f"ledger.{form}").regex


def _day(year: int, match: re.Match[str], today: date) -> date:
    """The day of a match. Raises ValueError for none."""
    month = int(match["month"])
    if match["day"]:
        return date(year, month, int(match["day"]))
    last = date(year, month, monthrange(year, month)[1])
    return today if last > today >= last.replace(day=1) else last
