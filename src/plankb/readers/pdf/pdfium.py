"""The one place that talks to pdfium: a PDF's bytes to pages of glyphs and rules.

Everything a hostile file can blow up is bounded: pages, glyphs and drawings of a page, depth of nested forms.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from typing import Any

from plankb.errors import PlankbError
from plankb.readers.pdf.page import Face, Glyph, Page, Rule

_MAX_PAGES = 2000
_MAX_GLYPHS = 40_000
"""Of a page; a dense A3 page of print has 6,000."""
_MAX_DRAWINGS = 20_000
_MAX_SEGMENTS = 400
"""Of one drawing; more is a map or a letter drawn as outlines, no rule of a table."""
_MAX_DEPTH = 4
_THIN = 3.0
_SHORT = 4.0
_WHITE = 250
_INVISIBLE = 3
_OUTLINED = 2
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "黑体", "heiti", "simhei", "-hei", "fzhei", "小标宋", "xiaobiaosong")
_HYPHEN = 2
"""What pdfium gives for a hyphen that ends a line."""

Matrix = tuple[float, float, float, float, float, float]


def read_pages(data: bytes) -> Iterator[Page]:
    """The pages of a PDF. Raises E115 where a password guards it, E116 where the bytes are none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PlankbError("E115", path="") from error
        raise PlankbError("E116", path="") from error
    with closing(document):
        for index in range(min(len(document), _MAX_PAGES)):
            yield _page(document, index)


