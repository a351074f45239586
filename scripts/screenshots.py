"""Pictures of real screens over the real plans, for the README: `make screenshots` writes them into docs/."""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import tempfile
from datetime import date
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from textual.widgets import Input

from plankb.kb import KnowledgeBase, asker
from plankb.tui.app import PlankbApp
from plankb.tui.panes.base import TABS
from plankb.tui.widgets.question import QuestionInput

_SIZE = (118, 34)
_CORPUS = Path(__file__).parent.parent / "corpus"
_QUESTION = "市生态环境局牵头哪些任务？"
_OWN = ("贵阳市生态环境局", "贵阳市")
_TODAY = date(2025, 11, 20)
"""The day of the pictures: some tasks are late, some are due soon."""
_STATE = {"matrix": {"filters": {"plan": ["guiyang-synergy"]}}}
"""What a tab is set to before its picture is taken."""
_SCREENS = {
    "home": ("down",),
    "ask": (),
    "targets": ("c", "right"),
    "plans": ("down", "enter", "n", "n", "n"),
    "bureaus": ("down",),
    "deadlines": ("down", "up", "enter"),
    "own": ("f3",),
    "conflicts": (),
    "matrix": ("down", "down", "right"),
}
"""Screen to the keys pressed on it."""
_CELL = 12.2
"""The width of a cell in Rich's pictures."""
_TEXT = re.compile(
    r'(?P<head><text [^>]*?)x="(?P<x>[\d.]+)" (?P<y>y="[\d.]+" )'
    r'textLength="[\d.]+"(?P<rest>[^>]*)>(?P<text>[^<]*)</text>'
)
_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def _settle(app: PlankbApp) -> None:
    for _ in range(3):
        await asyncio.sleep(0.05)
        while any(not worker.is_finished for worker in app.workers):
            await asyncio.sleep(0.01)


async def _picture(folder: Path, tab: str, keys: tuple[str, ...]) -> str:
    app = PlankbApp(folder)
    app.state.panes.update(_STATE)
    async with app.run_test(size=_SIZE) as pilot:
        await _settle(app)
        if tab in TABS:
            await app.screen.run_action(f"tab('{tab}')")
            await _settle(app)
        if tab == "ask":
            app.screen.query_one(QuestionInput).insert_text_at_cursor(_QUESTION)
            await pilot.press("enter")
        for key in keys:
            await pilot.press(key)
            await _settle(app)
        await _settle(app)
        for field in app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()
        return _true(app.export_screenshot(title="plankb"))


def _true(picture: str) -> str:
    """The picture without the fonts that Rich would have a browser fetch, and with every character in its cells.

    Rich counts a Chinese character as one cell when it says how long a text is, so each run of characters of one width
    becomes a text of its own.
    """
    return _TEXT.sub(_runs, _FONT_FACES.sub("", picture)).replace("Fira Code", "Noto Sans Mono CJK SC")


def _runs(match: re.Match[str]) -> str:
    place, made = float(match["x"]), []
    for _, group in groupby(html.unescape(match["text"]), key=lambda char: (cell_len(char), char.isspace())):
        run = "".join(group)
        size = _CELL * cell_len(run)
        if not run.isspace():
            length = f'textLength="{size:.1f}" lengthAdjust="spacingAndGlyphs"'
            made.append(f'{match["head"]}x="{place:.1f}" {match["y"]}{length}{match["rest"]}>{html.escape(run)}</text>')
        place += size
    return "".join(made)


def main() -> None:
    """Builds a knowledge base of the corpus and writes a picture a screen."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asker.today = lambda: _TODAY
    with tempfile.TemporaryDirectory() as name:
        os.environ["PLANKB_CONFIG"] = str(Path(name) / "config")
        KnowledgeBase(Path(name)).build([_CORPUS])
        asker.save(asker.Asker(*_OWN))
        for tab, keys in _SCREENS.items():
            picture = asyncio.run(_picture(Path(name), tab, keys))
            (target / f"screen-{tab}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
