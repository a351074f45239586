"""Sections asked for by number: 第三章, 第二部分, chapter 2."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plankb import numbers, rules
from plankb.headings import heading_pattern

BOX = "专栏"
"""The word for a box of projects or tasks: its heading begins so, and questions name it so."""


def numbered(asked: Sequence[re.Match[str]]) -> str:
    """How a section is asked for by number, for `has_number`: "第3章", "第2部分/第5节", one of "专栏1|专栏2"."""
    alike = len({match["box"] or match["form"] or match["form4"] for match in asked}) == 1
    return ("|" if alike else "/").join(map(_numbered, asked))


def is_numbered(asked: str) -> bool:
    """Whether a section is asked for by number."""
    one = rf"(?:第\d+(?:章|节|部分|条|项)|(?:{BOX}|表)\d+)"
    return bool(re.fullmatch(f"{one}(?:[/|]{one})*", asked))


def _numbered(asked: re.Match[str]) -> str:
    if asked["box"]:
        return f"{asked['box']}{numbers.parse(asked['number3'])}"
    number = asked["number"] or asked["number2"] or asked["number4"]
    return f"第{numbers.parse(number)}{asked['form'] or asked['form4'] or '部分'}"


def has_number(section: tuple[str, ...], asked: str) -> bool:
    """Whether a section path lies in the part that is asked for: 章 and 部分 count at the top, 节 one below."""
    if "|" in asked:
        return any(has_number(section, part) for part in asked.split("|"))
    if "/" in asked:
        return all(has_number(section, part) for part in asked.split("/"))
    if not asked.startswith("第"):
        return any(re.match(rf"{asked}(?!\d)", re.sub(r"\s", "", heading)) for heading in section)
    number, form = int(re.findall(r"\d+", asked)[0]), asked[-1]
    level = 1 if form == "节" else 0
    path = [heading for heading in section if _number(heading) is not None]
    return level < len(path) and _number(path[level]) == number


def _number(heading: str) -> int | None:
    head = heading_pattern().match(heading)
    digits = rules.one("question_forms", "section_digits").search(head.group()) if head else None
    value = numbers.parse(digits.group()) if digits else None
    return int(value) if value is not None else None
