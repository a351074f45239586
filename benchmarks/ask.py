"""How long `plankb ask` takes: a process for each question, and inside the running program.

    .venv/bin/python benchmarks/ask.py [--kb DIR] [--questions FILE.jsonl] [--rounds N]

Without --kb a knowledge base of corpus/ is built first. The marks: median process under 0.4 s, inside under 0.05 s.
A process starts as an installed program does, with its byte code at hand, whatever PYTHONDONTWRITEBYTECODE says here.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from plankb.kb import KnowledgeBase

_QUESTIONS = (
    "市交委牵头哪些任务？", "which tasks does 市交委 lead?", "all 2025 targets", "市发改委牵头几项任务？",
    "到2030年森林蓄积量的目标是多少？", "绿色建筑占比各规划分别是多少？", "谁牵头加强农业面源污染防治？",
    "哪个单位牵头的任务最多？", "2023年底前要完成什么", "哪些规划对绿色出行比例的要求不一致？", "什么是无废城市？",
    "今天天气怎么样？",
)  # fmt: skip
_PROGRAM = "from plankb.cli import main; main()"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kb", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    questions = _questions(args.questions)
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.kb or Path(scratch)
        kb = KnowledgeBase(folder)
        if args.kb is None:
            kb.build([Path(__file__).parent.parent / "corpus"])
        _report("process", questions, args.rounds, lambda question: _process(folder, question))
        _report("inside", questions, args.rounds, lambda question: kb.ask(question))


def _questions(path: Path | None) -> Sequence[str]:
    if path is None:
        return _QUESTIONS
    return [json.loads(line)["q"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _process(folder: Path, question: str) -> None:
    command = [sys.executable, "-c", _PROGRAM, "--kb", str(folder), "ask", "--format", "json", question]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=env)


def _report(name: str, questions: Sequence[str], rounds: int, ask: Callable[[str], object]) -> None:
    ask(questions[0])
    seconds = []
    for question in questions:
        best = float("inf")
        for _ in range(rounds):
            start = time.perf_counter()
            ask(question)
            best = min(best, time.perf_counter() - start)
        seconds.append((best, question))
    seconds.sort()
    median = statistics.median(second for second, _ in seconds)
    slowest = seconds[-1]
    print(f"{name}: median {median:.3f} s, longest {slowest[0]:.3f} s ({slowest[1]})")


if __name__ == "__main__":
    main()
