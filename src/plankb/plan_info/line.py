"""A line of a document's first or last pages: what it is, and the date that it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from plankb import numbers, rules

Kind = Literal["title", "body", "head", "number", "date", "addressed", "annex", "remark", "prose", "label"]

LONGEST = 70
"""Characters of a line that is no running text."""
_PROSE = re.compile(r"[。；;]|，[^，]{2,}，")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without white space; `who` is what stands before a date, or in the brackets with it; `label` what a web
    page's label says it is."""

    text: str
    kind: Kind
    centred: bool = False
    date: str | None = None
    who: str = ""
    label: str = ""


def one(section: str) -> rules.Rule:
    """The rule of a section of `rules/plan_info.toml`."""
    return rules.one("plan_info", section)


@cache
def number_pattern() -> re.Pattern[str]:
    """The number of an official document."""
    return rules.many("citations", "number")[0].regex


def bare(text: str) -> str:
    """A text without white space, its digits those of ASCII."""
    return re.sub(r"\s", "", text).translate(_DIGITS)


def read_line(printed: str, *, centred: bool = False) -> Line:
    """What a line is."""
    text = one("seal").sub(bare(printed))
    if (mark := one("annex_mark").match(text)) and one("title").search(text[mark.end() :]):
        text = text[mark.end() :]
    for kind in ("remark", "addressed", "annex", "head"):
        if one(kind).search(text):
            return Line(text, kind, centred)
    numbered = one("signer").sub(text).strip("（）()")
    if number_pattern().fullmatch(numbered):
        return Line(numbered, "number", centred)
    if dated := _dated(text):
        return Line(text, "date", centred, *dated)
    if len(text) > LONGEST or _PROSE.search(text) or text.endswith(("：", ":", "，", ".")):
        return Line(text, "prose", centred)
    return Line(text, "body" if one("body").match(text) else "title", centred)


def _dated(text: str) -> tuple[str, str] | None:
    """(date, who) of a line that ends in a date, as signatures and imprints do, that a signature begins, or that says
    in brackets when and by whom the document was made (（2026年3月4日某市人民政府常务会议通过）)."""
    for rule in rules.many("plan_info", "passed"):
        if match := rule.regex.fullmatch(text):
            return iso(match), one("session").sub(match["who"])
    match = one("signature").fullmatch(text)
    if match is None or (match["who"] and not one("body").match(match["who"])):
        return None
    if match["rest"] and not (match["who"] and match["day"]):
        return None
    return iso(match), match["who"]


def date_of(text: str) -> str | None:
    """The first date in a text, `YYYY-MM-DD` or `YYYY-MM`; None where it has none."""
    match = one("date").search(text)
    return iso(match) if match else None


def iso(match: re.Match[str]) -> str:
    """The date that a pattern with year, month and day found."""
    parts = (numbers.parse(match[name].replace("O", "〇")) for name in ("year", "month", "day") if match[name])
    return "-".join(f"{int(part or 0):02d}" for part in parts)
