"""The checklist before a version is handed on, as a program: make release-check.

    python scripts/release.py [--only NAME…] [--skip NAME…]

Every step says what it proves; the first word of its line is ok, failed or skipped. Exit code 1 when one failed.
"""

from __future__ import annotations

import argparse
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Step = Callable[[], None]


class StepError(Exception):
    """A step did not hold; the text says why."""


def version() -> str:
    """The version that the package says it has."""
    return str(runpy.run_path(str(ROOT / "src" / "plankb" / "version.py"))["__version__"])


def changelog() -> None:
    """The version has its section in CHANGELOG.md, the first one, and it says something."""
    sections = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    head, _, body = sections[0].partition("\n")
    if head.split()[0] != version():
        raise StepError(f"CHANGELOG.md begins with {head!r}, the version is {version()}")
    if body.count("\n- ") < 3:
        raise StepError("CHANGELOG.md says little of this version")


def committed() -> None:
    """All of the working tree is committed, so that what is tried is what is handed on."""
    changed = _output("git", "status", "--porcelain")
    if changed:
        raise StepError(f"not committed: {changed.splitlines()[0].strip()} …")


def docs() -> None:
    """The pages made of the program are current, links lead somewhere, the examples of pages run."""
    _pytest("tests/cli/test_docs.py", "tests/test_docs_site.py", "tests/test_library.py")


def upgrade() -> None:
    """A knowledge base that 0.1.0 made is carried over: every fact, its corrections, its full text."""
    _pytest("tests/store/test_upgrade.py")


def wheel() -> None:
    """The wheel holds every file, and answers in an empty environment."""
    _pytest("-m", "wheel", "tests/test_wheel.py")


def minimal() -> None:
    """The lowest versions that pyproject.toml allows hold all that the fast tests ask."""
    _run(sys.executable, str(ROOT / "scripts" / "minimal.py"), "-q")


def bundle() -> None:
    """The bundle is made, and reads, answers and writes without a network and without a Python."""
    with tempfile.TemporaryDirectory() as folder:
        _run(sys.executable, str(ROOT / "scripts" / "bundle.py"), "--out", folder)


def wheelhouse() -> None:
    """The wheelhouse of this platform is made, and installed with every hash checked, without a network."""
    machine = f"linux-{os.uname().machine}" if os.name == "posix" else "windows-x64"
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    with tempfile.TemporaryDirectory() as folder:
        words = ["--platform", machine, "--python", python, "--out", folder]
        _run(sys.executable, str(ROOT / "scripts" / "wheelhouse.py"), *words)
        (made,) = Path(folder).glob(f"plankb-*-{machine}")
        cut_off = ["unshare", "-n"] if _can_cut_off() else []
        program = Path(folder) / "program"
        env = {"PATH": os.defpath, "HOME": folder, "PYTHON": sys.executable, "PLANKB_KB": str(Path(folder) / "kb")}
        _run(*cut_off, "sh", str(made / "install.sh"), str(program), env=env)
        plankb = str(program / "bin" / "plankb")
        _run(*cut_off, plankb, "build", str(ROOT / "corpus" / "guiyang-synergy.txt"), env=env)
        _run(*cut_off, plankb, "ask", "市交委牵头哪些任务？", env=env)


def site() -> None:
    """The pages of the documentation are built without a warning."""
    _pytest("-m", "slow", "tests/test_docs_site.py")


STEPS: Mapping[str, Step] = {
    step.__name__: step for step in (changelog, committed, docs, upgrade, site, wheel, minimal, wheelhouse, bundle)
}
"""The quick ones first."""


def _pytest(*words: str) -> None:
    _run(sys.executable, "-m", "pytest", "-q", *words)


def _run(*words: str, env: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(
        words, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:] or [""]
        raise StepError(f"{' '.join(words[-3:])}: {last[0]}")


def _output(*words: str) -> str:
    return subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout


def _can_cut_off() -> bool:
    """Whether this user may run a program without a network."""
    return bool(shutil.which("unshare")) and not subprocess.run(["unshare", "-n", "true"], check=False).returncode


def check(steps: Mapping[str, Step], skip: frozenset[str]) -> bool:
    """Goes through the steps, a line each, and gives whether all held."""
    held = True
    for name, step in steps.items():
        about = (step.__doc__ or "").split("\n")[0]
        if name in skip:
            print(f"skipped  {name}: {about}", flush=True)
            continue
        try:
            step()
            print(f"ok       {name}: {about}", flush=True)
        except (StepError, OSError, subprocess.SubprocessError, ValueError) as error:
            held = False
            print(f"failed   {name}: {error}", flush=True)
    return held


def main() -> None:
    """Goes through the checklist."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", action="append", choices=sorted(STEPS), default=[])
    parser.add_argument("--skip", action="append", choices=sorted(STEPS), default=[])
    asked = parser.parse_args()
    steps = {name: step for name, step in STEPS.items() if not asked.only or name in asked.only}
    sys.exit(0 if check(steps, frozenset(asked.skip)) else 1)


if __name__ == "__main__":
    main()
