"""Counts of what is made, and values that stand before their indicator: forms of assertion without a predicate.

培养100名企业家, 分别新建3所和5所养老中心, 新建加注站10座; 具备3%的响应能力, 形成5亿块年环保砖产能.
"""

from __future__ import annotations

from dataclasses import replace

from plankb import rules
from plankb.extractors.targets.clause import (
    Assertion,
    Slot,
    form,
    is_place,
    is_share,
    joint,
    kept,
    kind,
    ranks,
)
from plankb.indicators import coordination, naming
from plankb.indicators import phrase as phrases
from plankb.model import Change, Span
from plankb.quantities import Quantity

_QUALITIES = ("voltage", "age", "temperature", "noise")
"""Dimensions that say what a thing is like, never how much of it is made."""
_EXTENTS = ("length", "area")


def _session(quantity: Quantity) -> bool:
    """Whether a quantity is a number of sessions (40期培训)."""
    return quantity.unit in rules.words("forms", "count.sessions")


def before(slot: Slot) -> Assertion | None:
    """培养100名优秀企业家: the verb, then the noun after the number."""
    aside = form("count.aside").match(slot.right) if slot.counts else None
    if is_share(slot.quantity) or (form("value.ends").match(slot.right) and not aside) or _only_ranks(slot):
        return None
    if kind(slot.quantity) in _QUALITIES:
        return None
    limited = slot.right.startswith("的")
    if limited and (slot.quantity.op == "=" or not slot.counts):
        return None
    skipped = aside.end() if aside else int(limited)
    if sized := _sized_first(slot):
        return sized
    noun = phrases.noun(slot.text, slot.end + skipped, slot.end + len(slot.right))
    if noun[0] >= noun[1] or _measured_next(slot, noun) or slot.text.endswith("全覆盖", *noun):
        return None
    phrase = phrases.making(slot.text, *slot.done)
    words = slot.words(phrase)
    sent = form("count.person_acts").fullmatch(slot.text, *noun) if _made(slot, words) else None
    noun = sent.span("who") if sent else noun
    doing = _doing(slot, noun, words)
    if doing:
        return doing
    verb = phrases.state_verb().search(slot.text, noun[0] + 2, slot.clause.span[1])
    stated = verb is not None and verb.start() < noun[1]
    if stated and (form("count.beside").search(slot.bare_left) or form("count.doers").search(slot.bare_left)):
        words = ""
    if not (_made(slot, words) if words else _counted_alone(slot, noun, stated=verb is not None, limited=limited)):
        return Assertion(slot.quantity, (noun,), slot.start, slot.op, "whole") if _acted(slot, noun) else None
    op = slot.list_op if slot.list_op and slot.op == "=" and not words else slot.op
    if words or verb is None or not stated:
        return Assertion(slot.quantity, kept(phrase, noun), phrase[0] if words else slot.start, op, "before")
    located = bool(form("count.doers").search(slot.bare_left))
    whole = ((verb.start(), noun[1]), (noun[0], verb.start())) if located else (noun,)
    return Assertion(slot.quantity, whole, slot.start, op, "whole", link="的")


def _sized_first(slot: Slot) -> Assertion | None:
    """培育3家以上年产值超百亿元、9家以上年产值达十亿元的链主企业: the first, whose things the end of the list names."""
    sized = form("count.sized").match(slot.text, slot.end, slot.clause.span[1]) if slot.counts else None
    verb = phrases.making(slot.text, *slot.done)
    if sized is None or not _made(slot, slot.words(verb)):
        return None
    pieces = (verb, sized.span("size"), sized.span("things"))
    return Assertion(slot.quantity, pieces, verb[0], slot.op, "before")


