"""Rule `missing-reference`: chapters, annexes, boxes and tables of the draft itself that it refers to and has not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plankb import numbers, rules
from plankb.checks.registry import Draft, Remark, rule

_TOP = ("part", "chapter", "cn")
"""The forms of headings that 第五章, 第五部分 may mean where a draft has them outermost."""
_FORMS = {"附件": "annex", "专栏": "box", "表": "table"}
_LISTED = re.compile(r"(?:^|[：:\n])\s*(?:附件)?\s*(\d{1,2})\s*[.．、]\s*\S", re.MULTILINE)
_ANNEX = re.compile(r"附件\s*(\d{1,2}|[一二三四五六七八九十]{1,2})")
_LIST = re.compile(r"^附\s*件[：:].*(?:\n[\s　]*\d{1,2}\s*[.．、].*)*", re.MULTILINE)


@rule(
    "missing-reference",
    severity="warning",
    zh="引用的本文件章节、附件、专栏、表不存在",
    en="a chapter, annex, box or table of the draft itself that it refers to and does not have",
    example="详见附件3（附件只有两个）",
)
def missing_reference(draft: Draft) -> Iterator[Remark]:
    """Each by the highest number that there is; nothing where the file holds none of that kind."""
    for match in _refers().finditer(draft.text):
        number = int(numbers.parse(match["chapter"] or match["number"]) or 0)
        most = _chapters(draft) if match["chapter"] else _most(draft, match["what"])
        if most and number > most:
            yield Remark(match.span("to"), "E420", {"printed": match["to"], "most": most})


@cache
def _refers() -> re.Pattern[str]:
    before = rules.one("checks", "refers").expression
    number = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
    chapter = rf"第(?P<chapter>{number})(?:章|部分)(?![^，。；）]{{0,6}}》)"
    other = rf"(?P<what>附件|专栏|表)\s*(?P<number>{number})(?![-—.\d])"
    return re.compile(rf"(?:{before})(?P<to>{chapter}|{other})")


def _chapters(draft: Draft) -> int:
    """How many chapters a draft has: the outermost numbered headings; 0 without."""
    sections = draft.reading.outline.sections
    for form in _TOP:
        found = [section.number for section in sections if section.form == form and not section.boxed]
        if len(found) > 1:
            return max(*found, len(found))
    return 0


def _most(draft: Draft, what: str) -> int:
    """The highest number of the annexes, boxes or tables of a draft; 0 without."""
    found = [section.number for section in draft.reading.outline.sections if section.form == _FORMS[what]]
    if what == "附件":
        listed = [int(number) for block in _LIST.findall(draft.text) for number in _LISTED.findall(block)]
        heads = [section.heading for section in draft.reading.outline.sections if section.form == "annex"]
        found += listed + [int(numbers.parse(n) or 0) for head in heads for n in _ANNEX.findall(head)]
    return max(found, default=0)
