"""The options of a build. Loads nothing of what builds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from plankb.model import Plan

IndexChoice = Literal["auto", "whoosh", "sqlite"]
Agree = Callable[[Sequence[Plan]], bool]
"""Asked before a build removes plans; whether they may go."""
Progress = Callable[[int, int, str], None]
"""Told (done, total, file name) before each file, and once more when all is done; while scanned pages are recognised
also after each of them, with how many of how many pages behind the name, from any thread. What it raises stops the
work."""


def agreed(_plans: Sequence[Plan]) -> bool:
    """Plans may go."""
    return True


def silent(_done: int, _total: int, _name: str) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How a knowledge base is made.

    `index` is the engine of full text, None for the one asked for last, at first "auto". `jobs` is the number of
    processes that read, None for as many as there are cores and work for them; `cluster` is the address of a Dask
    scheduler whose workers read instead. What is made does not depend on either. `agree` is asked before plans are
    removed.
    """

    agree: Agree = agreed
    progress: Progress = silent
    index: IndexChoice | None = None
    jobs: int | None = None
    cluster: str | None = None


class Options(TypedDict, total=False):
    """The same as named arguments, but for the progress."""

    agree: Agree
    index: IndexChoice | None
    jobs: int | None
    cluster: str | None
