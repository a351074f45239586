"""Who uses the program: a file of settings that was damaged stops no question, is told, and is not replaced unasked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import asker
from plankb.kb.remarks import telling


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANKB_CONFIG", str(tmp_path / "settings"))
    (tmp_path / "settings").mkdir()
    return tmp_path / "settings" / "me.json"


def test_what_is_set_is_there_again(settings: Path) -> None:
    with telling() as told:
        assert asker.load() == asker.Asker()
    assert told == []
    assert asker.save(asker.Asker("市园林局", "贵阳市")) == settings
    assert asker.load() == asker.Asker("市园林局", "贵阳市")
    assert asker.context().bureau == "市园林局"


@pytest.mark.parametrize(
    "damage", ["{", "[]", '{"bureau": 3}', '{"bureau": ""}', json.dumps({"place": "市" * 100_000})]
)
def test_damaged_settings_are_told_once_and_stay(settings: Path, damage: str) -> None:
    settings.write_text(damage, encoding="utf-8")
    with telling() as told:
        assert asker.load() == asker.Asker()
        assert asker.context().bureau is None
    assert [one.code for one in told] == ["E609"]
    with pytest.raises(PlankbError, match="E609"):
        asker.read()
    assert settings.read_text(encoding="utf-8") == damage


def test_words_that_are_no_text_can_be_kept(settings: Path) -> None:
    assert asker.log("市局\udcff有哪些任务？", None).read_text(encoding="utf-8").count("市局?") == 1
    asker.save(asker.Asker("市局\udcff"))
    assert asker.load().bureau == "市局?"
