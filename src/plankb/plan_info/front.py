"""The first pages of a document as issued, line by line: what each line is, what a web page or a title page says of its
document behind labels (发文机关：…, 成文日期：…), and the titles that lines make together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from plankb import rules
from plankb.document import CleanText
from plankb.plan_info.line import LONGEST, Line, bare, date_of, one, read_line

_MOST = 60
_TABLE = 3
"""From how many cells on a row without a label of a web page's head is the document's own table."""
_REST = 3
"""The most letters of a name of which the line was broken."""


def front(clean: CleanText) -> list[Line]:
    """The lines before the first chapter of the plan, those of its contents left out."""
    found: list[Line] = []
    waiting: tuple[str, ...] = ()
    for paragraph in clean.paragraphs[:_MOST]:
        text = clean.text[paragraph.start : paragraph.end]
        if paragraph.kind == "row":
            cells = text.split("\t")
            said = labelled(cells)
            if len(cells) >= _TABLE and not said:
                break
            found += said
        elif paragraph.kind == "text":
            if one("begins").match(text):
                break
            if is_label(text):
                waiting = (text,)
                continue
            found += labelled([*waiting, text]) or [read_line(text, centred=paragraph.centred)]
            waiting = ()
    return found


def signatures(clean: CleanText) -> Iterator[tuple[Line, tuple[Line, ...]]]:
    """Every dated line of the document with the lines of bodies that stand right before it."""
    before: list[Line] = []
    begun: Line | None = None
    for paragraph in clean.paragraphs:
        text = clean.text[paragraph.start : paragraph.end]
        if paragraph.kind == "row" and one("imprint_last").search(text):
            text = text.replace("\t", "")  # the imprint in a table, as offices set it
        elif paragraph.kind != "text" or len(text) > LONGEST:
            before, begun = [], None
            continue
        found = read_line(text, centred=paragraph.centred)
        if found.kind == "date":
            yield found, tuple(before)
        if found.kind == "body":
            goes_on = begun is not None and (before or len(found.text) <= _REST)
            whole = read_line(begun.text + found.text, centred=found.centred) if begun and goes_on else found
            before = [*before, whole]
        elif found.kind != "title" or begun is not None:
            before = []
        begun = found if found.kind == "title" and (begun is None or not before) else None


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


def labelled(cells: Sequence[str]) -> list[Line]:
    """The cells that have a label, or follow one; a date with the time of day is when the page was put on the web."""
    found: list[Line] = []
    waiting: str | None = None
    for cell in _parted(_stamped(cells)):
        rule = next((rule for rule in rules.many("plan_info", "label") if rule.match(cell)), None)
        match = rule.match(cell) if rule else None
        said = cell[match.end() :] if match else cell
        means = rule.means if rule else waiting
        if means is not None and said:
            found.append(Line(said, "label", date=date_of(said), label=means))
        waiting = rule.means if rule and not said else None
    return found


def is_label(text: str) -> bool:
    """Whether a line is a label alone, whose next line says the rest."""
    said = bare(text)
    return said.endswith(("：", ":")) and any(rule.fullmatch(said) for rule in rules.many("plan_info", "label"))


def _stamped(cells: Iterable[str]) -> Iterator[str]:
    """The cells without white space, a time of day at their head marked as that of publishing."""
    for cell in cells:
        stamp = one("stamp").match(cell)
        if stamp is None:
            yield bare(cell)
            continue
        yield f"发布时间：{bare(stamp['date'])}"
        if rest := bare(cell[stamp.end() :]):
            yield rest


def _parted(cells: Iterable[str]) -> Iterator[str]:
    """The cells, those that begin with a label parted before each further one (发文机关：某局成文日期：…)."""
    web_head = rules.one("text", "line.web_head")
    for cell in cells:
        starts = [match.start() for match in web_head.finditer(cell)] if web_head.match(cell) else [0]
        yield from (cell[start:end] for start, end in pairwise([*starts, len(cell)]))
