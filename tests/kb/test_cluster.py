"""A real Dask scheduler with two real workers on the loopback reads what this process would have read."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase, cluster
from tests.kb.test_jobs import TEXT, content

pytestmark = pytest.mark.slow
pytest.importorskip("distributed", reason="the extra plankb[cluster] is not installed")

_SCHEDULER = """
import sys
from distributed.cli.dask_scheduler import main
main(["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", sys.argv[1]])
"""
_WORKER = """
import sys
from distributed.cli.dask_worker import main
main([sys.argv[1], "--nthreads", "1", "--no-dashboard", "--local-directory", sys.argv[2], "--no-nanny"])
"""


class Office:
    """A scheduler and its workers, as an office would start them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        said = folder / "scheduler.json"
        self._processes = [self._start(_SCHEDULER, str(said))]
        deadline = time.monotonic() + 60
        while not (said.exists() and said.read_text()) and time.monotonic() < deadline:
            time.sleep(0.1)
        (self.address,) = re.findall(r"tcp://[\d.]+:\d+", said.read_text())[:1]
        self.workers = [self._start(_WORKER, self.address, str(folder / f"worker{n}")) for n in range(2)]
        self._processes += self.workers

    def _start(self, program: str, *words: str) -> subprocess.Popen[bytes]:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        return subprocess.Popen(
            [sys.executable, "-c", program, *words], cwd=self._folder, env=env,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def wait_for(self, workers: int) -> None:
        """Until so many workers are there."""
        from distributed import Client

        client = Client(self.address, set_as_default=False)
        client.wait_for_workers(workers, timeout=90)
        client.close()

    def close(self) -> None:
        """Ends all of them."""
        for process in self._processes:
            process.kill()
            process.wait()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    started = Office(tmp_path)
    try:
        started.wait_for(2)
        yield started
    finally:
        started.close()


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for n in range(1, 13):
        (folder / f"{n}号线.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    return folder


def test_a_cluster_reads_the_same_and_a_lost_worker_loses_nothing(office: Office, plans: Path, tmp_path: Path) -> None:
    here = KnowledgeBase(tmp_path / "here")
    here.build([plans], jobs=1, index="sqlite")

    def kill_one(done: int, _total: int, _name: str) -> None:
        if done == 3:
            office.workers[0].send_signal(signal.SIGKILL)

    there = KnowledgeBase(tmp_path / "there")
    report = there.build([plans], cluster=office.address, index="sqlite", progress=kill_one)
    assert (len(report.read), report.failures) == (12, ())
    assert office.workers[0].wait(30) == -signal.SIGKILL
    assert content(there) == content(here)


def test_an_address_where_nobody_answers(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    kb = KnowledgeBase(tmp_path / "kb")
    for address in ("tcp://127.0.0.1:9", "nonsense://", "127.0.0.1:notaport"):
        with pytest.raises(PlankbError, match="E114"):
            kb.build([plans], cluster=address)
    assert not kb.exists


def test_without_the_extra(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PlankbError, match="E111"):
        KnowledgeBase(tmp_path / "kb").build([plans], cluster="tcp://127.0.0.1:9")
