"""What is handed to machines without internet: which wheels belong to a platform, their hashes, and the installer."""

from __future__ import annotations

import hashlib
import os
import runpy
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("packaging")
ROOT = Path(__file__).parents[2]
WHEELHOUSE: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "wheelhouse.py"))
TAG = f"cp{sys.version_info[0]}{sys.version_info[1]}"


def wheel(folder: Path, name: str, *needs: str, tag: str = "py3-none-any", script: str = "") -> Path:
    """A wheel of nothing but its metadata, and a command that prints a line where `script` names one."""
    path = folder / f"{name}-1.0-{tag}.whl"
    info = f"{name}-1.0.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {need}" for need in needs)]
    files = {
        f"{info}/METADATA": "\n".join(metadata) + "\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    if script:
        files[f"{info}/entry_points.txt"] = f"[console_scripts]\n{script} = {name}_main:main\n"
        files[f"{name}_main.py"] = "def main():\n    print('plankb 1.0')\n"
    record = "".join(f"{one},,\n" for one in (*files, f"{info}/RECORD"))
    with zipfile.ZipFile(path, "w") as packed:
        for one, text in {**files, f"{info}/RECORD": record}.items():
            packed.writestr(one, text)
    return path


def test_what_only_another_platform_needs_is_found(tmp_path: Path) -> None:
    wheel(tmp_path, "plankb", 'colour; sys_platform == "win32"', 'model; extra == "mcp"', 'lint; extra == "dev"')
    wheel(tmp_path, "model", 'old; python_version < "3.11"', 'loop; os_name == "posix"')
    wheels, platforms = list(tmp_path.glob("*.whl")), WHEELHOUSE["PLATFORMS"]
    missing = WHEELHOUSE["missing"]
    assert list(missing(wheels, platforms["windows-x64"], "3.11")) == ["colour"]
    assert list(missing(wheels, platforms["linux-aarch64"], "3.11")) == ["loop"]


def test_linux_means_glibc_2_28_or_later() -> None:
    for machine in ("x86_64", "aarch64"):
        tags = WHEELHOUSE["PLATFORMS"][f"linux-{machine}"].tags
        assert {f"manylinux_2_28_{machine}", f"manylinux_2_17_{machine}", f"manylinux2014_{machine}"} <= set(tags)
        assert f"manylinux_2_29_{machine}" not in tags


def test_requirements_hold_the_hash_of_every_wheel(tmp_path: Path) -> None:
    one = wheel(tmp_path, "plankb")
    two = [wheel(tmp_path, "blis", tag=f"cp3{minor}-cp3{minor}-win_amd64") for minor in (11, 12)]
    locked = WHEELHOUSE["locked"]([one, *two])
    assert locked.count("blis==1.0") == 1
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() in locked for path in (one, *two))


def test_every_pin_is_one_version() -> None:
    assert all(line.count("==") == 1 for line in WHEELHOUSE["pins"]().values())


@pytest.fixture
def handed(tmp_path: Path) -> Path:
    """A folder as it is handed on, with two tiny wheels."""
    folder = tmp_path / "交付 handed on"
    (folder / "wheels").mkdir(parents=True)
    wheel(folder / "wheels", "plankb", "helper", script="plankb")
    wheel(folder / "wheels", "helper", tag=f"{TAG}-none-any")
    (folder / "requirements.txt").write_text(WHEELHOUSE["locked"]((folder / "wheels").glob("*.whl")), encoding="utf-8")
    shutil.copy(ROOT / "packaging" / "install.sh", folder / "install.sh")
    return folder


def install(folder: Path, to: Path) -> subprocess.CompletedProcess[str]:
    """Runs the installer with nothing of this environment but a Python."""
    env = {"PATH": os.defpath, "HOME": str(to.parent), "PYTHON": sys.executable}
    words = ["sh", str(folder / "install.sh"), str(to)]
    return subprocess.run(words, env=env, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_installer_checks_every_hash(handed: Path, tmp_path: Path) -> None:
    done = install(handed, tmp_path / "program")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("plankb 1.0\n")
    with zipfile.ZipFile(handed / "wheels" / f"helper-1.0-{TAG}-none-any.whl", "a") as packed:
        packed.writestr("added.py", "")
    refused = install(handed, tmp_path / "other")
    assert refused.returncode != 0
    assert "hash" in refused.stderr.lower()


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_installer_leaves_what_is_not_its_own(handed: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    refused = install(handed, mine)
    assert (refused.returncode, list(mine.iterdir())) == (2, [])
    for one in (handed / "wheels").glob("helper*"):
        one.unlink()
    without = install(handed, tmp_path / "other")
    assert (without.returncode, "Python" in without.stderr) == (2, True)


def test_the_installer_for_windows_is_as_windows_takes_it() -> None:
    data = (ROOT / "packaging" / "install.bat").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.isascii()  # the code page of the window is not known
    assert b"--require-hashes" in data
    assert b"--no-index" in data
