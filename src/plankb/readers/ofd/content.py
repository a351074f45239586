"""The content of an OFD page: its text and path objects as glyphs and rules, in points from the upper left corner."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from plankb import rules
from plankb.errors import PlankbError
from plankb.readers.characters import repaired
from plankb.readers.pdf.page import MOST_LETTERS, Face, Glyph, Page, Rule

_POINT = 72 / 25.4
"""Points in a millimetre."""
_MAX_RULES = 20_000
_THIN, _SHORT = 1.0, 1.4
"""In millimetres: a filled bar no thicker is a line; a line no longer is none."""
_BOLD_WEIGHT = 600
_WIDE, _CAPITAL, _BROAD = 0.5, 0.65, 0.8
"""The width of a letter that is not Chinese, in sizes of its font, where the file does not say; of a capital, of m."""
_PATH = re.compile(r"([A-Za-z])|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_WHITE = 250

Matrix = tuple[float, float, float, float, float, float]
_Placed = Callable[[float, float], tuple[float, float]]
"""From a point of an object, in millimetres, to where it stands on the page, in points."""
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Font(NamedTuple):
    """A font by its name; whether the file says that it is bold."""

    name: str = ""
    bold: bool = False


def local(element: Element) -> str:
    """The name of an element without its namespace, which differs between programs."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of a name."""
    if element is not None:
        yield from (each for each in element if local(each) == name)


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    return next(children(element, name), None)


def floats(text: str) -> list[float]:
    """The numbers of a list; none where one of them is no number."""
    try:
        found = [float(word) for word in text.split()]
    except ValueError:
        return []
    return found if all(map(math.isfinite, found)) else []


@dataclass
class _Sheet:
    """What was found on a page so far."""

    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictures: float = 0.0
    """Square millimetres that pictures cover."""


class PageReader:
    """Reads pages with the fonts of their document."""

    def __init__(self, fonts: dict[str, Font]) -> None:
        self._fonts = fonts

    def page(self, parts: Sequence[Element], area: tuple[float, float, float, float]) -> Page:
        """A page of the given parts, the lowest first; `area` is left, top, width, height in millimetres."""
        sheet = _Sheet()
        for part in parts:
            for layer in children(child(part, "Content"), "Layer"):
                self._objects(layer, sheet)
        _, _, width, height = area
        return Page(
            width * _POINT, height * _POINT, tuple(sheet.glyphs), tuple(sheet.across), tuple(sheet.down),
            images=min(1.0, sheet.pictures / max(1.0, width * height)),
        )  # fmt: skip

    def _objects(self, layer: Element, sheet: _Sheet) -> None:
        open_ = [iter(layer)]
        while open_:
            element = next(open_[-1], None)
            if element is None:
                open_.pop()
            elif element.get("Visible") == "false":
                continue
            else:
                match local(element):
                    case "TextObject":
                        sheet.glyphs += self._text(element)
                        if len(sheet.glyphs) > MOST_LETTERS:
                            raise PlankbError("E151", path="", most=MOST_LETTERS // 10_000)
                    case "PathObject" if len(sheet.across) + len(sheet.down) < _MAX_RULES:
                        _draw(element, sheet)
                    case "ImageObject":
                        box = floats(element.get("Boundary", ""))
                        sheet.pictures += box[2] * box[3] if len(box) == 4 else 0.0
                    case "PageBlock":
                        open_.append(iter(element))

    def _text(self, element: Element) -> Iterator[Glyph]:
        box = floats(element.get("Boundary", ""))
        size = (floats(element.get("Size", "")) or [0.0])[0]
        if len(box) != 4 or size <= 0:
            return
        matrix = _matrix(element)
        font = self._fonts.get(element.get("Font", ""), Font())
        weight = floats(element.get("Weight", "")) or [0.0]
        bold = font.bold or weight[0] >= _BOLD_WEIGHT or bool(rules.pattern("text", "style.bold").search(font.name))
        shown = size * (math.hypot(matrix[2], matrix[3]) or 1.0) * _POINT
        face = Face(font.name, round(shown * 2) / 2, bold)
        x = y = 0.0
        for code in children(element, "TextCode"):
            x, y = _number(code, "X", x), _number(code, "Y", y)
            yield from _glyphs(code, (x, y), size, partial(_place, matrix, box), face)


def _glyphs(code: Element, start: tuple[float, float], size: float, place: _Placed, face: Face) -> Iterator[Glyph]:
    """The letters of a piece of text, each as far from the one before as the file says."""
    text = repaired(code.text or "")
    steps, falls = _steps(code.get("DeltaX", "")), _steps(code.get("DeltaY", ""))
    x, y = start
    spaced = False
    for index, char in enumerate(text):
        usual = size * _width(char)
        step = steps[index] if index < len(steps) else 0.0 if falls else usual
        if char.isspace():
            spaced = True
        elif char.isprintable():
            left, base = place(x, y)
            right, _ = place(x + min(step or usual, usual * 1.2), y)
            yield Glyph(char, min(left, right), max(left, right), base, face, spaced)
            spaced = False
        x += step
        y += falls[index] if index < len(falls) else 0.0


def _width(char: str) -> float:
    """How wide a letter usually is, in sizes of its font."""
    if ord(char) > 0x2E7F:
        return 1.0
    return _BROAD if char in "mwMW%‰@" else _CAPITAL if char.isupper() else _WIDE


def _steps(text: str) -> list[float]:
    """Distances from letter to letter, of which `g 3 5.6` stands for 5.6 three times."""
    words = text.split()
    found: list[float] = []
    index = 0
    while index < len(words) and len(found) < MOST_LETTERS:
        if words[index] == "g" and index + 2 < len(words) and words[index + 1].isdigit():
            found += floats(words[index + 2]) * min(int(words[index + 1]), MOST_LETTERS)
            index += 3
        else:
            found += floats(words[index]) or [0.0]
            index += 1
    return found


def _number(element: Element, name: str, usual: float) -> float:
    return (floats(element.get(name, "")) or [usual])[0]


def _matrix(element: Element) -> Matrix:
    numbers = floats(element.get("CTM", ""))
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]) if len(numbers) == 6 else _UNIT


