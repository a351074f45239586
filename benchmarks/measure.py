"""What is measured, stage by stage, in one process: `measure.py SIZE FOLDER` prints one JSON object a line.

CPU seconds of this process, since a shared machine's clock says little; `calls` is how often in a row, the quickest
counts. Started by `bench.py`, once for each size, so that the peak of memory is that size's own.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import generate
from plankb import segment
from plankb.comparison import compared
from plankb.kb import KnowledgeBase, files
from plankb.matrix import Selection

WORDS = (
    "绿色建筑",
    "农村公路 覆盖率",
    "建设",
    "section:污水 提升",
    "bureau:水利局 by:2025",
    "“饮用水水源地”",
    "充电* -公交",
)
QUESTIONS = (
    "省水利厅牵头哪些任务？",
    "绿色建筑覆盖率的目标是多少？",
    "到2030年的目标有哪些？",
    "有多少个规划？",
    "市财政局配合哪些任务？",
)
MATRIX = 200
"""Plans of the matrix and the graph, at most."""


def say(stage: str, **figures: Any) -> None:
    """One line of output."""
    print(json.dumps({"stage": stage, **figures}, ensure_ascii=False), flush=True)


def seconds(action: Callable[[], object], calls: int = 1) -> float:
    """CPU seconds of an action, its quickest of so many calls."""
    found = []
    for _ in range(calls):
        start = time.process_time()
        action()
        found.append(time.process_time() - start)
    return min(found)


def spread(actions: list[Callable[[], object]], calls: int = 5) -> dict[str, float]:
    """Milliseconds of many short actions: p50 and p99."""
    found = sorted(1000 * seconds(action) for action in actions for _ in range(calls))
    return {"p50_ms": round(statistics.median(found), 2), "p99_ms": round(found[int(0.99 * (len(found) - 1))], 2)}


def reading(folder: Path) -> None:
    """Reading alone, and the segmenters on the same text."""
    plans = files.collect([folder])[:50]
    files.read(plans[0], "warm")
    texts: list[str] = []
    taken = seconds(lambda: texts.extend(files.read(file, file.path.stem).clean.text for file in plans))
    chars = sum(map(len, texts))
    say("read", chars=chars, cpu=round(taken, 2), chars_per_s=round(chars / taken))
    fast, name = segment._fast, "cut by rjieba" if segment._fast() else "cut by jieba"
    say(name, chars_per_s=round(chars / seconds(lambda: [segment.words(text) for text in texts])))
    if fast():
        segment._fast = lambda: None
        segment.words("热身")
        say("cut by jieba", chars_per_s=round(chars / seconds(lambda: [segment.words(text) for text in texts])))
        segment._fast = fast
    recognizers(texts)


def recognizers(texts: list[str]) -> None:
    """Recognizers-Text's models of numbers, units and times on a part of the same text, where it is installed."""
    try:
        from recognizers_suite import Culture, recognize_datetime, recognize_dimension, recognize_number
    except ImportError:
        say("Recognizers-Text", left_out="not installed (pip install recognizers-text-suite 'emoji<2')")
        return
    part = "\n".join(texts)[:5_000]
    models = (recognize_number, recognize_dimension, recognize_datetime)
    for model in models:
        model("2025年达到80%", Culture.Chinese)
    lines = [line for line in part.split("\n") if line]
    taken = seconds(lambda: [model(line, Culture.Chinese) for line in lines for model in models])
    say("Recognizers-Text", chars_per_s=round(len(part) / taken))


def building(folder: Path, engine: str) -> KnowledgeBase:
    """A build with one engine, its size beside that of its texts."""
    kb = KnowledgeBase(folder.parent / f"kb-{engine}")
    shutil.rmtree(kb.folder, ignore_errors=True)
    taken = seconds(lambda: kb.build([folder], index=engine, jobs=1))
    held = sum(path.stat().st_size for path in kb.folder.rglob("*") if path.is_file())
    texts = sum(len(kb.store.text(plan.id).encode()) for plan in kb.store.plans())
    say("build", engine=engine, cpu=round(taken, 2), bytes=held, times_its_texts=round(held / texts, 2))
    return kb


def asking(kb: KnowledgeBase, engine: str) -> None:
    """Searches, warm."""
    kb.search("热身")
    say("search", engine=engine, **spread([lambda words=words: kb.search(words) for words in WORDS]))


def changing(kb: KnowledgeBase, folder: Path) -> None:
    """A build where nothing changed, one plan more and one less."""
    say("build again, unchanged", cpu=round(seconds(lambda: kb.build([folder])), 2))
    extra = folder.parent / "新增.txt"
    extra.write_text(generate.plan(99_999)[1], encoding="utf-8")
    say("add one plan", cpu=round(seconds(lambda: kb.add([extra])), 2))
    say("remove one plan", cpu=round(seconds(lambda: kb.remove(["新增"])), 2))


def using(kb: KnowledgeBase) -> None:
    """What is made of the facts."""
    fresh = KnowledgeBase(kb.folder)
    say("first question", cpu=round(seconds(lambda: fresh.ask(QUESTIONS[0])), 3))
    say("question", **spread([lambda said=said: fresh.ask(said) for said in QUESTIONS]))
    some = Selection(plans=tuple(plan.id for plan in kb.store.plans()[:MATRIX]))
    say("matrix", plans=len(some.plans), cpu=round(seconds(lambda: kb.matrix(some)), 2))
    path = kb.folder.parent / "matrix.xlsx"
    say("matrix as a workbook", cpu=round(seconds(lambda: kb.write_matrix(kb.matrix(some), path)), 2))
    say("graph", cpu=round(seconds(lambda: kb.graph(some)), 2))
    say("compare", cpu=round(seconds(lambda: compared(kb.store.facts("target"))), 2))
    say("conflicts", cpu=round(seconds(lambda: kb.conflicts()), 2))


def main(size: int, home: Path) -> None:
    """All stages at one size."""
    folder = home / f"plans{size}"
    generate.write(folder, size)
    reading(folder)
    kb = building(folder, "sqlite")
    say("memory after build", mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    asking(kb, "sqlite")
    changing(kb, folder)
    using(kb)
    if size <= 100:  # Whoosh is for an office's few dozen plans
        asking(building(folder, "whoosh"), "whoosh")
    say("memory", mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
