"""Numbered slogans in quotation marks (“三优”, “六个融入”, “1+3+N”): whether a draft says what each stands for, and
whether it says the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plankb import numbers, rules
from plankb.checks.announced import remark
from plankb.checks.registry import Draft, Remark

_LISTED, _WHOLE, _OTHER = 40, 2, 0.5
"""Characters before a slogan in which its members may stand; members that are a list; the share of the members of a
list up to which they are others than before: of more they are two slogans that sound alike."""
_JOINS = re.compile(r"[、，；/和]")
_TITLED = re.compile(r"[^《》\n]{0,60}》")


def undefined(draft: Draft) -> Iterator[Remark]:
    """A hint at the first place of each slogan that is nowhere said in full; those of the state are known."""
    said: set[str] = set()
    first: dict[str, re.Match[str]] = {}
    for match in _found(draft):
        name = match["name"]
        first.setdefault(name, match)
        if _is_said(draft.text, match):
            said.add(name)
    glossary = draft.text[_glossary(draft.text) :]
    for name, match in first.items():
        own = rules.one("terms", "slogan_of_plan").search(name) or name in draft.reading.plan.title
        if name not in said and name not in _known() and not own and name not in glossary:
            yield Remark(match.span("name"), "E316", {"name": name})


def _glossary(text: str) -> int:
    at = text.rfind("名词解释")
    return at if at >= 0 else len(text)


@cache
def _known() -> frozenset[str]:
    return rules.words("terms", "known_slogans")


def _found(draft: Draft) -> Iterator[re.Match[str]]:
    for start, end in draft.paragraphs:
        for match in rules.one("terms", "slogan").regex.finditer(draft.text, start, end):
            if not _TITLED.match(draft.text, match.end()):
                yield match


def _is_said(text: str, match: re.Match[str]) -> bool:
    if rules.one("terms", "slogan_said").match(text[match.end() : match.end() + 2 * _LISTED]):
        return True
    line = text.rfind("\n", 0, match.start()) + 1
    before = text[max(line, match.start() - _LISTED) : match.start()]
    return rules.one("terms", "slogan_listed").search(before) is not None


def told_twice(draft: Draft) -> Iterator[Remark]:
    """“三优”（环境优、服务优、产业优） and later （环境优、服务优、生态优）: most members are the same, not all."""
    first: dict[str, list[list[str]]] = {}
    for match in _found(draft):
        listed = _members(draft.text, match)
        if len(listed) < _WHOLE or not _so_many(match, listed):
            continue
        others = first.setdefault(match["name"], [])
        apart = [(other, len(_without(listed, other)), len(_without(other, listed))) for other in others]
        near = [other for other, more, less in apart if more and less and more <= _OTHER * len(listed)]
        if near and all(more or less for _, more, less in apart):
            details: dict[str, object] = {
                "name": match["name"],
                "first": "、".join(near[0]),
                "second": "、".join(listed),
            }
            yield Remark(match.span("name"), "E317", details)
        others.append(listed)


def _without(listed: list[str], other: list[str]) -> list[str]:
    """The members of a list that another list has not; a verb may lead in the first: 推行网格员, 网格员."""
    return [one for one in listed if not any(one.endswith(each) or each.endswith(one) for each in other)]


def miscounted(draft: Draft) -> Iterator[Remark]:
    """“五统一”（统一标准、统一水价、统一维修、统一考核）: members that are alike, and another number of them."""
    for match in _found(draft):
        listed = _members(draft.text, match)
        if len(listed) >= _WHOLE and not _so_many(match, listed) and _alike(listed, match["name"]):
            number = int(numbers.parse(match["number"]) or 0)
            yield remark(match.span(), draft.text, number, range(len(listed), len(listed) + 1))


def _so_many(match: re.Match[str], listed: list[str]) -> bool:
    return not match["number"] or numbers.parse(match["number"]) == len(listed)


def _alike(listed: list[str], name: str) -> bool:
    """Whether the members of a list are made alike: of one length, and with a character in common; or they all begin
    with what the slogan counts (“四有”：有人管、有制度、…)."""
    headed = all(each.startswith(name[-1]) for each in listed)
    return headed or (len({len(each) for each in listed}) == 1 and bool(set(listed[0]).intersection(*listed[1:])))


def _members(text: str, match: re.Match[str]) -> list[str]:
    """What a slogan is said to stand for: in the bracket behind it, behind 即 or a colon, or right before it; []
    where it is not said, or another number of things is."""
    behind = rules.one("terms", "slogan_members").match(text[match.end() : match.end() + 4 * _LISTED])
    if behind:
        listed = _split(behind["bracket"] or behind["after"])
    else:
        line = text.rfind("\n", 0, match.start()) + 1
        before = rules.one("terms", "slogan_members_before").search(text[line : match.start()])
        listed = _split(before["list"]) if before else []
        if len(listed) <= _WHOLE or len(listed[-1]) != len(listed[-2]) or not set(listed[-1]) & set(listed[-2]):
            return []  # words that happen to stand before it
        if len({len(each) for each in listed[1:]}) == 1:
            listed[0] = listed[0][-len(listed[1]) :]  # a verb leads in the first
    return listed


def _split(words: str) -> list[str]:
    if words.rstrip().endswith("等"):
        return []  # some of them only
    return [each for part in _JOINS.split(words) if (each := part.strip("“”‘’等的 "))]
