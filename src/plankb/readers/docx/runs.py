"""What the runs of a paragraph give: text, tabs, line breaks and text boxes, as they are seen on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from plankb.readers.docx.formulas import formula, symbol
from plankb.readers.docx.names import MC, M, V, attribute, find, w
from plankb.readers.docx.styles import Styles, look
from plankb.readers.line import Look

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BitKind = Literal["text", "tab", "break", "box"]

_UNSEEN = frozenset(
    w(name)
    for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "del", "moveFrom", "delText", "delInstrText", "rt", "softHyphen",
        "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef", "annotationRef", "commentReference",
        "lastRenderedPageBreak",
    )
)  # fmt: skip
_PAGE_BREAKS = ("page", "column")


@dataclass(frozen=True, slots=True)
class Bit:
    """What one element of a run gives. `element` is None for text that stands in no run; of a box it is the content."""

    kind: BitKind
    text: str
    look: Look
    run: Element | None = None
    element: Element | None = None


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False


@dataclass
class RunReader:
    """Reads paragraphs in their order; fields may go on over several."""

    styles: Styles
    struck: list[str] = field(default_factory=list)
    """Text that is struck out, which gives nothing."""
    _fields: list[_Field] = field(default_factory=list)

    @property
    def in_contents(self) -> bool:
        """Whether what comes next stands in a contents list that Word made."""
        return any(each.code.lstrip().upper().startswith("TOC") for each in self._fields)

    def bits(self, paragraph: Element) -> list[Bit]:
        """What a paragraph gives, in order."""
        style = attribute(find(paragraph, "pPr/pStyle")) or self.styles.default
        base = self.styles.look(style, self.styles.base)
        found = list(self._all(paragraph, base, None))
        self._fields = [each for each in self._fields if each.result]
        return found

    def _all(self, parent: Element, below: Look, run: Element | None) -> Iterator[Bit]:
        for child in parent:
            if child.tag in _UNSEEN or not isinstance(child.tag, str):
                continue
            if child.tag == w("r"):
                yield from self._run(child, below)
            elif child.tag.startswith(M):
                yield Bit("text", formula(child), below)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._first(child, below, run)
            elif (reader := _READERS.get(child.tag)) is not None:
                yield from reader(self, child, below, run)
            elif not _is_placeholder(child):
                yield from self._all(child, below, run)

    def _run(self, run: Element, below: Look) -> Iterator[Bit]:
        properties = find(run, "rPr")
        base = self.styles.look(attribute(find(properties, "rStyle")), below)
        own = look(properties, base)
        for bit in self._all(run, own, run):
            if own.hidden or (self._in_code and bit.kind != "box"):
                continue
            if bit.look.struck and bit.kind != "box":
                self.struck.append(bit.text)
            else:
                yield bit

    @property
    def _in_code(self) -> bool:
        """Whether text stands in the code of a field, which is not seen."""
        return any(not each.result for each in self._fields)

    def _first(self, choices: Element, below: Look, run: Element | None) -> Iterator[Bit]:
        """The first alternative that gives anything."""
        for choice in choices:
            found = list(self._all(choice, below, run))
            if found:
                yield from found
                return

    def _text(self, element: Element, below: Look, run: Element | None) -> Iterator[Bit]:
        if element.text:
            yield Bit("text", element.text, below, run, element)

    def _tab(self, element: Element, below: Look, run: Element | None) -> Iterator[Bit]:
        yield Bit("tab", "\t", below, run, element)

    def _break(self, element: Element, below: Look, run: Element | None) -> Iterator[Bit]:
        if attribute(element, "type") not in _PAGE_BREAKS:
            yield Bit("break", "\n", below, run, element)

    def _hyphen(self, element: Element, below: Look, run: Element | None) -> Iterator[Bit]:
        yield Bit("text", "-", below, run, element)

    def _symbol(self, element: Element, below: Look, run: Element | None) -> Iterator[Bit]:
        char = symbol(attribute(element, "char"), attribute(element, "font"))
        if char:
            yield Bit("text", char, below, run, element)

    def _box(self, element: Element, below: Look, run: Element | None) -> Iterator[Bit]:
        yield Bit("box", "", below, run, element)

    def _word_art(self, element: Element, below: Look, _run: Element | None) -> Iterator[Bit]:
        if text := element.get("string", "").strip():
            yield Bit("text", text, below)

    def _field(self, element: Element, _below: Look, _run: Element | None) -> Iterator[Bit]:
        match attribute(element, "fldCharType"):
            case "begin":
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].result = True
            case "end" if self._fields:
                self._fields.pop()
        return iter(())

    def _code(self, element: Element, _below: Look, _run: Element | None) -> Iterator[Bit]:
        if self._fields:
            self._fields[-1].code += element.text or ""
        return iter(())


_Reader = Callable[["RunReader", "Element", Look, "Element | None"], Iterator[Bit]]
_READERS: dict[str, _Reader] = {
    w("t"): RunReader._text,
    w("tab"): RunReader._tab,
    w("ptab"): RunReader._tab,
    w("br"): RunReader._break,
    w("cr"): RunReader._break,
    w("noBreakHyphen"): RunReader._hyphen,
    w("sym"): RunReader._symbol,
    w("txbxContent"): RunReader._box,
    f"{V}textpath": RunReader._word_art,
    w("fldChar"): RunReader._field,
    w("instrText"): RunReader._code,
}


def _is_placeholder(element: Element) -> bool:
    """Whether a content control shows nothing but its invitation to type."""
    return element.tag == w("sdt") and find(element, "sdtPr/showingPlcHdr") is not None
