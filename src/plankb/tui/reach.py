"""Which files the screens may reach: all of the user's, or those below the folder that whoever serves them named."""

from __future__ import annotations

import os
from pathlib import Path

from plankb import paths
from plankb.errors import PlankbError

VARIABLE = "PLANKB_FILES"
"""The environment variable that names the folder."""


def typed(text: str) -> Path:
    """The path that somebody typed; ~ is his home. Raises E604 for one outside the folder that is open to him."""
    path = paths.typed(text)
    if not allowed(path):
        raise PlankbError("E604", path=path, folder=os.environ.get(VARIABLE, ""))
    return path


def allowed(path: Path) -> bool:
    """Whether a file, links followed, is open to whoever sits at the screen."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return True
    try:
        return path.resolve().is_relative_to(Path(folder).resolve())
    except (OSError, ValueError, RuntimeError):
        return False
