"""The tables of `cases/`: what is made of each question, and where the facts are sure, what is answered."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from plankb.model import Bureau, Plan, Target, Task
from plankb.query import Answer, Dialogue, Library, Understood, ask

_FOLDER = Path(__file__).parent / "cases"
_CASES = [
    case
    for path in sorted(_FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", ())
    if "expect" in case
]
_DIALOGUES = tomllib.loads((_FOLDER / "dialogues.toml").read_text(encoding="utf-8"))["dialogue"]
_REMARKS = ("ignored", "unknown")


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["ask"])
def test_a_question_is_understood_and_answered(case: dict[str, Any], corpus: Library) -> None:
    answer = ask(case["ask"], corpus)
    assert _said(answer.understood) == {
        name: value for name, value in case["expect"].items() if name not in _REMARKS
    }, case["ask"]  # fmt: skip
    if "facts" in case:
        assert _names(answer) == case["facts"]
    assert answer.facts or answer.note


@pytest.mark.parametrize("dialogue", _DIALOGUES, ids=lambda dialogue: dialogue["turns"][0]["ask"])
def test_a_question_goes_on_from_the_one_before(dialogue: dict[str, Any], corpus: Library) -> None:
    talk = Dialogue(corpus)
    for turn in dialogue["turns"]:
        assert _said(talk.ask(turn["ask"]).understood) == turn["expect"], turn["ask"]


def test_there_are_enough_questions() -> None:
    assert len(_CASES) >= 150


def _said(query: Understood) -> dict[str, Any]:
    """The conditions that are set."""
    given = query.as_json()
    return {name: value for name, value in given.items() if value not in (None, []) and name not in _REMARKS}


def _names(answer: Answer) -> list[str]:
    names = []
    for fact in answer.facts:
        if isinstance(fact, Task):
            names.append(fact.title)
        elif isinstance(fact, Bureau):
            names.append(fact.name)
        elif isinstance(fact, Plan):
            names.append(fact.id)
        elif isinstance(fact, Target):
            names.append(fact.indicator)
    return names


@pytest.mark.parametrize("words", ["3100万千瓦" * 40, "森林覆盖率比" + "地表水优良" * 40 + "多多少"])
def test_a_word_without_end_is_no_list_of_two_names(library: Library, words: str) -> None:
    """Every way to cut it in two was tried with every end of its second half."""
    assert ask(f"{words}是多少", library).understood is not None
