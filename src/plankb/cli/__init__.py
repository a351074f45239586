"""The command line: parse, call `plankb.kb`, show. `main` is the program."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Runs the program on the words of the command line and ends the process with its exit code."""
    try:
        from plankb.cli.frame import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the frame was there to say so
        code = _interrupted()
    sys.exit(code)


def _interrupted() -> int:
    from plankb.errors import INTERRUPTED, message

    print(message("E127", "en" if os.environ.get("PLANKB_LANG") == "en" else "zh"), file=sys.stderr)  # noqa: T201
    return INTERRUPTED
