"""Patterns taken from what was kept are those that `re` makes, and nothing that is damaged is used."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plankb import kept_patterns
from plankb.rules import loading
from plankb.rules.model import Rule

ODD = [
    ("a|[一-龥]+(?P<x>b)(?i:c)", 0),
    ("(?x) a b", 0),
    ("é", re.I),
    (r"[^\w一]{2,}?(?<=a)(x)?(?(1)y|z)$", re.M),
    ("", 0),
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a process of its own keeps patterns."""
    path = tmp_path / "__pycache__" / "kept.marshal"
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(kept_patterns, "_place", lambda: path)
    monkeypatch.setattr(kept_patterns, "_new", {})
    kept_patterns._all.cache_clear()
    yield path
    kept_patterns._all.cache_clear()


def _next_process(monkeypatch: pytest.MonkeyPatch) -> None:
    kept_patterns.keep()
    kept_patterns._all.cache_clear()
    monkeypatch.setattr(kept_patterns, "_new", {})


def _same(made: re.Pattern[str], known: re.Pattern[str]) -> bool:
    return made == known and (made.groups, made.groupindex) == (known.groups, known.groupindex)


def _expressions() -> Iterator[tuple[str, int]]:
    for file in ("questions", "times", "headings", "bureaus"):
        for entries in loading.sections(file).values():
            yield from ((entry.expression, 0) for entry in entries if isinstance(entry, Rule))
    yield from ODD


def test_a_kept_pattern_is_the_one_that_re_makes(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {key: re.compile(*key) for key in _expressions()}
    assert all(_same(kept_patterns.compiled(*key), one) for key, one in known.items())
    _next_process(monkeypatch)
    monkeypatch.setattr(kept_patterns, "_code", None)  # nothing is compiled any more
    assert all(_same(kept_patterns.compiled(*key), one) for key, one in known.items())
    assert not kept_patterns._new


def test_what_is_read_off_an_expression_is_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept_patterns.rows("牵头", lambda said: (tuple(said), ())) == (("牵", "头"), ())
    _next_process(monkeypatch)
    assert kept_patterns.rows("牵头", lambda said: ()) == (("牵", "头"), ())
    assert kept_patterns.rows("配合", lambda said: ()) == ()


def _with(data: bytes, told: object) -> bytes:
    """What is kept, with something else in the place of the one pattern."""
    mark, line = data.split(b"\n")
    return mark + b"\n" + line[:32] + json.dumps(told).encode()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"\xff" * 40,
        lambda data: data[:-3] + b"\xff",
        lambda data: b"[1]" + data[data.index(b"\n") :],
        lambda data: _with(data, [32, "/////////////w==", 1, {}]),
        lambda data: _with(data, [32, "AAAA", 1, {"name": 7}]),
        lambda data: _with(data, 3),
    ],
)
def test_what_is_damaged_or_of_another_python_is_passed_over(
    damage: Callable[[bytes], bytes], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_patterns.compiled("牵头")
    _next_process(monkeypatch)
    place.write_bytes(damage(place.read_bytes()))
    kept_patterns._all.cache_clear()
    assert _same(kept_patterns.compiled("牵头"), re.compile("牵头"))


def test_a_fault_of_an_expression_is_told_as_re_tells_it(place: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        kept_patterns.compiled("(牵头")


def test_nothing_is_written_where_python_writes_no_byte_code(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept_patterns.compiled("牵头")
    kept_patterns.keep()
    assert not place.exists()