def _doing(slot: Slot, noun: Span, words: str) -> Assertion | None:
    """支持20个县推进商业体系建设, 新增10个乡镇通三级公路: how many of some do what stands behind them."""
    ways = ("count.who_does", "count.attribute") if slot.counts and not slot.quantity.small else ()
    found = next((said for way in ways if (said := form(way).fullmatch(slot.text, *noun))), None)
    led = bool(form("count.leads").fullmatch(words or slot.bare_left))
    made = form("count.adds").fullmatch(words)
    added = made is not None and (not made["where"] or naming.is_scope(made["where"]))
    goes_on = not words and bool(slot.verb)
    if found is None or not (led or added or goes_on):
        return None
    pieces = ((found.start("act"), found.end("act")), (found.start("who"), found.end("who")))
    start = slot.start if not words else slot.edge + slot.left.rfind(words)
    what = "whole" if led else "before"
    return Assertion(slot.quantity, pieces, start, slot.op, what, link="的", prefix=words if added else "")


def _acted(slot: Slot, noun: Span) -> bool:
    """Whether a count with a time opens its clause, or stands behind who is led to it, and what is done ends it
    (3家微站能力提升)."""
    opens = slot.anchored and slot.counts and (not slot.bare_left or form("count.doers").search(slot.bare_left))
    return bool(opens) and bool(rules.one("changes", "acts").search(slot.words(noun)))


def _made(slot: Slot, words: str) -> bool:
    """Whether the words before a number end in a verb that makes what is counted."""
    of_named = slot.counts and words.find("等") == len(words) - 1 and not form("count.list_of_named").match(slot.rest)
    if of_named and phrases.make_verbs().match(words):
        return True
    weak = slot.quantity.small or not (slot.counts or _session(slot.quantity))
    bare = form("count.in_area").sub("", words)
    words = words if form("count.leads").fullmatch(bare) else bare
    return bool(rules.pattern("changes", "verbs.strong_last" if weak else "verbs.make_last").search(words))


def _counted_alone(slot: Slot, noun: Span, *, stated: bool, limited: bool) -> bool:
    """Whether a count that no verb of its own precedes goes on from one, or says how many reach a state; or a length
    or an area goes on a list of counts (建成5个公园和20公里绿道)."""
    making = bool(rules.pattern("changes", "verbs.make_last").search(slot.bare_left))
    if slot.verb and kind(slot.quantity) in _EXTENTS and joint().fullmatch(slot.left):
        return bool(form("count.extent").fullmatch(slot.text, *noun))
    if not slot.counts or slot.quantity.small or not (slot.verb or stated or making):
        return False
    if limited and slot.quantity.text.endswith("以上") and not making:
        return False
    led = bool(slot.verb or making or slot.bare_left.endswith("累计"))
    return led or not (limited or slot.quantity.text.endswith(("以上", "以下")))


def _only_ranks(slot: Slot) -> bool:
    """Whether a unit orders or measures out a thing; sessions that are held (举办40期培训) are counted."""
    held = _session(slot.quantity) and form("count.held").search(slot.left)
    return slot.quantity.unit in ranks() and not held


def _measured_next(slot: Slot, noun: Span) -> bool:
    """Whether the noun after a count is what the next number measures (5条线路总长91公里)."""
    following: list[Quantity] = [q for q in slot.clause.quantities if q.span[0] >= noun[1]]
    if not following or following[0].span[0] != noun[1] or slot.end > noun[0]:
        return False
    words = slot.words(noun)
    return any(words.endswith(head) for head in naming.bare_heads())


def having_each(slot: Slot) -> Assertion | None:
    """各区建有1所职业培训学校, 每个县至少培育一家龙头企业: what each of some places or bodies shall have or make."""
    makes = form("count.each").search(slot.bare_left)
    owner = form("count.has").search(slot.bare_left) or makes
    owner = owner if slot.counts else None
    start = slot.left.find(owner["who"]) if owner else -1
    if owner is None or start < 0 or not (slot.anchored or slot.op != "=" or makes):
        return None
    noun = phrases.noun(slot.text, slot.end, slot.end + len(slot.right))
    chosen = form("count.each_act").search(slot.text, *noun)
    noun = (noun[0], chosen.start()) if chosen else noun
    if naming.predicate_at(slot.words(noun)):  # 1所医院达到三级水平: what follows belongs to the noun
        noun = phrases.noun(slot.text, slot.end, slot.clause.span[1])
    if noun[0] >= noun[1]:
        return None
    who = (slot.edge + start, slot.edge + start + len(owner["who"]))
    said = owner.groupdict()
    verb = (said.get("often") or "") + (said.get("verb") or "")
    return Assertion(slot.quantity, (who, noun), who[0], slot.op, "having", link=verb)


