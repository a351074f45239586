"""Kills: a program that is killed while it changes a knowledge base leaves the old state or the new one, whole.

    python benchmarks/kills.py [build|add|review|ledger|restore …] [--kills 100] [--steps] [--record]

Each time a copy of a base is changed by a process of its own, which is killed (SIGKILL) at a moment within the
time that the change takes, or before one of its steps (`kill_steps.py`); then the base is opened and proved, and what
it holds is compared with both states.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import kill_steps
import safety
from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.verifying import base as base_proof

HERE = Path(__file__).parent
TEXT = """某市{name}实施方案

一、主要任务

（一）建设{name}。到2028年，新建{name}{count}处。（市园林局牵头，市财政局配合）

（二）完善步道。到2027年，建成步道120公里。（市城管局牵头）
"""
ACTS = ("build", "add", "review", "ledger", "restore")


def main() -> int:
    """Kills each act so often, and tells what was left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("acts", nargs="*", choices=[*ACTS, []])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--steps", action="store_true", help="before steps of writing, not at moments")
    parser.add_argument("--record", action="store_true")
    given = parser.parse_args()
    kill = killed_at_steps if given.steps else killed
    base_proof._READ_AGAIN = 0  # what reading again finds is no matter of kills, and takes seconds
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        base = prepared(Path(folder))
        for act in given.acts or ACTS:
            results[act] = dict(kill(act, base, given.kills))
            print(act, json.dumps(results[act]), flush=True)
    if given.record:
        safety.keep("kills at steps" if given.steps else "kills", results)
    return int(any(set(found) - {"old", "new"} for found in results.values()))


def prepared(folder: Path) -> Path:
    """A base of three plans with a correction, a backup of it, files to add and to change it by."""
    plans = folder / "plans"
    plans.mkdir()
    for name in ("公园", "泵站", "车站"):
        (plans / f"{name}.txt").write_text(TEXT.format(name=name, count=10), encoding="utf-8")
    kb = KnowledgeBase(folder / "kb")
    kb.build([plans])
    kb.corrections.correct(kb.store.facts("task")[0].id, field="title", after=["建和管公园"], who="甲")
    kb.backup(folder / "备份.zip")
    task = kb.store.facts("task")[1].id
    kb.corrections.correct(task, field="title", after=["修步道"], who="甲")
    (made,) = [one.correction for one in kb.corrections.list() if one.correction.fact == task]
    (folder / "更正.jsonl").write_text(f"{made.model_dump_json()}\n", encoding="utf-8")
    kb.corrections.drop([made.id])
    (folder / "厕所.txt").write_text(TEXT.format(name="厕所", count=30), encoding="utf-8")
    shutil.copytree(plans, folder / "more")
    shutil.copyfile(folder / "厕所.txt", folder / "more" / "厕所.txt")
    _fill_ledger(folder)
    return folder


def _fill_ledger(folder: Path) -> None:
    """A ledger of the base in which the first task is reported as done."""
    import openpyxl

    path = folder / "台账.xlsx"
    words = ["--kb", str(folder / "kb"), "ledger", "-o", str(path), "--yes"]
    subprocess.run([sys.executable, "-m", "plankb", *words], check=True, capture_output=True)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if any(cell.value == "进展状态" for cell in row))
    column = next(cell.column for cell in heads if cell.value == "进展状态")
    sheet.cell(heads[0].row + 1, column).value = "已完成"
    book.save(path)


def command(act: str, base: Path, kb: Path) -> Sequence[str]:
    """The command line of an act."""
    words = {
        "build": ["build", str(base / "more")],
        "add": ["add", str(base / "厕所.txt")],
        "review": ["review", str(base / "更正.jsonl")],
        "ledger": ["ledger", str(base / "台账.xlsx"), "--yes", "--who", "甲"],
        "restore": ["restore", str(base / "备份.zip"), "--replace"],
    }[act]
    return [sys.executable, "-m", "plankb", "--kb", str(kb), *words]


def killed(act: str, base: Path, kills: int) -> Mapping[str, int]:
    """What was left after each kill: old, new, or what is wrong."""
    chance = random.Random(act)
    kb = base / "copy"
    _renew(base, kb, act)
    old = state(kb)
    began = time.monotonic()
    done = subprocess.run(command(act, base, kb), check=False, capture_output=True, text=True)
    took = time.monotonic() - began
    if done.returncode:
        return {f"fails: {done.stderr.strip()[-200:]}": 1}
    new = state(kb)
    if new == old:
        return {"nothing changed": 1}
    left: Counter[str] = Counter()
    for _ in range(kills):
        _renew(base, kb, act)
        process = subprocess.Popen(command(act, base, kb), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.05) * took)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        left[_found(kb, old, new)] += 1
    return left


def killed_at_steps(act: str, base: Path, kills: int) -> Mapping[str, int]:
    """What was left after a kill before each of so many steps: old, new, or what is wrong."""
    kb, told = base / "copy", base / "steps"
    words = command(act, base, kb)[3:]
    _renew(base, kb, act)
    old = state(kb)
    kill_steps.run(words, told=told)
    new = state(kb)
    if new == old:
        return {"nothing changed": 1}
    left: Counter[str] = Counter()
    for step in kill_steps.chosen(told.read_text().splitlines(), kills):
        _renew(base, kb, act)
        kill_steps.run(words, die_at=step)
        left[_found(kb, old, new)] += 1
    return left


def _found(kb: Path, old: object, new: object) -> str:
    """Which state a base is in."""
    try:
        now = state(kb)
    except PlankbError as error:
        return error.code
    return "old" if now == old else "new" if now == new else "neither"


def _renew(base: Path, kb: Path, act: str) -> None:
    shutil.rmtree(kb, ignore_errors=True)
    shutil.copytree(base / "kb", kb)
    if act == "restore":  # so that old and new differ
        made = KnowledgeBase(kb)
        made.corrections.drop([one.correction.id for one in made.corrections.list()])


def state(folder: Path) -> object:
    """What a base holds, once it is proved, with what does not hold; raises PlankbError where it is damaged."""
    kb = KnowledgeBase(folder)
    found = [one.what for one in kb.verify().found if one.what != "reading"]
    facts = [fact.model_dump_json(exclude={"review"}) for kind in ("task", "target") for fact in kb.store.facts(kind)]  # type: ignore[call-overload]
    said = sorted((one.correction.fact, *one.correction.after) for one in kb.corrections.list())
    reports = len(kb.store.reports())
    return found, facts, said, reports, kb.search("建设").total, [plan.id for plan in kb.store.plans()]


if __name__ == "__main__":
    sys.exit(main())
