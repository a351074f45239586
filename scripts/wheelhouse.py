"""A wheelhouse: all wheels of plankb for a platform, with hashes and an installer, for machines without internet.

    python scripts/wheelhouse.py [--platform NAME…] [--python 3.11…] [--out dist]

The versions are those of constraints.txt. `pip download` weighs the conditions of requirements (`; sys_platform ==
"win32"`) by the machine it runs on, so that what only the other platform needs is found and fetched here afterwards.
Each folder is installed with `sh install.sh` or `install.bat`, which check every hash and reach for no network.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
EXTRAS = ("mcp",)
"""What a machine without internet gets besides the program itself."""
_GLIBC = range(28, 4, -1)
_OLD_NAMES = ("manylinux2014", "manylinux2010", "manylinux1")


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: the tags of wheels that fit it, and what the conditions of requirements see there."""

    name: str
    tags: tuple[str, ...]
    marks: Mapping[str, str]

    @property
    def windows(self) -> bool:
        """Whether it is Windows."""
        return self.marks["sys_platform"] == "win32"


def _linux(machine: str) -> Platform:
    tags = [f"manylinux_2_{minor}_{machine}" for minor in _GLIBC] + [f"{old}_{machine}" for old in _OLD_NAMES]
    marks = {
        "sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine,
    }  # fmt: skip
    return Platform(f"linux-{machine}", tuple(tags), marks)


PLATFORMS: Mapping[str, Platform] = {
    one.name: one
    for one in (
        Platform(
            "windows-x64",
            ("win_amd64",),
            {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
        ),
        _linux("x86_64"),
        _linux("aarch64"),
    )
}
"""Linux means glibc 2.28 or later: 麒麟 V10, 统信 20, Debian 10, RHEL 8 and what came after."""


def environment(platform: Platform, python: str, extra: str = "") -> dict[str, str]:
    """What conditions of requirements are weighed by on a platform with a Python ("3.11")."""
    own = {"python_version": python, "python_full_version": f"{python}.0", "implementation_name": "cpython"}
    return {
        **{name: str(value) for name, value in default_environment().items()},
        **platform.marks,
        **own,
        "extra": extra,
    }


def missing(wheels: Iterable[Path], platform: Platform, python: str) -> Iterator[str]:
    """The names that wheels require on a platform and that are not among them."""
    found = list(wheels)
    there = {str(parse_wheel_filename(wheel.name)[0]) for wheel in found}
    wanted: dict[str, set[str]] = defaultdict(set, {"plankb": set(EXTRAS)})
    for _ in range(3):  # an extra may ask for the extra of another
        for wheel in found:
            extras = ("", *wanted[str(parse_wheel_filename(wheel.name)[0])])
            for need in _needs(wheel, platform, python, extras):
                wanted[canonicalize_name(need.name)] |= need.extras
    yield from sorted(set(wanted) - there)


def _needs(wheel: Path, platform: Platform, python: str, extras: Sequence[str]) -> Iterator[Requirement]:
    with zipfile.ZipFile(wheel) as packed:
        name = next(one for one in packed.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", one))
        said = HeaderParser().parsestr(packed.read(name).decode("utf-8", "replace"))
    for line in said.get_all("Requires-Dist") or ():
        need = Requirement(line)
        if need.marker is None or any(need.marker.evaluate(environment(platform, python, extra)) for extra in extras):
            yield need


def pins() -> dict[str, str]:
    """Name to the line of constraints.txt."""
    lines = (line.split("#")[0].strip() for line in CONSTRAINTS.read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(line.split("==")[0]): line for line in lines if line}


def locked(wheels: Iterable[Path]) -> str:
    """Requirements with the hash of every wheel, as `pip install --require-hashes` takes them."""
    hashes: dict[str, list[str]] = defaultdict(list)
    for wheel in sorted(wheels):
        name, version, *_ = parse_wheel_filename(wheel.name)
        hashes[f"{name}=={version}"].append(hashlib.sha256(wheel.read_bytes()).hexdigest())
    lines = (" \\\n    ".join((pin, *(f"--hash=sha256:{one}" for one in found))) for pin, found in hashes.items())
    return "\n".join(lines) + "\n"


def make(platform: Platform, pythons: Sequence[str], own: Path, out: Path) -> Path:
    """The folder of a platform; `own` holds the wheels that are built here: plankb, and what comes as source alone."""
    (program,) = own.glob("plankb-*.whl")
    folder = out / f"plankb-{parse_wheel_filename(program.name)[1]}-{platform.name}"
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    for python in pythons:
        _download([f"{program}[{','.join(EXTRAS)}]"], platform, python, own, wheels)
        while names := list(missing(wheels.glob("*.whl"), platform, python)):
            lost = [name for name in names if name not in pins()]
            if lost:
                raise SystemExit(f"{platform.name}: not pinned in constraints.txt: {', '.join(lost)}")
            _download(["--no-deps", *(pins()[name] for name in names)], platform, python, own, wheels)
    (folder / "requirements.txt").write_text(locked(wheels.glob("*.whl")), encoding="utf-8")
    for name in ("install.bat",) if platform.windows else ("install.sh",):
        shutil.copy(ROOT / "packaging" / name, folder / name)
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    return folder


def _download(what: Sequence[str], platform: Platform, python: str, own: Path, to: Path) -> None:
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    abis = [word for abi in (f"cp{python.replace('.', '')}", "abi3", "none") for word in ("--abi", abi)]
    _pip(
        "download", "--quiet", "--only-binary", ":all:", "--implementation", "cp", "--python-version", python, *tags,
        *abis, "--constraint", str(CONSTRAINTS), "--find-links", str(own), "--dest", str(to), *what,
    )  # fmt: skip


def built(to: Path) -> Path:
    """The wheels that are built here, in a folder: plankb itself, and jieba, which comes as source alone."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    copy = to / "source"
    for part in ("src", "pyproject.toml", "README.md", "LICENSE"):
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, copy / part)
    for what in (str(copy), pins()["jieba"]):
        _pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(to), what)
    shutil.rmtree(copy)
    return to


def _pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *words], check=True)


def main() -> None:
    """Makes the folders that are asked for, and says how large they are."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--platform", action="append", choices=sorted(PLATFORMS), help="default: all")
    parser.add_argument("--python", action="append", help="default: 3.11")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    asked = parser.parse_args()
    own = built(asked.out / "own")
    for name in asked.platform or PLATFORMS:
        folder = make(PLATFORMS[name], asked.python or ["3.11"], own, asked.out)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"{folder}: {len(list((folder / 'wheels').iterdir()))} wheels, {size / 1e6:.0f} MB")
    shutil.rmtree(own)


if __name__ == "__main__":
    main()
