"""Hard wraps: how a file was laid out, and whether a line goes on with the sentence of the line before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from plankb import register, rules
from plankb.document import heading_form, heading_pattern
from plankb.readers.plain.lines import PIPE_ROW, Line, patterns
from plankb.register import listed

_REACH = 160
"""How far back an open bracket may stand and still be waiting for its end."""
_FEW_LINES, _RAGGED = 8, 0.12
"""From how many lines on, and from what share of them that end with a comma, a file is wrapped anywhere."""
_PARAGRAPH = 24
"""A line this long is running text."""
_LONE_MARKS = ("；", ";", "：", "”", "》")
"""Marks inside a sentence that stand alone on their line where it was broken anywhere."""
_OPENS_NAME = re.compile(r"[《“]")
"""What opens a name or a quotation, which stands inside a sentence rather than at the head of a paragraph."""
_CLOSED = re.compile(r"[。！？!?；;：:…”）)］\]〕】]$")
_PAIRS = {"（": "）", "(": ")", "《": "》", "〔": "〕", "［": "］", "[": "]", "【": "】"}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file was laid out: the breadth at which lines were wrapped (None: not wrapped), indents, and whether its
    paragraphs end with a stop, so that a line without one is unfinished. `ragged`: lines break in the middle of
    sentences wherever it was, as the text that tools take out of PDF does."""

    width: int | None
    indented: bool
    stops: bool = True
    ragged: bool = False

    def fills(self, line: str) -> bool:
        """Whether a line reaches the margin, so that the next may go on with its sentence."""
        return self.width is not None and breadth(line) >= self.width - 2


_NARROW = re.compile(r"[!-~]")
_GAP = re.compile(r"(?<=[^\x00-\x7f]) (?=[!-~])|(?<=[!-~]) (?=[^\x00-\x7f])")
"""The blank that office programs set between Chinese and Latin letters or digits."""


def breadth(line: str) -> int:
    """How wide a line was on paper, in Chinese letters: two Latin letters or digits are as wide as one of them."""
    letters = _GAP.sub("", line) if " " in line else line
    return len(letters) - len(_NARROW.findall(letters)) // 2


def layout_of(lines: list[Line]) -> Layout:
    """How the file was wrapped, and whether its paragraphs start with an indent."""
    width = _wrap_width([line.stripped for line in lines])
    ragged = _is_ragged(lines)
    if width is None:
        return Layout(None, indented=False, stops=ragged or _end_with_stops(lines), ragged=ragged)
    first = [line for before, line in pairwise(lines) if breadth(before.text.rstrip()) < width - 2]
    indented = len(first) >= 3 and sum(line.indented for line in first) >= 0.8 * len(first)
    return Layout(width, indented and any(not line.indented for line in lines), ragged=ragged)


_LABELLED = re.compile(r".{2,8}[：:]")
_REST = 10
"""The most letters of a name behind the break."""


def _is_ragged(lines: list[Line]) -> bool:
    """Whether many lines end with a comma, which no paragraph does."""
    texts = [line.stripped for line in lines if "\t" not in line.stripped]
    return len(texts) >= _FEW_LINES and sum(text.endswith(("，", "、")) for text in texts) >= _RAGGED * len(texts)


def _end_with_stops(lines: list[Line]) -> bool:
    """Whether most paragraphs of a file that is not wrapped end with a stop (true of a short file)."""
    long = [line.stripped for line in lines if len(line.stripped) >= _PARAGRAPH and "\t" not in line.stripped]
    ended = sum(bool(_CLOSED.search(text)) for text in long)
    return len(long) < 8 or 2 * ended >= len(long)


def _wrap_width(lines: list[str]) -> int | None:
    """The breadth at which the file's lines were wrapped; None when they were not."""
    running = (line for line in lines if len(line) >= 15 and "\t" not in line and not PIPE_ROW.match(line))
    lengths = sorted(breadth(line) for line in running)
    if len(lengths) < 8:
        return None
    width = lengths[int(len(lengths) * 0.8)]
    near = sum(width - 3 <= length <= width + 1 for length in lengths)
    return width if 18 <= width <= 90 and near >= 0.3 * len(lengths) else None


