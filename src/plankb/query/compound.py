"""A question that asks several things at once, as the questions it is made of: A是多少？B呢？ · 建几座A、多少公里B."""

from __future__ import annotations

from plankb import rules
from plankb.kept_patterns import compiled

_STOP, _HALF_STOP = compiled(r"(?<=[？?])"), compiled(r"(?<=[；;])")
_COMMA = compiled(r"[，,、]")
_IN_BRACKETS = compiled(r"[（(][^（）()]*[）)]")
_SHORTEST, _MOST, _NAMED = 4, 4, 5
"""Characters of a part, parts of a question, and characters of a part that names what it asks the amount of."""


def parts_of(text: str) -> tuple[str, ...]:
    """The questions in a text, in order, the first whole and the others as they go on from it; of one question itself.

    What a text tells before it asks (25年降18%我知道，那2030年呢) is the first part.
    """
    sentences = [part.strip() for part in _STOP.split(text) if part.strip("？?；;。 ")]
    plan_alone = rules.one("question_forms", "plan_alone")
    if len(sentences) > 1 and (_IN_BRACKETS.fullmatch(sentences[-1]) or plan_alone.fullmatch(sentences[-1])):
        # …任务有哪些？（碳达峰方案）
        sentences[-2:] = [sentences[-1].strip("（）() ") + "，" + sentences[-2]]
    sentences = _with_how(sentences)
    halves = [half.strip() for part in sentences for half in _HALF_STOP.split(part) if half.strip("；; ")]
    sentences = sentences if any(map(is_told, halves)) else halves
    found = [part for sentence in sentences for part in _clauses(sentence) if not _asks_for_list(part)]
    return tuple(found) if 1 < len(found) <= _MOST and all(map(_is_whole, found)) else (text,)


def _with_how(parts: list[str]) -> list[str]:
    """The parts, one that only says how the one before is told (分别是多少，由大到小排) at the end of that."""
    tells = rules.one("question_forms", "tells_how")
    found: list[str] = []
    for part in parts:
        if found and tells.fullmatch(part.strip("？?；;。 ")):
            found[-1] = f"{found[-1].rstrip('？?；;。 ')}，{part}"
        else:
            found.append(part)
    return found


def is_told(part: str) -> bool:
    """Whether a part tells something and asks nothing."""
    asks = any(rules.one("question_forms", name).search(part) for name in ("asking", "amount_asked"))
    return not (asks or part.rstrip().endswith(("？", "?")))


def as_question(told: str) -> str:
    """What is told as a question for its figure (25年降18%我知道: 25年降多少我知道)."""
    return rules.pattern("question_forms", "figure_told").sub("多少", told, count=1)


def _asks_for_list(part: str) -> bool:
    """Whether a part only asks to name what the one before counts (有几项？分别是哪些)."""
    return rules.one("question_forms", "asks_for_list").fullmatch(part.strip("？?。 ")) is not None


def _clauses(sentence: str) -> tuple[str, ...]:
    """A sentence before and from its 那…呢, or at the comma between two amounts that it asks for."""
    told = rules.one("question_forms", "told_before").fullmatch(sentence)
    if told:
        return told["told"], told["asked"]
    first, next_ = rules.one("question_forms", "amount_asked"), rules.one("question_forms", "amount_next")
    each = [part.strip() for part in _COMMA.split(sentence)]
    added = any(rules.one("question_forms", "adds").match(part) for part in each[1:])  # 有几个，加起来多少: of the same
    if (
        len(each) > 1
        and not added
        and all(len(part) >= _NAMED and rules.one("question_forms", "amount_of").search(part) for part in each)
    ):
        return tuple(each)
    for comma in _COMMA.finditer(sentence):
        before, after = sentence[: comma.start()], sentence[comma.end() :]
        if rules.one("question_forms", "adds").match(after):
            continue
        if (
            (first.search(before) and next_.search(after))
            or (_is_of_headings(before) and _is_of_headings(after))
            or _is_of_who(before, after)
            or (_ends_with_amount(before) and rules.one("question_forms", "and_what_of").fullmatch(after))
        ):
            return before, after
    return (sentence,)


def _is_of_who(before: str, after: str) -> bool:
    """Whether it is asked who answers for a thing, then what is to be reached there."""
    who, reached = rules.one("question_forms", "who_asked"), rules.one("question_forms", "reached_asked")
    return bool(who.search(before) and reached.search(after))


def _ends_with_amount(clause: str) -> bool:
    return rules.one("question_forms", "amount_last").search(clause) is not None


def _is_of_headings(clause: str) -> bool:
    """Whether a clause asks for headings of a plan (分几章, 讲噪声的是第几章)."""
    return any(rules.one("question_forms", name).search(clause) for name in ("contents_count", "asks_where"))


def _is_whole(part: str) -> bool:
    return len(part) >= _SHORTEST
