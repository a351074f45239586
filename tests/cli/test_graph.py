"""`graph`: files and questions from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plankb.exports.formats import FORMATS
from tests.cli.conftest import run_plankb


def lines(done: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("suffix", FORMATS["graph"])
def test_a_file_of_each_format(sample_kb: Path, suffix: str) -> None:
    out = sample_kb / f"图{suffix}"
    done = run_plankb("graph", "-o", out, "--kb", sample_kb)
    assert (done.returncode, done.stdout) == (0, "")
    assert out.stat().st_size > 1000


def test_filters_leave_the_chosen_and_those_they_work_with(sample_kb: Path) -> None:
    out = sample_kb / "图.json"
    run_plankb("graph", "--bureau", "某市/发改", "--plan", "a", "-o", out, "--kb", sample_kb)
    nodes = {node["id"] for node in json.loads(out.read_text("utf-8"))["nodes"]}
    assert {"bureau:某市/发改", "bureau:某市/交通", "task:a:task-1", "plan:a"} <= nodes
    assert not {"task:a:task-2", "bureau:某市/工信", "plan:b", "bureau:他市/交通"} & nodes


QUESTIONS = [
    ("tasks --bureau 某市/交通 --plan a", "task", ["a:task-1", "a:task-2"]),
    ("tasks --bureau 某市/交通 --role 牵头", "task", ["a:task-1", "b:task-1"]),
    ("partners --bureau 某市/交通 --plan a", "bureau", ["某市/发改", "某市/工信"]),
    ("load --bureau 他市/交通 --by 2030", "tasks", [1]),
    ("chain --bureau 某市/发改 --bureau 某市/工信 --plan a", "bureau", ["某市/发改", "某市/交通", "某市/工信"]),
    ("gaps --plan a", "task", ["a:task-2"]),
    ("answers --plan a", "task", []),
]


@pytest.mark.parametrize(("words", "field", "expected"), QUESTIONS)
def test_questions(sample_kb: Path, words: str, field: str, expected: list[Any]) -> None:
    done = run_plankb("graph", *words.split(), "--format", "jsonl", "--kb", sample_kb)
    assert done.returncode == 0
    assert [line[field] for line in lines(done)] == expected


def test_connectors_as_a_table_name_bureaus(sample_kb: Path) -> None:
    done = run_plankb("graph", "connectors", "--plan", "a", "--kb", sample_kb)
    assert "中介中心度" in done.stdout
    assert done.returncode == 0


def test_bureaus_that_no_task_connects_are_told(sample_kb: Path) -> None:
    done = run_plankb("graph", "chain", "--bureau", "某市/发改", "--bureau", "他市/工信", "--kb", sample_kb)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "这两个单位之间没有任务相连\n")


BAD = ["", "-o x.png", "partners", "chain --bureau 某市/交通", "colour", "tasks -o x.svg", "tasks --bureau 没有这个局"]


@pytest.mark.parametrize("words", BAD)
def test_bad_input_is_one_line(sample_kb: Path, words: str) -> None:
    done = run_plankb("graph", *words.split(), "--kb", sample_kb)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
