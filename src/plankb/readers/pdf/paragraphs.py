"""Lines joined to paragraphs by where they start and end: a line that could have held more ends a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise, zip_longest
from statistics import median

from plankb import rules
from plankb.readers.pdf.lines import Line, line_of
from plankb.readers.pdf.page import Face

_INDENT = 0.9
"""How far, in letters, the first line of a paragraph is set in at least."""
_FIRST_LINE = (1.5, 2.5)
_CENTRED = 1.2
_ROOM = 1.6
"""How much room, in letters, beyond that of the next word a line may leave though the paragraph goes on."""
_SHORT_BY, _FLUSH = 6.0, 0.4
"""How much room, in letters, a line inside a sentence may leave, and how far from the edge the next may start."""
_STOP = re.compile(r"[。；：！？;:!?…”’）)》】\]]$")
_PAUSE = re.compile(r"[，、]")
_OPENING, _CLOSING = "（(《“‘〔[【〈", "，。、；：！？,;:!?）)》”’〕]】〉"
_QUOTES = "“‘”’"
"""At these, programs of other lands part a line neither before nor behind."""
_ENTRY = re.compile(
    r"(?:[.．。…·‥・\ue000-\uf8ff\U000f0000-\U0010fffd]\s*){3,}[（(]?\s*(?:\d{1,4}|[IVXivx]{1,6})\s*[）)]?\s*$"
)
"""Leading dots, which may be signs of the font's own, and a page number, bare or in brackets."""
_SENTENCE_END = "。；"
_GAP = 1.2
"""A gap, in letters, that no stop leaves behind it, also where a converter narrowed two letters set in."""
_CLOSED = "。；］】〕"
"""What ends a sentence, and the note of who answers behind one."""
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SAID = re.compile(r"[，。；]")
_NARROW = 7
"""A cell with room for so few letters a line is narrow."""
_BROKEN_OFF = 3
"""So few letters, without a stop, are no line of their own but what a converter broke off the line before."""
_LOOSE = 1.45
"""A step from line to line this much larger than the usual parts paragraphs."""

_form = partial(rules.pattern, "pdf")
"""A form of `rules/pdf.toml`."""


@cache
def _item_forms() -> tuple[re.Pattern[str], ...]:
    return tuple(rule.regex for rule in rules.many("pdf", "form"))


@dataclass(frozen=True, slots=True)
class Measure:
    """The column that lines stand in: its edges, the usual step from line to line, and the face of running text."""

    left: float
    right: float
    step: float
    face: Face | None = None

    def indent(self, line: Line) -> float:
        """How far a line is set in, in letters."""
        return (line.x0 - self.left) / line.size

    def room(self, line: Line) -> float:
        """How much is left at its end, in letters."""
        return (self.right - line.x1) / line.size

    def stands_out(self, line: Line) -> bool:
        """Whether it is set larger or bolder than running text."""
        return self.face is not None and (line.size, line.face.bold) != (self.face.size, self.face.bold)

    def centred(self, line: Line) -> bool:
        """Whether it stands in the middle, clear of both edges."""
        left, right = self.indent(line), self.room(line)
        if not self.stands_out(line) and _FIRST_LINE[0] < left < _FIRST_LINE[1]:
            return False  # the first line of a paragraph that nearly fills it
        return left > 1.0 and right > 1.0 and abs(left - right) <= max(_CENTRED, 0.08 * (left + right))


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: its lines, and whether it is set in the middle."""

    lines: tuple[Line, ...]
    centred: bool = False


def measure(lines: Sequence[Line]) -> Measure:
    """The column that lines were set in. `lines` must not be empty."""
    lefts = Counter(round(line.x0) for line in lines)
    often = [x for x, count in lefts.items() if sum(lefts[x + d] for d in (-1, 0, 1)) >= max(2, len(lines) // 12)]
    left = min(often, default=min(line.x0 for line in lines))
    ends = sorted(line.x1 for line in lines)
    right = ends[-1 - len(ends) // 12]
    steps = [b.base - a.base for a, b in pairwise(lines) if b.base > a.base]
    return Measure(float(left), right, median(steps) if steps else lines[0].size * 1.5)


def paragraphs(lines: Sequence[Line], frame: Measure) -> list[Text]:
    """The paragraphs of lines that stand in one column, top to bottom."""
    found: list[list[Line]] = []
    for line in _parted(lines):
        if found and joins(found[-1], line, frame, frame, same_page=True):
            found[-1].append(line)
        else:
            found.append([line])
    return [Text(tuple(own), centred=all(frame.centred(line) for line in own)) for own in found]


def _parted(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those parted where behind a sentence and a wide gap a heading begins, whose line a converter lost."""
    for line, following in zip_longest(lines, lines[1:]):
        rest = "" if following is None else following.text
        at = next((n for n in range(1, len(line.glyphs)) if _heading_at(line, n, rest)), None)
        if at is None:
            yield line
        else:
            yield from (line_of(line.glyphs[:at]), line_of(line.glyphs[at:]))


