"""Counts of what is made: 培养100名企业家, 分别新建3所和5所养老中心, 新建加注站10座."""

from __future__ import annotations

import re

from plankb.extractors import phrases
from plankb.extractors.coordination import head_pattern
from plankb.extractors.shape_parts import (
    STATEMENT_END,
    is_count,
    left_words,
    making_verb,
    operator,
    predicates,
    state_verb,
)
from plankb.extractors.statements import SHARES, Context, Statement, ranks
from plankb.model import Change, Span
from plankb.quantities import Quantity

_EACH_MADE = re.compile(r"(?:分别|各)(?P<verb>[^，。；、\d]{1,6}?)(?:不少于|不低于|至少|约|超过)?\Z")


_HAS = re.compile(
    r"(?P<who>(?:各|每个?|全部|所有)[^，。；]{1,20}?)(?:均|都|各|全部)*(?:建|设|配|拥|开设|配备)?有(?:至少|不少于)?\Z"
)
_SESSIONS = ("期", "轮", "班")
_HELD = re.compile(r"(?:完成|举办|开办|开展|组织|培训)(?:不少于|至少)?\Z")
_BESIDE = re.compile(r"(?:^|加强|开展|深化|推进|促进)[与对向在]\Z")


def before(context: Context, edge: int, quantity: Quantity, right: str) -> Statement | None:
    """培养100名优秀企业家: the verb, then the noun after the number."""
    if quantity.unit in SHARES or STATEMENT_END.match(right) or _only_ranks(context, edge, quantity):
        return None
    if right.startswith("的") and (quantity.op == "=" or not is_count(quantity)):
        return None
    phrase = phrases.making(context.text, *phrases.tidy(context.text, edge, quantity.span[0], drop_change=False))
    words = context.text[slice(*phrase)]
    bare_left = left_words(context, edge, quantity)
    noun_start = quantity.span[1] + right.startswith("的")
    noun = phrases.noun(context.text, noun_start, quantity.span[1] + len(right))
    if noun[0] >= noun[1] or _measured_next(context, quantity, noun):
        return None
    verb = state_verb().search(context.text, noun[0] + 2, context.clause.span[1])
    if _BESIDE.search(bare_left) and verb and verb.start() < noun[1]:
        words = ""
    if words:
        kind = "strong" if quantity.small or not (is_count(quantity) or quantity.unit in _SESSIONS) else "make"
        if not making_verb(kind).search(words):
            return None
    elif not is_count(quantity) or not (context.verb or verb or making_verb("make").search(bare_left)):
        return None
    making = making_verb("make").search(bare_left)
    if not words and right.startswith("的") and quantity.text.endswith("以上") and not making:
        return None
    led = context.verb or bare_left.endswith("累计") or making
    if not words and not led and (right.startswith("的") or quantity.text.endswith(("以上", "以下"))):
        return None
    op = operator(context, edge, quantity)
    if op == "=" and context.op and not words:
        op = context.op
    if not words and verb and verb.start() < noun[1]:
        whole: tuple[Span, ...] = ((verb.start(), noun[1]), (noun[0], verb.start()))
        located = bare_left.endswith(("在", "与", "对", "为", "向"))
        return Statement(quantity, whole if located else (noun,), quantity.span[0], op, "whole", link="的")
    pieces = tuple(piece for piece in (phrase, noun) if piece[0] < piece[1])
    return Statement(quantity, pieces, phrase[0] if words else quantity.span[0], op, "before")


def _only_ranks(context: Context, edge: int, quantity: Quantity) -> bool:
    """Whether a unit orders or measures out a thing; sessions that are held (举办40期培训) are counted."""
    held = quantity.unit in _SESSIONS and _HELD.search(context.before(edge, quantity))
    return quantity.unit in ranks() and not held


