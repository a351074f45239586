"""Populations that are counted: how many do something, have something done to them, or in how many places it is done.

56个贫困村全部退出, 对300户困难家庭进行改造, 在30个县建设医共体, 3200户、1.1万人搬迁.
"""

from __future__ import annotations

from dataclasses import replace

from plankb import rules
from plankb.extractors.targets import phrase as phrases
from plankb.extractors.targets.clause import Assertion, Slot, form, joint
from plankb.indicators import naming
from plankb.quantities import split_unit


def all_do(slot: Slot) -> Assertion | None:
    """56个贫困村全部退出: how many of a population do what stands behind them."""
    noun = (slot.end, slot.end + len(slot.rest))
    found = form("count.all_do").fullmatch(slot.text, *noun) if slot.counts and slot.anchored else None
    where = phrases.tidy(slot.text, slot.edge, slot.start)
    if found is None or slot.quantity.small or not (where[0] == where[1] or naming.is_scope(slot.text[slice(*where)])):
        return None
    pieces = tuple(piece for piece in (where, found.span("who"), found.span("act")) if piece[0] < piece[1])
    return Assertion(slot.quantity, pieces, pieces[0][0] if where[0] < where[1] else slot.start, slot.op, "whole")


def treated(slot: Slot) -> Assertion | None:
    """对300户困难家庭进行改造, 为80所小学安装设备, 在30个县建设医共体: how many something is done to or for, or in how
    many places it is done."""
    if not slot.counts or slot.quantity.small:
        return None
    noun = (slot.end, slot.end + len(slot.right))
    if form("count.worked_on").fullmatch(slot.bare_left):
        done = form("count.work_done").fullmatch(slot.text, *noun)
        if done:
            return Assertion(slot.quantity, (done.span("who"), done.span("act")), slot.start, slot.op, "whole")
        does = form("count.work_given").fullmatch(slot.text, *noun) if slot.anchored or slot.verb else None
    elif slot.anchored or slot.verb or form("count.leads").fullmatch(slot.bare_left):
        placed = form("count.placed").fullmatch(slot.bare_left) or form("count.leads").fullmatch(slot.bare_left)
        does = form("count.place_does").fullmatch(slot.text, *noun) if placed else None
    else:
        return None
    if does is None:
        return None
    return Assertion(slot.quantity, (does.span("act"), does.span("who")), slot.start, slot.op, "whole", link="的")


def people(slot: Slot) -> Assertion | None:
    """3200户、1.1万人搬迁: people counted as households and as heads, and what is done to them said once."""
    run = [q for q in slot.clause.quantities if q.span[0] >= slot.start]
    if len(run) > 1 and not joint().fullmatch(slot.text, slot.end, run[1].span[0]):
        run = run[:1]
    if not all(form("count.people").fullmatch(split_unit(q.unit)[1]) for q in run) or slot.quantity.small:
        return None
    noun = form("count.people_act").fullmatch(slot.text, run[-1].span[1], slot.clause.span[1])
    before = slot.clause.quantities[slot.index - 1] if slot.index else None
    goes_on = before is not None and bool(joint().fullmatch(slot.text, before.span[1], slot.start))
    if (
        noun is None
        or not (len(run) > 1 or goes_on)
        or not (slot.anchored or rules.pattern("changes", "verbs.make_last").search(slot.left))
    ):
        return None
    whose = _whose(slot)
    unit = split_unit(slot.quantity.unit)[1]
    who = noun["who"] or ("户" if unit == "户" else "人")
    who = rules.one("forms", "count.household").sub(who) if unit == "户" else who
    named = who + noun["act"]
    for rule in rules.many("forms", "count.poor"):
        named = rule.sub(named)
    start = slot.start - len(whose) if slot.bare_left == whose else slot.start
    whom = whose + named.removesuffix(noun["act"])
    return Assertion(slot.quantity, (noun.span("act"),), start, slot.op, "whole", prefix=whom)


def _whose(slot: Slot) -> str:
    """Whose people a list of counts speaks of, said once before the first of them (现行标准下的); "" if none."""
    index, found = slot.index, slot.clause.quantities
    while index and joint().fullmatch(slot.text, found[index - 1].span[1], found[index].span[0]):
        index -= 1
    said = replace(slot.other(index), edge=slot.clause.span[0]).bare_left if index < slot.index else slot.bare_left
    return said if said.endswith("的") or naming.is_scope(said) else ""
