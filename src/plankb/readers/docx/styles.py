"""Styles: what a paragraph or a run is by the name of its style and by all that the style is based on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from plankb import rules
from plankb.readers.docx.names import attribute, find, number, switched, w
from plankb.readers.line import PLAIN, Look

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

_BODY = 9
"""The outline level that stands for running text."""
_DEPTH = 20
"""The longest chain of styles that is followed."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph's style says. `level` counts from 1, None for running text; `list_id` and `depth` are those of
    the list that numbers it, None where none does."""

    level: int | None = None
    contents: bool = False
    centred: bool = False
    list_id: str | None = None
    depth: int | None = None


@dataclass
class Styles:
    """The styles of a document by their id."""

    elements: dict[str, Element] = field(default_factory=dict)
    default: str = ""
    """The id of the style of paragraphs that name none."""
    base: Look = PLAIN
    """How text is printed that no style speaks of."""
    _paragraphs: dict[str, ParagraphStyle] = field(default_factory=dict)
    _looks: dict[tuple[str, Look], Look] = field(default_factory=dict)

    @classmethod
    def of(cls, document: WordDocument) -> Styles:
        """The styles of a document."""
        root = document.styles.element
        found = cls({attribute(style, "styleId"): style for style in root.findall(w("style"))})
        for name, style in found.elements.items():
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                found.default = name
        found.base = look(find(root, "docDefaults/rPrDefault/rPr"), PLAIN)
        return found

    def paragraph(self, properties: Element | None) -> ParagraphStyle:
        """What the style says of a paragraph with these properties (None: of one without any)."""
        name = attribute(find(properties, "pStyle")) or self.default
        if name not in self._paragraphs:
            self._paragraphs[name] = self._style(name)
        return self._paragraphs[name]

    def look(self, name: str, below: Look) -> Look:
        """How text of a style is printed, where `below` is how it would be without it."""
        key = (name, below)
        if key not in self._looks:
            found = below
            for style in reversed(list(self._chain(name))):
                found = look(style.find(w("rPr")), found)
            self._looks[key] = found
        return self._looks[key]

    def _chain(self, name: str) -> Iterator[Element]:
        """A style and those that it is based on, itself first."""
        for _ in range(_DEPTH):
            style = self.elements.get(name)
            if style is None:
                return
            yield style
            name = attribute(style.find(w("basedOn")))

    def _style(self, name: str) -> ParagraphStyle:
        found = ParagraphStyle()
        for style in reversed(list(self._chain(name))):
            properties = style.find(w("pPr"))
            title = attribute(style.find(w("name")))
            if heading := rules.pattern("text", "style.heading").fullmatch(title.strip()):
                found = replace(found, level=int(heading[1]))
            level = outline_level(properties)
            if level is not None:
                found = replace(found, level=level or None)
            if (centred := is_centred(properties)) is not None:
                found = replace(found, centred=centred)
            listed = find(properties, "numPr")
            if listed is not None:
                found = replace(found, list_id=attribute(find(listed, "numId")) or found.list_id)
                found = replace(found, depth=number(find(listed, "ilvl")))
            found = replace(
                found, contents=found.contents or bool(rules.pattern("text", "style.contents").match(title.strip()))
            )
        return replace(found, level=None) if found.contents else found

    def names(self, properties: Element | None) -> list[str]:
        """The ids of a paragraph's style and of those that it is based on."""
        chain = self._chain(attribute(find(properties, "pStyle")) or self.default)
        return [attribute(style, "styleId") for style in chain]


def outline_level(properties: Element | None) -> int | None:
    """The level of a heading from 1, 0 for running text, None where it is not said."""
    level = number(find(properties, "outlineLvl"))
    if level is None or level < 0:
        return None
    return level + 1 if level < _BODY else 0


def is_centred(properties: Element | None) -> bool | None:
    """Whether a paragraph stands in the middle of the line; None where it is not said."""
    element = find(properties, "jc")
    return None if element is None else attribute(element) == "center"


def look(properties: Element | None, below: Look) -> Look:
    """How a run with these properties is printed, where `below` is how it would be without them."""
    if properties is None:
        return below
    bold, hidden = switched(properties, "b"), switched(properties, "vanish")
    raised = find(properties, "vertAlign")
    font = attribute(find(properties, "rFonts"), "eastAsia")
    return Look(
        below.bold if bold is None else bold,
        font or below.font,
        below.raised if raised is None else attribute(raised) == "superscript",
        below.hidden if hidden is None else hidden,
        _is_struck(properties, below.struck),
    )


def _is_struck(properties: Element, below: bool) -> bool:
    """Whether one line or two are drawn through a run."""
    said = [value for name in ("strike", "dstrike") if (value := switched(properties, name)) is not None]
    return any(said) if said else below
