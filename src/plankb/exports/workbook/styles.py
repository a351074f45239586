"""Fonts, colours and page set-up of all sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from plankb.errors import Language
from plankb.words import say

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = "仿宋_GB2312"
"""The face of official documents (GB/T 9704-2012). Where it is not installed programs take another of its charset."""
HEAD_FONT = "黑体"
SIZE = 10
Paper = Literal["A3", "A4"]
_PAPERS: Mapping[Paper, int] = MappingProxyType({"A3": 8, "A4": 9})
_CHINESE = 134
"""The charset of simplified Chinese, by which a face is replaced."""
_PAGE_WIDTH = 1440
"""Pixels across an A3 page in landscape at full size, less some, as programs differ in the width of a column."""
ACROSS: Mapping[Paper, float] = MappingProxyType({"A3": 102, "A4": 84})
"""Chinese characters of a list across a page; on A4 its 10 points are printed as 8.5."""
_SMALLEST = 60
"""Print is not made smaller than this, in percent, to fit the width: more pages are better than unreadable ones."""
_UNIT, _PADDING = 7, 5
"""Pixels of a unit of column width, and of the room that each column has beside its text."""

HEAD, GROUP, TOTAL, REVIEWED, GAP = "#DDE8F3", "#C5D9ED", "#F2F2F2", "#FFF2CC", "#FBE5E1"


class Styles:
    """The formats of one workbook, each made when first used."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._upright: dict[int, Format] = {}

    def _made(self, **fields: object) -> Format:
        font = {"font_name": FONT, "font_charset": _CHINESE, "font_family": 3, "font_size": SIZE}
        return self._book.add_format({**font, **fields})

    def _cell(self, **fields: object) -> Format:
        usual = {"border": 1, "border_color": "#A6A6A6", "valign": "vcenter", "text_wrap": True}
        return self._made(**{**usual, **fields})

    @cached_property
    def title(self) -> Format:
        """The line above a sheet."""
        return self._made(font_name=HEAD_FONT, font_size=16, valign="vcenter")

    @cached_property
    def centred_title(self) -> Format:
        """The line above a sheet that goes on one page across."""
        return self._made(font_name=HEAD_FONT, font_size=16, align="center", valign="vcenter")

    @cached_property
    def frame(self) -> Format:
        """The border of all cells for marks, by a condition that always holds."""
        return self._book.add_format({"border": 1, "border_color": "#A6A6A6"})

    @cached_property
    def remark(self) -> Format:
        """The small line under it."""
        return self._made(font_color="#595959")

    @cached_property
    def head(self) -> Format:
        """A column heading."""
        return self._cell(font_name=HEAD_FONT, align="center", bg_color=HEAD)

    @cached_property
    def group(self) -> Format:
        """A jurisdiction above its bureaus."""
        return self._cell(font_name=HEAD_FONT, align="center", bg_color=GROUP)

    def upright(self, size: int) -> Format:
        """The name of a bureau, written downwards in a size of print."""
        if size not in self._upright:
            fields = {"font_name": HEAD_FONT, "align": "center", "valign": "top", "rotation": 270, "bg_color": HEAD}
            self._upright[size] = self._cell(**fields, font_size=size)
        return self._upright[size]

    @cached_property
    def text(self) -> Format:
        """Words."""
        return self._cell()

    @cached_property
    def centred_text(self) -> Format:
        """A word or a sign in the middle of its cell."""
        return self._cell(align="center")

    @cached_property
    def reviewed_text(self) -> Format:
        """Words that a person corrected."""
        return self._cell(bg_color=REVIEWED)

    @cached_property
    def gap_text(self) -> Format:
        """The place where something is missing."""
        return self._cell(bg_color=GAP)

    @cached_property
    def line(self) -> Format:
        """Words beside marks."""
        return self._cell()

    @cached_property
    def reviewed_line(self) -> Format:
        """Words beside marks that a person corrected."""
        return self._cell(bg_color=REVIEWED)

    @cached_property
    def gap_line(self) -> Format:
        """Something missing beside marks."""
        return self._cell(bg_color=GAP)

    @cached_property
    def mark(self) -> Format:
        """A role."""
        return self._cell(align="center", font_size=11)

    @cached_property
    def reviewed_mark(self) -> Format:
        """A role that a person corrected."""
        return self._cell(align="center", font_size=11, bg_color=REVIEWED)

    @cached_property
    def number(self) -> Format:
        """A count."""
        return self._cell(align="center")

    @cached_property
    def total(self) -> Format:
        """A sum."""
        return self._cell(align="center", bold=True, bg_color=TOTAL)


def room_for(width: float, *, beside: Sequence[float]) -> int:
    """How many columns of a width go on a page in the smallest print, beside columns of other widths; at least one."""
    return max(1, int((_PAGE_WIDTH * 100 / _SMALLEST - _pixels(beside)) / _pixels([width])))


def set_up_page(
    sheet: Worksheet,
    lang: Language,
    *,
    repeat_rows: tuple[int, int],
    repeat_columns: int = 0,
    paged: bool = False,
    paper: Paper = "A3",
) -> None:
    """Landscape with the headings on every page: one page across, or `paged`, parts in the smallest print.

    `repeat_columns` is how many columns at the left stand on every page across.
    """
    sheet.set_landscape()
    sheet.set_paper(_PAPERS[paper])
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(*repeat_rows)
    if repeat_columns:
        sheet.repeat_columns(0, repeat_columns - 1)
    if paged:
        sheet.set_print_scale(_SMALLEST)
    else:
        sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&A&R{say('tables.remark.page_of', lang, page='&P', pages='&N')}")


def _pixels(widths: Sequence[float]) -> float:
    return sum(width * _UNIT + _PADDING for width in widths)
