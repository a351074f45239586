"""Corrections that were listed as JSON Lines, read back: those of plans that are here, where none is later."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from plankb.errors import PlankbError
from plankb.kb import guard
from plankb.kb.sheet_corrections import SheetCorrections
from plankb.model import Correction
from plankb.store import Store


def from_list(store: Store, path: Path) -> SheetCorrections:
    """The corrections of a file, as they were signed. Raises E101, E105, E118.

    One of a plan that is not here, one that is kept already in a later version, and a line that holds none are told.
    """
    plans = {plan.id for plan in store.plans()}
    present = {one.id: one for one in store.corrections()}
    add: dict[str, Correction] = {}
    remarks: list[PlankbError] = []
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        one = _correction(line)
        if one is None:
            remarks.append(PlankbError("E539", line=number, path=path))
        elif one.plan not in plans:
            remarks.append(PlankbError("E537", plan=one.plan))
        elif (earlier := present.get(one.id)) is None or earlier.when < one.when:
            add[one.id] = one
        elif earlier != one:
            remarks.append(PlankbError("E540", title=earlier.title, who=earlier.who, when=earlier.when[:10]))
    told = {str(remark): remark for remark in remarks}
    return SheetCorrections(tuple(add.values()), (), tuple(told.values()))


def _text(path: Path) -> str:
    guard.require_size(path)
    try:
        return path.read_bytes().decode("utf-8-sig", errors="replace")
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except (OSError, ValueError) as error:
        raise PlankbError("E101", path=path) from error


def _correction(line: str) -> Correction | None:
    """The correction of a line, which earlier releases called an override; None where it holds none."""
    try:
        held = json.loads(line)
        record = held.get("correction") or held.get("override") or held
        return Correction.model_validate(record)
    except (ValueError, AttributeError, RecursionError, ValidationError):
        return None
