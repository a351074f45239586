"""The letters of a page, as pdfium gives them."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from plankb.errors import PlankbError
from plankb.readers.characters import repaired
from plankb.readers.pdf.page import MOST_LETTERS, Face, Glyph, PdfObject, Turn
from plankb.readers.pdf.tounicode import FontTables

_INVISIBLE = 3
_OUTLINED = 2
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "黑体", "heiti", "simhei", "-hei", "fzhei", "小标宋", "xiaobiaosong")
_HYPHEN = 2
"""What pdfium gives for a hyphen that ends a line."""
_FIRST_HALF, _SECOND_HALF = 0xD800, 0xDC00
_SLANT = 3.0
"""Degrees that letters may lean without being set at a slant."""


class Letters(NamedTuple):
    """Glyphs in the order of the file; `hidden`: all of them are a layer that is not drawn.

    `sideways`: the quarters by which most of them are turned; `unread` counts those whose meaning the file hides.
    """

    glyphs: tuple[Glyph, ...]
    hidden: bool
    sideways: int
    unread: int


class _Look(NamedTuple):
    """What the letters of one text object have in common; `font` with its subset tag, `quarter` as they are turned."""

    face: Face
    hidden: bool
    font: str
    quarter: int


@lru_cache(maxsize=20_000)
def _repaired(code: int) -> str:
    """The character of a code, or the one that it stands for."""
    return repaired(chr(code))


class LetterReader:
    """Reads the letters of a page."""

    def __init__(self, textpage: PdfObject, turn: Turn, tables: FontTables) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._page = textpage
        self._turn = turn
        self._tables = tables
        self._looks: dict[int, _Look | None] = {}
        self._fonts: dict[int, tuple[str, bool]] = {}
        self._unread = 0
        # what pdfium fills for each letter, made once
        self._box, self._x, self._y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self._to_box, self._to_x, self._to_y = map(ctypes.byref, (self._box, self._x, self._y))

    def read(self) -> Letters:
        """The letters. Hidden ones beside printed ones are left out, and those set at a slant (watermarks)."""
        shown: list[Glyph] = []
        hidden: list[Glyph] = []
        turned: Counter[int] = Counter()
        spaced = False
        count = self._raw.FPDFText_CountChars(self._page)
        if count > MOST_LETTERS:
            raise PlankbError("E151", path="", most=MOST_LETTERS // 10_000)
        for index in range(count):
            code = self._code(index)
            if code in (0x20, 0x0A, 0x0D, 0xA0, 0x3000):
                spaced = True
                continue
            look = self._look(index)
            if look is None:
                continue
            for char in self._meaning(code, index, look):
                glyph = self._glyph(char, index, look.face, spaced=spaced)
                spaced = False
                if glyph is not None:
                    turned[look.quarter] += 1
                    (hidden if look.hidden else shown).append(glyph)
        behind = not shown and bool(hidden)
        quarter = turned.most_common(1)[0][0] if turned else 0
        return Letters(tuple(hidden if behind else shown), behind, quarter, self._unread)

    def _code(self, index: int) -> int:
        """The character of a letter; pdfium gives one beyond the first 65,536 as two halves, of which the first stands
        for both."""
        code: int = self._raw.FPDFText_GetUnicode(self._page, index)
        if _FIRST_HALF <= code < _SECOND_HALF:
            other = self._raw.FPDFText_GetUnicode(self._page, index + 1)
            if _SECOND_HALF <= other < 0xE000:
                return 0x10000 + ((code - _FIRST_HALF) << 10) + int(other - _SECOND_HALF)
        return code

    def _meaning(self, code: int, index: int, look: _Look) -> str:
        """The characters that a letter stands for, "" for one that says nothing."""
        if self._raw.FPDFText_HasUnicodeMapError(self._page, index):
            text = self._tables.meaning(look.font, code)
            self._unread += not text
            return "".join(char for char in text if char.isprintable() and not char.isspace())
        if code == _HYPHEN:
            return "-"
        if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or chr(code).isspace():
            return ""
        return _repaired(code)

    def _glyph(self, char: str, index: int, face: Face, *, spaced: bool) -> Glyph | None:
        raw, box = self._raw, self._box
        if not raw.FPDFText_GetLooseCharBox(self._page, index, self._to_box):
            return None
        if not raw.FPDFText_GetCharOrigin(self._page, index, self._to_x, self._to_y):
            return None
        ax, ay = self._turn.point(box.left, box.bottom)
        bx, by = self._turn.point(box.right, box.top)
        if not all(map(math.isfinite, (ax, ay, bx, by))):
            return None
        base = self._turn.point(self._x.value, self._y.value)[1]
        return Glyph(char, min(ax, bx), max(ax, bx), base, face, spaced)

    def _look(self, index: int) -> _Look | None:
        """The look of a letter; None for one set at a slant."""
        item = self._raw.FPDFText_GetTextObject(self._page, index)
        key = ctypes.addressof(item.contents) if item else 0
        if key not in self._looks:
            self._looks[key] = self._measure(item, index)
        return self._looks[key]

    def _measure(self, item: PdfObject, index: int) -> _Look | None:
        raw = self._raw
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._page, index, matrix)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        if _SLANT < abs(angle) % 90 < 90 - _SLANT:
            return None
        size = raw.FPDFText_GetFontSize(self._page, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        mode = raw.FPDFTextObj_GetTextRenderMode(item) if item else 0
        font, bold = self._font(item, index)
        face = Face(font.split("+")[-1], max(1.0, round(size * 2) / 2), bold or mode == _OUTLINED)
        return _Look(face, mode == _INVISIBLE, font, round(angle / 90) % 4)

    def _font(self, item: PdfObject, index: int) -> tuple[str, bool]:
        raw = self._raw
        font = raw.FPDFTextObj_GetFont(item) if item else None
        key = (ctypes.cast(font, ctypes.c_void_p).value or 0) if font else 0
        if key not in self._fonts:
            name = ""
            if font:
                buffer = ctypes.create_string_buffer(256)
                size = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
                name = buffer.raw[: max(0, min(size, 256) - 1)].decode("utf-8", "replace")
            weight = raw.FPDFText_GetFontWeight(self._page, index)
            bold = weight >= _BOLD_WEIGHT or any(word in name.lower() for word in _BOLD_NAMES)
            self._fonts[key] = name, bold
        return self._fonts[key]
