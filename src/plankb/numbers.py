"""Numerals: what a Chinese, full-width or Arabic numeral is worth. Recognising them in running text is elsewhere."""

from __future__ import annotations

import unicodedata

from plankb.kept_patterns import compiled
from plankb.model import Number

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
SCALES = {"十": 10, "百": 100, "千": 1000}
GREAT = {"万": 10**4, "亿": 10**8}
IN_TEXT = "零〇一二两三四五六七八九十百千万亿"
"""The numerals of running text, for classes of characters."""
CHINESE = f"{IN_TEXT}○"
_SIGNS = ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x2160, 12), (0x3220, 10))
CIRCLED = {chr(start + n): n + 1 for start, size in _SIGNS for n in range(size)}
"""Numerals of one character, by their first sign in Unicode: circled, bracketed, with a stop, Roman ones."""
LEGAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
"""Numerals of legal papers to common ones; no numeral in running text, where 陆 and 伍 are other words."""

_ARABIC = compiled(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


HALF_WIDTH = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(ord("！"), ord("～") + 1)}
"""Full-width digits, letters and signs to ASCII, for `str.translate`; one character stays one character."""
_LONGEST = 100
"""Characters of a numeral: a longer one is beyond what the machine counts with, and no figure of a plan."""


_FULL_WIDTH = compiled("[！-～]")


def half_width(text: str) -> str:
    """The same text with full-width digits, letters and signs as ASCII; one character stays one character."""
    return text.translate(HALF_WIDTH) if _FULL_WIDTH.search(text) else text


def plain(value: float) -> Number:
    """An int where the value is whole, else the float."""
    return int(value) if value == int(value) else value


def parse(numeral: str) -> Number | None:
    """The value of a numeral (`"3,100"`, `"１.1"`, `"二十六"`, `"二〇二五"`, `"③"`); None when it is none."""
    numeral = half_width(numeral).strip()
    if len(numeral) > _LONGEST:
        return None
    if _ARABIC.fullmatch(numeral):
        return plain(float(numeral.replace(",", "")))
    if numeral in CIRCLED:
        return CIRCLED[numeral]
    if not numeral or any(c not in CHINESE for c in numeral):
        return None
    if all(c in DIGITS for c in numeral):
        return int("".join(str(DIGITS[c]) for c in numeral))
    return _scaled(numeral)


def _scaled(numeral: str) -> int | None:
    """The value of a Chinese numeral with 十, 百, 千, 万 or 亿 in it; None when digits follow one another."""
    total = section = digit = 0
    fresh = False
    for char in numeral:
        if char in DIGITS:
            if fresh and digit:
                return None
            digit, fresh = DIGITS[char], True
        elif char in SCALES:
            section += (digit if fresh else 1) * SCALES[char]
            digit, fresh = 0, False
        else:
            # 万 scales what stands since the last 亿, 亿 scales all before it: 一亿五千万, 三万亿.
            held = total if char == "亿" else 0
            total = total - held + (held + section + digit) * GREAT[char]
            section, digit, fresh = 0, 0, False
    return total + section + digit


def chinese(value: int) -> str:
    """A whole number from 1 to 99 as headings print it (`12` is 十二); other numbers in digits."""
    if not 1 <= value <= 99:
        return str(value)
    tens, ones = divmod(value, 10)
    digits = "零一二三四五六七八九"
    return ("" if not tens else ("十" if tens == 1 else digits[tens] + "十")) + (digits[ones] if ones else "")
