"""The straight lines of a page, as pdfium gives its drawings."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

from plankb.readers.pdf.page import PdfObject, Rule, Turn

_MAX_DRAWINGS = 20_000
_MAX_SEGMENTS = 400
"""Of one drawing; more is a map or a letter drawn as outlines, no rule of a table."""
_MAX_DEPTH = 4
_MAX_MARKS = 2000
"""Of a reviewer on a page, and parts of one of them."""
_THIN = 3.0
_SHORT = 4.0
_WHITE = 250

Matrix = tuple[float, float, float, float, float, float]


class Drawing:
    """Collects the straight lines of a page, and how much of it pictures cover."""

    def __init__(self, turn: Turn) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._turn = turn
        self._left = _MAX_DRAWINGS
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self.images = 0.0

    def read(self, page: PdfObject) -> None:
        """All drawings of a page."""
        raw = self._raw
        for index in range(raw.FPDFPage_CountObjects(page)):
            self._object(raw.FPDFPage_GetObject(page, index), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)
            if self._left < 0:
                break
        self._marks(page)

    def _marks(self, page: PdfObject) -> None:
        """The lines that a reviewer's marks draw through text."""
        raw = self._raw
        for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MAX_MARKS)):
            mark = raw.FPDFPage_GetAnnot(page, index)
            if not mark:
                continue
            if raw.FPDFAnnot_GetSubtype(mark) == raw.FPDF_ANNOT_STRIKEOUT:
                for part in range(min(raw.FPDFAnnot_CountAttachmentPoints(mark), _MAX_MARKS)):
                    self._mark(mark, part)
            raw.FPDFPage_CloseAnnot(mark)

    def _mark(self, mark: PdfObject, part: int) -> None:
        corners = self._raw.FS_QUADPOINTSF()
        if not self._raw.FPDFAnnot_GetAttachmentPoints(mark, part, corners):
            return
        points = [self._turn.point(getattr(corners, f"x{n}"), getattr(corners, f"y{n}")) for n in range(1, 5)]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self.across.append(Rule((min(ys) + max(ys)) / 2, min(xs), max(xs)))

    def _object(self, item: PdfObject, outer: Matrix, depth: int) -> None:
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

    def _matrix(self, item: PdfObject) -> Matrix:
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFPageObj_GetMatrix(item, matrix)
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _bounds(self, item: PdfObject, outer: Matrix) -> tuple[float, float, float, float]:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        self._raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        ax, ay = self._turn.point(*_apply(outer, left.value, bottom.value))
        bx, by = self._turn.point(*_apply(outer, right.value, top.value))
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _path(self, item: PdfObject, outer: Matrix) -> None:
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

    def _white(self, item: PdfObject, *, stroked: bool) -> bool:
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

    def _segments(self, item: PdfObject, matrix: Matrix, *, stroked: bool) -> None:
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

    def _outlines(self, item: PdfObject, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
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
