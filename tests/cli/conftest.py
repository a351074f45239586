"""The program as a user or a script calls it: words in; exit code, stdout and stderr out."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

import pytest

from plankb.cli.frame import run
from plankb.store import StoreWriter
from tests.samples import sample
from tests.store.conftest import SOURCE

PROGRAM = (sys.executable, "-c", "from plankb.cli import main; main()")


def run_plankb(*words: str | Path, **env: str) -> CompletedProcess[str]:
    """Runs `plankb WORDS` in this process; `env` adds to the environment."""
    out, err = StringIO(), StringIO()
    with patch.dict(os.environ, {"PLANKB_LANG": "zh", **env}), redirect_stdout(out), redirect_stderr(err):
        code = run([str(word) for word in words])
    return CompletedProcess(words, code, out.getvalue(), err.getvalue())


def spawn_plankb(*words: str | Path, **env: str) -> CompletedProcess[str]:
    """Runs `plankb WORDS` in a process of its own."""
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PLANKB_LANG": "zh", **env},
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def sample_kb(tmp_path: Path) -> Path:
    """A knowledge base of hand-made facts: plans a and b of one city, c of another."""
    writer = StoreWriter(tmp_path / "plankb.sqlite")
    for one in (sample("a"), sample("b"), sample("c", city="他市")):
        writer.put(one.plan, SOURCE, one.clean, facts=one.facts, bureaus=one.bureaus)
    writer.commit()
    return tmp_path
