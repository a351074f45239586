"""A worker of a build: `python -m plankb.kb.worker`, started by `plankb.kb.executors` and of no use by itself."""

from __future__ import annotations

import gc
import os
import signal
import sys

from plankb import pages_read
from plankb.kb.executors import receive, send, tell_pages
from plankb.kb.jobs import perform_bytes


def main() -> None:
    """Performs jobs until the input ends."""
    gc.set_threshold(150_000, 20, 20)  # as the command line does: rounds of garbage collection take a tenth of reading
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it decides when to stop
    jobs = sys.stdin.buffer
    outcomes = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no outcome
    while (job := receive(jobs)) is not None:
        with pages_read.told_to(tell_pages(outcomes)):
            done = perform_bytes(job)
        send(outcomes, done)


if __name__ == "__main__":
    main()
