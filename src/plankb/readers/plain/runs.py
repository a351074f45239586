"""Lines that ran on: text that lost its line breaks on the way from a page or a database field.

A line is cut before every heading inside it, and behind a heading that has its text on the same line, but only where
numbers that follow one another, or a gap, show that there were lines once. An ordinary file stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from plankb import rules
from plankb.document import heading_pattern
from plankb.readers.plain.lines import Line

_LONG, _ENDLESS = 120, 1500
"""From how many characters on a line may hold several paragraphs, and from where on it needs no mark between them."""
_TITLE, _REST, _FEW = 30, 20, 6
_MANY = 5
"""How many headings inside lines show that a file lost its line breaks, where they are most of its headings."""
_NEAR = 200
"""Among how many possible headings the next number is looked for."""
_NOISY = 0.01
"""The share of stray spaces from which on a single space says nothing."""
_STRAY = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_GAP = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a]+")
_REACH = 160
_WIDE = re.compile(r"(?<=[。！？；：”）)])[\u3000\u00a0 ]{2,}(?=\S)")
"""A gap between two paragraphs of one line."""
_BEFORE = re.compile(r"[。！？!?）)】］〕〗”\s\u3000][\s\u3000]*$")
_DIGITS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a heading may start: the line, the place in it."""

    line: int
    position: int
    form: str
    number: int
    sure: bool
    """Whether it stands right behind the heading above it."""


