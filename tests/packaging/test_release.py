"""The checklist of a release: its steps run, and one that fails makes it fail."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from plankb import __version__

RELEASE: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "release.py"))


def test_the_changelog_begins_with_this_version() -> None:
    RELEASE["changelog"]()
    assert RELEASE["version"]() == __version__


def test_a_step_that_fails_is_told_and_the_rest_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    def first() -> None:
        """What it proves."""
        raise RELEASE["StepError"]("the reason")

    def second() -> None:
        """What the second proves."""

    held = RELEASE["check"]({"first": first, "second": second, "third": second}, frozenset({"third"}))
    said = capsys.readouterr().out.splitlines()
    assert not held
    assert said == [
        "failed   first: the reason", "ok       second: What the second proves.",
        "skipped  third: What the second proves.",
    ]  # fmt: skip


def test_what_it_runs_is_there() -> None:
    root = Path(__file__).parents[2]
    source = (root / "scripts" / "release.py").read_text(encoding="utf-8")
    for name in ("tests/store/test_upgrade.py", "tests/test_wheel.py", "scripts/bundle.py", "scripts/wheelhouse.py"):
        assert (root / name).is_file()
        assert Path(name).name in source
    assert all(step.__doc__ for step in RELEASE["STEPS"].values())
