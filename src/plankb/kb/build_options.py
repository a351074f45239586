"""What a build is asked for and what it tells. Loads nothing of what builds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

from plankb.errors import PlankbError
from plankb.late import dataclass
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


if TYPE_CHECKING:
    from plankb.readers import Skipped


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read and was passed over; `named` by the user himself, not found in a folder."""

    path: Path
    error: PlankbError
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did. `read`, `unchanged` and `removed` are plan ids.

    `duplicates` are files passed over since another has the same content, each with the id of the plan it is;
    `skipped` are the files of folders that are no plans, each with the reason; `kept` are plans of `failures` whose
    last good reading stays; `outdated` are files that are no longer those which the manifest beside them describes;
    `remarks` are what the readers could not read of a plan, or only with doubt, by plan id.
    """

    read: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    outdated: tuple[Path, ...] = ()
    failures: tuple[Failure, ...] = ()
    duplicates: tuple[tuple[Path, str], ...] = ()
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[tuple[str, PlankbError], ...] = ()
