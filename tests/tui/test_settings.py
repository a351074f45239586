"""Keys and colours of one's own; what is wrong in the file is said, and the rest holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plankb.tui import settings
from plankb.tui.app import PlankbApp
from plankb.tui.screens.search import SearchScreen
from plankb.tui.widgets.bars import Notice
from tests.tui.conftest import press, settle

_DOCS = Path(__file__).parents[2] / "docs"
FILE = """
language = "en"
theme = "light"
[keys]
search = "f8"
nonsense = "x"
[light]
primary = "#7a0019"
accent = "red"
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANKB_CONFIG", str(tmp_path))
    return tmp_path / settings.FILE


async def test_own_keys_and_colours_hold_and_what_is_wrong_is_said(file: Path, kb_folder: Path) -> None:
    file.write_text(FILE, encoding="utf-8")
    app = PlankbApp(kb_folder)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        said = [notice.words for notice in app.screen.query(Notice)]
        assert len(said) == 2
        assert "keys.nonsense" in said[0]
        assert "light.accent" in said[1]
        assert app.say.lang == "en"
        assert app.theme == "plankb-light"
        assert app.current_theme.primary == "#7a0019"
        await press(pilot, "f8")
        assert isinstance(app.screen, SearchScreen)
        await press(pilot, "escape", "ctrl+f")
        assert not isinstance(app.screen, SearchScreen)


@pytest.mark.parametrize("text", ["[keys", "keys = 5", "x = 1", "\x00", "keys = { search = 5 }"])
def test_a_file_that_cannot_be_used_is_one_fault(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    found = settings.load()
    assert [fault.code for fault in found.faults] == ["E607"]
    assert found.file == settings.ScreensFile()


def test_the_schema_takes_what_the_program_takes(file: Path) -> None:
    schema = json.loads((_DOCS / "screens.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(settings.ScreensFile.model_fields)
    assert set(schema["properties"]["keys"]["propertyNames"]["enum"]) == settings.names()
    assert settings.load() == settings.Settings()
