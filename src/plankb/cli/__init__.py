"""The command line: parse, call `plankb.kb`, show. `main` is the program."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the program on the words of the command line and ends the process with its exit code."""
    from plankb.cli.frame import run

    sys.exit(run(sys.argv[1:]))
