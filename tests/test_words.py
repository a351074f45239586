from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

import plankb
from plankb import words
from plankb.words import Speaker, say, table, word

SUBJECTS = sorted(Path(str(entry)).stem for entry in files(words).iterdir() if entry.name.endswith(".toml"))
PACKAGE = Path(next(iter(plankb.__path__)))
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))
SCREENS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "tui").rglob("*.py")))
_GROUPS = "|".join({key.split(".")[0] for key in table("screens")})
_NAMED = re.compile(rf"""["']((?:{_GROUPS})\.[a-z_]+)["']""")


def _fields(text: str) -> set[str]:
    """The fields that are filled in; `zh` and `en` stand for one that is said in the language around it."""
    return {name for _, name, _, _ in Formatter().parse(text) if name} - {"zh", "en"}


@pytest.mark.parametrize("subject", [name for name in SUBJECTS if name != "answers"])
def test_both_languages_fill_in_the_same_fields(subject: str) -> None:
    one_sided = {"filter.chosen", "E498"}  # English says less there
    for key, (zh, en) in table(subject).items():
        assert _fields(zh) == _fields(en) or key in one_sided, key


@pytest.mark.parametrize("subject", ["commands", "pages", "screens", "tables"])
def test_both_languages_say_something(subject: str) -> None:
    assert [key for key, pair in table(subject).items() if not all(text.strip() for text in pair)] == []


def test_every_key_of_the_screens_is_in_the_table() -> None:
    assert {key for key in _NAMED.findall(SCREENS) if not key.startswith("app.")} <= set(table("screens"))


def test_no_words_of_the_screens_are_left_over() -> None:
    # Keys that are put together of a group and a name (say(f"deadlines.{group}")).
    made_up = ("facts.no_", *(f"{group}." for group in re.findall(rf'f"({_GROUPS})\.{{', SCREENS)))
    named = set(_NAMED.findall(SCREENS))
    assert [key for key in table("screens") if key not in named and not key.startswith(made_up)] == []


def test_every_message_is_used_and_every_message_used_is_there() -> None:
    assert set(re.findall(r"[\"'](?:errors\.)?(E\d{3})[\"']", SOURCES)) == set(table("errors"))


def _raised() -> Iterator[tuple[str, str, set[str]]]:
    """Where each `PlankbError("E…", …)` with all its details written out stands, with its code and their names."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="PlankbError"), args=[ast.Constant(value=str(code))], keywords=details):
                    if all(detail.arg for detail in details):
                        where = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                        yield where, code, {str(detail.arg) for detail in details}


def test_every_error_has_what_its_message_fills_in() -> None:
    found = list(_raised())
    assert len(found) > 300
    lacking = [(where, code) for where, code, names in found if not _fields(table("errors")[code][0]) <= names]
    assert lacking == []


def test_words_in_the_language_asked_for() -> None:
    assert (say("screens.tab.ask"), say("screens.tab.ask", "en")) == ("问答", "Ask")
    assert Speaker("screens", "en")("tab.ask") == "Ask"


def test_a_code_without_words_stands_for_itself() -> None:
    assert (word("role", "lead", "en"), word("role", "other", "en"), word("role", None)) == ("lead", "other", "")