def shared_noun(slot: Slot, last: Slot) -> Assertion | None:
    """分别新建3所和5所养老服务中心: a verb, counts for as many times or places, and one noun after the last."""
    verb = form("count.each_made").search(slot.left)
    if verb is None or not last.counts or form("value.ends").match(last.right):
        return None
    start, end = slot.on_left(verb, "verb")
    noun = phrases.noun(slot.text, last.end, last.end + len(last.right))
    made = phrases.make_verbs().fullmatch(slot.text, start, end)
    timed = [time for time in slot.clause.times if time.span[1] <= start and time.by]
    if made is None or noun[0] >= noun[1] or len(timed) < 2:
        return None
    first = min(start, *(time.span[0] for time in timed if time.span[0] >= slot.edge), start)
    return Assertion(slot.quantity, ((start, end), noun), first, slot.op, "before")


def listed(slot: Slot, last: Slot) -> Assertion | None:
    """新建幼儿园、小学分别12所、18所: what is made, and counts of as many things or for as many years."""
    if not form("value.ends").match(last.right) or not form("count.apart").search(slot.left):
        return None
    start, end = slot.done
    at = form("count.apart").search(slot.text, start, end)
    where = slot.text[start : at.start()] if at else ""
    verb = phrases.make_verbs().match(slot.text, at.end() if at else start, end)
    if verb and at and verb.end() == end and len(coordination.members(where)) > 1:
        return Assertion(slot.quantity, (verb.span(), (start, at.start())), start, slot.op, "after")
    if verb is None or not slot.counts or verb.end() + 1 >= end or (where and not naming.is_scope(where)):
        return None
    return Assertion(slot.quantity, ((verb.start(), end),), start, slot.op, "after", prefix=where)


def listed_alike(slot: Slot, run: list[Quantity], last: Slot) -> Assertion | None:
    """改造供水、供热管网120公里、90公里: what is made, and as many amounts in one unit as it has members."""
    if not form("value.ends").match(last.right) or len({quantity.unit for quantity in run}) > 1 or is_share(run[0]):
        return None
    start, end = phrases.without_adjunct(slot.text, *slot.done)
    verb = phrases.make_verbs().match(slot.text, start, end)
    made = coordination.members(slot.words((verb.end(), end))) if verb else []
    if len(made) != len(run) or not all(made):
        return None
    return Assertion(slot.quantity, ((start, end),), start, slot.op, "after")


def after(slot: Slot) -> Assertion | None:
    """新建甲醇加注站10座, 名校长100名, 安装率100%."""
    quantity = slot.quantity
    if not form("value.ends").match(slot.right) or (quantity.small and not slot.led) or quantity.unit in ranks():
        return None
    if form("count.aside").match(slot.rest):
        return None
    prefix, phrase = phrases.yearly(slot.text, *slot.done)
    words = slot.words(phrase)
    long = form("count.long").fullmatch(words) and kind(quantity) == "length" and slot.stated
    summed = slot.stated and kind(quantity) in ("area", "length") and form("count.sum").fullmatch(slot.bare_left)
    if summed:
        return Assertion(quantity, (), slot.start, slot.op, "after")
    if not long and (len(words) < 2 or not _fits_after(slot, words)):
        return None
    change, named = (None, phrase) if slot.counts else _changed(slot, phrase)
    piece = phrases.lightened(slot.text, *phrases.without_adjunct(slot.text, *named))
    return Assertion(quantity, (piece,), phrase[0], slot.op, "after", change, prefix=prefix)


