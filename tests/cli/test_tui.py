"""`plankb tui`: what the command line says of the screens."""

from __future__ import annotations

from pathlib import Path

import pytest

import plankb.tui.app
from plankb.cli import frame


@pytest.mark.parametrize(
    ("words", "variable", "lang"),
    [
        (["--lang", "zh"], "", "zh"),
        (["--lang", "en"], "", "en"),
        (["--lang", "zh"], "en", "zh"),
        ([], "en", "en"),
        ([], "zh", "zh"),
        ([], "", None),
    ],
)
def test_a_language_that_was_asked_for_goes_before_the_one_remembered(
    words: list[str], variable: str, lang: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    monkeypatch.setenv("PLANKB_LANG", variable)
    monkeypatch.setattr(plankb.tui.app, "run", lambda folder, *, lang: opened.append((folder, lang)))
    assert frame.run(["--kb", str(tmp_path), *words, "tui"]) == 0
    assert opened == [(tmp_path, lang)]
