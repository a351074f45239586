"""Settings of the whole suite: the property tests try the same examples every time."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import settings

from plankb.kb import KnowledgeBase
from tests.corpus import FOLDER

# No rules and no settings of whoever runs the tests.
os.environ["PLANKB_RULES"] = str(Path(__file__).parent / "rules")
os.environ["PLANKB_CONFIG"] = tempfile.mkdtemp(prefix="plankb-tests-")
atexit.register(shutil.rmtree, os.environ["PLANKB_CONFIG"], ignore_errors=True)

# The same cases every time, so that a run says something about the change and nothing about luck.
# PLANKB_EXPLORE=1 draws others; what it finds becomes a case of its own.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile("explore" if os.environ.get("PLANKB_EXPLORE") else "same")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes are no name of a test: a file made anew differs from run to run, and workers must agree on names."""
    return "bytes" if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture(scope="session")
def corpus_kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The knowledge base of the five real plans, built once for all workers; no test changes it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
    folder, ready = shared / "corpus-kb", shared / "corpus-kb.ready"
    try:
        (shared / "corpus-kb.begun").mkdir()
    except FileExistsError:
        _wait_for(ready)
    else:
        KnowledgeBase(folder).build([FOLDER])
        ready.touch()
    return KnowledgeBase(folder)


def _wait_for(ready: Path) -> None:
    """Waits for the worker that builds."""
    for _ in range(3000):
        if ready.exists():
            return
        time.sleep(0.1)
    pytest.fail(f"nobody made {ready}")
