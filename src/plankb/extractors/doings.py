"""Values of what is done: 毕业生实现100%就业, 队伍2小时内到达现场."""

from __future__ import annotations

import re
from functools import cache

from plankb import quantities, rules
from plankb.extractors import phrases
from plankb.extractors.shape_parts import operator
from plankb.extractors.statements import Context, Statement
from plankb.quantities import Quantity

_REACHED = re.compile(r"(?:全部|基本|均|都)?(?:实现|做到|达到|确保)\Z")
_INSIDE = re.compile(r"(?:以|之)?内")
_SHORTEST_ACT = 4


@cache
def _done() -> re.Pattern[str]:
    words = sorted(rules.load("changes")["verbs"]["done"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})(?:的?目标)?\Z")


def done(context: Context, edge: int, quantity: Quantity) -> Statement | None:
    """毕业生实现100%就业: the share of a population of which something is true."""
    left, rest = context.before(edge, quantity), context.after(quantity)
    reached, act = _REACHED.search(left), _done().match(rest)
    if quantity.unit not in ("%", "％") or reached is None or act is None:
        return None
    subject = phrases.tidy(context.text, edge, edge + reached.start())
    if subject[0] == subject[1]:
        return None
    noun = (quantity.span[1], quantity.span[1] + act.end())
    return Statement(quantity, (subject, noun), subject[0], operator(context, edge, quantity), "having")


def within(context: Context, edge: int, quantity: Quantity) -> Statement | None:
    """救援力量基本实现2小时内到达现场: how long something takes."""
    left, rest = context.before(edge, quantity), context.after(quantity)
    reached = _REACHED.search(left)
    inside = _INSIDE.match(rest)
    if quantities.dimension(quantity.unit) != "time" or reached is None or not (inside or quantity.op == "<="):
        return None
    subject = phrases.tidy(context.text, edge, edge + reached.start())
    start = quantity.span[1] + (inside.end() if inside else 0)
    act = phrases.noun(context.text, start, quantity.span[1] + len(rest))
    if subject[0] == subject[1] or act[1] - act[0] < _SHORTEST_ACT:
        return None
    return Statement(quantity, (subject, act), subject[0], "<=", "whole", suffix="时间")
