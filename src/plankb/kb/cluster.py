"""Reading on other machines: the workers of a Dask scheduler, which an office starts itself (docs/cluster.md).

Files travel as bytes and come back as packed plans; this process alone writes. A job whose worker is lost is given to
another.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from plankb.errors import PlankbError
from plankb.kb.executors import AHEAD, PagesTold, Result, ahead, nobody
from plankb.kb.jobs import Job, Outcome, outcome_of, perform_bytes

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 15
"""Seconds until a scheduler must have answered, and have a worker."""
_ALONE = threading.Lock()


class Cluster:
    """The workers of the scheduler at an address such as tcp://10.0.0.1:8786."""

    def __init__(self, address: str) -> None:
        self._address = address

    def run(self, jobs: Iterable[Job], told: PagesTold = nobody) -> Iterator[Outcome]:  # noqa: ARG002
        """See `Executor`; of pages nothing is heard from other machines. Raises E111, E113, E114."""
        client = self._client()
        try:
            threads = sum(client.nthreads().values())
            for result in ahead(jobs, lambda job: _submit(client, job), threads * AHEAD):
                yield result()
        except OSError as error:  # the scheduler is gone
            raise PlankbError("E114", address=self._address) from error
        finally:
            client.close()

    def _client(self) -> Client:
        try:
            from distributed import Client
        except ImportError as error:
            raise PlankbError("E111") from error
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            client = Client(self._address, timeout=_PATIENCE, set_as_default=False)
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError, TypeError) as error:
            raise PlankbError("E114", address=self._address) from error
        return client


def perform_alone(job: bytes) -> bytes:
    """Performs a job on a worker, whose threads take turns."""
    with _ALONE:
        return perform_bytes(job)


def _submit(client: Client, job: Job) -> Result:
    from distributed import KilledWorker

    try:
        sent = replace(job, data=job.file.path.read_bytes())
    except OSError:
        error = PlankbError("E105", path=job.file.path)
        return lambda: Outcome(error=error)
    future = client.submit(perform_alone, sent.dump(), pure=False)

    def result() -> Outcome:
        try:
            return outcome_of(future.result())
        except KilledWorker:
            return Outcome(error=PlankbError("E112", path=job.file.path))

    return result
