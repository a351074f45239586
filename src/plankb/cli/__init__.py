"""The command line: parse, call `plankb.kb`, show. `main` is the program."""

from __future__ import annotations

import gc
import os
import sys


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


def _interrupted() -> int:
    from plankb.errors import INTERRUPTED, message

    print(message("E127", "en" if os.environ.get("PLANKB_LANG") == "en" else "zh"), file=sys.stderr)  # noqa: T201
    return INTERRUPTED
