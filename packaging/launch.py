"""What the bundled program starts with: PyInstaller's entry point. A double click opens the terminal UI.

The program starts itself anew for reading in several processes and for each tab of a browser, as `python -m MODULE`;
bundled it is its own Python, so that this has to be understood here, for these modules and no others.
"""

from __future__ import annotations

import runpy
import sys

from plankb.cli import main

MODULES = ("plankb", "plankb.kb.worker")


def launch() -> None:
    """Runs one of the modules where it was started as one, else the command line."""
    words = [word for word in sys.argv[1:4] if word != "-P"]
    if words[:1] == ["-m"] and words[1:2] and words[1] in MODULES:
        sys.argv[1 : sys.argv.index(words[1]) + 1] = []
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        main()


if __name__ == "__main__":
    launch()
