"""Where LibreOffice is installed, on Windows, Linux and macOS."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_FIXED = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "LOCALAPPDATA")


def find() -> Path | None:
    """The program of LibreOffice; None where it is not installed.

    One in the working folder is not taken: it may have come with the plans.
    """
    here = Path.cwd()
    return next((path for path in _places() if path.is_file() and path.parent != here), None)


def _places() -> Iterator[Path]:
    for name in _NAMES:
        if found := shutil.which(name):
            yield Path(found).absolute()
    if sys.platform == "win32":
        for variable in _WINDOWS:
            if folder := os.environ.get(variable):
                yield Path(folder) / "LibreOffice" / "program" / "soffice.exe"
        return
    yield from map(Path, _FIXED)
    opt = Path("/opt")
    if opt.is_dir():
        yield from sorted(opt.glob("libreoffice*/program/soffice"), reverse=True)
    yield Path.home() / "Applications" / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
