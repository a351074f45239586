"""The guard at the door: whatever a file makes a reader or the program raise becomes one line for the user.

A fault of the program is told by its place in the code, which says nothing to the user and enough to whoever mends it.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

from plankb.errors import PlankbError

MOST_BYTES = 300_000_000
"""Size of a file that is read; more is no plan, and would not fit into the memory of a laptop."""
TRACEBACK = "PLANKB_TRACEBACK"
"""The variable of the environment with which faults of the program are shown with all their lines."""
_PACKAGE = PurePath(__file__).parents[1]


@contextmanager
def guarded(folder: Path | None = None) -> Iterator[None]:
    """Raises `fault` for any fault of the program in the block; PlankbError and OSError go on as they are.

    `folder` is that of the knowledge base that the block works on. `PLANKB_TRACEBACK` in the environment leaves the
    fault as it is, for whoever mends it.
    """
    try:
        yield
    except (PlankbError, OSError):
        raise
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        raise fault(error, folder) from error


def fault(error: Exception, folder: Path | None) -> PlankbError:
    """How a fault is told: E203 where the knowledge base of a folder does not hold what plankb wrote, so that what
    came up is its damage; E129, with the place in the program, otherwise."""
    from plankb.kb.verifying.base import is_whole
    from plankb.store.opening import STORE

    path = folder / STORE if folder else None
    with suppress(OSError, ValueError):  # a folder that cannot be looked into says nothing of itself
        if path and path.is_file() and not is_whole(path):
            return PlankbError("E203", path=path)
    return PlankbError("E129", where=place(error))


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Raises E104 for whatever a reader raises over the bytes of a file, besides what it says itself."""
    try:
        yield
    except PlankbError as error:
        raise _naming(error, path) from error
    except Exception as error:
        from plankb.readers import KINDS

        raise PlankbError("E104", path=path, kinds=KINDS) from error


@contextmanager
def understanding(path: Path) -> Iterator[None]:
    """Raises E108 for whatever the program raises over the text of a file."""
    try:
        yield
    except PlankbError as error:
        raise _naming(error, path) from error
    except Exception as error:
        raise PlankbError("E108", path=path, where=place(error)) from error


def require_size(path: Path) -> None:
    """Raises E118 for a file of more than `MOST_BYTES`; one that is not there is left to the reader."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return
    if size > MOST_BYTES:
        raise PlankbError("E118", path=path, size=size // 1_000_000, most=MOST_BYTES // 1_000_000)


def _naming(error: PlankbError, path: Path) -> PlankbError:
    """An error of a file, with its path where whoever raised it did not know that."""
    if error.details.get("path") != "":
        return error
    return PlankbError(error.code, **{**error.details, "path": path})


def place(error: BaseException) -> str:
    """Where in the program a fault came up: the innermost of its own modules, with the line."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if PurePath(frame.filename).is_relative_to(_PACKAGE)]
    if not own:
        return "plankb"
    module = PurePath(own[-1].filename).relative_to(_PACKAGE).with_suffix("")
    return f"{'.'.join(module.parts)}:{own[-1].lineno}"
