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
are in `counts.py` and `shares.py`. What a value starts from, and the year it is of, is read here too: the A of
由A提高到B, of 在A的基础上, of 比2020年的A下降B.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from plankb import quantities, rules
from plankb.extractors.targets import counts, shares
from plankb.extractors.targets import phrase as phrases
from plankb.extractors.targets.clause import (
    Assertion,
    ClauseRecord,
    Slot,
    form,
    is_count,
    joint,
    kind,
    reaching,
    signs,
)
from plankb.extractors.targets.outcome import ends_in_outcome
from plankb.indicators import coordination, naming
from plankb.model import Baseline, Operator, Span
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
    edge, index = clause.span[0], 0
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

    Only where 分别 is said may they measure different things."""
    run = [slot.quantity]
    mixed = form("list.each_its_own").search(slot.left)
    for quantity in slot.clause.quantities[slot.index + 1 :]:
        between = _ASIDE.sub("", slot.text[run[-1].span[1] : quantity.span[0]])
        if not joint().fullmatch(between) or not (mixed or kind(quantity) == kind(run[0])):
            break
        run.append(quantity)
    return run


def _group(slot: Slot, run: list[Quantity]) -> list[Assertion]:
    last = slot.other(slot.index + len(run) - 1)
    first = counts.shared_noun(slot, last) or predicate(slot, listed=True) or counts.listed(slot, last)
    if first is None or (len({kind(quantity) for quantity in run}) > 1 and not _named_apart(slot, first, len(run))):
        return []
    return [
        replace(first, quantity=quantity, op=_listed_op(slot, slot.other(slot.index + place)), group=(place, len(run)))
        for place, quantity in enumerate(run)
    ]


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
    if signs("describes").match(slot.right) or is_baseline(slot.clause, slot.index):
        return None
    if signs("belongs").search(slot.left) and not _sums_works(slot):
        return shares.provided(slot)
    found = next((made for read_form in _FORMS if (made := read_form(slot))), None)
    return replace(found, part=True) if found and _of_part(slot, found) else found


def _of_part(slot: Slot, found: Assertion) -> bool:
    """Whether a slot speaks of a part of what was counted before: 其中 opens its clause, or stands alone before the
    first of several places (其中，合肥市300个)."""
    if slot.bare_left.startswith("其中"):
        return True
    named = phrases.compose(slot.text, *found.pieces)
    return phrases.is_place(named) and slot.text.endswith(("其中，", "其中：", "其中,"), 0, slot.clause.span[0])


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
    quantity, left = slot.quantity, _without_year_of_value(slot)
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
    if found is None or not (listed or slot.ends):
        return None
    if per_head:
        quantity, per_head = _per_area(quantity, per_head)
    at, change = found
    if change and quantity.unit and slot.counts and phrases.make_verbs().match(left.strip("，、")):
        change = None
    end, baseline = _cut_baseline(slot.clause, slot.edge, slot.edge + at, unit=quantity.unit)
    end, base_year = _cut_base(slot.clause, slot.edge, end)
    baseline = baseline or (_behind(slot.text, quantity) if not change and not listed else None)
    prefix, whole = phrases.yearly(slot.text, _past_outcome(slot, end), end)
    phrase = phrases.tidy(slot.text, *whole)
    noun = None if listed else _noun_after(slot)
    pieces = tuple(piece for piece in (phrase, noun) if piece and piece[0] < piece[1])
    start = pieces[0][0] if pieces else phrases.strip_times(slot.text, slot.edge, slot.start)[0]
    return Assertion(
        quantity, pieces, start, slot.op, "predicate", change, multiple["year"] if multiple else base_year, baseline,
        prefix=per_head.group() if per_head else prefix,
        suffix=_yearly_change(left[at:]) if change else naming.share_suffix(left[at:]),
    )  # fmt: skip


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


def _yearly_change(words: str) -> str:
    """年均增长 belongs to the indicator: a yearly change is another measure than one by the end."""
    match = form("predicate.yearly_change").search(words)
    return match.group() if match else ""


def is_baseline(clause: ClauseRecord, index: int) -> bool:
    """Whether a quantity is the A of 由A提高到B, or of 在A的基础上."""
    quantity = clause.quantities[index]
    left = clause.text[clause.span[0] : quantity.span[0]]
    if form("base.on_it").match(clause.text[quantity.span[1] : clause.span[1]]):
        return True
    if index + 1 >= len(clause.quantities) or not form("base.from").search(left):
        return False
    between = clause.text[quantity.span[1] : clause.quantities[index + 1].span[0]]
    for time in clause.times:
        if time.by and quantity.span[1] <= time.span[0] and time.span[1] <= clause.quantities[index + 1].span[0]:
            between = clause.text[quantity.span[1] : time.span[0]] + reaching(time)
    return len(between) <= 10 and any(pattern.search(between) for pattern, _ in naming.predicates("level"))


def _cut_baseline(clause: ClauseRecord, edge: int, end: int, *, unit: str) -> tuple[int, Baseline | None]:
    """Where the phrase ends before 由A or 在A的基础上, and A in the unit of the target (None where it has no such)."""
    bare = form("base.bare").search(clause.text[edge:end])
    if bare:
        return edge + bare.start(), Baseline(value=float(bare["value"]), year=bare["year"])
    for index, quantity in enumerate(clause.quantities):
        if edge <= quantity.span[0] and quantity.span[1] <= end and is_baseline(clause, index):
            left = clause.text[edge : quantity.span[0]]
            lead = form("base.from_last").search(left) or form("base.compared").search(left)
            if lead:
                start = edge + lead.start()
                years = [t for t in clause.times if start <= t.span[0] and t.span[1] <= quantity.span[1] and t.last]
                year = str(years[-1].last) if years else None
                value = quantities.converted(quantity.value, quantity.unit, unit) if quantity.unit else quantity.value
                return start, None if value is None else Baseline(value=value, year=year)
    return end, None


def subject_before_base(clause: ClauseRecord, index: int) -> int | None:
    """Where the subject of a value's 在A的基础上 ends; None when the value is no such base."""
    edge = clause.span[0]
    if not is_baseline(clause, index):
        return None
    end, _ = _cut_baseline(clause, edge, clause.quantities[index].span[1], unit=clause.quantities[index].unit)
    return end if end < clause.quantities[index].span[0] else None


