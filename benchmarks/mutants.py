"""Mutants: a module is changed in one place, and the tests that stand beside it here must notice.

    python benchmarks/mutants.py [MODULE…] [--seconds 900] [--each 25] [--seed 0] [--change TEXT]

A sample of the mutations of each module (`mutation.py`) is tried, each in a process of its own that holds the changed
module and runs the tests until one fails. What survives is printed; survivors that change nothing a user relies on are
explained in mutants.toml. Exit code 1 where one survives that is not.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib.abc
import importlib.machinery
import os
import random
import resource
import signal
import sys
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PACKAGE = ROOT / "src" / "plankb"
sys.path[:0] = [str(ROOT), str(HERE)]

from mutation import Mutation, mutations  # noqa: E402

SETTINGS = tomllib.loads((HERE / "mutants.toml").read_text(encoding="utf-8"))
AREAS: dict[str, list[str]] = SETTINGS["tests"]
EXPLAINED = {(one["module"], one["change"]): one["why"] for one in SETTINGS["survivor"]}
_MEMORY = 4 << 30
_FAILED_TO_START = 4


@dataclass(frozen=True, slots=True)
class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed tree."""

    module: str
    path: Path
    tree: ast.Module

    def find_spec(self, fullname: str, *_where: object) -> importlib.machinery.ModuleSpec | None:
        """The changed module, where it is asked for."""
        if fullname != self.module:
            return None
        spec = importlib.machinery.ModuleSpec(fullname, self, origin=str(self.path))
        spec.has_location = True
        return spec

    def exec_module(self, module: object) -> None:
        """Runs the changed tree."""
        exec(compile(self.tree, str(self.path), "exec"), vars(module))


def main() -> int:
    """Tries mutants until the time is over; tells what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", choices=[*AREAS, []])
    parser.add_argument("--seconds", type=int, default=900)
    parser.add_argument("--each", type=int, default=25, help="mutations of a module that are tried at most")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--change", default="", help="only mutations whose name holds this: those that once survived")
    given = parser.parse_args()
    _warm()
    end = time.monotonic() + given.seconds
    names = given.modules or list(AREAS)
    left = 0
    for number, name in enumerate(names):
        share = (end - time.monotonic()) / (len(names) - number)
        left += module(name, time.monotonic() + share, random.Random(f"{given.seed} {name}"), given.each, given.change)
    print(f"{left} survivors that are not explained")
    return int(left > 0)


def module(name: str, end: float, chance: random.Random, most: int, change: str = "") -> int:
    """Tries a sample of a module's mutations, or of those named so; how many survived without an explanation."""
    path = PACKAGE / name
    source = path.read_text(encoding="utf-8")
    began = time.monotonic()
    if not passes(name, ast.parse(source), 600):
        print(f"{name}: the tests fail without any change")
        return 1
    limit = 10 + 5 * (time.monotonic() - began)
    all_ = [one for one in mutations(source) if change in one.name]
    sample = sorted(chance.sample(all_, min(most, len(all_))), key=lambda one: one.line)
    chance.shuffle(sample)
    survivors: list[Mutation] = []
    tried = 0
    for one in sample:
        if time.monotonic() > end:
            break
        tried += 1
        if passes(name, one.tree, limit):
            survivors.append(one)
    new = [one for one in survivors if (name, one.name) not in EXPLAINED]
    print(f"{name}: {tried} of {len(all_)} tried, {tried - len(survivors)} noticed, {len(new)} survived unexplained")
    for one in new:
        print(f"    {one.line}: {one.name}", flush=True)
    return len(new)


def passes(name: str, tree: ast.Module, limit: float) -> bool:
    """Whether the tests pass with a module so changed; what takes far longer than without the change does not."""
    child = os.fork()
    if not child:
        os.setsid()
        os._exit(_tested(name, tree))
    end = time.monotonic() + limit
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            if os.waitstatus_to_exitcode(status) == _FAILED_TO_START:
                raise SystemExit(f"{name}: pytest could not run {AREAS[name]}")
            return status == 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _tested(name: str, tree: ast.Module) -> int:
    import pytest

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    dotted = "plankb." + name.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, _Changed(dotted, PACKAGE / name, tree))
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.chdir(ROOT)
    words: Sequence[str] = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *AREAS[name]]
    with contextlib.suppress(SystemExit):
        return int(pytest.main(list(words)))
    return 1


def _warm() -> None:
    """What is imported once for all: libraries, nothing of plankb."""
    import docx  # noqa: F401
    import hypothesis  # noqa: F401
    import lxml.etree  # noqa: F401
    import openpyxl  # noqa: F401
    import pydantic  # noqa: F401
    import pytest  # noqa: F401
    import spacy  # noqa: F401
    import xlsxwriter  # noqa: F401


if __name__ == "__main__":
    sys.exit(main())
