"""The fast tests with the lowest version of everything that pyproject.toml allows: what it promises must be so.

    python scripts/minimal.py [pytest arguments]

Makes an environment of its own (build/minimal) by uv's `lowest-direct` resolution, then runs the suite there without
what belongs to the tested versions alone: the pictures of the screens, and the lock. Asks the registry; returns what
pytest returns.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOME = ROOT / "build" / "minimal"
BIN = HOME / ("Scripts" if sys.platform == "win32" else "bin")
OF_TESTED_VERSIONS = ("tests/tui/test_snapshots.py", "tests/packaging/test_lock.py")


def install() -> None:
    """Everything that the tests need, each of our own requirements at its lower bound."""
    venv.create(HOME, with_pip=True, clear=True)
    _run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    lowest = HOME / "lowest.txt"
    _run("-m", "uv", "pip", "compile", "--quiet", "--resolution", "lowest-direct", "--extra", "dev",
         "--output-file", str(lowest), "pyproject.toml")  # fmt: skip
    _run("-m", "uv", "pip", "install", "--quiet", "--python", str(_python()), "--requirement", str(lowest))
    _run("-m", "uv", "pip", "install", "--quiet", "--python", str(_python()), "--no-deps", "--editable", ".")


def main() -> int:
    """Installs, then tests; arguments go to pytest."""
    install()
    left_out = [word for path in OF_TESTED_VERSIONS for word in ("--ignore", path)]
    tests = [str(_python()), "-m", "pytest", "-n", "auto", "--dist", "loadfile", *left_out, *sys.argv[1:]]
    return subprocess.run(tests, cwd=ROOT, check=False).returncode


def _python() -> Path:
    return BIN / ("python.exe" if sys.platform == "win32" else "python")


def _run(*arguments: str) -> None:
    subprocess.run([str(_python()), *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