def _page(document: Any, index: int) -> Page:
    """One page; an empty one where pdfium cannot load it."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return Page(595.0, 842.0, (), (), ())
    with closing(page), closing(page.get_textpage()) as text:
        turn = _Turn(page)
        glyphs, hidden = _Letters(text.raw, turn).read()
        drawing = _Drawing(turn)
        drawing.read(page.raw)
    return Page(turn.width, turn.height, glyphs, tuple(drawing.across), tuple(drawing.down), drawing.images, hidden)


class _Turn:
    """From pdfium's coordinates to those of the page as it is looked at."""

    def __init__(self, page: Any) -> None:
        self.quarter = page.get_rotation() // 90 % 4
        left, bottom, right, top = page.get_bbox()
        self._box = left, bottom, right, top
        self.width, self.height = page.get_size()

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands on the page, y downwards."""
        left, bottom, right, top = self._box
        match self.quarter:
            case 0:
                return x - left, top - y
            case 1:
                return y - bottom, x - left
            case 2:
                return right - x, y - bottom
        return top - y, right - x


class _Letters:
    """Reads the glyphs of a page."""

    def __init__(self, textpage: Any, turn: _Turn) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._page = textpage
        self._turn = turn
        self._faces: dict[int, tuple[Face, bool, float] | None] = {}
        self._fonts: dict[int, tuple[str, bool]] = {}

    def read(self) -> tuple[tuple[Glyph, ...], bool]:
        """The glyphs in the order of the file, and whether all of them are a hidden layer.

        Hidden letters beside printed ones are left out, and so are letters set at a slant (watermarks).
        """
        raw, page = self._raw, self._page
        shown: list[Glyph] = []
        hidden: list[Glyph] = []
        box = raw.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        spaced = False
        for index in range(min(raw.FPDFText_CountChars(page), _MAX_GLYPHS)):
            code = raw.FPDFText_GetUnicode(page, index)
            char = "-" if code == _HYPHEN else chr(code) if code < 0x110000 else ""
            if char.isspace():
                spaced = True
            if not char.strip() or 0xD800 <= code < 0xE000 or (code < 0x20 and code != _HYPHEN):
                continue
            look = self._look(index)
            if look is None:
                continue
            face, unseen, _ = look
            if not raw.FPDFText_GetLooseCharBox(page, index, box) or not raw.FPDFText_GetCharOrigin(page, index, x, y):
                continue
            left, _ = self._turn.point(box.left, box.bottom)
            right, base = self._turn.point(box.right, y.value)
            glyph = Glyph(char, min(left, right), max(left, right), base, face, spaced)
            spaced = False
            (hidden if unseen else shown).append(glyph)
        return (tuple(shown), False) if shown or not hidden else (tuple(hidden), True)

    def _look(self, index: int) -> tuple[Face, bool, float] | None:
        """(face, whether hidden, angle) of a character; None for one set at a slant."""
        raw = self._raw
        item = raw.FPDFText_GetTextObject(self._page, index)
        key = ctypes.cast(item, ctypes.c_void_p).value or 0
        if key not in self._faces:
            self._faces[key] = self._measure(item, index)
        return self._faces[key]

    def _measure(self, item: Any, index: int) -> tuple[Face, bool, float] | None:
        raw = self._raw
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._page, index, matrix)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        if abs(angle) % 90 > 3 and abs(angle) % 90 < 87:
            return None
        size = raw.FPDFText_GetFontSize(self._page, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        mode = raw.FPDFTextObj_GetTextRenderMode(item) if item else 0
        font, bold = self._font(item, index)
        return Face(font, round(size * 2) / 2, bold or mode == _OUTLINED), mode == _INVISIBLE, angle

    def _font(self, item: Any, index: int) -> tuple[str, bool]:
        raw = self._raw
        font = raw.FPDFTextObj_GetFont(item) if item else None
        key = ctypes.cast(font, ctypes.c_void_p).value or 0 if font else 0
        if key not in self._fonts:
            name = ""
            if font:
                buffer = ctypes.create_string_buffer(256)
                size = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
                name = buffer.raw[: max(0, min(size, 256) - 1)].decode("utf-8", "replace").split("+")[-1]
            weight = raw.FPDFText_GetFontWeight(self._page, index)
            bold = weight >= _BOLD_WEIGHT or any(word in name.lower() for word in _BOLD_NAMES)
            self._fonts[key] = name, bold
        return self._fonts[key]


class _Drawing:
    """Collects the straight lines of a page, and how much of it pictures cover."""

    def __init__(self, turn: _Turn) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._turn = turn
        self._left = _MAX_DRAWINGS
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self.images = 0.0

    def read(self, page: Any) -> None:
        """All drawings of a page."""
        raw = self._raw
        for index in range(raw.FPDFPage_CountObjects(page)):
            self._object(raw.FPDFPage_GetObject(page, index), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)
            if self._left < 0:
                break

    def _object(self, item: Any, outer: Matrix, depth: int) -> None:
        raw = self._raw
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT or kind == raw.FPDF_PAGEOBJ_SHADING:
            return
        self._left -= 1
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, outer)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = self._bounds(item, outer)
            self.images += (x1 - x0) * (y1 - y0) / max(1.0, self._turn.width * self._turn.height)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            matrix = _times(self._matrix(item), outer)
            for index in range(max(0, raw.FPDFFormObj_CountObjects(item))):
                if self._left < 0:
                    return
                self._object(raw.FPDFFormObj_GetObject(item, index), matrix, depth + 1)

    def _matrix(self, item: Any) -> Matrix:
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFPageObj_GetMatrix(item, matrix)
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _bounds(self, item: Any, outer: Matrix) -> tuple[float, float, float, float]:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        self._raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        ax, ay = self._turn.point(*_apply(outer, left.value, bottom.value))
        bx, by = self._turn.point(*_apply(outer, right.value, top.value))
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _path(self, item: Any, outer: Matrix) -> None:
        raw = self._raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not (fill.value or stroke.value) or self._white(item, stroked=bool(stroke.value)):
            return
        x0, y0, x1, y1 = self._bounds(item, outer)
        if min(x1 - x0, y1 - y0) <= _THIN:
            self._rule(x0, y0, x1, y1)
        elif raw.FPDFPath_CountSegments(item) <= _MAX_SEGMENTS:
            self._segments(item, _times(self._matrix(item), outer), stroked=bool(stroke.value))

    def _white(self, item: Any, *, stroked: bool) -> bool:
        """Whether nothing is seen of it on white paper."""
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        get = self._raw.FPDFPageObj_GetStrokeColor if stroked else self._raw.FPDFPageObj_GetFillColor
        get(item, red, green, blue, alpha)
        return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if x1 - x0 >= max(_SHORT, y1 - y0):
            self.across.append(Rule((y0 + y1) / 2, x0, x1))
        elif y1 - y0 >= _SHORT:
            self.down.append(Rule((x0 + x1) / 2, y0, y1))

    def _segments(self, item: Any, matrix: Matrix, *, stroked: bool) -> None:
        """The straight sides of a drawing: all of them where it is stroked, of a filled one only thin bars."""
        for points in self._outlines(item, matrix):
            if not stroked:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
                    self._rule(min(xs), min(ys), max(xs), max(ys))
                continue
            for (ax, ay), (bx, by) in pairwise(points):
                if min(abs(ax - bx), abs(ay - by)) <= 1.0:
                    self._rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _outlines(self, item: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        raw = self._raw
        points: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(raw.FPDFPath_CountSegments(item)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
                yield points
                points = []
            points.append(self._turn.point(*_apply(matrix, x.value, y.value)))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does the inner one first."""
    a, b, c, d, e, f = inner
    x, y = _apply(outer, e, f)
    p, q, r, s, _, _ = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y


def usual_face(glyphs: tuple[Glyph, ...]) -> Face | None:
    """The face that most letters have; None without letters."""
    counted = Counter(glyph.face for glyph in glyphs)
    return counted.most_common(1)[0][0] if counted else None
