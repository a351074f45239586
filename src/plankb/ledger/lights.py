"""The light of a task: how it stands on a day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from plankb.model import State

Light = Literal["green", "yellow", "red", "none"]
"""Done or on course; due soon or reported behind; past its time; nothing due and nothing reported."""
LIGHTS: tuple[Light, ...] = ("red", "yellow", "green", "none")
SOON = 30
"""Days before its time from which a task is due soon, where nobody says."""


def light(state: State, due: date | None, *, today: date, soon: int = SOON, reported: bool = True) -> Light:
    """The light of a task in a state that is due on a day (None: on none); `soon` in days."""
    if state == "done":
        return "green"
    if due is not None and due < today:
        return "red"
    if state == "late" or (due is not None and (due - today).days <= soon):
        return "yellow"
    return "green" if due is not None or reported else "none"
