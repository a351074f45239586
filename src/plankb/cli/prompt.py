"""The prompt of `plankb ask` without a question: history by the arrow keys, questions that go on from one another."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from plankb.cli.answers import AnswerForm, write_answer
from plankb.cli.output import remark, write_line
from plankb.cli.session import Session
from plankb.errors import PlankbError

_HISTORY = "ask-history"
_LEAVE = frozenset({"exit", "quit", "q", ":q", "退出", "再见"})
_LINES = 500


def converse(at: Session, form: AnswerForm) -> None:
    """Answers line after line until the input ends; a line that cannot be used gets a remark."""
    dialogue = at.kb.dialogue()
    with _history(at.kb.folder / _HISTORY):
        for line in _lines(at):
            if line.strip().lower() in _LEAVE:
                return
            if not line.strip():
                continue
            try:
                write_answer(dialogue.ask(line, lang=at.answers_in), at, form)
            except PlankbError as error:
                remark(error.text(at.lang))
            write_line("") if form.output == "text" else sys.stdout.flush()


def _lines(at: Session) -> Iterator[str]:
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    at.remark("prompt.hint")
    while True:
        try:
            yield input(at.say("prompt.ask"))
        except EOFError:
            write_line("")
            return


@contextlib.contextmanager
def _history(path: Path) -> Iterator[None]:
    """Line editing with the questions of earlier sessions, where the system has it."""
    if not sys.stdin.isatty():
        yield
        return
    try:
        import readline
    except ImportError:
        yield
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(_LINES)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            readline.write_history_file(path)
