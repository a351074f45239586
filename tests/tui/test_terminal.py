"""The real program in a real terminal: tmux types, and shows what is on the screen."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]
_PATIENCE = 60
"""Seconds after which a screen that does not show what it should counts as wrong."""

READY = "↓ 示例"
"""Its key in the last line says that the question field has the focus."""


class Terminal:
    """One tmux session of its own server, 80x24."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        self._socket = f"plankb-{uuid.uuid4().hex}"
        home = {"HOME": folder, "XDG_STATE_HOME": folder / "state", "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        words = ["env", *(f"{name}={value}" for name, value in home.items()), *command]
        self._tmux("-u", "new-session", "-d", "-x", "80", "-y", "24", f"{shlex.join(words)}; echo exit=$?; sleep 600")

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-L", self._socket, "-f", "/dev/null", *words]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout

    def press(self, *keys: str) -> None:
        for key in keys:
            self._tmux("send-keys", key)

    def write(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def wait_for(self, words: str, *, lines: int = 1) -> str:
        """The screen as soon as this pattern stands in as many of its lines."""
        end = time.monotonic() + _PATIENCE
        while True:
            shown = self.screen()
            if sum(bool(re.search(words, line)) for line in shown.splitlines()) >= lines:
                return shown
            assert time.monotonic() < end, f"{words!r} is not in {lines} lines of the screen:\n{shown}"
            time.sleep(0.05)

    def close(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def terminal(kb_folder: Path, tmp_path: Path) -> Iterator[Terminal]:
    session = Terminal(tmp_path, [sys.executable, "-m", "plankb", "--kb", str(kb_folder)])
    yield session
    session.close()


def test_a_question_is_asked_and_the_plan_read(terminal: Terminal) -> None:
    terminal.write("市生态环境局牵头哪些任务？")
    terminal.press("Enter")
    shown = terminal.wait_for("淘汰老旧车辆")
    assert "完善监测网络[38.02]" in shown
    terminal.press("Enter")
    terminal.wait_for("▶  2023年底前淘汰老旧车辆")
    terminal.press("C-q")
    terminal.wait_for("exit=0")


def test_columns_stay_aligned(terminal: Terminal) -> None:
    terminal.wait_for(READY)
    terminal.press("2")
    shown = terminal.wait_for("示例市.规划", lines=5).splitlines()
    rows = [line for line in shown if re.search("示例市.规划", line)]
    from rich.cells import cell_len

    places = {cell_len(re.split("示例市.规划", row)[0]) for row in rows}
    assert len(places) == 1


_FALLING = """
import sys
from plankb.cli import main
from plankb.tui.app import PlankbApp

def fall(app):
    raise ZeroDivisionError

PlankbApp.ready = fall
sys.argv[1:] = ["--kb", {folder!r}]
main()
"""


def test_a_fault_that_ends_the_screens_is_one_line(kb_folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _FALLING.format(folder=str(kb_folder))]
    session = Terminal(tmp_path, ["env", "-u", "PLANKB_TRACEBACK", *command])
    try:
        shown = session.wait_for("exit=2")
    finally:
        session.close()
    assert "程序出错" in shown
    assert "Traceback" not in shown
    assert "│" not in shown


def test_a_terminal_that_hangs_up_ends_the_program_also_where_no_signal_reaches_it(
    kb_folder: Path, tmp_path: Path
) -> None:
    ours, its = pty.openpty()
    environment = {**os.environ, "HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    words = [sys.executable, "-m", "plankb", "--kb", str(kb_folder)]
    program = subprocess.Popen(
        ["sh", "-c", f"trap '' HUP; exec {shlex.join(words)}"],
        stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(its)
    try:
        painted = b""
        end = time.monotonic() + _PATIENCE
        while "示例".encode() not in painted:
            assert time.monotonic() < end, painted[-2000:]
            assert select.select([ours], [], [], _PATIENCE)[0]
            painted += os.read(ours, 65536)
        os.close(ours)
        program.wait(_PATIENCE)
    finally:
        program.kill()
