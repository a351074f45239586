"""Pages without letters (scans) and pictures of pages (PNG, JPEG, TIFF), read by optical character recognition where
the extra `plankb[ocr]` is installed.

The models are inside the package of rapidocr; nothing is loaded from anywhere. Recognised lines become letters of equal
width in their boxes, and straight dark lines of the picture become rules, so that all else is read as in any PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from math import atan, degrees
from statistics import median
from typing import TYPE_CHECKING

from plankb import pages_read
from plankb.document import Document
from plankb.errors import PlankbError
from plankb.readers.characters import repaired
from plankb.readers.pdf.document import to_document
from plankb.readers.pdf.page import Box, Face, Glyph, Page, Rule

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray
    from rapidocr import RapidOCR

    Picture = NDArray[numpy.uint8]
    PageReader = Callable[[Picture, float, Page], Page]
    """A picture, its pixels a point, and a page to the page with what is printed on it."""

_SCALE = 200 / 72
"""Pixels a point: what recognition needs, and what keeps a page of A0 within some 60 million pixels."""
_PIXELS = 40_000_000
_A4 = 595.0
_NARROW = 0.55
"""The width of a Latin letter or digit, in letters."""
_BASE = 0.22
"""How far above the lower edge of its box, in heights, the baseline of a line lies."""
_ALIKE = 0.18
"""Sizes that differ by less than this share from the usual one of the page are the usual one."""
_FEW, _LOOSELY_ALIKE = 4, 0.6
"""The box of so few letters says little of their size."""
_SURE = 0.5
_LEVEL = 0.001
"""A slope below which a page lies straight."""
_LONG = 6.0
"""From how many times its height on a box is long enough to show the slope of its line."""
_DARKER = 45
"""By how much (of 255) a straight line is darker than the paper, also a thin one."""
_RULE = 28.0
"""The least length, in points, of a straight line that is a rule."""


def is_installed() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read(data: bytes) -> Document:
    """The document of a picture, with a remark. Raises E148 without the extra, ValueError for no picture."""
    if not is_installed():
        raise PlankbError("E148", path="")
    return replace(to_document([of_picture(data)]), remarks=(PlankbError("E146", pages="1"),))


def recognised(data: bytes, pages: Sequence[Page], wanted: Sequence[int]) -> Iterator[tuple[int, Page]]:
    """(index, page) of the wanted pages of a PDF with what was recognised on them, each told to `pages_read`. Needs
    the extra."""
    import pypdfium2

    pages_read.tell(0, len(wanted))
    read = page_reader()
    with closing(pypdfium2.PdfDocument(data)) as document:
        for done, index in enumerate(wanted, start=1):
            with closing(document[index]) as page:
                width, height = page.get_size()
                scale = min(_SCALE, (_PIXELS / max(1.0, width * height)) ** 0.5)
                picture = page.render(scale=scale).to_numpy()
            yield index, read(picture, scale, pages[index])
            pages_read.tell(done, len(wanted))


def of_picture(data: bytes) -> Page:
    """The page that a picture shows, taken to be as wide as A4. Needs the extra. Raises ValueError for no picture."""
    import cv2
    import numpy

    picture = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError("no picture")
    height, width = picture.shape[:2]
    if width * height > _PIXELS:
        share = (_PIXELS / (width * height)) ** 0.5
        picture = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        height, width = picture.shape[:2]
    scale = width / _A4
    pages_read.tell(0, 1)
    page = page_reader()(picture, scale, Page(_A4, height / scale, (), (), ()))
    pages_read.tell(1, 1)
    return page


def page_reader() -> PageReader:
    """What recognises pages, its models loaded. Needs the extra."""
    from rapidocr import RapidOCR

    return partial(_page, RapidOCR(params={"Global.log_level": "error"}))


def _page(engine: RapidOCR, picture: Picture, scale: float, page: Page) -> Page:
    """A page with what was recognised on its picture of `scale` pixels a point."""
    found = engine(picture)
    boxes = [] if found.boxes is None else found.boxes.tolist()
    picture, boxes = _levelled(picture, boxes)
    lines = [
        (_box(corners, scale), text)
        for corners, text, score in zip(boxes, found.txts or (), found.scores or (), strict=False)
        if score >= _SURE
    ]
    across, down = _rules(picture, scale)
    return replace(page, glyphs=tuple(letters(lines)), across=across, down=down)


def _levelled(picture: Picture, boxes: list[list[list[float]]]) -> tuple[Picture, list[list[list[float]]]]:
    """A picture that was laid on the glass aslant, and the corners found on it, turned so that its lines are level."""
    import cv2

    slope = slant(boxes)
    if abs(slope) < _LEVEL:
        return picture, boxes
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees(atan(slope)), 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), borderValue=(255, 255, 255))
    (a, b, c), (d, e, f) = turn.tolist()
    return turned, [[[a * x + b * y + c, d * x + e * y + f] for x, y in corners] for corners in boxes]


def slant(boxes: Sequence[Sequence[Sequence[float]]]) -> float:
    """By how much a line falls for each pixel to the right, by the upper edges of long boxes; 0.0 where there are few.

    Each box has four corners (x, y), from the upper left one clockwise.
    """
    edges = [(right[0] - left[0], right[1] - left[1], low[1] - left[1]) for left, right, _, low in boxes]
    slopes = [down / across for across, down, height in edges if across > _LONG * max(1.0, height)]
    return median(slopes) if len(slopes) >= _FEW else 0.0


def _box(corners: Sequence[Sequence[float]], scale: float) -> Box:
    xs, ys = [x / scale for x, _ in corners], [y / scale for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def letters(lines: Sequence[tuple[Box, str]]) -> Iterator[Glyph]:
    """The letters of recognised lines, each text spread over its box."""
    said = [(box, repaired(text.strip())) for box, text in lines if text.strip()]
    sizes = [_size(box, text) for box, text in said]
    usual = median(sizes) if sizes else 0.0
    for (box, text), own in zip(said, sizes, strict=True):
        alike = _ALIKE if len(text) > _FEW else _LOOSELY_ALIKE
        size = usual if abs(own - usual) <= alike * usual else own
        face = Face("", round(size * 2) / 2, bold=False)
        unit = box.width / max(_NARROW, _width(text))
        x = box.x0
        for char in text:
            end = x + unit * (_NARROW if char.isascii() else 1.0)
            if not char.isspace():
                yield Glyph(char, x, end, box.y1 - _BASE * box.height, face)
            x = end


def _width(text: str) -> float:
    return sum(_NARROW if char.isascii() else 1.0 for char in text)


def _size(box: Box, text: str) -> float:
    return max(4.0, min(box.width / max(_NARROW, _width(text)), box.height))


def _rules(picture: Picture, scale: float) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The straight horizontal and vertical lines of a picture."""
    import cv2
    import numpy

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    paper = float(numpy.median(grey))
    dark = cv2.threshold(grey, paper - _DARKER, 255, cv2.THRESH_BINARY_INV)[1]
    length = int(_RULE * scale)
    found = []
    for size in ((length, 1), (1, length)):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        stats = cv2.connectedComponentsWithStats(lines)[2].tolist()[1:]
        found.append([[value / scale for value in stat[:4]] for stat in stats])
    across = tuple(Rule(y + h / 2, x, x + w) for x, y, w, h in found[0] if h < 4)
    down = tuple(Rule(x + w / 2, y, y + h) for x, y, w, h in found[1] if w < 4)
    return across, down
