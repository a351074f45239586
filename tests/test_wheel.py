"""The program as a user gets it: a wheel in an empty environment, run in another folder.

Marked `wheel` and left out of the ordinary run, since it installs everything anew: `make wheel`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests import corpus

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parent.parent
PARTS = ("src", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that nothing is left in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        elif (ROOT / part).exists():
            shutil.copy(ROOT / part, folder / part)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ".", cwd=folder)
    (built,) = (folder / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="session")
def plankb(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed program."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    constraints = ROOT / "constraints.txt"
    run(scripts / "python", "-m", "pip", "install", "--quiet", "--constraint", constraints, wheel, cwd=folder)
    return scripts / "plankb"


@pytest.fixture(scope="session")
def elsewhere(plankb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the checkout with a knowledge base of the corpus in `kb`."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(plankb, "build", corpus.FOLDER, "--kb", "kb", cwd=folder)
    return folder


def run(*words: str | Path, cwd: Path) -> str:
    """Runs a program in a folder without what would lead it back to the checkout; returns its stdout."""
    left_out = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PLANKB_KB", "PLANKB_LANG")
    env = {name: value for name, value in os.environ.items() if name not in left_out}
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    package = ROOT / "src" / "plankb"
    files = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    expected = {f"plankb/{path.relative_to(package).as_posix()}" for path in files}
    assert expected <= set(zipfile.ZipFile(wheel).namelist())


def test_questions_are_answered(plankb: Path, elsewhere: Path) -> None:
    answer = json.loads(run(plankb, "ask", "市交委牵头哪些任务？", "--format", "json", "--kb", "kb", cwd=elsewhere))
    assert {task["title"] for task in answer["facts"]} == {"优化货物运输结构", "深化车辆及船舶减污降碳"}


def test_text_is_searched_and_pages_are_made(plankb: Path, elsewhere: Path) -> None:
    assert "三线一单" in run(plankb, "search", "“三线一单”", "--kb", "kb", cwd=elsewhere)
    plan = corpus.FOLDER / "guiyang-synergy.txt"
    assert "</html>" in run(plankb, "extract", plan, "--format", "html", "--kb", "kb", cwd=elsewhere)
    for name in ("m.xlsx", "m.docx", "m.html"):
        run(plankb, "matrix", "-o", name, "--kb", "kb", cwd=elsewhere)
        assert (elsewhere / name).stat().st_size > 5_000


def test_the_samples_of_make_run(plankb: Path, elsewhere: Path) -> None:
    script = f'PLANKB_KB=kb sh "{ROOT / "scripts" / "samples.sh"}" "{plankb}"'
    shown = run("sh", "-c", script, cwd=elsewhere)
    assert "优化货物运输结构" in shown
    assert "冲突" in shown
