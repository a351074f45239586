"""`make bench`: generated plans of several sizes, stage by stage, into bench.json and a page that plots it.

    bench.py [--sizes 10,100,1000] [--out FOLDER] [--keep FOLDER] [--files FOLDER]

`--sizes` may go to 10000 (an hour). `--keep` holds plans and knowledge bases for the next run; `--files` are plans of
one's own, PDFs for instance, of which only the reading is measured.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import page

HERE = Path(__file__).parent
PACKAGES = ("plankb", "spacy", "jieba", "rjieba", "whoosh-reloaded", "pydantic", "recognizers-text-suite")


def machine() -> dict[str, Any]:
    """The machine and the versions, without which figures say nothing."""
    import sqlite3

    model = _said("/proc/cpuinfo", "model name")
    memory = _said("/proc/meminfo", "MemTotal").split()
    return {
        "processor": model or platform.processor(),
        "cores": os.cpu_count(),
        "memory_mb": int(memory[0]) // 1024 if memory else None,
        "load_at_start": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "versions": {name: found for name in PACKAGES if (found := _version(name))},
    }


def _said(path: str, name: str) -> str:
    """What a file of the system says of a name; "" where there is no such file."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def at(size: int, home: Path) -> list[dict[str, Any]]:
    """The figures of one size."""
    done = subprocess.run(
        [sys.executable, str(HERE / "measure.py"), str(size), str(home)], stdout=subprocess.PIPE, text=True, check=True
    )
    found = [{"plans": size, **json.loads(line)} for line in done.stdout.splitlines()]
    for one in found:
        print(json.dumps(one, ensure_ascii=False))
    return found


def cores(size: int, home: Path) -> list[dict[str, Any]]:
    """The same build with one process and with as many as there are cores, by the clock."""
    from plankb.kb import KnowledgeBase

    found = []
    for jobs in (1, os.cpu_count() or 1):
        kb = KnowledgeBase(Path(tempfile.mkdtemp(dir=home)) / "kb")
        start = time.perf_counter()
        kb.build([home / f"plans{size}"], jobs=jobs, index="sqlite")
        taken = round(time.perf_counter() - start, 1)
        found.append({"stage": "build by the clock", "plans": size, "jobs": jobs, "s": taken})
        print(json.dumps(found[-1]))
    return found


def own(folder: Path) -> dict[str, Any]:
    """The reading of somebody's own files."""
    from plankb.errors import PlankbError
    from plankb.kb import files

    chars = failed = 0
    plans = files.collect([folder])
    start = time.process_time()
    for file in plans:
        try:
            chars += len(files.read(file, file.path.stem).clean.text)
        except PlankbError as error:
            print(error, file=sys.stderr)
            failed += 1
    taken = time.process_time() - start
    figures = {"files": len(plans), "failed": failed, "chars": chars, "chars_per_s": round(chars / taken)}
    return {"stage": "read own files", **figures}


def exponents(figures: list[dict[str, Any]]) -> dict[str, float]:
    """By which power of the number of plans the CPU seconds of a stage grow, fitted over all sizes."""
    points: dict[str, list[tuple[float, float]]] = {}
    for one in figures:
        if taken := one.get("cpu"):
            name = " ".join(filter(None, (one["stage"], one.get("engine"))))
            points.setdefault(name, []).append((math.log(one["plans"]), math.log(taken)))
    return {name: round(_slope(found), 2) for name, found in points.items() if len(found) > 1}


def _slope(points: list[tuple[float, float]]) -> float:
    x0, y0 = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - x0) * (y - y0) for x, y in points) / sum((x - x0) ** 2 for x, _ in points)


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,100,1000")
    parser.add_argument("--out", type=Path, default=HERE / "out")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--files", type=Path)
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    said = {"made": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    with tempfile.TemporaryDirectory() as scratch:
        home = given.keep or Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        figures = [one for size in sizes for one in at(size, home)]
        figures += cores(max(size for size in sizes if size <= 1000), home)
        if given.files:
            figures.append(own(given.files))
    given.out.mkdir(parents=True, exist_ok=True)
    result = said | {"exponents": exponents(figures), "figures": figures}
    (given.out / "bench.json").write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    (given.out / "bench.html").write_text(page.render(result), encoding="utf-8")
    print(f"{given.out / 'bench.json'}\n{given.out / 'bench.html'}")


if __name__ == "__main__":
    main()