def _cut_base(clause: ClauseRecord, edge: int, end: int) -> tuple[int, str | None]:
    """Where the phrase ends before 较2020年, and the year."""
    for time in clause.times:
        between = clause.text[time.span[1] : end]
        if time.base and edge <= time.span[0] and time.span[1] <= end and form("base.between").match(between):
            return time.span[0], str(time.last) if time.last else None
    now = form("base.now").search(clause.text[edge:end])
    return (edge + now.start(), None) if now else (end, None)


def base_alone(clause: ClauseRecord) -> tuple[int, str] | None:
    """Where a subject ends before the base that closes its clause (能耗在2020年的基础上，), and its year; None where
    no base closes it. The subject may be empty."""
    for time in clause.times:
        said = clause.text[time.span[0] : clause.span[1]]
        if time.base and time.last and form("base.alone").fullmatch(said):
            return time.span[0], str(time.last)
    return None


def _behind(text: str, quantity: Quantity) -> Baseline | None:
    """The baseline right behind a value, in its unit (达到14.5平方米，较2020年的12.1平方米增加…); None without one."""
    said = form("base.behind").match(text, quantity.span[1])
    if said is None:
        return None
    found = quantities.find(said["value"])
    if not found or found[0].span[0]:
        return Baseline(value=float(said["number"]), year=said["year"]) if said["value"] == said["number"] else None
    value = quantities.converted(found[0].value, found[0].unit, quantity.unit)
    return None if value is None else Baseline(value=value, year=said["year"])


_FORMS: tuple[Callable[[Slot], Assertion | None], ...] = (
    dated,
    counts.having,
    shares.covered,
    shares.done_within,
    shares.patterned,
    shares.share,
    shares.proportion,
    predicate,
    counts.having_each,
    shares.people,
    shares.all_do,
    shares.treated,
    counts.before,
    counts.after,
)
"""In order: the first form that a slot has counts."""
