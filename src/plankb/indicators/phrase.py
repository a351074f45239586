"""Indicator phrases: what is left of a clause when times, openers, predicates and adverbs are taken off."""

from __future__ import annotations

import re
from functools import cache, partial

from plankb import rules, times

_EDGE = " \t、，。；：:;,.·—–-"
_form = partial(rules.pattern, "phrases")
_change = partial(rules.pattern, "changes")
make_verbs = partial(_change, "verbs.run")
"""A run of adverbs and making verbs at the start of a phrase: 重点引进和培养."""
state_verb = partial(_change, "verbs.state")
"""A verb of the state that part of a population reaches."""


@cache
def _openers(kind: str) -> re.Pattern[str]:
    """Words at the start of a phrase that are no part of it; a verb of change stays where hardly more follows."""
    behind = "(?=.{3})" if kind == "change" else ""
    return re.compile(rules.one("changes", f"openers.{kind}").expression + behind)


def tells_when(text: str, time: times.Time, end: int) -> bool:
    """Whether a time that ends at `end` tells when the things behind it were made (2000年底前建成的小区)."""
    return time.text.endswith("前") and bool(rules.one("forms", "time.attribute").regex.match(text, end))


def strip_times(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the times at the start that say by when (每年 stays: it says how often)."""
    found = [t for t in times.find(text[start:end]) if t.bound != "each"]
    for time in found:
        if text[start : start + 1] in "“" and time.span[0] == 1:
            continue
        if tells_when(text, time, start + time.span[1]):
            return start, end
        if time.span[0] <= 2 and (
            not time.span[0] or _form("before_time").fullmatch(text, start, start + time.span[0])
        ):
            end_of = start + time.span[1]
            return strip_times(text, _skip(text, end_of, end), end)
    return start, end


def _without_times_at_end(text: str, start: int, end: int) -> int:
    """The end of a phrase before times that say by when (装配式建筑占比2025年)."""
    for time in reversed(times.find(text[start:end])):
        if time.by and start + time.span[1] == end and time.span[0] > 0:
            return start + time.span[0]
    return end


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start] in _EDGE:
        start += 1
    return start


def noun(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a noun phrase after a number: only outer marks are removed."""
    start = _skip(text, start, end)
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    goal = _form("goal_last").search(text, start, end)
    return _unquoted(text, start, goal.start() if goal else end)


def tidy(text: str, start: int, end: int, *, drop_change: bool = True) -> tuple[int, int]:
    """The span of the indicator phrase in `text[start:end]`: outer marks, times, openers and closing adverbs removed.

    Empty (start == end) when nothing of substance is left.
    """
    while True:
        before = (start, end)
        start = _skip(text, start, end)
        mark = _form("leading_mark").match(text, start, end)
        if mark:
            start = mark.end()
        start, end = strip_times(text, start, end)
        opener = None if _form("built_on").match(text, start, end) else _openers("any").match(text, start, end)
        if opener and _is_opener(text, opener.end(), end, opener.group()):
            start = opener.end()
        change = _openers("change").match(text, start, end) if drop_change else None
        if change:
            start = change.end()
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        end = _without_times_at_end(text, start, end)
        nouns = rules.one("changes", "closers.nouns").words  # 供需 ends in what looks like a closing adverb
        closer = None if text.endswith(nouns, start, end) else _change("closers.last").search(text, start, end)
        if closer and closer.start() > start:
            end = closer.start()
        elif closer:
            return start, start
        note = _form("footnote").search(text, start, end)
        end = note.start() if note else end
        start, end = _unquoted(text, start, end)
        if (start, end) == before:
            return (start, end) if end - start > 0 else (start, start)


def _is_opener(text: str, after: int, end: int, word: str) -> bool:
    """Whether a word that looks like an opener is one and not the start of a noun (在校生, 应急, 再生水)."""
    if after >= end:
        return True
    return not _form("no_opener").match(word[-1] + text[after : after + 1]) and text[after] not in "的"


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a quotation mark whose partner lies outside."""
    phrase = text[start:end]
    for opening, closing in ("“”", "‘’", "（）", "()"):
        if phrase.startswith(opening) and closing not in phrase:
            start += 1
        if phrase.endswith(closing) and opening not in phrase:
            end -= 1
        if phrase.endswith(opening):
            end -= 1
        if phrase.startswith(closing):
            start += 1
        phrase = text[start:end]
    return start, max(start, end)


_LONGEST_VERB = 60
"""Characters that a making verb at the end of a phrase is looked for in."""
_SHORTEST_ADJUNCT = 4
_IN_LIST = ("、", "等", "的")
"""Behind a verb these say that it tells one of several ways (通过新建、扩建等方式增加学位)."""


def yearly(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """(每年 and the like at the end of a phrase, the phrase without): 食品检验量每年达到 is 每年食品检验量."""
    match = _form("each_last").search(text, start, end)
    if match and match.start() > start:
        return match["often"], (start, match.start())
    return "", (start, end)


def lightened(text: str, start: int, end: int) -> tuple[int, int]:
    """A phrase without a verb that only carries its noun: 完成危桥改造 is 危桥改造."""
    match = _form("light").match(text, start, end)
    return (match.end(), end) if match else (start, end)


def making(text: str, start: int, end: int) -> tuple[int, int]:
    """A making verb's phrase without what it is made in or for: 面向现代农业等领域重点建设 is 重点建设.

    A bare 建 says nothing about the indicator (建2个回收试点 counts 回收试点)."""
    if _form("bare_make").search(text, start, end):
        return end, end
    bodies = _form("bodies").match(text, start, end)
    start = bodies.end() if bodies else start
    area = _form("area").match(text, start, end)
    if area and area.end() < end:
        return area.end(), end
    return without_adjunct(text, *_without_manner(text, start, end), last=True)


def without_adjunct(text: str, start: int, end: int, *, last: bool = False) -> tuple[int, int]:
    """A phrase from its making verb on, where it opens with what the thing is made along or for (依托河道新建绿道).

    `last`: the verb ends the phrase."""
    start, end = _without_manner(text, start, end)
    if _form("adjunct").match(text, start, end):
        for match in make_verbs().finditer(text, start + 2, end):
            near = last or match.start() - start < _SHORTEST_ADJUNCT or text[match.end() : match.end() + 1] in _IN_LIST
            if match.end() == end or not near:
                return match.start(), end
    return start, end


def _without_manner(text: str, start: int, end: int) -> tuple[int, int]:
    """A phrase without the words that say how, by whom or in whose term its verb is done (因地制宜新建)."""
    manner = _change("verbs.manner").match(text, start, end)
    made = make_verbs().match(text, manner.end(), end) if manner else None
    return (manner.end(), end) if manner and made else (start, end)


def from_verb(text: str, start: int, end: int) -> tuple[int, int]:
    """A phrase with the verb of change that opens it, without what the thing is made along or for and what opens it."""
    start, end = without_adjunct(text, *strip_times(text, _skip(text, start, end), end))
    return tidy(text, start, end, drop_change=False)


def as_done(phrase: str) -> str:
    """A phrase that says of an area what is meant to be done there, as if it were done (全县将新建 is 全县新建)."""
    return rules.one("changes", "verbs.meant").sub(phrase)


def making_end(phrase: str) -> re.Match[str] | None:
    """The making verb at the end of a phrase; None when it ends otherwise."""
    tail = make_verbs().finditer(phrase, max(0, len(phrase) - _LONGEST_VERB))
    return next((match for match in tail if match.end() == len(phrase)), None)


def without_times(phrase: str) -> str:
    """A phrase without the times inside it that say by when (全市“十四五”新建道路)."""
    for time in reversed(times.find(phrase)):
        named = phrase.rfind("《", 0, time.span[0]) > phrase.rfind("》", 0, time.span[0])
        if tells_when(phrase, time, time.span[1]):
            continue
        if time.by and not time.base and not named and not phrase[time.span[1] :].startswith("规划"):
            phrase = phrase[: time.span[0]] + phrase[time.span[1] :]
    return phrase


def compose(text: str, *pieces: tuple[int, int]) -> str:
    """The phrase that several pieces of the text make, white space dropped."""
    return re.sub(r"\s", "", "".join(text[start:end] for start, end in pieces))
