"""The bundle: one folder that a person unpacks and starts, for this platform, Python and all libraries in it.

    python scripts/bundle.py [--out dist] [--check FOLDER]

It is made by PyInstaller in an environment of its own, tried without network and without anything of this machine's
Python, and packed. It runs where the C library is at least as new as the one it was built with; the folder says which.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PLAN = "某市绿化方案\n\n一、目标\n\n到2030年，森林覆盖率达到55%。\n\n二、任务\n\n（一）植树。（市林业局牵头）\n"
_README = """plankb {version}

双击 plankb（Windows 为 plankb.exe）打开界面；在终端里：./plankb build 规划文件夹，./plankb ask 问题。
不需要安装 Python，不联网。{needs}
知识库放在用户数据文件夹，--kb 可以另选。删除本文件夹即卸载，不影响知识库。许可证见 LICENSE 和 licences 文件夹。

Double-click plankb to open the terminal UI; in a terminal: ./plankb build FOLDER, ./plankb ask QUESTION. Needs no
Python and no network. {needs} Knowledge bases stay where they are when this folder is removed. Licences: LICENSE and
licences/.
"""
_DESKTOP = """[Desktop Entry]
Type=Application
Name=plankb
Comment=规划文件知识库
Exec=sh -c 'cd "$(dirname "$1")" && exec ./plankb' plankb %k
Terminal=true
"""


def made(out: Path) -> Path:
    """Builds the folder in `out`."""
    work = out / "bundle-work"
    shutil.rmtree(work, ignore_errors=True)
    venv.create(work / "venv", with_pip=True)
    scripts = work / "venv" / ("Scripts" if os.name == "nt" else "bin")
    source = work / "source"
    for part in ("src", "packaging", "pyproject.toml", "README.md", "LICENSE"):
        original = ROOT / part
        if original.is_dir():
            shutil.copytree(original, source / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(original, source / part)
    pip = [str(scripts / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    _run([*pip, "--constraint", str(ROOT / "constraints.txt"), f"{source}[mcp,bundle]"])
    options = ["--noconfirm", "--log-level", "ERROR", "--distpath", str(out), "--workpath", str(work / "build")]
    _run([str(scripts / "pyinstaller"), *options, str(source / "packaging" / "plankb.spec")])
    folder = out / "plankb"
    _run([str(scripts / "python"), str(Path(__file__)), "--licences", str(folder / "licences")])
    _describe(folder)
    shutil.rmtree(work)
    return folder


def _describe(folder: Path) -> None:
    version = re.search(
        r'^__version__ = "(.+)"', (ROOT / "src" / "plankb" / "version.py").read_text(encoding="utf-8"), re.M
    )
    glibc = needed_glibc(folder)
    needs = f"glibc >= {glibc}." if glibc else ""
    text = _README.format(version=version[1] if version else "", needs=needs)
    (folder / "README.txt").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    if sys.platform.startswith("linux"):
        entry = folder / "plankb.desktop"
        entry.write_text(_DESKTOP, encoding="utf-8")
        entry.chmod(0o755)


def needed_glibc(folder: Path) -> str:
    """The oldest glibc that all binaries of a folder run with, "" where they name none."""
    versions = {
        tuple(map(int, found.groups()))
        for path in folder.rglob("*")
        if path.is_file() and (path.suffix == ".so" or ".so." in path.name or path.name == "plankb")
        for found in re.finditer(rb"GLIBC_(\d)\.(\d{1,2})", path.read_bytes())
    }
    return ".".join(map(str, max(versions))) if versions else ""


def licences(to: Path) -> None:
    """Copies the licences of all packages of this environment into a folder."""
    for package in metadata.distributions():
        for file in package.files or ():
            if re.match(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)", file.name, re.IGNORECASE) and ".." not in file.parts:
                target = to / f"{package.name}-{package.version}" / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(Path(str(file.locate())).read_bytes())


def check(folder: Path) -> None:
    """Tries the program of a folder: reading, asking, a workbook, the protocol; without network where this can be."""
    program = str(folder / ("plankb.exe" if os.name == "nt" else "plankb"))
    with tempfile.TemporaryDirectory() as made_:
        home = Path(made_)
        (home / "方案.txt").write_text(_PLAN, encoding="utf-8")
        env = {"HOME": made_, "USERPROFILE": made_, "PLANKB_KB": str(home / "kb"), "PATH": os.defpath}
        env |= {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        cut_off = ["unshare", "-n"] if _can_cut_off() else []
        for words in (["build", "方案.txt", "--jobs", "2"], ["matrix", "-o", "矩阵.xlsx"], ["verify"], ["--version"]):
            _run([*cut_off, program, *words], cwd=home, env=env)
        asked = [*cut_off, program, "ask", "森林覆盖率2030年是多少", "--format", "json"]
        said = subprocess.run(asked, cwd=home, env=env, check=True, capture_output=True, encoding="utf-8").stdout
        if [fact["value"] for fact in json.loads(said)["facts"]] != [55]:
            raise SystemExit(f"the bundle answers something else: {said[:500]}")
        if (home / "矩阵.xlsx").stat().st_size < 5000:
            raise SystemExit("the bundle writes no workbook")
        _run([*cut_off, program, "mcp"], cwd=home, env=env, stdin=subprocess.DEVNULL)
    print(f"{folder}: tried {'without network' if cut_off else 'with the network there'}", file=sys.stderr)


def _can_cut_off() -> bool:
    """Whether this user may run a program without a network."""
    return bool(shutil.which("unshare")) and not subprocess.run(["unshare", "-n", "true"], check=False).returncode


def packed(folder: Path) -> Path:
    """The folder in one file beside it."""
    machine = f"{sys.platform}-{os.uname().machine}" if os.name == "posix" else "windows-x64"
    kind = "zip" if os.name == "nt" else "xztar"
    return Path(shutil.make_archive(str(folder.parent / f"plankb-{machine}"), kind, folder.parent, folder.name))


def _run(words: list[str], **how: object) -> None:
    subprocess.run(words, check=True, **how)  # type: ignore[call-overload]


def main() -> None:
    """Builds, tries and packs; with --check only tries a folder that is there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--check", type=Path)
    parser.add_argument("--licences", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.licences:
        licences(asked.licences)
    elif asked.check:
        check(asked.check)
    else:
        folder = made(asked.out.resolve())
        check(folder)
        file = packed(folder)
        print(f"{file}: {file.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
