"""The elements of a page as blocks: paragraphs, headings, tables with their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from plankb import rules
from plankb.document import Block, BoxBlock, CellBlock, Document, TableBlock, TextBlock, TextKind
from plankb.readers.html.lists import Lists
from plankb.readers.html.tables import Grid, is_layout
from plankb.readers.line import PLAIN, Line, Look, begins_anew, struck_remark, unframed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCKS = frozenset(
    (
        "p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "center", "blockquote", "pre",
        "fieldset", "figure", "figcaption", "address", "header", "body", "html", "hr", "caption", "h1", "h2", "h3",
        "h4", "h5", "h6", "table", "tr", "td", "th",
    )
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = re.compile(r"font-weight:(?:bold|[6-9]00)")
_SPACE = re.compile(r"[ \t\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_INDENT = re.compile(r"[\u3000\u00a0]{2}")
_STRUCK = frozenset(("s", "strike", "del"))
_HELD = re.compile(r"[，、,（(]\s*$")
_NOTE = re.compile(r"sd(?:foot|end)note\d")


@dataclass
class _State:
    """How the text inside an element is printed."""

    look: Look = PLAIN
    level: int | None = None
    centred: bool = False
    kind: TextKind = "text"


@dataclass
class _Place:
    """Where blocks and lines go: the page, or the cells of a table."""

    blocks: list[Block] = field(default_factory=list)
    grid: Grid | None = None
    hanging: list[Block] = field(default_factory=list)
    """Tables inside the cells of a table, which come after it."""


class Flow:
    """Walks a page and collects source text and blocks; `skip` are the elements that are not read."""

    def __init__(self, skip: Iterable[Element]) -> None:
        self._skip = frozenset(skip)
        self._parts: list[str] = []
        self._length = 0
        self._lines: list[Line] = [Line()]
        self._places = [_Place()]
        self._states = [_State()]
        self._tables: list[bool] = []
        """Of the tables that are open, whether each holds data; the others lay out text."""
        self._ended = False
        self._lists = Lists()
        self._struck: list[str] = []

    def document(self, content: Element) -> Document:
        """The document that an element holds."""
        from lxml import etree

        walk = etree.iterwalk(content, events=("start", "end"))
        for event, element in walk:
            skipped = element in self._skip and element is not content
            if event == "start" and skipped:
                walk.skip_subtree()
            elif event == "start":
                self._start(element)
            else:
                if not skipped:
                    self._end(element)
                self._tail(element, content)
        self._close_paragraph()
        source = "".join(self._parts)
        blocks = unframed(_one_title(self._places[0].blocks))
        return Document(source, tuple(blocks), remarks=struck_remark(self._struck))

    def _tail(self, element: Element, content: Element) -> None:
        if element is not content:
            self._text(element.tail)

    def _start(self, element: Element) -> None:
        tag = element.tag
        if tag == "br":
            self._break()
        if tag in _BLOCKS:
            self._close_paragraph()
        self._states.append(self._state(element))
        rows = self._rows
        if tag == "table":
            self._tables.append(not is_layout(element, inside=self._grid is not None))
            if self._tables[-1]:
                self._places.append(_Place(grid=Grid()))
        elif rows is not None and tag == "tr":
            rows.begin_row()
        elif rows is not None and tag in ("td", "th") and rows.begin_cell(element, self._length):
            self._put("\t")
        self._label(self._lists.label(element))
        self._text(element.text)

    def _label(self, text: str) -> None:
        """The number that a browser prints before an item."""
        if text and not self._ended:
            self._lines[-1].add(text, self._length, None)
            self._put(text)

    def _end(self, element: Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._close_paragraph()
        self._states.pop()
        rows = self._rows
        if tag == "table":
            if self._tables.pop():
                self._close_table()
        elif rows is not None and tag in ("td", "th"):
            rows.end_cell()
        elif rows is not None and tag == "tr" and rows.end_row():
            self._put("\n")

    @property
    def _grid(self) -> Grid | None:
        """The table in whose rows text stands now."""
        return self._places[-1].grid

    @property
    def _rows(self) -> Grid | None:
        """The table whose rows and cells begin and end now; None inside one that lays out text."""
        return self._grid if self._tables and self._tables[-1] else None

    def _state(self, element: Element) -> _State:
        above = self._states[-1]
        tag, look = element.tag, above.look
        style = element.get("style", "").replace(" ", "").lower()
        bold = tag in ("b", "strong", "th") or bool(_BOLD.search(style))
        high = tag == "sup" or "vertical-align:super" in style
        struck = look.struck or tag in _STRUCK or "line-through" in style
        plain = "font-weight:normal" in style
        look = Look(bold=not plain and (look.bold or bold), raised=look.raised or high, struck=struck)
        align = element.get("align", "").lower()
        centred = tag == "center" or align == "center" or "text-align:center" in style
        other = bool(align) or "text-align:" in style
        note = bool(_NOTE.match(element.get("id", "")))
        return _State(
            look,
            _HEADINGS.get(tag, above.level),
            centred or (above.centred and not other),
            "note" if note else above.kind,
        )

    def _text(self, text: str | None) -> None:
        if not text or self._ended:
            return
        if self._states[-1].look.struck:
            self._struck.append(text)
            return
        shown = _SPACE.sub(" ", text)
        if _INDENT.match(shown) and not self._lines[-1].blank and len(self._lines[-1].text) > 1:
            self._break()
        self._lines[-1].add(shown, self._length, self._states[-1].look)
        self._put(shown)

    def _break(self) -> None:
        """A line break: another line of the same paragraph, until what follows shows whether it begins anew."""
        self._put(" ")
        self._lines.append(Line())

    def _close_paragraph(self) -> None:
        """What was written since the last paragraph, as one or several."""
        printed, self._lines = self._lines, [Line()]
        lines = [line for line in printed if not line.blank]
        grid = self._grid
        if grid is not None:
            grid.add(line.chars() for line in lines)
            if lines:
                self._put(" ")
            return
        for line in _joined(printed):
            if rules.one("html", "ending").match("".join(line.text)) and len(self._places) == 1:
                self._ended = True
            if not self._ended and not self._is_trail(line):
                self._places[-1].blocks.append(self._block(line))
        if lines:
            self._put("\n")

    def _is_trail(self, line: Line) -> bool:
        """Whether a line before all others says where on the site the page stands."""
        return not self._places[0].blocks and bool(rules.one("html", "trail").match("".join(line.text).strip()))

    def _block(self, line: Line) -> TextBlock:
        state = self._states[-1]
        return TextBlock(line.chars(), state.kind, state.level, lead=line.lead(), centred=state.centred)

    def _close_table(self) -> None:
        place = self._places.pop()
        grid = place.grid
        cells: tuple[CellBlock, ...] = grid.finish() if grid is not None else ()
        outer = self._places[-1]
        if not cells or self._ended:
            return
        block: Block
        if all(cell.column == 0 for cell in cells):
            texts = [TextBlock(chars) for cell in cells for chars in cell.paragraphs]
            block = BoxBlock(tuple(texts))
        else:
            block = TableBlock(cells)
        (outer.blocks if outer.grid is None else outer.hanging).extend((block, *place.hanging))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _joined(lines: list[Line]) -> list[Line]:
    """Lines that line breaks parted, joined where a sentence goes on; a blank one parts what a comma does not hold."""
    found: list[Line] = []
    apart = False
    for line in lines:
        text = "".join(line.text)
        before = "".join(found[-1].text) if found else ""
        if line.blank:
            apart = True
            continue
        if not found or _INDENT.match(text) or (apart and not _HELD.search(before)) or begins_anew(before, text):
            found.append(line)
        else:
            found[-1].extend(line)
        apart = False
    return found


def _one_title(blocks: list[Block]) -> list[Block]:
    """Blocks whose only heading of the first level is the title of the page, which is no heading of the document."""
    first = [block for block in blocks if isinstance(block, TextBlock) and block.level == 1]
    if len(first) != 1:
        return blocks
    title = replace(first[0], level=None, centred=True)
    return [title if block is first[0] else block for block in blocks]
