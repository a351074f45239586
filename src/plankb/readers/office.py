"""Old Word, WPS, RTF and OpenDocument files: LibreOffice, where it is installed, makes Word files of them.

It runs without its windows: a private profile, no macros, no links to elsewhere, a time limit.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from plankb.document import Document
from plankb.errors import PlankbError
from plankb.readers import docx

_SECONDS = 120
"""What one file may take; a plan of 200 pages takes five."""
_ENDINGS = ((b"\xd0\xcf\x11\xe0", ".doc"), (b"{\\rtf", ".rtf"), (b"PK\x03\x04", ".odt"))
"""How a file begins, and the ending under which LibreOffice is given it; what it is it finds out by itself."""
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read(data: bytes) -> Document:
    """The document of a file that LibreOffice reads.

    Raises E137 where LibreOffice is not installed, E138 where it cannot read the file, E139 where it takes too long.
    """
    return docx.read(to_docx(data))


def to_docx(data: bytes) -> bytes:
    """A Word file of a file's bytes.

    Raises ValueError where the bytes are no office file, E137 where LibreOffice is not installed, E138 where it makes
    nothing of them, E139 where it takes too long.
    """
    ending = next((ending for start, ending in _ENDINGS if data.startswith(start)), None)
    if ending is None:
        raise ValueError("no office file")
    return _made(data, ending, "docx:MS Word 2007 XML")


def to_xlsx(data: bytes) -> bytes:
    """A workbook of the bytes of an old one, of one of WPS or of OpenDocument. Raises E137, E138, E139 as `to_docx`."""
    return _made(data, ".ods" if data.startswith(b"PK") else ".xls", "xlsx:Calc MS Excel 2007 XML")


def _made(data: bytes, ending: str, wanted: str) -> bytes:
    program = find()
    if program is None:
        raise PlankbError("E137", path="")
    with tempfile.TemporaryDirectory(prefix="plankb-", ignore_cleanup_errors=True) as folder:
        return _converted(program, Path(folder), data, ending, wanted)


def _converted(program: Path, folder: Path, data: bytes, ending: str, wanted: str) -> bytes:
    source = folder / f"plan{ending}"
    source.write_bytes(data)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    _run(
        [
            str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
            "--nodefault", "--nolockcheck", "--nofirststartwizard", "--convert-to", wanted,
            "--outdir", str(folder / "made"), str(source),
        ],
        folder,
    )  # fmt: skip
    try:
        return (folder / "made" / f"plan.{wanted.partition(':')[0]}").read_bytes()
    except OSError as error:
        raise PlankbError("E138", path="") from error


def _run(command: list[str], folder: Path) -> None:
    """Runs a program to its end, or ends it and all that it started when its time is over."""
    windows = sys.platform == "win32"
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        process = subprocess.Popen(  # noqa: S603 (found where it is installed; no shell reads it)
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=not windows, creationflags=flags,
        )  # fmt: skip
    except OSError as error:
        raise PlankbError("E138", path="") from error
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise PlankbError("E139", path="", seconds=_SECONDS) from error
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program and what it started."""
    if sys.platform == "win32":
        taskkill = Path(os.environ.get("SYSTEMROOT", "C:\\Windows")) / "System32" / "taskkill.exe"
        subprocess.run([str(taskkill), "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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
