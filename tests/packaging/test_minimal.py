"""What pyproject.toml allows is bounded below, and what is tested as newest lies within."""

from __future__ import annotations

import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from scripts import minimal
from scripts.wheelhouse import ROOT, pins

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDS = [Requirement(line) for line in PROJECT["dependencies"]]


def test_every_requirement_says_its_lowest_version() -> None:
    unbounded = [need.name for need in NEEDS if not any(each.operator in (">=", "==") for each in need.specifier)]
    assert unbounded == []


def test_the_pinned_versions_are_among_those_that_are_allowed() -> None:
    pinned = {name: line.split(";")[0].partition("==")[2].strip() for name, line in pins().items()}
    outside = [need.name for need in NEEDS if not need.specifier.contains(pinned[canonicalize_name(need.name)])]
    assert outside == []


def test_what_is_left_out_with_the_lowest_versions_is_there() -> None:
    assert [path for path in minimal.OF_TESTED_VERSIONS if not (ROOT / path).is_file()] == []