def having_each(context: Context, edge: int, quantity: Quantity, right: str) -> Statement | None:
    """各区建有1所职业培训学校: what each of some places or bodies shall have."""
    left = left_words(context, edge, quantity)
    owner = _HAS.search(left)
    start = context.before(edge, quantity).find(owner["who"]) if owner else -1
    if (
        owner is None
        or start < 0
        or not is_count(quantity)
        or not (context.anchored or operator(context, edge, quantity) != "=")
    ):
        return None
    noun = phrases.noun(context.text, quantity.span[1], quantity.span[1] + len(right))
    who = (edge + start, edge + start + len(owner["who"]))
    if noun[0] >= noun[1]:
        return None
    return Statement(quantity, (who, noun), who[0], operator(context, edge, quantity), "having")


def shared_noun(context: Context, edge: int, index: int, last: Quantity) -> Statement | None:
    """分别新建3所和5所养老服务中心: a verb, counts for as many times or places, and one noun after the last."""
    quantity = context.values[index]
    verb = _EACH_MADE.search(context.before(edge, quantity))
    right = context.right(context.values.index(last))
    if verb is None or not is_count(last) or last.unit in ranks() or STATEMENT_END.match(right):
        return None
    start, end = edge + verb.start("verb"), edge + verb.end("verb")
    noun = phrases.noun(context.text, last.span[1], last.span[1] + len(right))
    made = phrases.make_verbs().fullmatch(context.text, start, end)
    timed = [time for time in context.mentions if edge <= time.span[0] and time.span[1] <= start and time.by]
    if made is None or noun[0] >= noun[1] or len(timed) < 2:
        return None
    op = operator(context, edge, quantity)
    return Statement(quantity, ((start, end), noun), timed[0].span[0], op, "before")


def _measured_next(context: Context, quantity: Quantity, noun: Span) -> bool:
    """Whether the noun after a count is what the next number measures (5条线路总长91公里)."""
    following = [q for q in context.values if q.span[0] >= noun[1]]
    words = context.text[slice(*noun)]
    measured = any(words.endswith(head) for head in phrases.bare_heads())
    return bool(following) and following[0].span[0] == noun[1] and measured and quantity.span[1] <= noun[0]


def after(context: Context, edge: int, quantity: Quantity, right: str) -> Statement | None:
    """新建甲醇加注站10座, 名校长100名, 安装率100%."""
    if not STATEMENT_END.match(right) or quantity.small or quantity.unit in ranks():
        return None
    if re.match(r"[（(][^）)]*[）)]的", context.after(quantity)):
        return None
    prefix, phrase = phrases.yearly(
        context.text, *phrases.tidy(context.text, edge, quantity.span[0], drop_change=False)
    )
    words = context.text[slice(*phrase)]
    if len(words) < 2:
        return None
    headed = bool(head_pattern().search(words))
    part = context.anchored and left_words(context, edge, quantity).startswith("其中")
    if quantity.unit in SHARES:
        fits = headed
    elif is_count(quantity):
        bound = headed and quantity.op != "="
        fits = bool(phrases.make_verbs().search(words) or context.anchored or bound)
    else:
        listed = edge > context.clause.span[0]
        fits = bool(phrases.make_verbs().search(words) or (headed and context.anchored) or listed or part)
    if not fits:
        return None
    op = operator(context, edge, quantity)
    change, named = _changed(context, phrase) if not is_count(quantity) else (None, phrase)
    piece = phrases.lightened(context.text, *named)
    return Statement(quantity, (piece,), phrase[0], op, "after", change, prefix=prefix)


def _changed(context: Context, phrase: Span) -> tuple[Change | None, Span]:
    """减少化肥使用量1.5万吨: the change and the indicator after the verb that opens the phrase."""
    for pattern, change in predicates("change"):
        for end in range(phrase[0] + 2, min(phrase[0] + 5, phrase[1] - 1)):
            if pattern.fullmatch(context.text[phrase[0] : end]):
                return change, (end, phrase[1])
    return None, phrase
