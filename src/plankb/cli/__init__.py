"""The command line: parse, call `plankb.kb`, show. `main` is the program."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType


def main() -> None:
    """Runs the program on the words of the command line and ends the process with its exit code."""
    _start_quickly()
    try:
        from plankb.cli.frame import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the frame was there to say so
        code = _interrupted()
    gc.freeze()  # the end of the process frees all; looking for what to free takes a question 0.04 s
    sys.exit(code)


def _start_quickly() -> None:
    """Leaves out what costs a command 0.1 s of its start: rounds of garbage collection while modules load, which make
    next to no garbage, and pydantic's search through all installed packages for plugins that plankb has no use for."""
    gc.set_threshold(150_000, 20, 20)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.modules.setdefault("importlib.metadata", _metadata())


class _Later(ModuleType):
    """`importlib.metadata`, loaded when something of it is used: pydantic imports its `entry_points`, and with it the
    readers of mail, to find the plugins that are left out."""

    def __getattr__(self, name: str) -> object:
        sys.modules.pop(self.__name__, None)
        module = import_module("importlib.metadata")
        self.__dict__.update(vars(module))
        found: object = getattr(module, name)
        return found


def _metadata() -> ModuleType:
    later = _Later("importlib.metadata")

    def entry_points(**asked: str) -> object:
        later.__getattr__("entry_points")  # puts the true one in the place of this
        return later.__dict__["entry_points"](**asked)

    later.__path__ = [str(Path(importlib.__path__[0], "metadata"))]
    later.__dict__["entry_points"] = entry_points
    return later


def _interrupted() -> int:
    from plankb.errors import INTERRUPTED, message

    print(message("E127", "en" if os.environ.get("PLANKB_LANG") == "en" else "zh"), file=sys.stderr)  # noqa: T201
    return INTERRUPTED
