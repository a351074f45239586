"""`plankb measure`: the dialogue, and what the command says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from plankb.kb import KnowledgeBase
from tests.cli.conftest import run_plankb


def answers(monkeypatch: pytest.MonkeyPatch, *typed: str) -> list[str]:
    """A person at a terminal who types these lines and then closes the input; what he was asked is kept."""
    lines: Iterator[str] = iter(typed)
    asked: list[str] = []

    def read(prompt: str = "") -> str:
        asked.append(prompt)
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", read)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    return asked


def test_a_dialogue_is_kept_and_goes_on(sample_kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = ("measure", "--kb", sample_kb, "--kind", "target", "--lang", "en")
    answers(monkeypatch, "y", "what?", "c", "另一指标", "", "", "", "", "q")
    first = run_plankb(*options)
    assert first.returncode == 0
    assert "target 0.50 ± " in first.stdout
    assert "【到2025年" in first.stdout
    assert "most often wrong: Indicator 1" in first.stdout
    assert "2 of 6 judged" in first.stderr
    asked = answers(monkeypatch, "n", "y", "y", "n")
    second = run_plankb(*options)
    assert "[4/4]" in second.stdout
    assert len(asked) == 4
    assert "6 of 6 judged" in second.stderr
    assert len(KnowledgeBase(sample_kb).corrections.list()) == 6


def test_what_was_said_before_the_input_ended_is_kept(sample_kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "y", "s", "y")
    run_plankb("measure", "--kb", sample_kb, "--count", "8")
    assert len(KnowledgeBase(sample_kb).corrections.list()) == 2


def test_without_a_terminal_it_says_what_is_known(sample_kb: Path) -> None:
    nothing = run_plankb("measure", "--kb", sample_kb, "--format", "json")
    said = json.loads(nothing.stdout)
    assert said.pop("count") > 10
    assert said == {"shares": {}, "weakest": [], "fields": {}, "judged": 0}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--kind", "bureau"), "--kind"),
        (("-o", "sample.csv"), ".xlsx"),
        (("missing.jsonl",), "missing.jsonl"),
        (("missing.xlsx",), "missing.xlsx"),
        (("--propose", "rules"), "规则"),
    ],
)
def test_what_cannot_be_done_is_one_line(sample_kb: Path, words: tuple[str, ...], code: str) -> None:
    done = run_plankb("measure", "--kb", sample_kb, *words)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert code in done.stderr
