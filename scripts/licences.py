"""The licences of all that plankb runs on, as their packages state them: a list, and a check that all are permissive.

python scripts/licences.py          writes docs/licences.md
python scripts/licences.py --check  fails for a licence that is not permissive, or where the list is stale
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

LIST = Path(__file__).parents[1] / "docs" / "licences.md"
PROJECT = Path(__file__).parents[1] / "pyproject.toml"
PERMISSIVE = re.compile(
    r"\b(?:MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Unlicense|Zlib|MPL|Mozilla|HPND|0BSD|CC0|Public Domain)",
    re.IGNORECASE,
)
NOT_PERMISSIVE = re.compile(r"(?<!L)\b(?:A?GPL|GNU (?:Affero )?General)", re.IGNORECASE)
_SHORT = 60


def needed() -> dict[str, str]:
    """Package name to licence of what plankb needs, directly or not, without extras."""
    found: dict[str, str] = {}
    left = list(map(_name, tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]))
    while left:
        try:
            package = metadata.distribution(left.pop())
        except metadata.PackageNotFoundError:  # for another system
            continue
        found[package.metadata["Name"]] = licence(package)
        for requirement in package.requires or ():
            other = _name(requirement)
            if "extra" not in requirement and other.lower() not in {one.lower() for one in (*found, *left)}:
                left.append(other)
    return dict(sorted(found.items(), key=lambda one: one[0].lower()))


def _name(requirement: str) -> str:
    return re.split(r"[\s\[<>=!~(;]", requirement.strip(), maxsplit=1)[0]


def licence(package: metadata.Distribution) -> str:
    """What a package says of its licence: its expression, its classifiers, or the first line of its text."""
    said = package.metadata
    if said["License-Expression"]:
        return str(said["License-Expression"])
    classes = [one.rpartition("::")[2].strip() for one in said.get_all("Classifier") or () if one.startswith("License")]
    named = [one for one in classes if one != "OSI Approved"]
    if named:
        return " OR ".join(named)
    lines = (said["License"] or "").strip().splitlines() or ["unknown"]
    return lines[0].strip()[:_SHORT]


def page(found: dict[str, str]) -> str:
    """The list as a page."""
    rows = "".join(f"| {name} | {said.replace('|', '/')} |\n" for name, said in found.items())
    head = "# Licences\n\nWhat plankb needs to run, with the licence that each package states (`make licences`).\n\n"
    return f"{head}| package | licence |\n|---|---|\n{rows}"


def refused(found: dict[str, str]) -> list[str]:
    """The packages whose licence is not known to be permissive."""
    return [
        f"{name}: {said}"
        for name, said in found.items()
        if not PERMISSIVE.search(said) or (NOT_PERMISSIVE.search(said) and " OR " not in said)
    ]


def main() -> int:
    """Writes or checks the list."""
    found = needed()
    wrong = refused(found)
    for one in wrong:
        sys.stderr.write(f"not permissive, or not known: {one}\n")
    if "--check" not in sys.argv:
        LIST.write_text(page(found), encoding="utf-8")
    elif LIST.read_text(encoding="utf-8") != page(found):
        sys.stderr.write("docs/licences.md is stale: make licences\n")
        return 1
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
