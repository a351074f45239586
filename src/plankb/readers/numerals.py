"""How Word writes the numbers of its lists: the formats of `w:numFmt` (ISO/IEC 29500, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from plankb import numbers

_LEGAL = str.maketrans("〇零一二三四五六七八九十百千万", "零零壹贰叁肆伍陆柒捌玖拾佰仟万")
_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMAN_LIMIT = 4000


def written(value: int, form: str) -> str:
    """A number (0 or more) in a format of Word; decimal digits in a format that is not known, "" in one of signs."""
    return _FORMATS.get(form, str)(value)


def _one_of(first: str, count: int) -> Callable[[int], str]:
    """Numerals of one character that follow one another in Unicode."""
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else str(value)


def _cycle(signs: str) -> Callable[[int], str]:
    """Signs in turn, from the first again after the last, twice as many each time (a … z, aa, bb)."""
    return lambda value: signs[(value - 1) % len(signs)] * (1 + (value - 1) // len(signs)) if value >= 1 else ""


def _roman(value: int) -> str:
    if not 1 <= value < _ROMAN_LIMIT:
        return str(value)
    found = ""
    for size, sign in _ROMAN:
        found += sign * (value // size)
        value %= size
    return found


def _circled(value: int) -> str:
    return _one_of("①", 20)(value) if value <= 20 else _one_of("㉑", 15)(value - 20)


def _signs(_value: int) -> str:
    return ""


def _padded(width: int) -> Callable[[int], str]:
    return lambda value: str(value).zfill(width)


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


def _spelled(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


_FORMATS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
             "taiwaneseCountingThousand"),
            numbers.chinese,
        ),
        **dict.fromkeys(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), _spelled),
        **dict.fromkeys(
            ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
            lambda value: numbers.chinese(value).translate(_LEGAL),
        ),
        **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
        "decimalEnclosedParen": _one_of("⑴", 20),
        "decimalEnclosedFullstop": _one_of("⒈", 20),
        "ideographEnclosedCircle": _one_of("㊀", 10),
        "ideographTraditional": _cycle(_STEMS),
        "ideographZodiac": _cycle(_BRANCHES),
        "upperRoman": _roman,
        "lowerRoman": lambda value: _roman(value).lower(),
        "upperLetter": _cycle("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerLetter": _cycle("abcdefghijklmnopqrstuvwxyz"),
        "decimalFullWidth": _full_width,
        "decimalFullWidth2": _full_width,
        "decimalZero": _padded(2),
        "numberInDash": lambda value: f"-{value}-",
        "bullet": _signs,
        "none": _signs,
    }
)  # fmt: skip
