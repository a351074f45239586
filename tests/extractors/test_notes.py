"""Responsibility notes as texts with the names and roles that they give."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from plankb.extractors import notes

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "notes.toml").read_text(encoding="utf-8")
)["case"]


def read(text: str) -> list[notes.Note]:
    return list(notes.in_paragraph(text, (0, len(text))))


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_names_and_roles(case: dict[str, Any]) -> None:
    found = read(case["text"])
    if case.get("none"):
        assert found == []
        return
    (note,) = found
    for role in ("lead", "support", "joint"):
        assert list(note.printed(role)) == case.get(role, []), role
    assert list(note.collective) == case.get("collective", [])
    assert list(note.times) == case.get("times", list(note.times))
    assert all(case["text"][start:end] == name.text for name in note.names for start, end in [name.span])
