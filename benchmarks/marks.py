"""How well plans are read: the pooled figures of the three annotated sets that stand beside the repository, if they do.

    python benchmarks/marks.py [--record] [SET…]

The sets and their scorer are in `../shared` (or PLANKB_SHARED). The figures are compared with those of `marks.json`:
one that falls more than `SLACK` below is a failure (exit code 1). `--record` writes the figures of today there instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from plankb.errors import PlankbError
from plankb.kb.files import read_file

SLACK = 0.005
RECORD = Path(__file__).with_name("marks.json")
SHARED = Path(os.environ.get("PLANKB_SHARED") or Path(__file__).resolve().parents[2] / "shared")
POOL = SHARED / "eval" / "pool.py"
SETS = ("reference", "dev", "real")

Figures = dict[str, float]
"""F1 of each thing that is scored, 0 to 1, by its name (target.value, task, …)."""


def measured(name: str) -> Figures:
    """The pooled figures of a set; its plans are read in this process."""
    spec = spec_from_file_location("pool", POOL)
    assert spec
    assert spec.loader
    pool = module_from_spec(spec)
    spec.loader.exec_module(pool)
    gold, plans, within = pool.SETS[name]
    with tempfile.TemporaryDirectory() as folder:
        for slug, path in plans.items():
            (Path(folder) / f"{slug}.jsonl").write_text(_facts(path), encoding="utf-8")
        command = [sys.executable, "-B", str(POOL), str(gold), folder, *(["--within", str(within)] if within else [])]
        out = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    pooled = json.loads(out.strip().splitlines()[-1])
    return {what: figure["f1"] for what, figure in pooled.items() if figure["gold"]}


def _facts(path: Path) -> str:
    """The facts of a plan as JSON lines; none for a file that cannot be read, which then costs what it holds."""
    try:
        return "".join(fact.model_dump_json() + "\n" for fact in read_file(path).facts)
    except PlankbError as error:
        print(f"{path.name}: {error}", file=sys.stderr)
        return ""


def fallen(now: Figures, recorded: Figures) -> list[str]:
    """What is more than `SLACK` below the record, or no longer measured."""
    return [
        f"{what} {now.get(what, 0.0):.3f}, recorded {figure:.3f}"
        for what, figure in recorded.items()
        if now.get(what, 0.0) < figure - SLACK
    ]


def main(args: list[str]) -> int:
    if not POOL.exists():
        print(f"no annotated plans at {SHARED}; nothing is measured")
        return 0
    sets = [arg for arg in args if arg in SETS] or list(SETS)
    figures = {name: measured(name) for name in sets}
    for name, found in figures.items():
        print(f"{name:10}", "  ".join(f"{what} {figure:.3f}" for what, figure in found.items()))
    recorded: dict[str, Figures] = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    if "--record" in args:
        RECORD.write_text(json.dumps(recorded | figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    falls = [f"{name}: {fall}" for name in sets for fall in fallen(figures[name], recorded.get(name, {}))]
    print("\n".join(falls) or "no figure fell", file=sys.stderr if falls else sys.stdout)
    return 1 if falls else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
