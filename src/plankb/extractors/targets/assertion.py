"""Assertions: which quantities of a clause say what an indicator shall reach, and in which form.

dated         (更新设备50台，)其中2024年20台、2025年30台
predicate     森林覆盖率达到64%, 能耗降低18%, 比例不低于30%, 由10项提高到15项
proportion    职业本科招生规模不低于高职招生规模的10%
having        需求侧具备3%左右的尖峰负荷响应能力; 毕业生实现100%就业
share         90%以上的机关达到创建要求
whole         队伍基本实现2小时内到达现场, 56个贫困村全部退出
before        培养100名优秀企业家
after         新建甲醇加注站10座, 名校长100名

A quantity in none of these forms describes a noun, is a baseline, or belongs to a name. The forms without a predicate
are in `counts.py` and `shares.py`; what a value starts from is in `bases.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

from plankb import quantities, rules
from plankb.extractors.targets import bases, counts, shares
from plankb.extractors.targets.clause import (
    Assertion,
    ClauseRecord,
    Slot,
    form,
    is_count,
    is_place,
    is_share,
    joint,
    kind,
    reaching,
    signs,
)
from plankb.extractors.targets.outcome import ends_in_outcome
from plankb.indicators import coordination, naming
from plankb.indicators import phrase as phrases
from plankb.model import Change, Operator, Span
from plankb.quantities import Quantity

_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
_LONGEST_LIST = 30
"""Values that a list of a plan has at most; of more that no phrase names nothing is made, as of a row of figures."""
_MANY_BOILERS = 1_000
"""Tonnes of steam an hour (蒸吨) that no single boiler of a plan gives."""


def read(
    clause: ClauseRecord, *, anchored: bool = False, verb: str = "", stated: bool = False
) -> tuple[list[Assertion], list[Quantity]]:
    """The assertions of a clause in order, and the quantities that make none. `stated`: the sentence has asserted
    something before."""
    found: list[Assertion] = []
    rejected: list[Quantity] = []
    edge, index = past_state(clause), 0
    while index < len(clause.quantities):
        slot = Slot(
            clause,
            index,
            edge,
            anchored or bool(found),
            _verb(clause, found) or verb,
            _op(found),
            stated or bool(found),
        )
        run = _run(slot)
        made = _group(slot, run) if len(run) > 1 else []
        if found and (slot.left == "/" or _beside(slot)):  # 200万千瓦/400万千瓦时, 3条210公里: one indicator
            made, run = [replace(found[-1], quantity=slot.quantity)], run[:1]
        elif found and (again := _measured_again(slot, found[-1])):
            made, run = [again], run[:1]
        if not made and len(run) <= _LONGEST_LIST:
            single = _assert(slot)
            made, run = ([single] if single else []), run[:1]
        if made:
            found += made
            edge = max(made[-1].quantity.span[1], *(piece[1] for piece in ((0, 0), *made[-1].pieces)))
        else:
            rejected += run
        index += len(run)
    return counts.with_shared_nouns(clause.text, found), rejected


def _beside(slot: Slot) -> bool:
    """Whether a length or an area stands right behind the number of the things that it is of (3条210公里)."""
    before = slot.clause.quantities[slot.index - 1] if slot.index else None
    adjoins = before is not None and before.span[1] == slot.start and is_count(before)
    return adjoins and kind(slot.quantity) in ("length", "area")


def _measured_again(slot: Slot, before: Assertion) -> Assertion | None:
    """What has just been counted, where a 、 joins its measure in other units to its number (危房45栋、1.8万平方米)."""
    other = kind(slot.quantity) != kind(before.quantity)
    if slot.left != "、" or not other or is_share(slot.quantity) or not form("value.ends").match(slot.right):
        return None
    if before.form == "after" and is_count(before.quantity) and not is_count(slot.quantity):
        return replace(before, quantity=slot.quantity, op=slot.op)
    whole = form("count.parcels").fullmatch(slot.text, *before.pieces[-1]) if before.form == "before" else None
    named = whole and len(before.pieces) > 1 and not phrases.make_verbs().fullmatch(slot.text, *before.pieces[0])
    return (
        replace(before, pieces=before.pieces[:1], quantity=slot.quantity, op=slot.op, form="after") if named else None
    )


def _op(found: list[Assertion]) -> Operator | None:
    """The operator before the last number, which binds the list that goes on."""
    last = found[-1].quantity if found else None
    return last.op if last and last.span[0] < last.core[0] and last.op != "=" else None


def _verb(clause: ClauseRecord, found: list[Assertion]) -> str:
    """The making verb that the assertions so far have said; "" when they have not."""
    for assertion in reversed(found):
        words = phrases.compose(clause.text, *assertion.pieces[:1])
        made = phrases.make_verbs().match(words) or phrases.making_end(words)
        if made:
            return made.group()
    return ""


def _run(slot: Slot) -> list[Quantity]:
    """Quantities that follow one another with nothing but a joint between: the values of a 分别 list.

    Only where 分别 is said may they measure different things and each have a predicate of its own."""
    run = [slot.quantity]
    mixed = form("list.each_its_own").search(slot.left)
    for quantity in slot.clause.quantities[slot.index + 1 :]:
        between = _ASIDE.sub("", slot.text[run[-1].span[1] : quantity.span[0]])
        said = naming.predicate_at(between) if mixed else None
        between = between[: said[0]] if said else between
        if not joint().fullmatch(between) or not (mixed or kind(quantity) == kind(run[0])):
            break
        run.append(quantity)
    return run


def _group(slot: Slot, run: list[Quantity]) -> list[Assertion]:
    last = slot.other(slot.index + len(run) - 1)
    first = (
        counts.shared_noun(slot, last)
        or predicate(slot, listed=True)
        or shares.proportion(slot)
        or counts.listed(slot, last)
        or counts.listed_alike(slot, run, last)
    )
    if first is None or (len({kind(quantity) for quantity in run}) > 1 and not _named_apart(slot, first, len(run))):
        return []
    starts = bases.of_list(slot, first.baseline, len(run)) if first.baseline else [None] * len(run)
    changes = _changes(slot, run, first.change)
    return [
        replace(first, quantity=quantity, op=_listed_op(slot, slot.other(slot.index + place)), group=(place, len(run)),
                baseline=starts[place], change=changes[place])
        for place, quantity in enumerate(run)
    ]  # fmt: skip


def _changes(slot: Slot, run: list[Quantity], first: Change | None) -> list[Change | None]:
    """How each value of a list changes, which a later one may say anew (分别下降5%、增长3%)."""
    changes = [first]
    for before, quantity in pairwise(run):
        said = naming.predicate_at(slot.text[before.span[1] : quantity.span[0]])
        changes.append(said[1] if said else changes[-1])
    return changes


def _listed_op(first: Slot, member: Slot) -> Operator:
    """An operator before a list (分别不低于15和20亿元) binds all, one after its last only that."""
    return first.quantity.op if first.led and member.quantity.op == "=" else member.op


def _named_apart(slot: Slot, assertion: Assertion, size: int) -> bool:
    """Whether the phrase names as many indicators as a list has values."""
    return coordination.split_for(phrases.compose(slot.text, *assertion.pieces), size) is not None


def _assert(slot: Slot) -> Assertion | None:
    """What a quantity says; None when it describes a noun, is a baseline, or belongs to a name."""
    limits = rules.one("forms", "value.limits").words
    if slot.quantity.text.endswith(limits) and not form("value.ends").match(slot.right):
        return None
    if _sizes_boiler(slot.quantity) or _only_tells(slot):
        return None
    if form("value.focus").match(slot.rest) or form("value.permits").search(slot.left):
        return None
    if signs("describes").match(slot.right) or bases.is_base(slot.clause, slot.index):
        return None
    if signs("belongs").search(slot.left) and not _sums_works(slot):
        return shares.patterned(slot, "provided")
    found = next((made for read_form in _FORMS if (made := read_form(slot))), None)
    return replace(found, part=True) if found and _of_part(slot, found) else found


def _of_part(slot: Slot, found: Assertion) -> bool:
    """Whether a slot speaks of a part of what was counted before: 其中 opens its clause, or stands alone before the
    first of several places (其中，合肥市300个)."""
    if slot.bare_left.startswith("其中"):
        return True
    named = phrases.compose(slot.text, *found.pieces)
    return is_place(named) and slot.text.endswith(("其中，", "其中：", "其中,"), 0, slot.clause.span[0])


def _sums_works(slot: Slot) -> bool:
    """Whether a sum of money is that of all the works counted right before it (项目120个，总投资900亿元)."""
    summed = kind(slot.quantity) == "money" and form("count.works_sum").fullmatch(slot.bare_left)
    return bool(summed and slot.stated and form("count.works_counted").search(slot.text, 0, slot.edge))


def _sizes_boiler(quantity: Quantity) -> bool:
    """Whether steam output says how large a boiler is (35蒸吨锅炉), and not how much of it is replaced (50万蒸吨)."""
    amount = quantities.split_unit(quantity.unit)[0] * quantity.value
    return kind(quantity).startswith("boiler") and amount < _MANY_BOILERS


def _only_tells(slot: Slot) -> bool:
    """Whether a quantity says what support is given, how large a place is, or what the counted things after it are."""
    before = slot.clause.quantities[slot.index - 1] if slot.index else None
    if before and is_count(before) and form("value.repeated").match(slot.text, before.span[1], slot.start):
        return True
    if slot.counts and form("value.repeated").match(slot.rest):
        return True
    if slot.counts and form("count.matters").match(slot.rest) and form("count.of_matters").search(slot.left):
        return True
    if signs("capped").search(slot.text[max(0, slot.text.rfind("。", 0, slot.start)) : slot.start]):
        return True
    if slot.counts:
        return bool(form("value.meets").fullmatch(slot.right)) and not replace(slot, edge=slot.clause.span[0]).bare_left
    if signs("support").search(slot.left) or (not slot.anchored and signs("size").search(slot.left)):
        return True
    return bool(form("list.making").search(slot.left) and form("list.goes_on").match(slot.rest))


def dated(slot: Slot) -> Assertion | None:
    """其中2024年850台、2025年1200台: a value of what was asserted before, with a year of its own."""
    times_before = [t for t in slot.clause.times if slot.edge <= t.span[0] and t.span[1] <= slot.start and t.by]
    if not slot.stated or not times_before or not form("value.ends").match(slot.right):
        return None
    time = times_before[-1]
    before, after = slot.text[slot.edge : time.span[0]], slot.text[time.span[1] : slot.quantity.core[0]]
    if time.base or not form("part.begins").fullmatch(before) or not form("part.said").fullmatch(after):
        return None
    return Assertion(slot.quantity, (), time.span[0], slot.op, "dated")


def predicate(slot: Slot, *, listed: bool = False) -> Assertion | None:
    """An indicator, its predicate, the value."""
    quantity, left = slot.quantity, form("size.classes_last").sub("", _without_year_of_value(slot))
    per_head = form("predicate.per_head").search(left)
    if per_head and per_head.start() > 2 and _says_measure(slot, left[: per_head.start()]):
        left = left[: per_head.start()]
    else:
        per_head = None
    multiple = form("predicate.multiple_of").search(left) if kind(quantity) == "multiple" else None
    if multiple:
        left = left[: multiple.start()]
    found = naming.predicate_at(left)
    if found is None and slot.led:
        found = None if slot.right.startswith("的") and not listed else (len(left), None)
    again = None if listed else _counted_again(slot)
    if found is None or not (listed or again or slot.ends):
        return None
    if per_head:
        quantity, per_head = _per_area(quantity, per_head)
    at, change = found
    if change and quantity.unit and slot.counts and phrases.make_verbs().match(left.strip("，、")):
        change = None
    end, baseline = bases.cut_value(slot.clause, slot.edge, slot.edge + at, unit=quantity.unit)
    end, base_year = bases.cut_year(slot.clause, slot.edge, end)
    baseline = baseline or (bases.behind(slot.text, quantity) if not change and not listed else None)
    if kind(quantity) == "money" and (a_head := form("predicate.a_head").search(slot.text, slot.edge, end)):
        end = a_head.start()
    prefix, whole = phrases.yearly(slot.text, _past_outcome(slot, end), end)
    phrase = phrases.tidy(slot.text, *whole)
    noun = None if listed else _noun_after(slot) if again is None else again
    noun = None if again and slot.text.endswith(slot.text[slice(*again)], *phrase) else noun
    pieces = tuple(piece for piece in (phrase, noun) if piece and piece[0] < piece[1])
    start = pieces[0][0] if pieces else phrases.strip_times(slot.text, slot.edge, slot.start)[0]
    return Assertion(
        quantity, pieces, start, slot.op, "predicate", change, multiple["year"] if multiple else base_year, baseline,
        prefix=per_head.group() if per_head else prefix,
        suffix=_yearly_change(left[at:]) if change else naming.share_suffix(left[at:]),
    )  # fmt: skip


def part_share(slot: Slot) -> Assertion | None:
    """其中水稻85%、油菜70%: the rate of parts that the sentence has said of the whole."""
    named = form("part.of_rate").search(slot.text, slot.clause.span[0], slot.start)
    if named is None or not is_share(slot.quantity) or not slot.stated or not form("value.ends").match(slot.right):
        return None
    return Assertion(slot.quantity, (named.span("part"),), named.start("part"), slot.op, "predicate")


def _says_measure(slot: Slot, left: str) -> bool:
    """Whether an indicator, or it and its predicate, stand before what a value is per (排放量每万平方米不高于)."""
    return bool(naming.predicate_at(left) or (slot.led and naming.has_head(left)))


def _without_year_of_value(slot: Slot) -> str:
    """The words before a quantity without the year that stands between its predicate and it (提高到2027年的80%)."""
    for time in slot.clause.times:
        after = slot.text[time.span[1] : slot.quantity.core[0]]
        if time.by and slot.edge < time.span[0] and time.span[1] <= slot.quantity.core[0] and after in ("", "的"):
            return slot.text[slot.edge : time.span[0]] + reaching(time)
    return slot.left


def past_state(clause: ClauseRecord) -> int:
    """Where a clause goes on after a state of all that a 、 joins to its first share (课程全覆盖、七成教师参加)."""
    first = clause.quantities[0] if clause.quantities else None
    at = first.span[0] - 1 if first and is_share(first) else clause.span[0]
    stated = clause.text[at] == "、" and ends_in_outcome(clause.text, clause.span[0], at)
    return at + 1 if stated else clause.span[0]


def _past_outcome(slot: Slot, end: int) -> int:
    """Where the phrase starts after an outcome in words that a 、 closes (应免尽免、抗体合格率保持在70%)."""
    for index in range(end - 1, slot.edge, -1):
        if slot.text[index] == "、" and index + 1 < end and ends_in_outcome(slot.text, slot.edge, index):
            return index + 1
    return slot.edge


def _per_area(quantity: Quantity, per_head: re.Match[str]) -> tuple[Quantity, re.Match[str] | None]:
    """每平方公里1万人 is 1万人/平方公里; what a number of people or things has stays with the indicator."""
    unit = per_head.group()[1:]
    if quantities.dimension(unit) in ("area", "length", "volume"):
        return replace(quantity, unit=f"{quantity.unit}/{unit}"), None
    return quantity, per_head


def _noun_after(slot: Slot) -> Span | None:
    """达到83%节能要求: the noun after the value completes the indicator; None when there is none."""
    match = form("value.requirement").match(slot.right)
    return (slot.end, slot.end + match.end()) if match and match.end() > 2 else None


def _counted_again(slot: Slot) -> Span | None:
    """县（市） of 从6个县（市）扩大到20个县（市）: the noun that both numbers count; None where they count none."""
    before = slot.clause.quantities[slot.index - 1] if slot.index else None
    if before is None or before.unit != slot.quantity.unit or not bases.is_base(slot.clause, slot.index - 1):
        return None
    again = slot.text[before.span[1] : slot.start]
    size = next((at for at in range(len(again), 0, -1) if slot.right.startswith(again[:at])), 0)
    return (slot.end, slot.end + size) if size and form("value.ends").match(slot.right[size:]) else None


def _yearly_change(words: str) -> str:
    """年均增长 belongs to the indicator: a yearly change is another measure than one by the end."""
    match = form("predicate.yearly_change").search(words)
    return match.group() if match else ""


_FORMS: tuple[Callable[[Slot], Assertion | None], ...] = (
    dated,
    shares.covered,
    partial(shares.patterned, kind_of="form"),
    shares.proportion,
    predicate,
    counts.having_each,
    shares.people,
    partial(shares.patterned, kind_of="counted"),
    counts.before,
    part_share,
    counts.after,
)
"""In order: the first form that a slot has counts."""
