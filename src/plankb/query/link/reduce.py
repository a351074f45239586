"""Phrases without the words of the question around a name: 碳排放要降 is about 碳排放, 赤泥怎么处理 about 赤泥."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.query.recognise.terms import Term

Known = Callable[[str], bool]
"""Whether a phrase stands in a name or a text of the plans."""

_LEAST, _PART = 2, 3
_MOST_PARTS = 4
_LONGEST = 24
"""Characters of a phrase that is taken apart; longer ones are whole sentences."""


def reduced(term: Term, known: Known, *, named: Known | None = None) -> Term:
    """The phrase itself where it is known; else what is known in it, where the rest are words around a name.

    With `named` what a name holds comes before what some text holds (碳排放强度降, of which a text says 降低).
    """
    if named and not named(term.text) and (inner := reduced(term, named)) is not term:
        return inner
    if term.whole or known(term.text) or len(term.text) > _LONGEST:
        return term
    spans = (span for span in _inner(term.text) if known(term.text[slice(*span)]))
    span = next(spans, None)
    return _part(term, *span) if span else term


def apart(term: Term, known: Known) -> tuple[Term, ...]:
    """The known parts that make up a phrase, words around them left out; () where it is no such phrase."""
    if term.whole or len(term.text) > _LONGEST:
        return ()
    return tuple(_part(term, *span) for span in _parts(term.text, known))


def without_tail(text: str) -> Iterator[str]:
    """A phrase, then what is left of it without words of a question at its end, the longest first."""
    yield text
    yield from (text[:end] for end in range(len(text) - 1, _PART, -1) if _is_tail(text, end))


def has_question_words(text: str) -> bool:
    """Whether a phrase starts or ends with words of a question, so that it is no name as it stands."""
    asks = rules.one("question_forms", "asking_part").search(text) is not None
    return asks or any(True for _ in _inner(text))


def known_parts(text: str, known: Known) -> tuple[str, ...]:
    """The longest stretches of a phrase that are known, from left to right; of two characters at least."""
    found, start = [], 0
    while start < len(text) - 1:
        ends = range(len(text), start + _LEAST - 1, -1)
        end = next((end for end in ends if known(text[start:end])), None)
        if end is None:
            start += 1
        else:
            found.append(text[start:end])
            start = end
    return tuple(found)


def _inner(text: str) -> Iterator[tuple[int, int]]:
    """The spans inside a phrase with nothing but words around a name before and after, the longest first."""
    starts = [start for start in range(len(text)) if not start or _around("before").fullmatch(text[:start])]
    ends = [end for end in range(1, len(text) + 1) if end == len(text) or _is_tail(text, end)]
    spans = [(start, end) for start in starts for end in ends if _LEAST <= end - start < len(text)]
    yield from sorted(spans, key=lambda span: (span[0] - span[1], span[0]))


def says_nothing(term: Term) -> bool:
    """Whether a phrase says no more than that something is intended (贵阳 | 计划压减 | 到多少), as all targets are, or
    how many there are of what the next phrase names (四个 | 新兴产业)."""
    rule = ("around.mood", "counted_before")
    return not term.whole and any(rules.one("question_forms", name).fullmatch(term.text) for name in rule)


def uncounted(text: str, known: Known) -> str:
    """A phrase without how many there are of what it names (三类道路总长度), and without a limit that is said of a
    measure (比重上限), where the plans have it so and not with them."""
    for name in ("counted_before", "limit_after"):
        rest = rules.one("question_forms", name).sub(text)
        if rest != text and len(rest) >= _LEAST and not known(text) and (name == "limit_after" or known(rest)):
            text = rest
    return text


def says_nothing_before(text: str) -> bool:
    """Whether a phrase is no more than a verb before what is asked for (新建 | 充电桩和加氢站)."""
    return _around("before").fullmatch(text) is not None


def _is_tail(text: str, start: int) -> bool:
    """Whether the rest of a phrase says no more than a verb and particles; a second measure (总量和占比) says more."""
    if rules.one("question_forms", "second_measure").search(text[start:]):
        return False
    mood = rules.one("question_forms", "around.mood").regex
    return bool(_around("after").fullmatch(text[start:]) or mood.fullmatch(text, start))


def _parts(text: str, known: Known) -> tuple[tuple[int, int], ...]:
    """The fewest known stretches that make up a phrase, joined by nothing but light words; () where there are none."""
    best: dict[int, tuple[tuple[int, int], ...]] = {0: ()}
    for start in range(len(text)):
        if start not in best:
            continue
        for end in range(start + 1, len(text) + 1):
            piece = text[start:end]
            if _is_light(piece, at_start=start == 0, at_end=end == len(text)):
                made = best[start]
            elif end - start >= _LEAST and "、" not in (piece[0], piece[-1]) and known(piece):
                made = (*best[start], (start, end))
            else:
                continue
            if len(made) <= _MOST_PARTS and (end not in best or len(made) < len(best[end])):
                best[end] = made
    found = best.get(len(text), ())
    short = [end - start for start, end in found if end - start < _PART]
    long = [end - start for start, end in found if end - start > _PART]
    return found if not short or (len(short) == 1 and long) else ()


def _is_light(piece: str, *, at_start: bool, at_end: bool) -> bool:
    return bool(
        _around("between").fullmatch(piece)
        or (at_start and _around("before").fullmatch(piece))
        or (at_end and _around("after").fullmatch(piece))
    )


def _part(term: Term, start: int, end: int) -> Term:
    return replace(term, text=term.text[start:end], span=(term.span[0] + start, term.span[0] + end))


@cache
def _around(place: str) -> re.Pattern[str]:
    return compiled(f"{rules.one('question_forms', f'around.{place}').expression}+")
