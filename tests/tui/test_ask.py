from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from plankb.tui.app import PlankbApp
from plankb.tui.widgets.chips import Condition
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.notice import Notice
from plankb.tui.widgets.question import Question, QuestionInput
from plankb.tui.widgets.reader import Reader
from tests.tui.conftest import press, settle


def _field(app: PlankbApp) -> QuestionInput:
    return app.screen.query_one(QuestionInput)


async def _ask(pilot: Pilot[None], question: str) -> None:
    """Types a question; the pilot cannot press a full-width question mark."""
    field = pilot.app.screen.query_one(QuestionInput)
    field.focus()
    field.insert_text_at_cursor(question)
    await press(pilot, "enter")


def _offered(app: PlankbApp) -> list[str]:
    options = app.screen.query_one("#completions", OptionList)
    return [str(option.prompt).split("  ")[0] for option in options.options] if options.display else []


def _titles(app: PlankbApp) -> list[str]:
    return [row.title for row in app.screen.query_one("#answer-rows", Grid).shown]


async def test_a_question_typed_is_answered_with_its_evidence(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await _ask(pilot, "市生态环境局牵头哪些任务？")
        await settle(pilot)
        assert sorted(_titles(app)) == ["完善监测网络[38.02]", "淘汰老旧车辆"]
        labels = [str(chip.render()) for chip in app.screen.query(Condition)]
        assert "任务" in labels
        assert "牵头：市生态环境局 ×" in labels
        row = app.screen.query_one("#answer-rows", Grid).row
        assert row is not None
        assert row.quote in app.screen.query_one("#answer-evidence-text", Reader).text
        assert app.focused is app.screen.query_one("#answer-rows")


async def test_a_condition_is_taken_out(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await _ask(pilot, "市生态环境局2023年牵头哪些任务？")
        await settle(pilot)
        assert _titles(app) == ["淘汰老旧车辆"]
        year = next(chip for chip in app.screen.query(Condition) if "2023" in chip.chip.label)
        year.focus()
        await press(pilot, "delete")
        assert len(_titles(app)) == 2


async def test_names_are_completed_by_characters_and_by_initials(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, *"市住房")
        assert _offered(app) == ["市住房城乡建设局"]
        await press(pilot, "tab")
        assert _field(app).value == "市住房城乡建设局"
        await press(pilot, *"和sthjj")
        assert _offered(app) == []
        _field(app).value = ""
        await press(pilot, *"ssthjj")
        assert _offered(app) == ["市生态环境局"]
        await press(pilot, "down", "enter")
        assert _field(app).value == "市生态环境局"


async def test_examples_and_earlier_questions_are_a_key_away(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "down")
        examples = _offered(app)
        assert "有哪些规划？" in examples
        await press(pilot, "escape")
        await _ask(pilot, "有哪些规划？")
        await settle(pilot)
        assert [row.id for row in app.screen.query_one("#answer-rows", Grid).shown] == ["air", "city"]
        _field(app).focus()
        await press(pilot, "up")
        assert _offered(app) == ["有哪些规划？"]


async def test_a_paste_of_ten_thousand_characters_is_cut_down(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        from textual.events import Paste

        _field(app).post_message(Paste("绿色\n建筑" * 2_500))
        await settle(pilot)
        assert len(_field(app).value) == 300
        assert "\n" not in _field(app).value
        assert "只保留前 300 个字" in app.screen.query_one(Notice).words


async def test_a_question_without_words_is_one_notice(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await _ask(pilot, "？？")
        await settle(pilot)
        assert len(app.screen.query(Notice)) == 1
        assert str(app.screen.query_one("#answer", Static).render()) == ""


async def test_the_question_comes_back_the_next_day(kb_folder: Path, tmp_path: Path) -> None:
    keep = tmp_path / "tui.json"
    async with PlankbApp(kb_folder, keep=keep).run_test() as pilot:
        await settle(pilot)
        await _ask(pilot, "有哪些规划？")
        await settle(pilot)
    again = PlankbApp(kb_folder, keep=keep)
    async with again.run_test() as pilot:
        await settle(pilot)
        assert again.screen.query_one(Question).input.value == "有哪些规划？"
        assert len(again.screen.query_one("#answer-rows", Grid).shown) == 2
