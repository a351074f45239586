"""Forms of assertion without a predicate: counts of what is made, shares of a whole, what is done to a share.

培养100名企业家, 分别新建3所和5所养老中心, 新建加注站10座; 90%以上的机关达到要求, 招生规模不低于高职的10%,
具备3%的响应能力; 毕业生实现100%就业, 队伍2小时内到达现场.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from plankb import quantities, rules
from plankb.extractors.targets import phrase as phrases
from plankb.extractors.targets.clause import ASSERTION_END, GOAL_NOUN, PER_CENT, SHARES, Assertion, Slot, kind, ranks
from plankb.extractors.targets.coordination import head_pattern
from plankb.model import Change, Span
from plankb.quantities import Quantity

_SHORTEST_STATE, _LONGEST_WHOLE, _SHORTEST_ACT = 4, 14, 4
_QUALITIES = ("voltage", "age", "temperature", "noise")
"""Dimensions that say what a thing is like, never how much of it is made."""
_EACH_MADE = re.compile(r"(?:分别|各)(?P<verb>[^，。；、\d]{1,6}?)(?:不少于|不低于|至少|约|超过)?\Z")
_HAS = re.compile(
    r"(?P<who>(?:各|每个?|全部|所有)[^，。；]{1,20}?)(?:均|都|各|全部)*(?:建|设|配|拥|开设|配备)?有(?:至少|不少于)?\Z"
)
_SESSIONS = ("期", "轮", "班")
_HELD = re.compile(r"(?:完成|举办|开办|开展|组织|培训)(?:不少于|至少)?\Z")
_BESIDE = re.compile(r"(?:^|加强|开展|深化|推进|促进)[与对向在]\Z")
_PROPORTION = re.compile(
    r"(?P<op>原则上)?(?P<verb>不(?:应|得)?(?:低于|少于|高于|超过|大于)|(?:控制|稳定|保持)(?:到|在)|(?:提高|提升|降低|下降)(?:到|至)|达到|达|占到?|超过|大于|小于|低于)(?P<whole>[^，。；]{3,30})的?\Z"
)
_RATE = re.compile(r"(?:率|比例|占比|比重)\Z")
_WHOLE_SAID = re.compile(r"总(?:数|量|额|人数|面积|规模)的?\Z")
_WHOLE_END = re.compile(r"(?:总(?:数|量|额|人数|面积|规模|投资)|负荷|营业收入|销售收入|产值|用电量)\Z")
"""What a share is of where no 的 stands between the two (达到最高用电负荷5%)."""
_OUTPUT = re.compile(r"(?:形成|打造|建成|培育)(?P<head>年?(?:产值|总产值|营业收入|营收|规模|产能|销售收入))\Z")
_HAVING = re.compile(r"(?:具备|形成|拥有|建立)\Z")
_COMPLETING = re.compile(r"完成")
_COVERING = re.compile(r"(?:覆盖|惠及|服务|支持|带动)(?:超过|不低于|不少于)?\Z")
_NO_POPULATION = re.compile(r"[，。；、：（(]|以|的|[^，。；]{0,16}每(?:季度?|年|月|周|日|天|次)")
_REACHED = re.compile(r"(?:全部|基本|均|都)?(?:实现|做到|达到|确保)\Z")
_REACHES = re.compile(r"(?:可达|可到|直达|通达|可至)[^，。；、]{2,16}")
_INSIDE = re.compile(r"(?:以|之)?内")
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
_ADVERBS = re.compile(r"(?:均|都|要|应|须|将|基本|全部|全面|以上|能够|能|实现)*")
_DOERS = re.compile(
    r"(?:在|与|对|为|向|面向|推动|推进|引导|选择|选取|确保|促使|支持和?引导|鼓励|动员|发动|实现|带动)(?:至少|不少于|超过|约|全[市省县区])?\Z"
)
"""Before a count these say that the counted ones do what follows, and are not made by a verb."""
_SUPPORTED = re.compile(r"奖励|补助|补贴|贴息|返还|资助")
_SIZING = re.compile(r"(?:形成|具备|建成|实现|达到|拥有|突破|超过|新增|增加|净增|打造)\Z")
_SIZED_HEAD = re.compile(
    r"的?[^，。；、的]{0,14}(?:产能|能力|规模|库容|容量|装机|产值|营收|销售额|营业收入|交易额|水平|效益)"
)
_LIST_OF_NAMED = re.compile(r"[^，。；、]{1,16}、[^，。；\d]*等\d")
"""A list of things of several kinds that share what is done to them (甲等6条水流、乙等12个湖泊治理)."""
_ADDED = re.compile("新增|净增")
_ADVERB_ONLY = re.compile(r"(?:快速|加快|尽快|力争|争取|逐步|持续|稳步|努力|积极|率先|进一步|年均|共|总|累计)*")
_ASIDE_THEN_NOUN = re.compile(r"[（(][^）)]*[）)]的")


def _kept(pieces: Iterable[Span]) -> tuple[Span, ...]:
    """The pieces that hold something."""
    return tuple(piece for piece in pieces if piece[0] < piece[1])


def before(slot: Slot) -> Assertion | None:
    """培养100名优秀企业家: the verb, then the noun after the number."""
    if slot.quantity.unit in SHARES or ASSERTION_END.match(slot.right) or _only_ranks(slot):
        return None
    if kind(slot.quantity) in _QUALITIES:
        return None
    limited = slot.right.startswith("的")
    if limited and (slot.quantity.op == "=" or not slot.counts):
        return None
    noun = phrases.noun(slot.text, slot.end + limited, slot.end + len(slot.right))
    if noun[0] >= noun[1] or _measured_next(slot, noun) or slot.text.endswith("全覆盖", *noun):
        return None
    phrase = phrases.making(slot.text, *phrases.tidy(slot.text, slot.edge, slot.start, drop_change=False))
    words = slot.text[slice(*phrase)]
    verb = phrases.state_verb().search(slot.text, noun[0] + 2, slot.clause.span[1])
    stated = verb is not None and verb.start() < noun[1]
    if stated and (_BESIDE.search(slot.bare_left) or _DOERS.search(slot.bare_left)):
        words = ""
    if not (_made(slot, words) if words else _counted_alone(slot, stated=verb is not None, limited=limited)):
        return Assertion(slot.quantity, (noun,), slot.start, slot.op, "whole") if _acted(slot, noun) else None
    op = slot.list_op if slot.list_op and slot.op == "=" and not words else slot.op
    if words or verb is None or not stated:
        return Assertion(slot.quantity, _kept((phrase, noun)), phrase[0] if words else slot.start, op, "before")
    located = bool(_DOERS.search(slot.bare_left))
    whole = ((verb.start(), noun[1]), (noun[0], verb.start())) if located else (noun,)
    return Assertion(slot.quantity, whole, slot.start, op, "whole", link="的")


def _acted(slot: Slot, noun: Span) -> bool:
    """Whether a count with a time opens its clause, or stands behind who is led to it, and what is done ends it
    (3家微站能力提升)."""
    opens = slot.anchored and slot.counts and (not slot.bare_left or _DOERS.search(slot.bare_left))
    return bool(opens) and bool(rules.one("changes", "acts").search(slot.text[slice(*noun)]))


def _made(slot: Slot, words: str) -> bool:
    """Whether the words before a number end in a verb that makes what is counted."""
    of_named = slot.counts and words.find("等") == len(words) - 1 and not _LIST_OF_NAMED.match(slot.rest)
    if of_named and phrases.make_verbs().match(words):
        return True
    weak = slot.quantity.small or not (slot.counts or slot.quantity.unit in _SESSIONS)
    return bool(phrases.making_verb("strong" if weak else "make").search(words))


def _counted_alone(slot: Slot, *, stated: bool, limited: bool) -> bool:
    """Whether a count that no verb of its own precedes goes on from one, or says how many reach a state."""
    making = bool(phrases.making_verb("make").search(slot.bare_left))
    if not slot.counts or slot.quantity.small or not (slot.verb or stated or making):
        return False
    if limited and slot.quantity.text.endswith("以上") and not making:
        return False
    led = bool(slot.verb or making or slot.bare_left.endswith("累计"))
    return led or not (limited or slot.quantity.text.endswith(("以上", "以下")))


def _only_ranks(slot: Slot) -> bool:
    """Whether a unit orders or measures out a thing; sessions that are held (举办40期培训) are counted."""
    held = slot.quantity.unit in _SESSIONS and _HELD.search(slot.left)
    return slot.quantity.unit in ranks() and not held


def _measured_next(slot: Slot, noun: Span) -> bool:
    """Whether the noun after a count is what the next number measures (5条线路总长91公里)."""
    following: list[Quantity] = [q for q in slot.clause.quantities if q.span[0] >= noun[1]]
    if not following or following[0].span[0] != noun[1] or slot.end > noun[0]:
        return False
    words = slot.text[slice(*noun)]
    return any(words.endswith(head) for head in phrases.bare_heads())


def having_each(slot: Slot) -> Assertion | None:
    """各区建有1所职业培训学校: what each of some places or bodies shall have."""
    owner = _HAS.search(slot.bare_left) if slot.counts else None
    start = slot.left.find(owner["who"]) if owner else -1
    if owner is None or start < 0 or not (slot.anchored or slot.op != "="):
        return None
    noun = phrases.noun(slot.text, slot.end, slot.end + len(slot.right))
    if noun[0] >= noun[1]:
        return None
    who = (slot.edge + start, slot.edge + start + len(owner["who"]))
    return Assertion(slot.quantity, (who, noun), who[0], slot.op, "having")


def shared_noun(slot: Slot, last: Slot) -> Assertion | None:
    """分别新建3所和5所养老服务中心: a verb, counts for as many times or places, and one noun after the last."""
    verb = _EACH_MADE.search(slot.left)
    if verb is None or not last.counts or ASSERTION_END.match(last.right):
        return None
    start, end = slot.edge + verb.start("verb"), slot.edge + verb.end("verb")
    noun = phrases.noun(slot.text, last.end, last.end + len(last.right))
    made = phrases.make_verbs().fullmatch(slot.text, start, end)
    timed = [time for time in slot.clause.times if slot.edge <= time.span[0] and time.span[1] <= start and time.by]
    if made is None or noun[0] >= noun[1] or len(timed) < 2:
        return None
    return Assertion(slot.quantity, ((start, end), noun), timed[0].span[0], slot.op, "before")


def after(slot: Slot) -> Assertion | None:
    """新建甲醇加注站10座, 名校长100名, 安装率100%."""
    quantity = slot.quantity
    if not ASSERTION_END.match(slot.right) or quantity.small or quantity.unit in ranks():
        return None
    if _ASIDE_THEN_NOUN.match(slot.rest):
        return None
    tidied = phrases.tidy(slot.text, slot.edge, slot.start, drop_change=False)
    prefix, phrase = phrases.yearly(slot.text, *tidied)
    words = slot.text[slice(*phrase)]
    if len(words) < 2 or not _fits_after(slot, words):
        return None
    change, named = (None, phrase) if slot.counts else _changed(slot, phrase)
    piece = phrases.lightened(slot.text, *phrases.without_adjunct(slot.text, *named))
    return Assertion(quantity, (piece,), phrase[0], slot.op, "after", change, prefix=prefix)


def _fits_after(slot: Slot, words: str) -> bool:
    """Whether words and the number right after them are an assertion without any predicate."""
    headed = bool(head_pattern().search(words))
    if slot.quantity.unit in SHARES:
        return headed
    if phrases.make_verbs().search(words):
        return True
    if slot.counts:
        return slot.anchored or (headed and slot.quantity.op != "=")
    listed = slot.edge > slot.clause.span[0]
    return listed or (slot.anchored and (headed or slot.bare_left.startswith("其中")))


def _changed(slot: Slot, phrase: Span) -> tuple[Change | None, Span]:
    """减少化肥使用量1.5万吨: the change and the indicator after the verb that opens the phrase."""
    for pattern, change in phrases.predicates("change"):
        for end in range(phrase[0] + 2, min(phrase[0] + 5, phrase[1] - 1)):
            if pattern.fullmatch(slot.text[phrase[0] : end]):
                return change, (end, phrase[1])
    return None, phrase


def proportion(slot: Slot) -> Assertion | None:
    """A不低于B的10%: what A is of B."""
    if slot.quantity.unit not in PER_CENT or not slot.ends:
        return None
    if not (slot.left.endswith("的") or _WHOLE_END.search(slot.left)):
        return None
    match = _PROPORTION.search(slot.left)
    if match is None:
        return None
    subject = phrases.tidy(slot.text, slot.edge, slot.edge + match.start())
    whole = (slot.edge + match.start("whole"), slot.edge + match.end("whole") - match["whole"].endswith("的"))
    named = slot.text[slice(*subject)]
    measured = head_pattern().search(named) or named[-2:] in match["whole"] or _WHOLE_SAID.search(match["whole"])
    if len(named) < 2 or not measured:
        return None
    bound = quantities.find(match["verb"] + "1%")
    op = bound[0].op if slot.quantity.op == "=" and bound else slot.quantity.op
    if _RATE.search(named):
        return Assertion(slot.quantity, (subject,), subject[0], op, "predicate")
    return Assertion(slot.quantity, (subject, whole), subject[0], op, "proportion", link="占", suffix="的比例")


def having(slot: Slot) -> Assertion | None:
    """需求侧具备3%左右的尖峰负荷响应能力; 完成清单40%的整治目标; 形成20亿立方米年天然气产能."""
    if not slot.rest.startswith("的") or (slot.quantity.unit not in SHARES and _SIZED_HEAD.fullmatch(slot.rest)):
        return _sized(slot)
    noun = (slot.end + 1, slot.end + len(slot.rest))
    if slot.quantity.unit not in SHARES:
        made = _OUTPUT.search(slot.left) if slot.quantity.op == "=" else None
        if made is None:
            return None
        head = (slot.edge + made.start("head"), slot.edge + made.end("head"))
        return Assertion(slot.quantity, (noun, head), slot.edge + made.start(), slot.op, "having")
    verb = _HAVING.search(slot.left)
    if not (verb and head_pattern().search(slot.rest)):
        verb = _COMPLETING.search(slot.left) if GOAL_NOUN.match(slot.rest) else None
    if not verb:
        return None
    subject = phrases.tidy(slot.text, slot.edge, slot.edge + verb.start())
    pieces = _kept((subject, (slot.edge + verb.end(), slot.start), noun))
    return Assertion(slot.quantity, pieces, pieces[0][0], slot.op, "having")


def _sized(slot: Slot) -> Assertion | None:
    """形成20亿立方米年天然气产能, 突破50亿元交易规模: the value stands before the indicator that it is of."""
    verb = _SIZING.search(slot.left)
    if slot.quantity.unit in SHARES or not _SIZED_HEAD.fullmatch(slot.right) or not (verb or slot.led):
        return None
    subject = phrases.tidy(slot.text, slot.edge, slot.edge + verb.start() if verb else slot.start)
    words = slot.text[slice(*subject)]
    if _ADVERB_ONLY.fullmatch(words):
        subject = (subject[0], subject[0])
    of = slot.right.startswith("的")
    added = _ADDED.match(verb.group()) if verb else None
    verb_span = (
        (slot.edge + verb.start(), slot.edge + verb.start() + added.end()) if verb and added else subject[:1] * 2
    )
    pieces = _kept((subject, verb_span, (slot.end + of, slot.end + len(slot.right))))
    return Assertion(slot.quantity, pieces, pieces[0][0] if subject[0] < subject[1] else slot.start, slot.op, "having")


def share(slot: Slot) -> Assertion | None:
    """90%以上的机关达到要求: the share of those that do; 认证覆盖80%以上的企业: of those covered."""
    if slot.quantity.unit not in PER_CENT or GOAL_NOUN.match(slot.rest):
        return None
    if not slot.rest.startswith("的"):
        return _inner_share(slot) or _bare_share(slot)
    start, end = phrases.noun(slot.text, slot.end + 1, slot.end + len(slot.rest))
    scope = phrases.tidy(slot.text, slot.edge, slot.start)
    if _COVERING.search(slot.left) and scope[0] < scope[1]:
        return Assertion(slot.quantity, (scope, (start, end)), scope[0], slot.op, "share", link="的", suffix="比例")
    verb = phrases.state_verb().search(slot.rest[3:])
    if verb is None or (scope[0] < scope[1] and not phrases.is_scope(slot.text[slice(*scope)])):
        return None
    at = start + 2 + verb.start()
    at = min([at, *(q.span[0] for q in slot.clause.quantities if start + 1 < q.span[0] < at)])
    first = scope[0] if scope[0] < scope[1] else slot.start
    prefix = slot.text[slice(*scope)]
    pieces = ((at, end), (start, at))
    return Assertion(slot.quantity, pieces, first, slot.op, "share", prefix=prefix, link="的", suffix="比例")


def _inner_share(slot: Slot) -> Assertion | None:
    """新建建筑80%达到绿色标准: the share of what stands before it that reaches what stands after it."""
    reached = _ADVERBS.match(slot.rest)
    verb = phrases.state_verb().match(slot.rest, reached.end() if reached else 0)
    if verb is None or len(slot.rest) - verb.start() < _SHORTEST_STATE:
        return None
    noun = phrases.tidy(slot.text, slot.edge, slot.start)
    act = phrases.noun(slot.text, slot.end + verb.start(), slot.end + len(slot.rest))
    words = slot.text[slice(*noun)]
    if len(words) < 2 or head_pattern().search(words) or phrases.is_scope(words) or phrases.predicate_at(words):
        return None
    if _SUPPORTED.search(slot.text[slice(*act)]):
        return None
    return Assertion(slot.quantity, (noun, act), noun[0], slot.op, "whole", suffix="比例")


def _bare_share(slot: Slot) -> Assertion | None:
    """75%以上科技人员落户企业, 全省40%以上商场满足要求: the same without 的, where the share opens its clause."""
    scope = phrases.tidy(slot.text, slot.edge, slot.start) if slot.bare_left else (slot.edge, slot.edge)
    prefix = slot.text[slice(*scope)]
    if prefix and not phrases.is_scope(prefix):
        return None
    rest = _ASIDE.sub(lambda match: "　" * len(match.group()), slot.rest)
    state = phrases.state_verb().search(rest, 1)
    if state is None or len(rest) - state.start() < _SHORTEST_STATE:
        return None
    if len(rest[: state.start()].replace("　", "")) > _LONGEST_WHOLE or _NO_POPULATION.match(rest):
        return None
    start, end = phrases.noun(slot.text, slot.end, slot.end + len(slot.rest))
    at = start + state.start()
    population = (start, start + len(rest[: state.start()].split("　", 1)[0]))
    pieces = (population, (at, end)) if start < at else ((at, end),)
    return Assertion(
        slot.quantity,
        pieces,
        scope[0] if prefix else slot.start,
        slot.op,
        "share",
        prefix=prefix,
        suffix="比例",
    )


def done(slot: Slot) -> Assertion | None:
    """毕业生实现100%就业: the share of a population of which something is true."""
    if slot.quantity.unit not in PER_CENT:
        return None
    reached, act = _REACHED.search(slot.left), phrases.done_verb().match(slot.rest)
    if reached is None or act is None:
        return None
    subject = phrases.tidy(slot.text, slot.edge, slot.edge + reached.start())
    if subject[0] == subject[1]:
        return None
    return Assertion(slot.quantity, (subject, (slot.end, slot.end + act.end())), subject[0], slot.op, "having")


def within(slot: Slot) -> Assertion | None:
    """救援力量基本实现2小时内到达现场, 城区30分钟可达园区: how long something takes."""
    if kind(slot.quantity) != "time":
        return None
    reach = _REACHES.match(slot.rest)
    if reach is not None and slot.quantity.op == "=":
        subject = phrases.tidy(slot.text, slot.edge, slot.start)
        there = (slot.end, slot.end + reach.end())
        return None if subject[0] == subject[1] else _lasting(slot, subject, there)
    reached, inside = _REACHED.search(slot.left), _INSIDE.match(slot.rest)
    if reached is None or not (inside or slot.quantity.op == "<="):
        return None
    subject = phrases.tidy(slot.text, slot.edge, slot.edge + reached.start())
    act = phrases.noun(slot.text, slot.end + (inside.end() if inside else 0), slot.end + len(slot.rest))
    if subject[0] == subject[1] or act[1] - act[0] < _SHORTEST_ACT:
        return None
    return replace(_lasting(slot, subject, act), op="<=")


def _lasting(slot: Slot, subject: Span, act: Span) -> Assertion:
    return Assertion(slot.quantity, (subject, act), subject[0], slot.op, "whole", suffix="时间")
