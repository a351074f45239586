"""The ledger (台账): the tasks of the plans with what was reported on them, what is due and what is late."""

from __future__ import annotations

from plankb.ledger.dues import Due, dues, last_day
from plankb.ledger.following import Followed, Suspicion, follow
from plankb.ledger.model import LIGHTS, SOON, STATES, TEXTS, Counts, Entry, Ledger, Light, light
from plankb.ledger.standing import Facts, build

__all__ = [
    "LIGHTS", "SOON", "STATES", "TEXTS", "Counts", "Due", "Entry", "Facts", "Followed", "Ledger",
    "Light", "Suspicion", "build", "dues", "follow", "last_day", "light",
]  # fmt: skip
