"""A file of its own for each bureau of a matrix, in a folder."""

from __future__ import annotations

import re
from pathlib import Path

from plankb.errors import Language, PlankbError
from plankb.exports.formats import BureauTasks, known, render
from plankb.exports.safe import plain_text
from plankb.files import make_folder
from plankb.kb.outputs import hand_out
from plankb.matrix import Matrix, of_bureau

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\t\n]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST = 60
"""Characters of a file's name: 180 bytes in UTF-8, which leaves room for a number and an ending below 255."""


def write(matrix: Matrix, folder: Path, ending: str, *, lang: Language = "zh", **options: object) -> list[Path]:
    """Writes the files, each whole or not at all, and gives their paths in the order of the columns.

    Files of the same names are replaced as any output is; others in the folder stay. Raises E503, E205, E543.
    """
    known("bureau", Path(f"x{ending}"))
    try:
        make_folder(folder)
    except PlankbError as error:
        if isinstance(error.__cause__, FileExistsError):
            raise PlankbError("E543", path=folder) from error
        raise
    wanted = {column.bureau.id for column in matrix.columns}
    if matrix.selection.bureaus:
        wanted &= set(matrix.selection.bureaus)
    columns = [column for column in matrix.columns if column.bureau.id in wanted]
    paths = [folder / f"{name}{ending}" for name in file_names([column.bureau.name for column in columns])]
    for column, path in zip(columns, paths, strict=True):
        made = BureauTasks(of_bureau(matrix, column.bureau.id), column.bureau.id)
        hand_out(path, render("bureau", made, ending, lang=lang, **options))
    return paths


def file_names(names: list[str]) -> list[str]:
    """Names that every file system takes, in the same order, none twice whatever the case of its letters."""
    given: list[str] = []
    taken: set[str] = set()
    for name in names:
        safe = _FORBIDDEN.sub("_", plain_text(name)).strip(" .")[:_LONGEST].strip(" .") or "_"
        safe = f"_{safe}" if _RESERVED.fullmatch(safe) else safe
        number, free = 1, safe
        while free.casefold() in taken:
            number += 1
            free = f"{safe}（{number}）"
        taken.add(free.casefold())
        given.append(free)
    return given
