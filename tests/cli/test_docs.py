"""The pages of `docs/` say what the program does: those made of it are current, and all that are named exist."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES: dict[str, str] = runpy.run_path(str(ROOT / "scripts" / "docs.py"))["pages"]()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_of_the_program_is_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name], "run: make docs (python scripts/docs.py)"


def test_documents_that_the_code_points_to_are_in_the_repository() -> None:
    named = {
        match
        for path in (ROOT / "src").rglob("*.py")
        for match in re.findall(r"\b(?:docs/)?[A-Za-z_-]+\.md\b", path.read_text(encoding="utf-8"))
    }
    known = {path.name for path in ROOT.glob("*.md")} | {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert {name for name in named if name[0].isupper() or name.startswith("docs/")} <= known