def _place(matrix: Matrix, box: Sequence[float], x: float, y: float) -> tuple[float, float]:
    """A point of an object on the page, in points."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e + box[0]) * _POINT, (b * x + d * y + f + box[1]) * _POINT


def _draw(element: Element, sheet: _Sheet) -> None:
    """The straight sides of a path: all where it is stroked, of a filled one only thin bars."""
    box = floats(element.get("Boundary", ""))
    stroked, filled = element.get("Stroke", "true") == "true", element.get("Fill", "false") == "true"
    if len(box) != 4 or not (stroked or filled) or _is_white(element, "StrokeColor" if stroked else "FillColor"):
        return
    matrix = _matrix(element)
    for outline in _outlines(_text_of(element, "AbbreviatedData")):
        points = [_place(matrix, box, x, y) for x, y in outline]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN * _POINT:
            _rule(sheet, (min(xs), min(ys)), (max(xs), max(ys)))
        elif stroked:
            for one, other in pairwise(points):
                if min(abs(one[0] - other[0]), abs(one[1] - other[1])) <= 1.0:
                    _rule(sheet, one, other)


def _text_of(element: Element, name: str) -> str:
    found = child(element, name)
    return "" if found is None else found.text or ""


def _rule(sheet: _Sheet, one: tuple[float, float], other: tuple[float, float]) -> None:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if x1 - x0 >= max(_SHORT * _POINT, y1 - y0):
        sheet.across.append(Rule((y0 + y1) / 2, x0, x1))
    elif y1 - y0 >= _SHORT * _POINT:
        sheet.down.append(Rule((x0 + x1) / 2, y0, y1))


def _outlines(data: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of each outline of a path; a curve counts as the straight line between its ends."""
    points: list[tuple[float, float]] = []
    numbers: list[float] = []
    sign = ""
    for letter, number in _PATH.findall(data):
        if letter:
            sign, numbers = letter, []
            if sign in "SM" and points:
                yield points
                points = []
            if sign == "C" and points:
                points.append(points[0])
            continue
        numbers.append(float(number))
        if len(numbers) == _ARGUMENTS.get(sign, 2):
            points.append((numbers[-2], numbers[-1]))
            numbers = []
    if points:
        yield points


def _is_white(element: Element, name: str) -> bool:
    color = child(element, name)
    values = floats(color.get("Value", "")) if color is not None else []
    return bool(values) and min(values) >= _WHITE
