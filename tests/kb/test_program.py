"""The digest that decides whether plans are read again: it covers every module that reading comes to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp

from plankb.kb import program

READ = """
import sys
from pathlib import Path
from plankb import readers
from plankb.extractors import read_plan
from plankb.model import Plan
read_plan(readers.read(Path(sys.argv[1])), Plan(id="plan", title=""))
print(*(name for name in sys.modules if name.split(".")[0] == "plankb"))
"""


def test_every_module_that_reading_loads_is_covered(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("某市养老方案\n一、任务\n（一）建设。到2025年，新增床位500张。（市民政局牵头）\n", encoding="utf-8")
    loaded = subprocess.run([sys.executable, "-c", READ, str(plan)], capture_output=True, encoding="utf-8", check=True)
    assert set(loaded.stdout.split()) <= set(program.modules())


def test_all_that_the_import_graph_reaches_is_covered() -> None:
    graph = grimp.build_graph("plankb")
    reached = set().union(*(graph.find_upstream_modules(start, as_package=True) for start in program.STARTS))
    assert {name for name in reached if name.startswith("plankb")} <= set(program.modules())


def test_front_ends_and_exports_are_left_out() -> None:
    assert not any(name.startswith(("plankb.cli", "plankb.tui", "plankb.exports")) for name in program.modules())


def test_rules_and_readers_that_are_named_in_tables_are_covered() -> None:
    assert {"plankb.times", "plankb.quantities", "plankb.readers.docx", "plankb.rules"} <= set(program.modules())
