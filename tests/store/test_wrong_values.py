"""Values that this program never wrote, wherever they stand: each use of the store says so in one line, or copes."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.model import Task
from plankb.search import syntax
from plankb.search.syntax import Words
from plankb.store import Store, StoreWriter
from tests import records
from tests.ledger.made import report
from tests.samples import sample
from tests.store.conftest import SOURCE

TASK = next(fact for fact in sample("a").facts if isinstance(fact, Task))
REPORT = report(TASK, "done", "2026-01-02")
DEEP = "[" * 3000 + "]" * 3000
VALUES: tuple[object, ...] = (None, -1, 2**62, 0.5, "x", "", "{}", "[]", DEEP, b"\x00\xff", "1e999", "9" * 5000)
COLUMNS = (
    "plan.id", "plan.record", "plan.title", "plan.path", "plan.read_at", "plan_text.clean", "plan_text.raw",
    "plan_text.layout", "section.heading", "section.parent", "fact.record", "fact.start", "fact.end", "fact.section",
    "fact.quote", "fact.body", "fact.kind", "fact.key", "bureau.record", "bureau.name", "override.record",
    "report.record", "setting.value", "name.name", "name.uses", "bureau_name.names", "passage.start", "passage.section",
    "passage.kinds", "passage.plan", "extracted.records", "digest.text",
)  # fmt: skip


def _change(path: Path) -> None:
    writer = StoreWriter(path)
    try:
        writer.correct(add=[records.correction(TASK, id="later", action="accept", field=None, after=())])
        writer.commit()
    finally:
        writer.close()


def _opened(use: Callable[[Store], object]) -> Callable[[Path], object]:
    def run(path: Path) -> object:
        store = Store.open(path)
        try:
            return use(store)
        finally:
            store.close()

    return run


USES: dict[str, Callable[[Path], object]] = {
    "plans": _opened(lambda store: store.plans()),
    "sources": _opened(lambda store: store.sources()),
    "clean": _opened(lambda store: store.clean("a")),
    "tasks": _opened(lambda store: store.facts("task")),
    "targets": _opened(lambda store: store.facts("target")),
    "fact": _opened(lambda store: store.fact(TASK.id)),
    "bureaus": _opened(lambda store: store.bureaus()),
    "bureau names": _opened(lambda store: store.named_bureaus()),
    "corrections": _opened(lambda store: store.suspects()),
    "reports": _opened(lambda store: store.reports()),
    "extracted": _opened(lambda store: store.extracted("a")),
    "labels": _opened(lambda store: store.labels.names()),
    "headings": _opened(lambda store: store.labels.sections()),
    "found": _opened(lambda store: store.fulltext.find(Words(("运输",)), plans=[], limit=20)),
    "found below": _opened(lambda store: store.fulltext.find(syntax.parse("section:任务"), plans=["a"], limit=20)),
    "near": _opened(lambda store: store.fulltext.near(["运输"], plans=[], limit=20)),
    "passages": _opened(lambda store: store.fulltext.passages("a")),
    "a correction": _change,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with full text, a correction and a report."""
    path = tmp_path_factory.mktemp("whole") / "plankb.sqlite"
    writer = StoreWriter(path)
    writer.hold_fulltext()
    one = sample("a")
    writer.put(one.plan, SOURCE, one.clean, facts=one.facts, bureaus=one.bureaus)
    writer.correct(add=[records.correction(TASK, field="title", before=(TASK.title,), after=("改名",))])
    writer.report([REPORT])
    writer.commit()
    return path


@pytest.mark.slow
@pytest.mark.parametrize("column", COLUMNS)
def test_every_reading_says_so_or_copes(whole: Path, tmp_path: Path, column: str) -> None:
    table, _, name = column.partition(".")
    path = tmp_path / "plankb.sqlite"
    for value in VALUES:
        shutil.copyfile(whole, path)
        db = sqlite3.connect(path)
        try:
            assert db.execute(f'UPDATE {table} SET "{name}" = ?', [value]).rowcount
            db.commit()
        except sqlite3.IntegrityError:  # the schema itself refuses it
            continue
        finally:
            db.close()
        told = {name: _told(use, path) for name, use in USES.items()}
        assert set(told.values()) <= {None, "E203", "E204", "E205"}, told


def _told(use: Callable[[Path], object], path: Path) -> str | None:
    try:
        use(path)
    except PlankbError as error:
        return error.code
    return None
