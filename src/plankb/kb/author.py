"""Who does something, and when: what stands beside a correction or a report."""

from __future__ import annotations

import getpass
from datetime import date, datetime


def user() -> str:
    """The user of this computer; an account without a name has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def now() -> str:
    """This moment as an ISO time with its zone."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def today() -> date:
    """The user's own day."""
    return datetime.now().astimezone().date()
