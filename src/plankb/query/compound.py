"""A question that asks several things at once, as the questions it is made of: A是多少？B呢？ · 建几座A、多少公里B."""

from __future__ import annotations

import re

from plankb import rules

_STOP = re.compile(r"(?<=[？?；;])")
_COMMA = re.compile(r"[，,、]")
_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?%?(?![\d.年月]|个五年)")
_SHORTEST = 4
_MEASURED = re.compile(r"(?:多少|几)[\u4e00-\u9fff]{1,4}")


def parts_of(text: str) -> tuple[str, ...]:
    """The questions in a text, in order, the first whole and the others as they go on from it; of one question itself.

    What a text tells before it asks (25年降18%我知道，那2030年呢) is the first part.
    """
    sentences = [part.strip() for part in _STOP.split(text) if part.strip("？?；;。 ")]
    found = [part for sentence in sentences for part in _clauses(sentence) if not _asks_for_list(part)]
    return tuple(found) if 1 < len(found) <= _SHORTEST and all(map(_is_whole, found)) else (text,)


def is_told(part: str) -> bool:
    """Whether a part tells something and asks nothing."""
    asks = rules.one("question_forms", "asking").search(part) or _MEASURED.search(part)
    return not (asks or part.rstrip().endswith(("？", "?")))


def as_question(told: str) -> str:
    """What is told as a question for its figure (25年降18%我知道: 25年降多少我知道)."""
    return _FIGURE.sub("多少", told, count=1)


def _asks_for_list(part: str) -> bool:
    """Whether a part only asks to name what the one before counts (有几项？分别是哪些)."""
    return rules.one("question_forms", "asks_for_list").fullmatch(part.strip("？?。 ")) is not None


def _clauses(sentence: str) -> tuple[str, ...]:
    """A sentence before and from its 那…呢, or at the comma between two amounts that it asks for."""
    told = rules.one("question_forms", "told_before").fullmatch(sentence)
    if told:
        return told["told"], told["asked"]
    for comma in _COMMA.finditer(sentence):
        before, after = sentence[: comma.start()], sentence[comma.end() :]
        if _MEASURED.search(before) and _MEASURED.match(after[_verb(after) :]):
            return before, after
    return (sentence,)


def _verb(clause: str) -> int:
    """Where a clause goes on after the verb that it starts with (铺多少公里)."""
    found = re.match(
        r"(?:要|共|一共|总)?(?:新?建成?|铺设?|修建?|装|新增|改造|完成|[总全]?(?:长度?|里程|面积|规模|投资|容量|产值|量)|[\u4e00-\u9fff])?(?:要|是|有|为|达到?)?(?=多少|几)",
        clause,
    )
    return found.end() if found else 0


def _is_whole(part: str) -> bool:
    return len(part) >= _SHORTEST
