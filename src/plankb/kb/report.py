"""What a build tells: what became of every file, and of every plan that was there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.errors import PlankbError

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
