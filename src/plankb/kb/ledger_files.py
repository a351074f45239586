"""The ledger written: the workbook to fill in, one a bureau, lists, the summary, the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Literal

from plankb.errors import Language, PlankbError
from plankb.exports.formats import FORMATS, render
from plankb.exports.ledger import LedgerFile, lists
from plankb.exports.side_by_side import Sheet
from plankb.files import make_folder
from plankb.kb.outputs import hand_out
from plankb.ledger import Ledger
from plankb.model import Bureau, Role
from plankb.printing import UNSEEN
from plankb.words import say

ListKind = Literal["asked", "late", "due", "by_bureau"]
"""The tasks chosen, those that are late, those due within some days, the summary by bureau."""
_UNFIT = re.compile(rf'[{UNSEEN}\t\r\n<>:"/\\|?*]')
_LONGEST = 60
"""Characters of a file's name."""


def known(path: Path) -> str:
    """The ending of a file to which a ledger can be written. Raises E503."""
    ending = path.suffix.lower()
    endings = dict.fromkeys((*FORMATS["ledger"], *FORMATS["sides"]))
    if ending not in endings:
        raise PlankbError("E503", path=path.name, known=" ".join(endings))
    return ending


def data(made: LedgerFile, ending: str, kind: ListKind | None, *, days: int, lang: Language) -> bytes:
    """The bytes of a file: the workbook to fill in for .xlsx without a kind, the calendar for .ics, else a list."""
    if ending == ".ics" or (kind is None and ending == ".xlsx"):
        return render("ledger", made, ending, lang=lang)
    if ending == ".jsonl":
        return render("sides", [entry.latest for entry in made.ledger.entries if entry.latest], ending)
    return render("sides", sheet(made, kind or "asked", days=days, lang=lang), ending, lang=lang)


def sheet(made: LedgerFile, kind: ListKind, *, days: int, lang: Language, brief: bool = False) -> Sheet:
    """A list as a table in words; `brief` for a terminal."""
    if kind == "by_bureau":
        return lists.by_bureau(made, lang)
    return lists.tasks(made, say(f"ledger.sheet.{kind}", lang, days=days), lang, brief=brief)


def write_each(
    ledger: Ledger,
    bureaus: Mapping[str, Bureau],
    folder: Path,
    *,
    replace: bool,
    roles: tuple[Role, ...],
    lang: Language,
) -> tuple[Path, ...]:
    """Writes a ledger a bureau, named by it, and one of the tasks that name none, so that none is left out.

    Raises E720 where a file is there already and may not be replaced: then nothing is written; E205, E501, E502.
    """
    names = {id_: bureaus[id_].name if id_ in bureaus else id_ for id_ in ledger.bureaus()}
    taken: set[str] = set()
    files: dict[Path, LedgerFile] = {}
    for id_, name in names.items():
        own = ledger.of_bureau(id_, roles=roles)
        if own.entries:
            place = bureaus[id_].jurisdiction if id_ in bureaus else None
            path = folder / f"{file_name(name, place, taken)}.xlsx"
            files[path] = LedgerFile(ledger=own, name=name, bureau=id_, bureaus=names)
    held = {entry.task.id for made in files.values() for entry in made.ledger.entries}
    rest = ledger.where(lambda entry: entry.task.id not in held)
    if rest.entries:
        name = say("ledger.sheet.no_bureau", lang)
        files[folder / f"{file_name(name, None, taken)}.xlsx"] = LedgerFile(ledger=rest, name=name, bureaus=names)
    there = [path for path in files if path.exists()]
    if there and not replace:
        raise PlankbError("E720", path=there[0], count=len(there))
    make_folder(folder)
    for path, made in files.items():
        hand_out(path, render("ledger", made, ".xlsx", lang=lang))
    return tuple(files)


def file_name(name: str, place: str | None, taken: set[str]) -> str:
    """A name that every system takes for a file; the place, then a number, tells two bureaus of one name apart."""
    base = _UNFIT.sub("", name).strip(" .")[:_LONGEST] or "-"
    where = _UNFIT.sub("", place or "").strip(" .")[:_LONGEST]
    chosen = next(one for one in _names(base, where) if one.casefold() not in taken)
    taken.add(chosen.casefold())
    return chosen


def _names(base: str, place: str) -> Iterator[str]:
    yield base
    if place:
        yield f"{base}（{place}）"
    yield from (f"{base}（{number}）" for number in count(2))