def _fits_after(slot: Slot, words: str) -> bool:
    """Whether words and the number right after them are an assertion without any predicate."""
    headed = naming.has_head(words)
    if is_share(slot.quantity):
        return headed
    if phrases.make_verbs().search(words):
        return True
    if slot.counts:
        planned = form("count.planned").match(words) or _sought(slot, words)
        return slot.anchored or bool(planned) or (headed and slot.quantity.op != "=")
    if kind(slot.quantity) == "money" and form("count.funds").match(slot.bare_left):
        return slot.anchored
    if kind(slot.quantity) == "money" and form("count.raised").search(words):
        return slot.anchored or bool(form("count.leads").match(slot.bare_left))
    if form("count.bounded").search(words) and slot.quantity.op != "=":
        return True
    listed = slot.edge > slot.clause.span[0]
    if slot.stated and kind(slot.quantity) in _EXTENTS and form("count.extent").fullmatch(words):
        return True
    return listed or (slot.anchored and (headed or slot.bare_left.startswith("其中") or is_place(words)))


def _sought(slot: Slot, words: str) -> bool:
    """Whether counted things are sought from above (年内争取国家级项目10个)."""
    asked = form("count.sought").search(slot.left.removesuffix(words))
    return bool(asked and form("count.sought_things").search(words))


def _changed(slot: Slot, phrase: Span) -> tuple[Change | None, Span]:
    """减少化肥使用量1.5万吨: the change and the indicator after the verb that opens the phrase."""
    for pattern, change in naming.predicates("change"):
        for end in range(phrase[0] + 2, min(phrase[0] + 5, phrase[1] - 1)):
            if pattern.fullmatch(slot.text[phrase[0] : end]):
                return change, (end, phrase[1])
    return None, phrase


def with_shared_nouns(text: str, found: list[Assertion]) -> list[Assertion]:
    """Counts that share the end of the last one's noun (8个市级和3个省级创新中心): each has it."""
    result = list(found)
    for index in range(len(found) - 2, -1, -1):
        first, second = result[index], result[index + 1]
        if first.form != "before" or second.form != "before" or not first.pieces or not second.pieces:
            continue
        noun, other = first.pieces[-1], found[index + 1].pieces[-1]
        if not joint().fullmatch(text[noun[1] : second.start]) or noun[0] < first.quantity.span[1]:
            continue
        kind_of, kind_other = form("list.kind").match(text, *noun), form("list.kind").match(text, *other)
        core = text[kind_of.end() : noun[1]] if kind_of else ""
        bare = kind_of and kind_other and not core and kind_other.end() == other[1]
        if bare and second.pieces[-1] != other:  # 3个国家级、8个省级、15个市级示范园: the last says it for both
            result[index] = replace(first, pieces=(*first.pieces, second.pieces[-1]))
        elif (
            kind_of
            and kind_other
            and text.startswith(core, kind_other.end())
            and kind_other.end() + len(core) < other[1]
        ):
            tail = (kind_other.end() + len(core), other[1])
            result[index] = replace(first, pieces=(*first.pieces, tail))
        elif shared := _shared_works(text, noun, other):
            result[index] = replace(first, pieces=(*first.pieces, shared))
    return [_without_uncounted(text, one) for one in result]


def _shared_works(text: str, noun: Span, other: Span) -> Span | None:
    """What is done to the things of two counts and is said behind the second only (100个农用地和50个建设用地治理试点);
    None where nothing is."""
    own, next_one = form("list.worked").fullmatch(text, *noun), form("list.worked").fullmatch(text, *other)
    return next_one.span("tail") if own and next_one and not own["tail"] and next_one["tail"] else None


def _without_uncounted(text: str, assertion: Assertion) -> Assertion:
    """A count whose noun goes on with a member that no number counts (5个百亿、若干个十亿级产业集群), without it."""
    if assertion.form != "before" or not assertion.pieces:
        return assertion
    start, end = assertion.pieces[-1]
    own = form("list.kind").match(text, start, end)
    vague = form("list.uncounted").match(text, own.end() if own else start, end)
    if vague is None or vague.end() >= end:
        return assertion
    named = own.span() if own else assertion.pieces[-2] if len(assertion.pieces) > 1 else (start, start)
    graded = vague["kind"].endswith("级") and not text.endswith("级", *named)
    kept = (named,) if own else ()
    return replace(assertion, pieces=(*assertion.pieces[:-1], *kept, (vague.end() - graded, end)))
