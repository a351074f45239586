"""How long a matrix takes to compute and to write in each format, and the graph to build, at the size of a city's year.

`python benchmarks/matrix.py [TASKS] [BUREAUS] [MARKS]`: 300 tasks by 120 bureaus with 9 roles a task, made up from a
fixed seed; prints seconds and bytes.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, datetime

from plankb.exports.formats import FORMATS, render
from plankb.graph import GraphFacts
from plankb.graph import build as build_graph
from plankb.matrix import Facts, PlanSource, build
from plankb.model import Bureau, Plan, Task

_MEASURE = "推动重点领域设施更新改造，健全标准规范和统计监测体系，按季度调度进展并通报结果。"


def main(tasks: int, bureaus: int, marks: int) -> None:
    chance = random.Random(20260101)
    plan = Plan(id="plan", title="某市重点任务分工方案", jurisdiction="某市", level="city")
    bodies = [Bureau(id=f"b{n}", name=f"某市第{n}工作局", jurisdiction=f"第{n // 20}区") for n in range(bureaus)]
    made = [_task(number, chance.sample(bodies, min(marks, bureaus))) for number in range(tasks)]
    start = time.perf_counter()
    matrix = build(
        Facts(tasks=made, plans=[PlanSource(plan=plan)], bureaus=bodies), made=datetime(2026, 1, 1, tzinfo=UTC)
    )
    print(f"matrix {tasks} x {bureaus}: computed in {time.perf_counter() - start:.2f} s")
    for suffix in FORMATS["matrix"]:
        _timed(suffix, lambda suffix=suffix: render("matrix", matrix, suffix))
    start = time.perf_counter()
    graph = build_graph(GraphFacts(plans=[plan], tasks=made, bureaus=bodies))
    size = f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"
    print(f"graph {size}: built in {time.perf_counter() - start:.2f} s")
    for suffix in FORMATS["graph"]:
        _timed(suffix, lambda suffix=suffix: render("graph", graph, suffix))


def _task(number: int, bodies: list[Bureau]) -> Task:
    names = [body.name for body in bodies]
    note = f"（{names[0]}牵头，{'、'.join(names[1:])}等按职责分工负责）"
    return Task(
        id=f"t{number}", plan="plan", section=("二、重点任务", f"{number}.推进"), span=(number, number + 1),
        quote=_MEASURE * 6 + note, title=f"推进第{number}项工作", text=_MEASURE * 6, lead=tuple(names[:1]),
        support=tuple(names[1:]), by=(str(2025 + number % 6),), bureaus={body.name: body.id for body in bodies},
    )  # fmt: skip


def _timed(suffix: str, write) -> None:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    size = len(write())
    print(f"  {suffix:9} {time.perf_counter() - start:6.2f} s {size:>10,} bytes")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*[*given, *(300, 120, 9)[len(given) :]])
