"""Stages of the work that overlap: 推进阶段（2027年4月至2028年6月） and 总结阶段（2028年5月至2028年12月).

Also stages of a year before that of the stage they follow, as an older draft leaves them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from plankb import numbers, rules, times
from plankb.checks.registry import Draft, Remark
from plankb.model import Span

_FEW, _HEAD = 2, 60
"""Stages from which on they are a row; characters of an item in which its time stands."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """A stage with its first and last day (ISO; None where it has no first), its printed time and where that stands."""

    start: str | None
    end: str
    words: str
    span: Span


def all_of(draft: Draft) -> Iterator[Remark]:
    """Items under one heading, then 第一阶段…第二阶段 wherever they stand; projects that overlap are none."""
    told: set[Span] = set()
    for row in (*_headed(draft), *_numbered(draft)):
        for one, other in pairwise(row):
            code = "E322" if _overlap(one, other) else "E811" if _goes_back(one, other) else ""
            if code and other.span not in told:
                told.add(other.span)
                yield Remark(other.span, code, {"first": one.words, "second": other.words})


def _headed(draft: Draft) -> Iterator[list[_Stage]]:
    """The items under each heading that are stages by their own names or by that of the heading."""
    outline, name = draft.reading.outline, rules.one("steps", "stage")
    groups: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    for section in outline.sections:
        if not section.boxed:
            groups[section.parent, section.form].append(section.index)
    for (parent, _), members in groups.items():
        items = [outline.sections[index] for index in members]
        titles = [draft.text[item.span[0] : item.span[0] + _HEAD] for item in items]
        above = outline.sections[parent].title if parent is not None else ""
        named = sum(name.search(title) is not None for title in titles)
        if len(items) >= _FEW and (named == len(items) or (named and rules.one("steps", "stages").search(above))):
            found = [_stage(draft.text, (item.span[0], min(item.end, item.span[0] + _HEAD))) for item in items]
            yield [one for one in found if one]


def _numbered(draft: Draft) -> Iterator[list[_Stage]]:
    """第一阶段从…到…；第二阶段…, in sentences and paragraphs, each run from the first on."""
    run: list[_Stage] = []
    last = 0
    for match in rules.one("steps", "numbered_stage").regex.finditer(draft.text):
        one = _stage(draft.text, match.span())
        number = int(numbers.parse(match["number"]) or 0)
        if number <= last and run:
            yield run
            run = []
        last = number
        run += [one] if one else []
    yield run


def _stage(text: str, span: Span) -> _Stage | None:
    """The stage whose time stands first in a span up to its sentence's end; None where it has none of its own."""
    words = text[slice(*span)].split("。")[0].split("\n")[0]
    found = [time for time in times.find(words) if time.end and not time.base and not time.past]
    if not found or rules.one("steps", "no_stage_time").search(words[: found[0].span[0]]):
        return None
    first = found[0]
    to = rules.one("steps", "joined")
    last = found[1] if len(found) > 1 and to.fullmatch(words[first.span[1] : found[1].span[0]]) else first
    at = span[0] + first.span[0], span[0] + last.span[1]
    return _Stage(first.start, last.end or "", text[slice(*at)], at)


def _overlap(one: _Stage, other: _Stage) -> bool:
    """Whether a stage begins before the one before it ends; one that begins in the very month, or year where only that
    is said, follows on."""
    if other.start is None or (one.start or "") > other.start:
        return False
    whole_year = one.end.endswith("-12-31") and "月" not in one.words and "." not in one.words
    days = "日" in one.words and "日" in other.words
    length = 4 if whole_year else 10 if days else 7
    return other.start[:length] < one.end[:length]


def _goes_back(one: _Stage, other: _Stage) -> bool:
    """Whether a stage is over in a year before the one of the stage that it follows: the year of an older draft."""
    return bool(one.start and other.start) and other.end[:4] < (one.start or "")[:4]
