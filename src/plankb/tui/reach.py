"""Which files the screens may reach: all of the user's, or those below the folder that whoever serves them named."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from plankb import paths
from plankb.errors import PlankbError

VARIABLE = "PLANKB_FILES"
"""The environment variable that names the folder."""
_EVERY = 2.0


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


def end_with_the_server() -> None:
    """Ends this program when the server that began it is gone, however that ended. Does nothing elsewhere."""
    server = os.environ.get("PLANKB_SERVED_BY")
    if server is None or os.name != "posix":
        return

    def watch() -> None:
        while os.getppid() == int(server):
            time.sleep(_EVERY)
        os._exit(0)

    if server.isdecimal():
        threading.Thread(target=watch, name="plankb-server", daemon=True).start()
