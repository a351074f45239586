"""Text pasted without its line breaks: headings inside a line get lines of their own.

Web pages and databases often keep a whole document in one line: `…。（二）主要目标。到2025年，…。二、重点任务1.…`. A
numbered mark inside a line opens a paragraph when the marks of its form count on through the line; marks that stand
in a sentence (包括：（一）…；（二）…) do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from plankb import numbers, rules
from plankb.text.lines import Line

_HAN = "一二三四五六七八九十"
_MARK = re.compile(
    rf"(?P<chapter>第[{_HAN}百\d]{{1,4}}[章篇])(?=[\s\u4e00-\u9fff])"
    rf"|(?P<section>第[{_HAN}百\d]{{1,4}}节)(?=[\s\u4e00-\u9fff])"
    rf"|(?P<cn>(?<![{_HAN}第])[{_HAN}]{{1,3}}[、．.])(?![{_HAN}\s\d])"
    rf"|(?P<paren>[（(][{_HAN}]{{1,3}}[）)])"
    r"|(?P<num>(?<![\d.．])\d{1,2}[.．、](?![\d]))"
    r"|(?P<num_paren>[（(]\d{1,2}[）)])"
)
_FORMS = ("chapter", "section", "cn", "paren", "num", "num_paren")
_STATED = ("chapter", "section")
"""Forms that no running text counts through: they need no stop before them."""
_AFTER_STOP = re.compile(r"(?:\A|[。！？!?”）)】］\]〕])\s*\Z")
_NOTE = re.compile(r"(?:责任|牵头|主责|配合|主管)(?:单位|部门)[：:][^。；]*\Z")
_TITLE = re.compile(r"\s*[^，。；：,;:、\s][^，。；：,;:]{1,29}\Z")
_LONG_LINE = 120
_LOOK_BACK = 160
_GAP = re.compile(r"(?<=[。！？；：”）)])[\u3000\u00a0 ]{2,}(?=\S)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A numbered mark in a line: its form, number and place."""

    form: str
    number: int
    start: int
    end: int


@cache
def _titles() -> re.Pattern[str]:
    words = sorted(rules.load("text")["run_on"]["titles"], key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, words))})(?![和及与、。，；：:）)\s的是])")


def split_run_on(line: Line) -> Iterator[Line]:
    """The lines that a line holds; the line itself where it is one paragraph."""
    if len(line.text) < _LONG_LINE or "\t" in line.text or "|" in line.text:
        yield line
        return
    cuts = sorted({0, *_cuts(line.text), len(line.text)})
    for start, end in pairwise(cuts):
        if line.text[start:end].strip():
            yield line.piece(start, end)


def _cuts(text: str) -> Iterator[int]:
    """Where paragraphs of a line start."""
    yield from (match.end() for match in _GAP.finditer(text))
    opened = _opening(text)
    if len(opened) < 2:
        return
    for mark in opened:
        yield mark.start
        title = _titles().match(text, mark.end) if mark.form not in ("num", "num_paren") else None
        if title:
            yield title.end()


def _opening(text: str) -> list[_Mark]:
    """The marks of a line that open paragraphs: those of forms that count on through the line."""
    kept: list[_Mark] = []
    marks = list(_marks(text))
    for form in _FORMS:
        candidates = [mark for mark in marks if mark.form == form and _opens(text, mark, kept)]
        chain = _counted(candidates, kept)
        if len(chain) > 1 or (chain and kept):
            kept = sorted([*kept, *chain], key=lambda mark: mark.start)
    return kept


def _marks(text: str) -> Iterator[_Mark]:
    for match in _MARK.finditer(text):
        number = numbers.parse(re.sub(r"[第章节篇（()）、．.]", "", match.group()))
        if number is not None:
            yield _Mark(match.lastgroup or "", int(number), *match.span())


def _opens(text: str, mark: _Mark, higher: list[_Mark]) -> bool:
    """Whether a mark stands where a paragraph may start: after a stop, a note, or the title of a heading above it."""
    before = text[max(0, mark.start - _LOOK_BACK) : mark.start]
    if mark.form in _STATED or _AFTER_STOP.search(before[-4:]) or _NOTE.search(before):
        return True
    above = max((other for other in higher if other.end <= mark.start), key=lambda other: other.start, default=None)
    return above is not None and bool(_TITLE.match(text, above.end, mark.start))


def _counted(candidates: list[_Mark], higher: list[_Mark]) -> list[_Mark]:
    """The marks of one form that count on: each the next number, or begun anew at 1 below a mark of a higher form."""
    chain: list[_Mark] = []
    for place, mark in enumerate(candidates):
        last = chain[-1] if chain else None
        below = last is None or any(last.start < other.start < mark.start for other in higher)
        goes_on = any(other.number == mark.number + 1 for other in candidates[place + 1 :])
        first = last is None and (mark.start == 0 or (goes_on and mark.form != "num"))
        if (last is not None and mark.number == last.number + 1) or (mark.number == 1 and below) or first:
            chain.append(mark)
    return chain
