"""Reads the statements of a clause: its quantities in order, alone or as the values of a 分别 list."""

from __future__ import annotations

import re
from dataclasses import replace

from plankb import quantities
from plankb.extractors import coordination, phrases
from plankb.extractors.counts import shared_noun
from plankb.extractors.predicates import predicate
from plankb.extractors.shape_parts import operator
from plankb.extractors.shapes import state
from plankb.extractors.statements import JOINT, Context, Statement
from plankb.model import Operator
from plankb.quantities import Quantity

_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
_EACH_ITS_OWN = re.compile(r"分别[^，。；\d]{0,8}\Z")


def read(context: Context) -> tuple[list[Statement], list[Quantity]]:
    """The statements of a clause in order, and the quantities that make none."""
    found: list[Statement] = []
    rejected: list[Quantity] = []
    edge, index = context.clause.span[0], 0
    while index < len(context.values):
        run = _run(context, edge, index)
        made = _group(context, edge, index, run) if len(run) > 1 else []
        if not made:
            anchored = replace(
                context, anchored=context.anchored or bool(found), verb=_verb(context, found), op=_op(found)
            )
            single = state(anchored, edge, index)
            made, run = ([single] if single else []), run[:1]
        if made:
            found += made
            edge = max(made[-1].quantity.span[1], *(piece[1] for piece in ((0, 0), *made[-1].pieces)))
        else:
            rejected += run
        index += len(run)
    return found, rejected


def _op(found: list[Statement]) -> Operator | None:
    """The operator before the last number, which binds the list that goes on."""
    last = found[-1].quantity if found else None
    return last.op if last and last.span[0] < last.core[0] and last.op != "=" else None


def _verb(context: Context, found: list[Statement]) -> str:
    """The making verb that holds for the next number of the clause."""
    for statement in reversed(found):
        words = phrases.compose(context.text, *statement.pieces[:1])
        made = phrases.make_verbs().match(words) or phrases.making_end(words)
        if made:
            return made.group()
    return context.verb


def _run(context: Context, edge: int, index: int) -> list[Quantity]:
    """Quantities that follow one another with nothing but a joint between: the values of a 分别 list.

    Only where 分别 is said may they measure different things."""
    run = [context.values[index]]
    mixed = _EACH_ITS_OWN.search(context.before(edge, run[0]))
    for quantity in context.values[index + 1 :]:
        between = _ASIDE.sub("", context.text[run[-1].span[1] : quantity.span[0]])
        if not re.fullmatch(JOINT, between) or not (mixed or _kind(quantity) == _kind(run[0])):
            break
        run.append(quantity)
    return run


def _kind(quantity: Quantity) -> str:
    return quantities.dimension(quantity.unit)


def _group(context: Context, edge: int, index: int, run: list[Quantity]) -> list[Statement]:
    first = shared_noun(context, edge, index, run[-1]) or predicate(context, edge, index, listed=True)
    if first is None or (len({_kind(quantity) for quantity in run}) > 1 and not _named_apart(context, first, len(run))):
        return []
    size = len(run)
    return [
        replace(first, quantity=quantity, op=operator(context, edge, quantity, first=first), group=(place, size))
        for place, quantity in enumerate(run)
    ]


def _named_apart(context: Context, statement: Statement, size: int) -> bool:
    """Whether the phrase names as many indicators as a list has values."""
    return coordination.split_for(phrases.compose(context.text, *statement.pieces), size) is not None