def part_runs(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that ran on cut into the lines that they were."""
    edges = _edges(lines)
    cut = [(piece, index in edges) for index, line in enumerate(lines) for piece in _cut(line, edges.get(index, ()))]
    noisy = _is_noisy([line for line, _ in cut])
    apart = (_behind_title(line, noisy=noisy, ran=ran, first=not index) for index, (line, ran) in enumerate(cut))
    return [piece for line in apart for piece in line]


def _cut(line: Line, edges: Sequence[int]) -> Iterator[Line]:
    if not edges:
        yield line
        return
    yield Line(line.text[: edges[0]], line.offsets[: edges[0]], line.replaced, line.marked, line.closed)
    for start, end in pairwise([*edges, len(line.text)]):
        yield line.part(start, end)


def _edges(lines: Sequence[Line]) -> dict[int, list[int]]:
    """By line, where headings start inside it."""
    if all(len(line.text) < _LONG for line in lines):
        return {}
    chain = _chain([start for index, line in enumerate(lines) for start in _starts(line.text, index)])
    inside = [start for start in chain if lines[start.line].text[: start.position].strip()]
    outer = [start for start in inside if start.form in _rule("forms").words]
    counts = Counter(start.line for start in outer)
    flat = len(outer) >= _MANY and len(outer) * 2 > sum(start.form in _rule("forms").words for start in chain)
    cut = {line for line, count in counts.items() if count >= 2 or flat}
    found: dict[int, set[int]] = {}
    for start in inside:
        if start.line in cut:
            window = max(0, start.position - _REACH)
            label = _label().search(lines[start.line].text[window : start.position])
            edge = window + label.start() if label else start.position
            found.setdefault(start.line, set()).update({start.position, edge})
    for index, line in enumerate(lines):
        if len(line.text) >= _LONG and "\t" not in line.text:
            for gap in _WIDE.finditer(line.text):
                found.setdefault(index, set()).add(gap.end())
    return {index: sorted(edges) for index, edges in found.items()}


def _rule(name: str) -> rules.Rule:
    return rules.one("text", f"runs.{name}")


@cache
def _label() -> re.Pattern[str]:
    """The words that announce the items below, at the end of what stands before the first."""
    return re.compile(rf"(?<=[。）)]){_rule('labels').expression}[：:]\s*$")


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    wanted = (*_rule("forms").words, *_rule("inner").words)
    return {form.name: form.regex for form in rules.many("headings", "form") if form.name in wanted}


def _starts(text: str, line: int) -> list[_Start]:
    """Every place of a line where a heading could start, in order; in a short line only its own start."""
    found: list[_Start] = []
    for name, pattern in _forms().items():
        everywhere = len(text) >= _LONG and "\t" not in text
        matches = pattern.finditer(text) if everywhere else filter(None, [pattern.match(text)])
        found += [
            _Start(line, m.start(), name, _number(m), _is_below(text, m.start()))
            for m in matches
            if _can_start(text, m, name)
        ]
    return sorted(found, key=lambda start: start.position)


def _can_start(text: str, match: re.Match[str], form: str) -> bool:
    """Whether a title follows, and a mark or a gap stands before; in an endless line any other word will do."""
    start = match.start()
    if not _rule("title_start").match(text[match.end() : match.end() + 8]):
        return False
    before = text[max(0, start - _REACH) : start]
    if not start or _BEFORE.search(before) or _is_below(text, start) or _label().search(before):
        return True
    if rules.one("layout", "note_open").search(before):
        return True
    free = form in _rule("forms").words and not _rule("number_goes_on").match(text[start - 1])
    return free and len(text) >= _ENDLESS


def _is_below(text: str, start: int) -> bool:
    return bool(_rule("above").search(text[max(0, start - 40) : start]))


def _chain(starts: Sequence[_Start]) -> list[_Start]:
    """Those whose number goes on from the last of their form (one may be lost), or begins anew, with more behind it."""
    ranks = [*_rule("forms").words, *_rule("inner").words]
    last: dict[str, int] = {}
    anew: set[str] = set(ranks)
    kept: list[_Start] = []
    for index, start in enumerate(starts):
        behind = {s.number for s in starts[index + 1 : index + _NEAR] if s.form == start.form}
        begins = start.form in anew and (start.number == 1 or start.form not in last) and start.number + 1 in behind
        begins = begins or (start.sure and start.number == 1)
        goes_on = 1 <= start.number - last.get(start.form, start.number) <= 2
        if not (begins or goes_on or start.position == 0):
            continue
        last[start.form] = start.number
        anew |= set(ranks[ranks.index(start.form) + 1 :])
        anew.discard(start.form)
        kept.append(start)
    return kept


def _is_noisy(lines: list[Line]) -> bool:
    """Whether spaces stand between characters everywhere, as OCR leaves them, rather than where a line ended."""
    text = "".join(line.text[_TITLE + 10 :] for line in lines)
    return len(_STRAY.findall(text)) > _NOISY * max(1, len(text))


def _behind_title(line: Line, *, noisy: bool, ran: bool, first: bool) -> Iterator[Line]:
    """A heading and the text on its line apart, where a gap or the heading's own words part them."""
    end = _title_end(line.text, noisy=noisy, ran=ran) or (_plan_end(line.text) if first else None)
    if end is None:
        yield line
        return
    yield line.part(0, end, closed=True)
    yield from _behind_title(line.part(end, len(line.text)), noisy=noisy, ran=ran, first=False)


def _title_end(text: str, *, noisy: bool, ran: bool) -> int | None:
    """Where the heading at the start of a line ends and its text starts; None where the line is not both."""
    number = heading_pattern().match(text)
    if number is None or "\t" in text:
        return None
    return _known_title_end(text, number, ran=ran) or _gap_after_title(text, number.end(), noisy=noisy)


def _known_title_end(text: str, number: re.Match[str], *, ran: bool) -> int | None:
    """Where a heading ends that the rules know, with text right behind it (`ran`: of a line known to have run on)."""
    behind = (
        f"(?!{_rule('not_behind').expression})"
        if ran and not number.group().strip("（() ")[:1].isdigit()
        else f"(?={_rule('starts').expression})"
    )
    said = re.compile(rf"[\s\u3000]*(?:{_rule('titles').expression}){behind}").match(text, number.end())
    enough = said and len(text) - said.end() >= (_FEW if ran else _REST)
    return said.end() if said and enough else None


def _gap_after_title(text: str, end: int, *, noisy: bool) -> int | None:
    """Where the gap ends that parts a heading from its text."""
    start = end + len(text[end:]) - len(text[end:].lstrip())
    for gap in _GAP.finditer(text, start, start + _TITLE + 1):
        title, rest = text[start : gap.start()], text[gap.end() :]
        if _rule("no_title").search(title):
            return None
        if text[gap.start() - 1].isascii() or rest[:1].isascii():
            continue  # a space between figures and words is none between title and text
        wide = len(gap.group()) > 1 or gap.group() == "\u3000"
        if len(rest) >= _REST and re.search(r"[，。]", rest) and (wide or not noisy) and len(title) >= 4:
            return gap.end()
    return None


def _plan_end(text: str) -> int | None:
    """Where the title of the plan ends on a first line that goes on with its text; None when it does not."""
    for gap in _GAP.finditer(text, 4, 90):
        if _rule("plan").search(text[: gap.start()]) and len(text) - gap.end() >= _REST:
            return gap.end()
    return None


def _number(match: re.Match[str]) -> int:
    """The number of a heading below a hundred; 0 where it has none."""
    last = re.split(r"[.\-—]", match["number"] or "")[-1]
    if last.isdecimal():
        return int(last)
    tens, ten, ones = last.rpartition("十")
    high = (_DIGITS.find(tens) + 1 if tens else 1) * 10 if ten else 0
    return high + _DIGITS.find(ones) + 1 if ones else high
