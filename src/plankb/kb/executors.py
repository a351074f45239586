"""Who reads the files of a build: this process, or workers beside it that are started once."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Protocol

import plankb
from plankb import pages_read
from plankb.errors import PlankbError
from plankb.kb.jobs import Job, Outcome, outcome_of, perform

_WORTH = 300_000
"""Bytes of files for which another worker is worth its start of a second or two."""
AHEAD = 4
"""How many jobs a worker may be ahead of what is written, which bounds the memory."""
_LENGTH = 8
_PAGES = b"\0\0\0\0pages "
"""How a message of a worker begins that is no outcome: an outcome begins with the size of its head, which is not 0."""


PagesTold = Callable[[str, int, int], None]
"""Told (file name, pages read, pages to read). What it raises stops the work."""


def nobody(_name: str, _done: int, _total: int) -> None:
    """Nobody is told."""


class Executor(Protocol):
    """Reads files; the outcomes come in the order of the jobs, whoever is done first."""

    def run(self, jobs: Iterable[Job], told: PagesTold = nobody) -> Iterator[Outcome]:
        """The outcome of each job; `told` hears of pages that are slow to read, from any thread."""
        ...


class Here:
    """This process, one file after the other."""

    def run(self, jobs: Iterable[Job], told: PagesTold = nobody) -> Iterator[Outcome]:
        """See `Executor`."""
        for job in jobs:
            with pages_read.told_to(partial(told, job.file.path.name)):
                outcome = perform(job)
            yield outcome


class Workers:
    """Processes on this machine. One that dies takes one file with it, which its outcome names."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all: list[_Worker] = []

    def run(self, jobs: Iterable[Job], told: PagesTold = nobody) -> Iterator[Outcome]:
        """See `Executor`."""
        pool = ThreadPoolExecutor(self._count)
        try:
            for result in ahead(jobs, lambda job: pool.submit(self._perform, job, told).result, self._count * AHEAD):
                yield result()
        finally:
            for worker in self._all:
                worker.stop()
            pool.shutdown(cancel_futures=True)

    def _perform(self, job: Job, told: PagesTold) -> Outcome:
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = _Worker()
            self._all.append(worker)
        said = worker.ask(job.dump(), partial(told, job.file.path.name))
        if said is None:
            worker.stop()
            return Outcome(error=PlankbError("E112", path=job.file.path))
        self._idle.put(worker)
        return outcome_of(said)


Result = Callable[[], Outcome]
"""Waits for an outcome."""


def ahead(jobs: Iterable[Job], submit: Callable[[Job], Result], most: int) -> Iterator[Result]:
    """The results of jobs in their order, at most `most` of them under way."""
    pending: deque[Result] = deque()
    for job in jobs:
        pending.append(submit(job))
        if len(pending) >= most:
            yield pending.popleft()
    while pending:
        yield pending.popleft()


def choose(jobs: int | None, files: Sequence[Path]) -> Executor:
    """The executor for files: `jobs` workers, or as many as there are cores and work for them where it is None."""
    count = min(_cores(), sum(map(_size, files)) // _WORTH) if jobs is None else jobs
    count = min(count, len(files))
    if count < 2 or getattr(sys, "frozen", False):  # a frozen program has no interpreter to start
        return Here()
    return Workers(count)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


class _Worker:
    """A process that reads one file after the other: jobs go in by its standard input, outcomes come by its output."""

    def __init__(self) -> None:
        # The interpreter looks for modules where this one found plankb, and never in the working folder.
        found = str(Path(plankb.__file__).parent.parent)
        known = os.environ.get("PYTHONPATH")
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "plankb.kb.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (found, known)))},
        )

    def ask(self, job: bytes, told: pages_read.Told) -> bytes | None:
        """The outcome of a job; None where the process ended over it. `told` hears of the pages before it comes."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            return None
        try:
            send(stdin, job)
            return answer(stdout, told)
        except (OSError, ValueError):
            return None

    def stop(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # it was gone before
                    pipe.close()


def answer(stream: IO[bytes], told: pages_read.Told) -> bytes | None:
    """The outcome that a worker gives, what it tells of pages before told on; None where the stream ends."""
    while (said := receive(stream)) is not None and said.startswith(_PAGES):
        done, total = said.removeprefix(_PAGES).split(b"/")
        told(int(done), int(total))
    return said


def tell_pages(stream: IO[bytes]) -> pages_read.Told:
    """What a worker is to be told of pages, as messages before its outcome."""
    return lambda done, total: send(stream, _PAGES + b"%d/%d" % (done, total))


def send(stream: IO[bytes], message: bytes) -> None:
    """Writes a message with its length in front."""
    stream.write(len(message).to_bytes(_LENGTH, "big") + message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Reads such a message; None where the stream ends before it is complete."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    message = stream.read(size)
    return message if len(message) == size else None