def continues(paragraph: str, previous: Line, line: Line, layout: Layout, *, past_title: bool) -> bool:
    """Whether a line goes on with the sentence of the line before it.

    `paragraph` is the open paragraph up to here (its last few hundred characters), `past_title` whether the title
    page, whose lines stop without a full stop, lies behind.
    """
    known = patterns()
    before, after = previous.stripped, line.stripped
    if line.marked or previous.closed:
        return False
    bare_number = heading_pattern().fullmatch(before)
    if bare_number and len(before) <= 8:
        return not (heading_pattern().match(after) or _is_annex(before))
    cut = _cut_number(before, after, full=layout.fills(before) or line.broken)
    if cut is not None:
        return cut
    starts_heading = bool(heading_pattern().match(after))
    if layout.indented and not line.indented and layout.fills(previous.text.rstrip()) and not starts_heading:
        return True
    if known.ends_sentence.search(before) and not _open_bracket(paragraph[-_REACH:]):
        return bool(known.starts_inside.match(after)) or (layout.ragged and before in _LONE_MARKS)
    if known.starts_inside.match(after) or _cuts_name(paragraph, before, after):
        return True
    if starts_heading:
        return bool(re.search(r"[、，（(]$", before)) and not line.text[:1].isspace()
    if _open_bracket(paragraph[-_REACH:]):
        return True
    if known.front_matter.match(after) or any(_stands_alone(text) for text in (before, after)):
        return False
    if _closes_with_note(paragraph, before, layout):
        return False
    if line.broken and (len(paragraph) >= _PARAGRAPH or re.search(r"[。，；]", paragraph)):
        return True
    return _inside_ragged(before, after, layout) or _is_body(paragraph, before, layout, past_title=past_title)


def _stands_alone(line: str) -> bool:
    """Whether a line is a date, or what a web page says of its document."""
    known = patterns()
    return bool(known.date_line.fullmatch(line) or known.web_head.match(line))


def _inside_ragged(before: str, after: str, layout: Layout) -> bool:
    """Whether a file that is wrapped anywhere goes on: beside a name or quotation, or behind an unfinished line that is
    neither heading nor title."""
    if not layout.ragged:
        return False
    if before.endswith(("》", "”")) and not re.search("[。！？；]”$", before):
        return True
    if _CLOSED.search(before):
        return False
    if _OPENS_NAME.match(after):
        return True
    heading = heading_pattern().match(before) and not re.search("[，、,]", before)
    return not heading and not rules.one("plan_info", "title").search(before)


def _is_annex(line: str) -> bool:
    """Whether a line is the mark of an attachment (附件1), below which its title stands."""
    form = heading_form(line)
    return form is not None and form[0] == "annex"


def _cuts_name(paragraph: str, before: str, after: str) -> bool:
    """Whether a line of names behind a label (责任单位：A、B) ends within the name of a body, or behind its mark."""
    if not rules.union("roles", "label").match(paragraph) or not _LABELLED.search(paragraph):
        return False
    if before.endswith(("、", "，")):
        return not _LABELLED.match(after)
    begun = rules.pattern("text", "between_names").split(before)[-1]
    if not begun or register.is_body(begun):
        return False
    return any(register.is_body(begun + after[:size]) for size in range(1, min(_REST, len(after)) + 1))


def _closes_with_note(paragraph: str, before: str, layout: Layout) -> bool:
    """Whether a paragraph ends with a note: a bracket, or bodies behind a label (…。责任单位：A、各区), the last
    of them whole and not at the margin."""
    if re.search(r"[）)”]$", before):
        return bool(rules.one("layout", "note_closed").search(before))
    note = rules.one("layout", "note_labelled").search(paragraph) if not layout.fills(before) else None
    return bool(note and (register.is_body(note["last"]) or listed.is_collective(note["last"])))


def _cut_number(before: str, after: str, *, full: bool) -> bool | None:
    """Whether a number was cut by the margin (到20 | 25年, 达到1 | .5万人), or from its predicate (超过 | 10亿次); None
    where the digits do not tell."""
    if patterns().ends_before_value.search(before) and patterns().starts_with_value.match(after):
        return True
    left, right = re.search(r"[\d.]+$", before), re.match(r"[\d.]+", after)
    if left is None or right is None:
        return None
    if rules.pattern("parts", "year").match(after):
        return False
    year = re.fullmatch(r"(?:19|20)\d\d", left.group() + right.group())
    return full or bool(year and after.startswith("年", right.end())) or None


def _is_body(paragraph: str, before: str, layout: Layout, *, past_title: bool) -> bool:
    """Whether an unfinished line is running text, which must go on, and not a title or heading, which may stop."""
    heading = heading_pattern().match(paragraph)
    full = layout.fills(before)
    listing = len(paragraph) >= 45 and paragraph.count("、") >= 2
    if re.search(r"[，、；,;]$", before) or listing or (not heading and patterns().ends_open.search(before)):
        return True
    if heading and "。" not in paragraph and len(paragraph) < 45:
        return full and len(paragraph) >= 18
    if not layout.stops:
        return False
    if re.search(r"[。，；,;]", paragraph):
        return True
    return full or (layout.width is None and len(paragraph) >= _PARAGRAPH and past_title)


def _open_bracket(text: str) -> bool:
    """Whether the last bracket of some kind that opens in `text` is still open at its end ([责任单位：各县（市）区)."""
    return any(text.rfind(opening) > text.rfind(closing) for opening, closing in _PAIRS.items())
