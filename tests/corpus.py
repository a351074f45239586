"""The five real plans, read once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from plankb.document import CleanText
from tests.text import clean

FOLDER = Path(__file__).parent.parent / "corpus"
PLANS = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


@cache
def raw(plan: str) -> str:
    return (FOLDER / f"{plan}.txt").read_text(encoding="utf-8")


@cache
def clean_text(plan: str) -> CleanText:
    return clean(raw(plan))
