"""The lock: what `make run` installs, with the hash of every wheel of its version for the platforms named below.

python scripts/lock.py          asks the registry for the hashes and writes requirements.lock
python scripts/lock.py --check  fails where constraints.txt or pyproject.toml asks for what the lock does not hold

The versions are those of constraints.txt; pip itself says the hashes (`pip install --dry-run --report`). What builds a
package from source (setuptools, for plankb itself and jieba) pip fetches by version alone: that is not in the lock.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from scripts.wheelhouse import PLATFORMS, ROOT, Platform, environment, pins

LOCK = ROOT / "requirements.lock"
_AT_ONCE = 4
PYTHONS = ("3.11", "3.12", "3.13")
BUILT_HERE = ("jieba",)
"""Packages that come as source alone."""


def _mac(machine: str, releases: Iterable[str]) -> Platform:
    tags = [f"macosx_{one}_{kind}" for one in releases for kind in (machine, "universal2")]
    marks = {
        "sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": machine,
    }  # fmt: skip
    return Platform(f"mac-{machine}", tuple(tags), marks)


EVERYWHERE: Mapping[str, Platform] = {
    **PLATFORMS,
    "mac-arm64": _mac("arm64", [f"{one}_0" for one in range(15, 10, -1)]),
    "mac-x86_64": _mac("x86_64", [f"{one}_0" for one in range(15, 10, -1)] + [f"10_{one}" for one in range(16, 8, -1)]),
}


def needed(platform: Platform, python: str) -> set[str]:
    """The names that plankb needs on a platform, without extras, as the packages installed here state them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, set[str]] = {}
    left = [Requirement(line) for line in project["dependencies"]]
    while left:
        need = left.pop()
        name = canonicalize_name(need.name)
        extras = {"", *need.extras} - found.get(name, set())
        if not extras:
            continue
        found.setdefault(name, set()).update(extras)
        try:
            lines = metadata.distribution(name).requires or ()
        except metadata.PackageNotFoundError:  # for another system alone; such packages need nothing themselves
            continue
        left += [one for one in map(Requirement, lines) if _holds(one, platform, python, extras)]
    return set(found)


def _holds(need: Requirement, platform: Platform, python: str, extras: Iterable[str]) -> bool:
    return need.marker is None or any(need.marker.evaluate(environment(platform, python, one)) for one in extras)


def conditions() -> dict[str, str]:
    """Name to the condition under which it is installed, "" where always. Raises SystemExit where it cannot be said."""
    where: dict[str, set[str]] = defaultdict(set)
    for platform in EVERYWHERE.values():
        for python in PYTHONS:
            for name in needed(platform, python):
                where[name].add(f"{platform.marks['sys_platform']} {python}")
    every = {f"{platform.marks['sys_platform']} {python}" for platform in EVERYWHERE.values() for python in PYTHONS}
    return {name: _condition(name, places, every) for name, places in sorted(where.items())}


def _condition(name: str, places: set[str], every: set[str]) -> str:
    if places == every:
        return ""
    systems = {place.split()[0] for place in places}
    if places == {place for place in every if place.split()[0] in systems}:
        return " or ".join(f'sys_platform == "{system}"' for system in sorted(systems))
    oldest = sorted({place.split()[1] for place in every - places}, key=lambda one: int(one.split(".")[1]))[0]
    if places == {place for place in every if int(place.split()[1][2:]) < int(oldest[2:])}:
        return f'python_version < "{oldest}"'
    raise SystemExit(f"{name}: its condition cannot be told from where it is needed: {sorted(places)}")


def hashes(names: Mapping[str, str]) -> dict[str, set[str]]:
    """Name to the hashes of its files, as pip finds them for every platform and Python."""
    found: dict[str, set[str]] = defaultdict(set)
    wheels = [name for name in names if name not in BUILT_HERE]

    def ask(place: tuple[Platform, str]) -> list[tuple[str, str]]:
        there = [name for name in wheels if name in needed(*place)]
        return list(_report(there, "--only-binary", ":all:", *_options(*place)))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        places = [(platform, python) for platform in EVERYWHERE.values() for python in PYTHONS]
        for said in (*pool.map(ask, places), _report(BUILT_HERE)):
            for name, digest in said:
                found[name].add(digest)
    return found


def _options(platform: Platform, python: str) -> Iterator[str]:
    yield from ("--python-version", python, "--implementation", "cp", "--target", "unused")
    for tag in platform.tags:
        yield from ("--platform", tag)
    for abi in (f"cp{python.replace('.', '')}", "abi3", "none"):
        yield from ("--abi", abi)


def _report(names: Iterable[str], *options: str) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--dry-run"]
        command += ["--ignore-installed", "--no-deps", "--report", str(report), *options]
        subprocess.run([*command, *(pins()[name] for name in names)], check=True)
        for one in json.loads(report.read_text(encoding="utf-8"))["install"]:
            yield canonicalize_name(one["metadata"]["name"]), one["download_info"]["archive_info"]["hashes"]["sha256"]


def page(names: Mapping[str, str], found: Mapping[str, Iterable[str]]) -> str:
    """The lock's text."""
    lines = [
        "# Made by scripts/lock.py of constraints.txt; `make run` installs by it where the registry has these files."
    ]
    for name in sorted(names):
        condition = names.get(name, "")
        pin = f"{pins()[name]} ; {condition}" if condition else pins()[name]
        lines.append(" \\\n    ".join([pin, *(f"--hash=sha256:{one}" for one in sorted(found[name]))]))
    return "\n".join(lines) + "\n"


def locked() -> dict[str, tuple[str, str, int]]:
    """What the lock holds: name to pin, condition and the number of hashes."""
    text = LOCK.read_text(encoding="utf-8").replace("\\\n", " ")
    held: dict[str, tuple[str, str, int]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            said, *digests = line.split("--hash=sha256:")
            pin, _, condition = said.partition(";")
            held[canonicalize_name(re.split("==", pin)[0].strip())] = (pin.strip(), condition.strip(), len(digests))
    return held


def stale() -> list[str]:
    """What the lock and the other files say differently, a line each."""
    held, wanted = locked(), conditions()
    lines = [f"{name}: not in the lock" for name in wanted if name not in held]
    lines += [f"{name}: in the lock, but not needed" for name in held if name not in wanted]
    for name, (pin, condition, count) in held.items():
        if pin != pins().get(name):
            lines.append(f"{name}: {pin} in the lock, {pins().get(name)} in constraints.txt")
        if condition != wanted.get(name, ""):
            lines.append(f"{name}: installed where {condition or 'ever'}, needed where {wanted.get(name) or 'ever'}")
        if not count:
            lines.append(f"{name}: no hash")
    return lines


def main() -> int:
    """Writes the lock, or says where it is stale."""
    if "--check" in sys.argv[1:]:
        lines = stale()
        print("\n".join(lines) or f"{LOCK.name}: {len(locked())} packages, as constraints.txt has them")
        return 1 if lines else 0
    names = conditions()
    LOCK.write_text(page(names, hashes(names)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
