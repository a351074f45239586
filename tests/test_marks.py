"""The guard of the reading figures: what counts as a fall."""

from __future__ import annotations

import runpy
from pathlib import Path

GUARD = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "marks.py"))


def test_a_fall_beyond_the_slack_is_told_and_one_within_it_is_not() -> None:
    recorded = {"target.value": 0.95, "task": 0.98, "role": 0.9}
    falls = GUARD["fallen"]({"target.value": 0.946, "task": 0.97, "role": 0.95}, recorded)
    assert [fall.split()[0] for fall in falls] == ["task"]


def test_a_figure_that_is_no_longer_measured_has_fallen() -> None:
    assert len(GUARD["fallen"]({}, {"task.by": 0.5})) == 1


def test_the_record_names_the_sets_that_are_measured() -> None:
    import json

    assert set(json.loads(GUARD["RECORD"].read_text(encoding="utf-8"))) == set(GUARD["SETS"])
