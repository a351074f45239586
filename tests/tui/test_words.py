from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import plankb.tui
from plankb.tui.words import Words, table

FOLDER = Path(next(iter(plankb.tui.__path__)))
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.py")))
_NAMED = re.compile(rf"""["']((?:{"|".join({key.split(".")[0] for key in table()})})\.[a-z_]+)["']""")


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_something_with_the_same_fields() -> None:
    for key, (zh, en) in table().items():
        assert zh.strip(), key
        assert en.strip(), key
        assert _fields(zh) == _fields(en) or key == "filter.chosen", key


def test_every_key_in_the_code_is_in_the_table() -> None:
    assert {key for key in _NAMED.findall(SOURCES) if not key.startswith("app.")} <= set(table())


def test_no_words_are_left_over() -> None:
    made_up = ("tab.", "sign.", "filter.", "facts.no_")
    named = set(_NAMED.findall(SOURCES))
    assert [key for key in table() if key not in named and not key.startswith(made_up)] == []


def test_words_in_the_language_asked_for() -> None:
    assert Words("zh")("tab.ask") == "问答"
    assert Words("en")("tab.ask") == "Ask"
