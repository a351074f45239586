"""Text from documents is untrusted: here it is made harmless for the formats that would read it as something else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from plankb.kept_patterns import compiled
from plankb.printing import escaped, marked, printed

CELL_LIMIT = 32_767
"""Characters that Excel takes in one cell."""
SHEET_LIMIT = 31
AS_TEXT: Mapping[str, bool] = MappingProxyType(
    {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
)
"""Options of a workbook: text is written as strings alone, and even a slip becomes no formula and no link."""

_SHEET_FORBIDDEN = compiled(r"[\[\]:*?/\\]")
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """Text that does nothing to whatever shows it: control and direction characters become a visible mark."""
    return marked(text)


def plain_text(text: str) -> str:
    """Text that every format and a terminal can hold: what would be obeyed or not seen is gone, line ends are \\n."""
    return printed(text.replace("\r\n", "\n").replace("\r", "\n"))


def cell_text(text: str) -> str:
    """Text for one cell of a workbook, to be written as a string; cut at Excel's limit with an ellipsis."""
    clean = plain_text(text)
    return clean if len(clean) <= CELL_LIMIT else clean[: CELL_LIMIT - 1] + "…"


def csv_text(text: str) -> str:
    """Text for a CSV field: one that a spreadsheet would take for a formula gets an apostrophe in front."""
    clean = plain_text(text)
    return f"'{clean}" if clean.startswith(_FORMULA_START) else clean


def harmless_json(text: str) -> str:
    """JSON of the same meaning without characters that a terminal would obey."""
    return escaped(text)


def sheet_names(wanted: list[str]) -> list[str]:
    """Names that Excel takes for sheets, in the same order: cleaned, at most 31 characters, none twice."""
    given: list[str] = []
    for name in wanted:
        base = _SHEET_FORBIDDEN.sub(" ", plain_text(name)).replace("\n", " ").replace("\t", " ").strip().strip("'")
        given.append(_unused(base or "Sheet", {name.casefold() for name in given} | {"history"}))
    return given


def _unused(base: str, taken: set[str]) -> str:
    name, count = _cut(base, SHEET_LIMIT), 1
    while name.casefold() in taken:
        count += 1
        tail = f" ({count})"
        name = _cut(base, SHEET_LIMIT - len(tail)) + tail
    return name


def _cut(text: str, limit: int) -> str:
    """As much of a text as Excel, which counts UTF-16 units, takes; no apostrophe at the end."""
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", errors="ignore").rstrip("'")
