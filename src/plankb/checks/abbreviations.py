"""Rule `undefined-term`: abbreviations that a draft uses before it says, or without saying, what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from plankb import rules
from plankb.checks import slogans
from plankb.checks.registry import Draft, Remark, rule

_LONG_FORM, _BEFORE = 2, 6
"""Chinese characters beside an abbreviation in brackets from which on they say what it stands for; of those before."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@rule(
    "undefined-term",
    severity="warning",
    zh="简称未作说明，或在说明之前使用",
    en="an abbreviation that is never said in full, or is used before it is",
    example="DSP平台实现全面对接（DSP此前没有说明）",
)
def undefined_term(draft: Draft) -> Iterator[Remark]:
    """Abbreviations in Latin letters that plans do not use without saying what they are, a hint where they are no name
    of a system or programme; then short forms that a draft sets itself; numbered slogans are a hint. Each once, at its
    first place."""
    text, told = draft.text, set[str]()
    for start, end in draft.paragraphs:
        for match in rules.one("terms", "latin").regex.finditer(text, start, end):
            name = match.group()
            if name in told or name in _known() or _is_code(text, match):
                continue
            told.add(name)
            said = _said_at(text, name)
            if said is None:
                own = rules.one("terms", "named_thing").match(text[match.end() :])
                yield Remark(match.span(), "E325", {"name": name}, None if own else "info")
            elif said > match.end() + 1:
                yield Remark(match.span(), "E326", {"name": name})
    yield from _short_forms(draft)
    for one in slogans.undefined(draft):
        yield replace(one, severity="info")


@cache
def _known() -> frozenset[str]:
    return rules.words("terms", "known_latin")


def _is_code(text: str, match: re.Match[str]) -> bool:
    """Whether letters are part of a code, a formula or a name in quotation marks or a title."""
    line = text.rfind("\n", 0, match.start()) + 1
    before, after = text[line : match.start()], text[match.end() : match.end() + 2]
    quoted = before.count("“") > before.count("”") or before.count("《") > before.count("》")
    return quoted or rules.one("terms", "in_code").search(f"{before[-2:]}|{after}") is not None


def _said_at(text: str, name: str) -> int | None:
    """Where a text first says what an abbreviation stands for: （数字服务平台，DSP）, DSP（数字服务平台）; None where
    it nowhere does."""
    word = re.escape(name)
    inside, behind = rf"[（(][^（）()\n]*{word}[^（）()\n]*[）)]", rf"{word}\s*[（(](?P<full>[^（）()\n]+)[）)]"
    for match in re.finditer(rf"{inside}|{behind}|{word}，?即|简称为?[“\"]?{word}", text):
        said = match["full"] or text[max(0, match.start() - _BEFORE) : match.end()]
        if len(_CHINESE.findall(said)) >= _LONG_FORM:
            return match.start()
    return None


def _short_forms(draft: Draft) -> Iterator[Remark]:
    """A short form that is used before （以下简称“…”） sets it; one that the long form holds may be meant as a word."""
    for match in rules.one("terms", "short_form").regex.finditer(draft.text):
        name = match["name"]
        first = draft.text.find(name)
        early = 0 <= first < match.start() and name not in match["of"]
        if early and rules.one("terms", "own_name").search(name):
            yield Remark((first, first + len(name)), "E326", {"name": name})
