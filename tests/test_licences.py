"""The list of licences names what the project needs, and nothing that is not permissive."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "licences.py"))
ROWS = dict(re.findall(r"^\| (\S+) \| (.+) \|$", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"), re.M)[1:])


def test_all_that_is_needed_is_listed_with_a_permissive_licence() -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    named = {re.split(r"[\s\[<>=!~(;]", one, maxsplit=1)[0].lower().replace("_", "-") for one in said}
    assert named - {name.lower().replace("_", "-") for name in ROWS} == set()
    assert SCRIPT["refused"](ROWS) == []


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "GNU General Public License v3", "unknown", "Proprietary", "AGPL-3.0"]
)
def test_what_is_not_permissive_is_told(licence: str) -> None:
    assert SCRIPT["refused"]({"one": licence}) == [f"one: {licence}"]


@pytest.mark.parametrize("licence", ["MIT", "Apache-2.0 OR GPL-2.0", "BSD-3-Clause", "MPL-2.0"])
def test_what_is_permissive_is_not(licence: str) -> None:
    assert SCRIPT["refused"]({"one": licence}) == []