def _heading_at(line: Line, at: int, rest: str) -> bool:
    """Whether behind a sentence and a gap in a line a heading begins, which may go on with the next line."""
    before, first = line.glyphs[at - 1], line.glyphs[at]
    wide = first.x0 - before.x1 > _GAP * line.size and before.text in _CLOSED
    return wide and bool(_form("parts.chapter").match("".join(glyph.text for glyph in line.glyphs[at:]) + rest))


def joins(before: Sequence[Line], line: Line, frame: Measure, new: Measure, *, same_page: bool) -> bool:
    """Whether a line goes on with the paragraph before it; `frame` is the column of that, `new` the line's own."""
    last = before[-1]
    if is_entry(before) or (same_page and line.base - last.base > _LOOSE * max(frame.step, last.size * 1.2)):
        return False
    if abs(line.size - last.size) > 0.12 * max(line.size, last.size) or (not same_page and _new_face(last, line)):
        return False
    if _begins_anew(before, line, frame) if same_page else _is_item(before, line, frame):
        return False
    if frame.centred(last) and len(before) == 1:
        return new.centred(line) and line.face == last.face and _word(line) >= _free(last, frame) - 0.5
    if _word(line) + _ROOM < frame.room(last) and not _is_unfinished(before, line, frame, new):
        return False
    if same_page and _is_broken_off(last, line):
        return True
    if new.centred(line):  # a title that fills its first line, or the end of a sentence
        return (line.face == last.face and new.stands_out(line)) or _ends(last, line)
    return new.indent(line) <= _INDENT or _hangs(before, line) or _hangs_anew(before, line, new)


def _is_unfinished(before: Sequence[Line], line: Line, frame: Measure, new: Measure) -> bool:
    """Whether a paragraph goes on though its last line could have held more: letters were broken off, or a sentence
    stops in the middle of a paragraph that begins set in, and what follows is not set in."""
    last = before[-1]
    if len(before) > 1 and _is_broken_off(before[-2], last):
        return True
    if _STOP.search(last.text.rstrip()) or frame.stands_out(last) or abs(new.indent(line)) >= _FLUSH:
        return False
    begun = _FIRST_LINE[0] < frame.indent(before[0]) < _FIRST_LINE[1]
    return (begun and frame.room(last) < _SHORT_BY) or _is_prose(before, line)


def _is_prose(before: Sequence[Line], line: Line) -> bool:
    """Whether a paragraph has said a sentence and stops inside the next, and no number begins the line after it."""
    said = any(mark in own.text for own in before for mark in _SENTENCE_END)
    return said and not _form("item").match(line.text) and not _form("label").match(line.text)


def _begins_anew(before: Sequence[Line], line: Line, frame: Measure) -> bool:
    """Whether a line behind the end of a sentence is set as headings are, or begins with the number of one."""
    last = before[-1]
    if last.text.rstrip()[-1:] not in _SENTENCE_END:
        return False
    if line.face.bold and not last.face.bold and frame.stands_out(line):
        return True
    numbered = _form("section").match(line.text) or _form("heading").match(line.text)
    return bool(numbered) or _follows(before[0], line) or _is_item(before, line, frame)


def _is_item(before: Sequence[Line], line: Line, frame: Measure) -> bool:
    """Whether a number begins the line behind the end of a sentence: that of a box or table, or, where paragraphs are
    not set in, of an item."""
    ended = before[-1].text.rstrip()[-1:] in _SENTENCE_END
    if ended and _form("titled").match(line.text):
        return True
    flush = frame.indent(before[0]) < _FLUSH
    return ended and flush and any(form.match(line.text) for form in (_form("parts.chapter"), *_item_forms()))


def _follows(first: Line, line: Line) -> bool:
    """Whether a line begins with a number of the form that the paragraph begins with."""
    return any(form.match(first.text) and form.match(line.text) for form in _item_forms())


def _is_broken_off(last: Line, line: Line) -> bool:
    """Whether a line is a few letters that a converter broke off a longer one inside a sentence."""
    words = _PAUSE.sub("", line.text.strip())
    few = 0 < len(words) <= _BROKEN_OFF and words.isalnum()
    return few and len(last.glyphs) > len(line.glyphs) * _BROKEN_OFF and not _STOP.search(last.text.rstrip())


