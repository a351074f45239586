from __future__ import annotations

from pathlib import Path

import pytest

from plankb.tui.app import PlankbApp
from plankb.tui.state import State, load, save
from tests.tui.conftest import press, settle


def test_what_is_saved_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "tui.json"
    state = State(lang="en", theme="plankb-light", tab="tasks", panes={"tasks": {"row": 3}})
    state.asked("市交委牵头哪些任务？")
    save(state, path)
    assert load(path) == state


@pytest.mark.parametrize("content", ["", "[]", '{"panes": 3, "questions": {"a": 1}, "lang": "fr"}', "\x00", "{"])
def test_a_damaged_state_counts_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tui.json"
    path.write_text(content, encoding="utf-8")
    assert load(path) == State()


def test_a_place_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save(State(), tmp_path / "file" / "tui.json")
    assert not (tmp_path / "file" / "tui.json").exists()


def test_a_question_asked_again_moves_to_the_end() -> None:
    state = State()
    for question in ("a", "b", "a"):
        state.asked(question)
    assert state.questions == ["b", "a"]


async def test_the_window_comes_back_as_it_was_left(kb_folder: Path, tmp_path: Path) -> None:
    keep = tmp_path / "tui.json"
    async with PlankbApp(kb_folder, keep=keep).run_test() as pilot:
        await settle(pilot)
        await pilot.app.screen.run_action("tab('targets')")
        await press(pilot, "f2", "ctrl+t")
    again = PlankbApp(kb_folder, keep=keep)
    async with again.run_test() as pilot:
        await settle(pilot)
        assert (again.state.tab, again.say.lang, again.theme) == ("targets", "en", "plankb-light")
        assert again.screen.query("#pane-targets")
