from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from plankb.model import Plan, Task
from plankb.tui.app import PlankbApp
from plankb.tui.widgets.bars import Notice
from plankb.tui.widgets.chips import Condition
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.home import Home
from plankb.tui.widgets.question import PAUSE, Question, QuestionInput
from plankb.tui.widgets.reader import Reader
from tests.tui.conftest import press, settle, until


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
    return [row.title for row in app.screen.query_one("#answer-rows", Grid).rows_of(Task)]


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
        assert isinstance(row, Task)
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


def _home(app: PlankbApp) -> list[str]:
    home = app.screen.query_one(Home)
    return [str(option.prompt).strip() for option in home.options] if home.display else []


async def test_the_first_screen_says_what_is_there_and_a_question_on_it_is_asked(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        said = _home(app)
        assert "2 任务  5 项" in said
        assert "6 时限  任务已逾期 3，30天内到期 0，以后到期 0" in said
        assert "7 冲突  错误 1，警告 0，提示 0" in said or any(line.startswith("7 冲突  错误") for line in said)
        assert "新建绿色建筑占比各规划分别是多少？" in said
        await press(pilot, "down", "up")
        assert app.focused is _field(app)
        await press(pilot, "down")
        home = app.screen.query_one(Home)
        home.highlighted = said.index("有哪些规划？")
        await press(pilot, "enter")
        assert [row.id for row in app.screen.query_one("#answer-rows", Grid).rows_of(Plan)] == ["air", "city"]
        assert not home.display
        await press(pilot, "escape", "up")
        assert _offered(app) == ["有哪些规划？"]
        await press(pilot, "escape", "escape")
        assert home.display
        assert _field(app).value == ""
        assert "有哪些规划？" in _home(app)[_home(app).index("最近问过") :]


async def test_a_figure_in_the_empty_field_opens_a_tab_and_a_year_is_typed(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await until(pilot, lambda: app.state.tab == "tasks")
        await press(pilot, "escape")
        assert app.state.tab == "ask"
        await pilot.press(*"2025")
        await pilot.pause(2 * PAUSE)
        assert app.state.tab == "ask"
        assert _field(app).value == "2025"
        await press(pilot, "escape")
        assert _field(app).value == ""


async def test_after_an_answer_typing_starts_the_next_question(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await _ask(pilot, "市生态环境局牵头哪些任务？")
        assert app.focused is app.screen.query_one("#answer-rows")
        await press(pilot, *"市财")
        assert _field(app).value == "市财"
        await press(pilot, "escape", "enter")
        await press(pilot, "3")
        assert app.state.tab == "targets"
        await press(pilot, "1")
        assert app.focused is app.screen.query_one("#answer-rows")
        await press(pilot, "enter")
        assert app.state.tab == "plans"
        await press(pilot, "escape", "escape")
        assert app.state.tab == "ask"


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
