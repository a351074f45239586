"""Whoever reads the files, the knowledge base is the same; one that dies over a file takes no other with it."""

from __future__ import annotations

import io
import sqlite3
import subprocess
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase, executors
from plankb.kb.draft import STORE
from plankb.kb.executors import Here, Workers, ahead, answer, choose, send, tell_pages
from plankb.kb.files import collect
from plankb.kb.jobs import Job, Outcome, outcome_of, perform, perform_bytes

pytestmark = pytest.mark.slow

TEXT = """某{n}市方案

一、任务

（一）建设第{n}座车站。到2025年，{n}号线客运量占比达到{n}%。（市交通局牵头，市财政局配合）
"""


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for n in range(1, 7):
        (folder / f"{n}号线.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    return folder


def content(kb: KnowledgeBase) -> list[str]:
    """All rows of all tables but the time of reading, full text and its order included."""
    db = sqlite3.connect(kb.folder / STORE)
    db.execute("UPDATE plan SET read_at = ''")
    db.execute("DELETE FROM migration")
    rows = list(db.iterdump())
    db.close()
    return rows


def test_the_same_file_whatever_the_number_of_workers(plans: Path, tmp_path: Path) -> None:
    made = []
    for jobs in (1, 2, 3):
        kb = KnowledgeBase(tmp_path / f"kb{jobs}")
        kb.build([plans], jobs=jobs, index="sqlite")
        made.append(content(kb))
    assert made[0] == made[1] == made[2]
    assert len(made[0]) > 100


def jobs_of(plans: Path) -> list[Job]:
    return [Job(plan=file.path.stem, file=file, fulltext=True) for file in collect([plans])]


def test_a_job_and_its_outcome_travel_as_bytes(plans: Path) -> None:
    for job in jobs_of(plans)[:2]:
        here, there = perform(job), outcome_of(perform_bytes(job.dump()))
        assert here == there
        assert here.packed is not None


def test_pages_are_told_while_a_worker_reads() -> None:
    stream, told = io.BytesIO(), []
    tell_pages(stream)(3, 12)
    send(stream, b"outcome")
    stream.seek(0)
    assert answer(stream, lambda done, total: told.append((done, total))) == b"outcome"
    assert told == [(3, 12)]


def test_an_error_travels_with_its_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("某市方案\n", encoding="utf-8")
    (job,) = jobs_of(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"")
    here, there = perform(job).error, outcome_of(perform_bytes(job.dump())).error
    assert here is not None
    assert there is not None
    assert (
        (here.code, here.text("en"))
        == (there.code, there.text("en"))
        == ("E103", f"the file is empty: {tmp_path}/a.txt")
    )


DIES = """
import os, sys
from plankb.kb import files, worker
read = files.read
def dies(file, *args, **kwargs):
    if file.path.stem.startswith("3"):
        os.abort()
    return read(file, *args, **kwargs)
files.read = dies
worker.main()
"""


def test_a_worker_that_dies_names_its_file_and_leaves_the_rest(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dying.py").write_text(DIES, encoding="utf-8")
    start = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda words, **how: start([words[0], str(tmp_path / "dying.py")], **how))
    kb = KnowledgeBase(tmp_path / "kb")
    report = kb.build([plans], jobs=2)
    assert [(failure.path.stem, failure.error.code) for failure in report.failures] == [("3号线", "E112")]
    assert len(report.read) == 5
    assert {plan.id for plan in kb.store.plans()} == {f"{n}号线" for n in (1, 2, 4, 5, 6)}


def test_stopping_ends_the_workers_and_changes_nothing(plans: Path, tmp_path: Path) -> None:
    kb = KnowledgeBase(tmp_path / "kb")
    started: list[executors._Worker] = []
    make = executors._Worker.__init__

    def noted(worker: executors._Worker) -> None:
        make(worker)
        started.append(worker)

    def stop(done: int, _total: int, _name: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(executors._Worker, "__init__", noted)
        with pytest.raises(KeyboardInterrupt):
            kb.build([plans], jobs=2, progress=stop)
    assert started
    assert all(worker._process.poll() is not None for worker in started)
    assert not kb.exists


def test_modules_in_the_working_folder_are_not_loaded(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("plankb", "jieba", "json"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    KnowledgeBase(tmp_path / "kb").build([plans], jobs=2)
    assert not (tmp_path / "ran").exists()


def test_jobs_are_not_all_sent_at_once(plans: Path) -> None:
    sent: list[Job] = []

    def submit(job: Job) -> executors.Result:
        sent.append(job)
        return lambda: Outcome(error=PlankbError("E101", path=job.plan))

    results = ahead(jobs_of(plans), submit, 2)
    next(results)
    assert len(sent) == 2
    assert len(list(results)) == 5


def test_few_files_are_read_here_and_many_by_workers(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "_cores", lambda: 4)
    files = sorted(plans.iterdir())
    assert isinstance(choose(None, files), Here)
    assert isinstance(choose(2, files), Workers)
    assert isinstance(choose(2, files[:1]), Here)
    monkeypatch.setattr(executors, "_WORTH", 100)
    assert isinstance(choose(None, files), Workers)
