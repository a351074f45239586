"""The first pages of a document as issued, line by line: what each line is, and the titles that lines make together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from plankb import numbers, rules
from plankb.document import CleanText

Kind = Literal["title", "body", "head", "number", "date", "addressed", "annex", "remark", "prose", "label"]

_MOST, _LONGEST = 60, 70
_TABLE = 3
"""From how many cells on a row without a label of a web page's head is the document's own table."""
_PROSE = re.compile(r"[。；;]|，[^，]{2,}，")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without white space; `who` is what stands before a date; `label` what a web page's label says it is."""

    text: str
    kind: Kind
    centred: bool = False
    date: str | None = None
    who: str = ""
    label: str = ""


def one(section: str) -> rules.Rule:
    """The rule of a section of `rules/plan_info.toml`."""
    return rules.one("plan_info", section)


@cache
def number_pattern() -> re.Pattern[str]:
    """The number of an official document."""
    return rules.many("citations", "number")[0].regex


def front(clean: CleanText) -> list[Line]:
    """The lines before the first chapter of the plan, those of its contents left out."""
    found: list[Line] = []
    for paragraph in clean.paragraphs[:_MOST]:
        text = clean.text[paragraph.start : paragraph.end]
        if paragraph.kind == "row":
            cells = text.split("\t")
            labelled = _labelled(cells)
            if len(cells) >= _TABLE and not labelled:
                break
            found += labelled
        elif paragraph.kind == "text":
            if one("begins").match(text):
                break
            found += _labelled([text]) or [line(text, centred=paragraph.centred)]
    return found


def signatures(clean: CleanText) -> Iterator[tuple[Line, tuple[Line, ...]]]:
    """Every dated line of the document with the lines of bodies that stand right before it."""
    before: list[Line] = []
    begun: Line | None = None
    for paragraph in clean.paragraphs:
        if paragraph.kind != "text" or paragraph.end - paragraph.start > _LONGEST:
            before, begun = [], None
            continue
        found = line(clean.text[paragraph.start : paragraph.end], centred=paragraph.centred)
        if found.kind == "date":
            yield found, tuple(before)
        if found.kind == "title" and before and begun is None:
            begun = found  # a name that goes on in the next line
            continue
        if found.kind == "body":
            whole = line(begun.text + found.text, centred=found.centred) if begun else found
            before = [*before, whole]
        else:
            before = []
        begun = None


def _labelled(cells: Sequence[str]) -> list[Line]:
    """The cells of a web page's head that have a label, or follow one."""
    found: list[Line] = []
    waiting: str | None = None
    for cell in _parted(map(_bare, cells)):
        rule = next((rule for rule in rules.many("plan_info", "label") if rule.match(cell)), None)
        match = rule.match(cell) if rule else None
        said = cell[match.end() :] if match else cell
        means = rule.means if rule else waiting
        if means is not None and said:
            found.append(Line(said, "label", date=_date_of(said), label=means))
        waiting = rule.means if rule and not said else None
    return found


def _parted(cells: Iterable[str]) -> Iterator[str]:
    """The cells, those that begin with a label parted before each further one (发文机关：某局成文日期：…)."""
    web_head = rules.one("text", "line.web_head")
    for cell in cells:
        starts = [match.start() for match in web_head.finditer(cell)] if web_head.match(cell) else [0]
        yield from (cell[start:end] for start, end in pairwise([*starts, len(cell)]))


def line(text: str, *, centred: bool = False) -> Line:
    """What a line is."""
    bare = _bare(text)
    if (mark := one("annex_mark").match(bare)) and one("title").search(bare[mark.end() :]):
        bare = bare[mark.end() :]
    for kind in ("remark", "addressed", "annex", "head"):
        if one(kind).search(bare):
            return Line(bare, kind, centred)
    if number_pattern().fullmatch(bare.strip("（）()")):
        return Line(bare.strip("（）()"), "number", centred)
    if dated := _dated(bare):
        return Line(bare, "date", centred, *dated)
    if len(bare) > _LONGEST or _PROSE.search(bare) or bare.endswith(("：", ":", "，", ".")):
        return Line(bare, "prose", centred)
    return Line(bare, "body" if one("body").match(bare) else "title", centred)


def _dated(bare: str) -> tuple[str, str] | None:
    """(date, what stands before it) of a line that ends in a date, as signatures and imprints do, or that a signature
    begins."""
    match = one("signature").fullmatch(bare)
    if match is None or (match["who"] and not one("body").match(match["who"])):
        return None
    if match["rest"] and not (match["who"] and match["day"]):
        return None
    return _iso(match), match["who"]


def _date_of(text: str) -> str | None:
    match = one("date").search(text)
    return _iso(match) if match else None


def _iso(match: re.Match[str]) -> str:
    parts = (numbers.parse(match[name].replace("O", "〇")) for name in ("year", "month", "day") if match[name])
    return "-".join(f"{int(part or 0):02d}" for part in parts)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text).translate(_DIGITS)


def titles(lines: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """The titles that consecutive lines make together, each with the index of the line behind it."""
    index = 0
    while index < len(lines):
        if lines[index].kind not in ("title", "body"):
            index += 1
            continue
        joined, end = _joined(lines, index)
        if joined:
            yield joined, end
        index = max(end, index + 1)


def _joined(lines: Sequence[Line], start: int) -> tuple[str, int]:
    """The longest whole title from a line on; ("", start) where no whole title begins there."""
    text, best = "", ("", start)
    for index in range(start, min(start + 6, len(lines))):
        current = lines[index]
        goes_on = bool(best[0]) and current.kind != "date" and bool(one("title_goes_on").match(current.text))
        if current.kind not in ("title", "body") and not goes_on:
            break
        if (
            best[0]
            and not goes_on
            and not (current.centred and _short(current.text) and not _again(best[0], lines, index))
        ):
            break
        if index == start and current.kind == "body" and not _opens_title(lines, index + 1):
            return best
        text += current.text
        if one("circular").match(text):
            return text, index + 1
        if one("title").search(text) and len(text) > 4:
            best = text, index + 1
        elif (listed := one("contents_last").search(text)) and one("title").search(text[: listed.start()]):
            return text[: listed.start()], index + 1
    return best


def _short(text: str) -> bool:
    return len(text) <= 30 and bool(one("title").search(text)) and not one("about").match(text)


def _again(title: str, lines: Sequence[Line], index: int) -> bool:
    """Whether a title begins anew at a line: it starts as the one before it does, or as the plan it carries."""
    return lines[index].text[:6] in title


def _opens_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a name of a body is the beginning of a title: what follows goes on with 关于 or 印发."""
    while index < len(lines) and lines[index].kind == "body":
        index += 1
    return index < len(lines) and bool(one("after_body").match(lines[index].text))
