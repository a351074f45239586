"""No regular expression of the package can be made to try for ever, and no text makes reading grow without proportion.

Growth is measured inside one run, four times the length against once: of a pattern by the CPU it takes, of reading by
the calls that it makes.
"""

from __future__ import annotations

import cProfile
import pstats
import time
from pathlib import Path

import pytest

from plankb.kb import read_file
from tests.patterns import attacks, patterns

SHORT, LONG = 150, 600
NOTABLE = 0.002
"""Seconds of CPU for the short text from which the long one is tried: what takes less stays small in any case."""
SQUARE = 40
"""Four times the length may take sixteen times as long, with room for chance; the third power would take sixty-four."""


def cost(pattern: object, unit: str, length: int) -> float:
    """CPU seconds for all matches in a text of a unit repeated: the least of two tries."""
    said = (unit * (length // len(unit) + 1))[:length]
    text = said.encode() if isinstance(pattern.pattern, bytes) else said  # type: ignore[attr-defined]
    tries = []
    for _ in range(2):
        start = time.process_time()
        for _match in pattern.finditer(text):  # type: ignore[attr-defined]
            pass
        tries.append(time.process_time() - start)
    return min(tries)


@pytest.mark.slow
def test_no_pattern_grows_faster_than_the_square_of_a_sentence() -> None:
    found = []
    for name, pattern in {(one.pattern, one.flags): (name, one) for name, one in patterns().items()}.values():
        for unit in attacks(pattern):
            short = cost(pattern, unit, SHORT)
            if short > NOTABLE and cost(pattern, unit, LONG) > SQUARE * short:
                found.append((name, unit))
    assert found == []


@pytest.mark.slow
def test_patterns_of_modules_functions_and_rules_are_all_tried() -> None:
    names = patterns()
    assert len(names) > 1000
    for home in ("plankb.quantities.finding._pattern", "plankb.numbers.", "rules.roles.", "plankb.document.sentences."):
        assert any(name.startswith(home) for name in names), home


@pytest.mark.parametrize("pattern", ["(?:a+)+b", "(a|aa)+c", r"(?:\d+,?)+x"])
def test_a_pattern_that_never_ends_would_be_found(pattern: str) -> None:
    import re

    made = re.compile(pattern)
    assert any(cost(made, unit, 18) > 4 * cost(made, unit, 14) for unit in attacks(made))


UNITS = ["一", "达到40%", "（市教育局牵头）", "."]


def calls(path: Path, unit: str, length: int) -> int:
    """How many calls reading such a text takes."""
    path.write_text(f"某市方案\n\n一、任务\n{unit * (length // len(unit))}\n", encoding="utf-8")
    profile = cProfile.Profile()
    profile.runcall(read_file, path)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_reading_grows_with_the_text(tmp_path: Path, unit: str) -> None:
    calls(tmp_path / "a.txt", unit, 100)  # what is made once
    short, long_ = (calls(tmp_path / "a.txt", unit, length) for length in (500, 2000))
    assert long_ < 8 * short