def _hangs(before: Sequence[Line], line: Line) -> bool:
    """Whether a line that is set in goes on with a block of lines set in alike behind another first line."""
    last = before[-1]
    alike = abs(line.x0 - last.x0) < 0.4 * line.size
    return alike and len(before) > 1 and abs(before[0].x0 - last.x0) > 0.6 * line.size


def _ends(last: Line, line: Line) -> bool:
    """Whether a line brings to its end the sentence inside which the line before it stops."""
    return not _STOP.search(last.text.rstrip()) and line.text.rstrip()[-1:] in _SENTENCE_END


def _hangs_anew(before: Sequence[Line], line: Line, new: Measure) -> bool:
    """Whether a line set in further than paragraphs begin goes on with a sentence that fills the line before it."""
    inside = not _STOP.search(before[-1].text.rstrip()) and _is_prose(before, line)
    return inside and new.indent(line) > _FIRST_LINE[1] and not new.stands_out(line)


def is_entry(lines: Sequence[Line]) -> bool:
    """Whether lines are an entry of the contents list: dots lead to a page number at their end."""
    return bool(_ENTRY.search("".join(line.text for line in lines)))


def _new_face(last: Line, line: Line) -> bool:
    """Whether no Chinese letter of a line looks like one of the line before it."""
    looks = [{(g.face.font, g.face.bold) for g in own.glyphs if _CHINESE.match(g.text)} for own in (last, line)]
    return all(looks) and not looks[0] & looks[1]


def _free(line: Line, frame: Measure) -> float:
    """The room on both sides of a line, in letters."""
    return max(0.0, frame.indent(line)) + max(0.0, frame.room(line))


def _word(line: Line, *, marks: bool = False) -> float:
    """The width, in letters, of what may not be parted at the head of a line: one letter, a Latin word or number, and
    the bracket that opens before it; with `marks` also those behind it."""
    texts = [glyph.text for glyph in line.glyphs]
    size = 2 if texts[0] in _OPENING and len(texts) > 1 else 1
    while size < len(texts) and texts[size - 1].isascii() and texts[size].isascii():
        size += 1
    if size < len(texts) - 1 and texts[size] in _QUOTES and texts[size - 1] not in _CLOSING:
        size += 2
        while size < len(texts) and texts[size - 1].isascii() and texts[size].isascii():
            size += 1
    while marks and size < len(texts) and texts[size] in _CLOSING:
        size += 1
    return (line.glyphs[size - 1].x1 - line.x0) / line.size


def in_cell(lines: Sequence[Line], left: float, right: float) -> list[tuple[Line, ...]]:
    """The paragraphs of a cell between its edges."""
    if not lines:
        return []
    if len(lines) > 1 and all(len(line.glyphs) == 1 for line in lines):
        return [tuple(lines)]  # a word set one letter a line
    pad = max(2.0, min([min(line.x0 for line in lines) - left, right - max(line.x1 for line in lines), 6.0]))
    frame = Measure(left + pad, right - pad, _step(lines))
    found: list[list[Line]] = []
    narrow = frame.right - frame.left <= _NARROW * lines[0].size and any(_SAID.search(line.text) for line in lines)
    for line in lines:
        if found and (_cell_joins(found[-1], line, frame) or (narrow and _breaks_inside(found[-1], line, frame))):
            found[-1].append(line)
        else:
            found.append([line])
    return [tuple(own) for own in found]


def _step(lines: Sequence[Line]) -> float:
    steps = [b.base - a.base for a, b in pairwise(lines)]
    return median(steps) if steps else lines[0].size * 1.5


def _is_open(text: str) -> bool:
    """Whether a bracket is still open at the end of a text."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def _breaks_inside(before: Sequence[Line], line: Line, frame: Measure) -> bool:
    """Whether a line of a narrow cell of prose stops inside a sentence: programs break those anywhere."""
    near = line.base - before[-1].base <= _LOOSE * max(frame.step, line.size * 1.2)
    ended = _STOP.search(before[-1].text.rstrip())
    return near and not (ended or _form("item").match(line.text) or _form("label").match(line.text))


def _cell_joins(before: Sequence[Line], line: Line, frame: Measure) -> bool:
    last = before[-1]
    if line.base - last.base > _LOOSE * max(frame.step, last.size * 1.2):
        return False
    if _is_open("".join(line.text for line in before)):
        return True
    middle = abs(frame.indent(last) - frame.room(last)) < 0.6
    room = _free(last, frame) if middle else frame.room(last)
    return _word(line, marks=True) + 0.7 >= room
