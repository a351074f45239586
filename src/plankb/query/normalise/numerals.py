"""Figures written in Chinese as figures: 百分之八十 is 80%, 三千一百万千瓦 is 3100万千瓦, 一点一亿吨 is 1.1亿吨."""

from __future__ import annotations

import re
from functools import cache

from plankb import numbers, quantities, rules
from plankb.kept_patterns import compiled
from plankb.model import Number
from plankb.rules.lazy import LazyPattern

_WHOLE = "零〇一二三四五六七八九十百千两"
_NUMERAL = f"[{_WHOLE}]+(?:点[零〇一二三四五六七八九]+)?"
_SHARE = compiled(rf"(?<!个)百分之({_NUMERAL})")
"""六个百分之百 is a name."""
_YEAR = LazyPattern(
    "(?<![一二三四五六七八九十百零〇第])(?:二[零〇](?P<tens>[一二三四五六][零〇一二三四五六七八九])(?=年|$|[^\u4e00-\u9fff])|(?P<short>二[一二三四五六七八九]|三[零〇五])(?=年(?![内间后多来])))"
)


def in_figures(text: str) -> str:
    """The question with its shares and measures in figures, quotation marks off them; what is only counted (三项任务)
    and names stay."""
    text = rules.pattern("question_forms", "figure_quoted").sub(_asked_of, text)
    text = _YEAR.sub(lambda match: f"20{_digits(match['tens'] or match['short'])}", text)
    text = _SHARE.sub(lambda match: _figure(match[1], "%") or match.group(), text)
    return _measured().sub(lambda match: _figure(match[1], match[2]) or match.group(), text)


def _asked_of(match: re.Match[str]) -> str:
    """A figure that is quoted, or asked what it is, as one that targets have."""
    asks = match["asks"] or match["meant"]
    return f"为{match['figure'] or match['meant']}" + ("的指标是什么" if asks else "")


def _digits(numeral: str) -> str:
    return "".join(str(numbers.parse(digit)) for digit in numeral)


@cache
def _measured() -> LazyPattern:
    """A numeral before 万 or 亿 of something, or before the unit of a measure (最后一公里 and 万人千吨 are names)."""
    units = sorted(u for u in quantities.unit_names() if "\u4e00" <= u[0] <= "\u9fff")  # in one order in each process
    units.sort(key=len, reverse=True)
    long = "|".join(re.escape(unit) for unit in units if len(unit) > 1 or unit in "吨亩米")
    counted = f"(?:万亿|万|亿)(?:{long}|[座个辆家户人元项条])?"
    return LazyPattern(rf"(?<![{_WHOLE}第万亿点\d])(?![百千])(?!一[^{_WHOLE}点万亿])({_NUMERAL})({counted}|{long})")


def _figure(numeral: str, unit: str) -> str | None:
    """A numeral with its unit; None where it is none."""
    whole, _, rest = numeral.partition("点")
    value: Number | None = numbers.parse(whole)
    if value is None:
        return None
    decimals = "".join(str(numbers.parse(digit)) for digit in rest)
    return f"{value}{'.' if decimals else ''}{decimals}{unit}"
