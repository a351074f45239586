"""The sentence of the plans that comes closest to a question, by the pairs of characters that they share.

For what was not understood, or was not read as a fact: its words need not stand together, nor all of them be there.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plankb import rules
from plankb.document.spans import overlap
from plankb.headings import heading_pattern
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import Passage, Span
from plankb.query.answering.fulltext import highlights, sentences
from plankb.query.answering.passages import LONGEST_QUOTE
from plankb.query.library import Library
from plankb.query.recognise.keywords import edges
from plankb.rules.lazy import LazyPattern

_PAIR = LazyPattern("[\u4e00-\u9fff](?=([\u4e00-\u9fff]))")
_TOKEN = compiled(r"[A-Za-z][A-Za-z0-9.]*|\d+(?:\.\d+)?")
_CLAUSE = compiled("[，；,;：]")
_CANDIDATES, _HEADING = 80, 25
_LEAST_PAIRS, _GAP = 3, 3
_NEARLY, _FIRST, _SAME = 0.75, 12, 30
"""The share of the best score that another sentence has to have to be told too, how many are looked at, and characters
by which two are the same."""
_COUNTED = LazyPattern("[几多](?:少个?)?([大个项类种][\u4e00-\u9fff]{2,4})")


_ASKED = LazyPattern(
    "(?:几|多少|多|哪)个?(?P<unit>年|月|天|小时|分钟|公里|千米|万吨|吨|立方米|平方米|万元|亿元|米|人|辆|座|处|次|倍|岁|度|克|兆瓦|万千瓦)"
)
"""The unit of an amount that a phrase asks for (留几年)."""


@dataclass(frozen=True, slots=True)
class Close:
    """A sentence, how many pairs of characters of a question it holds, and what share of them, rare ones counted more:
    0 to 1. `numbered`: it says how many there are of what the question counts; `second` is another sentence that holds
    nearly as much, None where none does."""

    passage: Passage
    share: float
    pairs: int
    numbered: bool = False
    second: Passage | None = None


def closest(
    words: Sequence[str],
    plans: Sequence[str],
    library: Library,
    *,
    figure: bool = False,
    unit: str | None = None,
    needed: Sequence[str] = (),
    dated: bool = False,
    ahead: bool = False,
    past: bool = False,
) -> Close | None:
    """The sentence that holds most of some words; None where none holds enough to be told from another.

    One with all of `needed` comes first, then one that says how many there are of what is counted (几大行动: 十大行动);
    `figure`: one with a figure is wanted, `unit` the unit of that figure where one is asked for; `dated`: one with a
    time; `ahead`: one on what is to come, `past`: one on what was done.
    """
    counted = [
        re.compile(rf"(?:{rules.one('parts', 'numeral').expression}|\d){match[1]}")
        for word in words
        for match in _COUNTED.finditer(word)
    ]
    asked = next((match["unit"] for word in words for match in _ASKED.finditer(word)), None)
    figure, unit = figure or asked is not None, unit or asked
    sought = re.compile(rf"[\d一二两三四五六七八九十百][\d.]*\s*个?[万亿]*{re.escape(unit or '')}") if figure else None
    wanted = frozenset(pair for word in words for pair in pairs(word))
    if len(wanted) < _LEAST_PAIRS or not plans:
        return None
    found = [(plan, span, text, _held(text, wanted)) for plan, span, text in _among(wanted, plans, library)]
    found = _with_context(found, sought) if asked else found
    counts = Counter(pair for *_, held in found for pair in held)
    weight = {pair: _weight(pair, counts[pair], len(found)) for pair in wanted}
    whole = math.fsum(weight.values())  # the same in whatever order: sets have another one in each run

    def rank(hit: tuple[str, Span, str, frozenset[str]]) -> tuple[bool, bool, float, int]:
        text, held = hit[2], hit[3]
        worth = _worth(text, sought) * _time_worth(text, dated=dated, ahead=ahead, past=past)
        return (
            bool(needed) and len(held) > 1 and all(said in text for said in needed),
            any(one.search(text) for one in counted),
            math.fsum(map(weight.__getitem__, held)) * worth,
            -len(text),
        )

    order = sorted(found, key=rank, reverse=True)
    if not order or not order[0][3]:
        return None
    best, enough = order[0], _NEARLY * rank(order[0])[2]
    first = _passage(best, weight, whole, library)
    close = (hit for hit in order[1:_FIRST] if rank(hit)[2] >= enough and not _overlap(hit, best))
    second = next((_passage(hit, weight, whole, library) for hit in close), None)
    numbered = any(one.search(best[2]) for one in counted)
    return Close(first, first.score, len(best[3]), numbered, second)


def _with_context(
    found: Sequence[tuple[str, Span, str, frozenset[str]]], sought: re.Pattern[str] | None
) -> list[tuple[str, Span, str, frozenset[str]]]:
    """The sentences, one with the amount that is asked for (保存期限不少于5年) with what the one before it holds."""
    last: tuple[str, Span, str, frozenset[str]] | None = None
    whole = []
    for hit in found:
        plan, span, text, held = hit
        follows = last is not None and last[0] == plan and 0 <= span[0] - last[1][1] <= _GAP
        goes_on = follows and bool(held) and sought is not None and sought.search(text)
        whole.append((plan, span, text, held | last[3]) if last and goes_on else hit)
        last = hit
    return whole


def _passage(
    hit: tuple[str, Span, str, frozenset[str]], weight: Mapping[str, float], whole: float, library: Library
) -> Passage:
    plan, span, text, held = hit
    share = math.fsum(map(weight.__getitem__, held)) / whole
    section = library.section_at(plan, span[0])
    return Passage(plan=plan, section=section, text=text, span=span, highlights=highlights(text, held), score=share)


def _overlap(one: tuple[str, Span, str, frozenset[str]], other: tuple[str, Span, str, frozenset[str]]) -> bool:
    """Whether two sentences are of one place of a text, or say the same."""
    near = one[0] == other[0] and overlap(one[1], other[1])
    return near or one[2][:_SAME] == other[2][:_SAME]


def _time_worth(text: str, *, dated: bool, ahead: bool, past: bool) -> float:
    """More for a time where one is wanted, less for what was done where what is to come is asked for, and the other
    way round."""
    done = (ahead or past) and rules.one("questions", "passage.past").search(text) is not None
    other = done if ahead else past and not done
    return (1.3 if dated and rules.one("parts", "year").search(text) else 1.0) * (0.85 if other else 1.0)


def _weight(pair: str, count: int, total: int) -> float:
    """How much a pair tells of what is asked; what stands nowhere counts less, with a little word in it nothing."""
    if count:
        return math.log(1 + total / (1 + count))
    return 0.0 if any(char in edges() for char in pair) else math.log(1 + total) / 2


def pairs(text: str) -> Iterator[str]:
    """Every two Chinese characters that stand together, and every word of Latin letters or digits, in small letters."""
    folded = text.lower()
    yield from (match.group() + match[1] for match in _PAIR.finditer(folded))
    yield from _TOKEN.findall(folded)


def _held(text: str, wanted: frozenset[str]) -> frozenset[str]:
    """Those of some pairs and words that are among the pairs of a text."""
    folded = text.lower()
    held = {pair for pair in wanted if pair in folded}
    if not held or all(_PAIR.match(pair) for pair in held):
        return frozenset(held)
    return frozenset(held & set(pairs(text)))  # 25 stands in 2025 and is no word of it


def _worth(text: str, sought: re.Pattern[str] | None) -> float:
    """Less for a heading, and for words without the figure that is sought."""
    heading = len(text) < _HEADING and (not text.endswith("。") or heading_pattern().match(text))
    return (0.5 if heading else 1.0) * (0.6 if sought and not sought.search(text) else 1.0)


def _windows(span: Span, text: str) -> Iterator[tuple[Span, str]]:
    """A sentence, of a long one each stretch of its clauses that can be quoted."""
    if len(text) <= LONGEST_QUOTE:
        yield span, text
        return
    starts = [0, *(match.end() for match in _CLAUSE.finditer(text))]
    for start in starts:
        end = max((end for end in (*starts, len(text)) if start < end <= start + LONGEST_QUOTE), default=0)
        if end:
            yield (span[0] + start, span[0] + end), text[start:end]


def _among(wanted: Iterable[str], plans: Sequence[str], library: Library) -> Iterator[tuple[str, Span, str]]:
    """The sentences to choose from: of an office's few plans all, else those of the passages that the index finds."""
    store = library.store
    if not store.has_fulltext:
        for plan in plans:
            for whole, said in sentences(store.text(plan)):
                yield from ((plan, span, text) for span, text in _windows(whole, said))
        return
    known = sorted(pair for pair in wanted if store.fulltext.says(pair))
    for hit in store.fulltext.near(known, plans=plans, limit=_CANDIDATES) if known else ():
        for (start, end), said in sentences(hit.text):
            whole = (hit.start + start, hit.start + end)
            yield from ((hit.plan, span, text) for span, text in _windows(whole, said))
