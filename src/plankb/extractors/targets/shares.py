"""Forms of assertion that patterns say whole (`rules/assertions.toml`), and those of parts of a whole that need more.

90%以上的机关达到创建要求, 队伍2小时内到达现场, 对300户困难家庭进行改造; 招生规模不低于高职的10%, 3200户、1.1万人搬迁.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from plankb import quantities, rules
from plankb.extractors.targets.clause import PER_CENT, Assertion, Slot, form, joint, kept, kind
from plankb.indicators import naming
from plankb.indicators import phrase as phrases
from plankb.quantities import split_unit
from plankb.rules.kinds import AssertionForm

_SHORTEST = 2
_GIVEN: Mapping[str, Callable[[Slot, str], bool]] = {
    "time": lambda slot, _: slot.anchored,
    "list": lambda slot, _: slot.anchored or bool(slot.verb),
    "scope": lambda slot, _: slot.scoped,
    "no scope": lambda slot, _: not slot.scoped,
    "alone": lambda slot, left: slot.bare_left == left,
}
"""What a form may need besides its words; `left` is what it has found left of the value."""


def patterned(slot: Slot, kind_of: str) -> Assertion | None:
    """What a slot says in the first of the forms of one kind that it has."""
    return next((made for each in _forms(kind_of, slot.measures) if (made := of_form(slot, each))), None)


@cache
def _forms(kind_of: str, measures: frozenset[str]) -> tuple[AssertionForm, ...]:
    """The forms of a kind that a value of some measures may have, in order."""
    return tuple(each for each in rules.many("assertions", kind_of, AssertionForm) if each.measures & measures)


def of_form(slot: Slot, said: AssertionForm) -> Assertion | None:
    """What a slot says in one form; None where it has not that."""
    bound = slot.led if said.operator == "led" else said.operator in ("", slot.quantity.op)
    if not bound:
        return None
    right = said.sides[1].match(slot.right if said.near else slot.rest)
    left = said.sides[0].search(slot.left) if right else None
    if left is None or right is None or said.sides[2].search(slot.left):
        return None
    if not all(_GIVEN[need](slot, left.group()) for need in said.given):
        return None
    spans = {name: slot.on_left(left, name) for name in left.groupdict() if left[name] is not None}
    spans |= {name: slot.on_right(right, name) for name in right.groupdict() if right[name] is not None}
    if "noun" in spans:
        spans["noun"] = phrases.noun(slot.text, *spans["noun"])
    spans["subject"] = (
        phrases.tidy(slot.text, *spans["subject"])
        if "subject" in spans
        else slot.before_match(left if left.group() else None)
    )
    words = {name: slot.words(spans.get(name, (0, 0))) for name in said.named}
    if len(words["subject"]) < said.least or (said.thing and not _is_thing(words["subject"])):
        return None
    if said.measured and not naming.has_head(words[said.measured]):
        return None
    pieces = kept(*(spans[name] for name in said.pieces if name in spans))
    start = min(slot.start, *(spans[name][0] for name in said.named if name in spans and words[name]))
    start = slot.edge + left.start() if said.from_left else start
    op = said.binds or (">=" if slot.op == "=" and "bound" in spans else slot.op)
    prefix, suffix = said.prefix.format_map(words), said.suffix.format_map(words)
    return Assertion(
        slot.quantity, pieces, start, op, said.form, said.change, link=said.link, prefix=prefix, suffix=suffix
    )


def _is_thing(words: str) -> bool:
    """Whether words name something that is no measure and have no predicate."""
    return not naming.has_head(words) and naming.predicate_at(words) is None


def covered(slot: Slot) -> Assertion | None:
    """The share of some places that something covers, the first or a later one (覆盖90%以上社区和60%以上村)."""
    if slot.quantity.unit not in PER_CENT:
        return None
    said = form("share.covering").search(slot.text, slot.clause.span[0], slot.start)
    who = form("share.covered_place").match(slot.text, slot.end, slot.clause.span[1]) if said else None
    subject = phrases.tidy(slot.text, *said.span("subject")) if said else (0, 0)
    if who is None or subject[1] - subject[0] < _SHORTEST:
        return None
    return Assertion(slot.quantity, (subject, who.span("who")), subject[0], slot.op, "share", suffix="覆盖率")


def proportion(slot: Slot) -> Assertion | None:
    """A不低于B的10%, B的1.5倍: what A is of B."""
    times_as_much = kind(slot.quantity) == "multiple" and not form("predicate.multiple_of").search(slot.left)
    if not (slot.quantity.unit in PER_CENT or times_as_much) or not slot.ends:
        return None
    if not (slot.left.endswith("的") or form("share.whole_end").search(slot.left)):
        return None
    match = form("share.proportion").search(slot.left)
    if match is None:
        return None
    subject, whole = slot.before_match(match), slot.on_left(match, "whole")
    whole = (whole[0], whole[1] - match["whole"].endswith("的"))
    named = slot.words(subject)
    if not named and match["verb"].startswith("占"):  # of what was said before
        of = (slot.edge + match.start("verb"), whole[1])
        return Assertion(slot.quantity, (of,), of[0], slot.op, "predicate")
    measured = naming.has_head(named) or named[-2:] in match["whole"] or form("share.whole_said").search(match["whole"])
    if len(named) < 2 or not measured:
        return None
    bound = quantities.find(match["verb"] + "1%")
    op = bound[0].op if slot.quantity.op == "=" and bound else slot.quantity.op
    if times_as_much or form("share.rate").search(named):
        return Assertion(slot.quantity, (subject,), subject[0], op, "predicate")
    of_what = phrases.compose(slot.text, whole)
    return Assertion(slot.quantity, (subject,), subject[0], op, "proportion", suffix=f"占{of_what}的比例")


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
