"""The shapes of language in which a quantity says what an indicator shall reach.

predicate     森林覆盖率达到64%, 能耗降低18%, 比例不低于30%, 由10项提高到15项
proportion    职业本科招生规模不低于高职招生规模的10%
having        需求侧具备3%左右的尖峰负荷响应能力
share         90%以上的机关达到创建要求
before        培养100名优秀企业家
after         新建甲醇加注站10座, 名校长100名
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from plankb import quantities, rules
from plankb.extractors import phrases
from plankb.extractors.coordination import head_pattern
from plankb.extractors.statements import SHARES, Context, Statement, counters, ranks, signs
from plankb.model import Baseline, Change, Operator, Span
from plankb.quantities import Quantity

_GOAL_NOUN = re.compile(
    r"的?(?:总体|预期|约束性|整治|改造|建设)?(?:目标|要求|任务|水平|标准)(?:要求|任务)?(?=$|[，。；、）”])"
)
_LIMITS = ("及以上", "及以下", "或以上", "或以下")
"""After a number these make it the limit of a class of things (75蒸吨及以下锅炉), not a value."""
_BASELINE = re.compile(r"(?:由|从)[^，。；]{0,14}\Z")
_BASE_NOW = re.compile(
    r"(?:同比|(?:较|比)(?:上年|去年|现状|目前|现有|上一年度?)|在(?:现有|目前|现状)[^，。；]{0,6})(?:基础上|水平上)?\Z"
)
_AFTER_BASE = re.compile(r"(?:年)?(?:底|末|同期|水平|的|相比|基础上|基数|总体|分别|均|累计|平均|要|应|再)*\Z")
_MULTIPLE_OF = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年(?:底|末)?|现有|目前|全国平均水平|全省平均水平)(?:水平)?的\Z")
_DETACHED = re.compile(r"(至少|最少|不少于|不低于)(?=[^，。；]{1,12}\Z)|(最多|不超过)(?=[^，。；]{1,6}\Z)")
_STATEMENT_END = re.compile(r"(?:等|的目标|目标|任务)?(?=$|[，。；、：:）)”（(]|和|及|与|以及)")
_PER_HEAD = re.compile(r"每(?:十万|百万|千|万|百)?[^，。；\d]{1,6}\Z")
_PROPORTION = re.compile(
    r"(?P<op>原则上)?(?P<verb>不(?:应|得)?(?:低于|少于|高于|超过|大于)|达到|达|占到?|超过|大于|小于|低于)(?P<whole>[^，。；]{3,30})的?\Z"
)


_EACH_MADE = re.compile(r"(?:分别|各)(?P<verb>[^，。；、\d]{1,6}?)(?:不少于|不低于|至少|约|超过)?\Z")
_BESIDE = re.compile(r"(?:^|加强|开展|深化|推进|促进)[与对向在]\Z")


@cache
def _predicates(kind: str) -> tuple[tuple[re.Pattern[str], Change | None], ...]:
    filler = rules.load("operators")["filler"]["adverb" if kind == "change" else "pattern"]
    return tuple(
        (re.compile(rf"(?:{entry['pattern']})(?:{filler})*\Z"), entry.get("direction"))
        for entry in rules.load("changes")[kind]
    )


@cache
def _verbs(kind: str) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, rules.load("changes")["verbs"][kind]), key=len, reverse=True))
    return re.compile(rf"(?:{words})了?(?:至少|最少|不少于|超过|约|共|总计|合计|累计|各)?\Z")


@cache
def state_verb() -> re.Pattern[str]:
    """A verb of the state that part of a population reaches."""
    return re.compile(rules.load("changes")["verbs"]["state"])


def state(context: Context, edge: int, index: int) -> Statement | None:
    """The statement that a quantity makes; None when it describes a noun, is a baseline, or belongs to a name."""
    quantity = context.values[index]
    left, right = context.before(edge, quantity), context.right(index)
    if quantity.text.endswith(_LIMITS) or quantities.dimension(quantity.unit).startswith("boiler"):
        return None
    if is_baseline(context, index) or signs("describes").match(right) or signs("belongs").search(left):
        return None
    found = (
        _having(context, edge, quantity)
        or _share(context, edge, quantity)
        or _proportion(context, edge, quantity, right)
        or predicate(context, edge, index)
        or _before(context, edge, quantity, right)
        or _after(context, edge, quantity, right)
    )
    part = left_words(context, edge, quantity).startswith("其中")
    return replace(found, part=True) if found and part else found


def is_baseline(context: Context, index: int) -> bool:
    """Whether a quantity is the A of 由A提高到B, or of 在A的基础上."""
    quantity = context.values[index]
    left = context.text[context.clause.span[0] : quantity.span[0]]
    if re.match(r"的?(?:基础上|水平上)", context.after(quantity)):
        return True
    if index + 1 >= len(context.values) or not _BASELINE.search(left):
        return False
    between = context.text[quantity.span[1] : context.values[index + 1].span[0]]
    return len(between) <= 10 and any(pattern.search(between) for pattern, _ in _predicates("level"))


def operator(context: Context, edge: int, quantity: Quantity, *, first: Statement | None = None) -> Operator:
    """How a value binds: an operator before a list (分别不低于15和20亿元) binds all, one after its last only that."""
    if quantity.op != "=":
        return quantity.op
    if first is not None and first.quantity.span[0] < first.quantity.core[0]:
        return first.quantity.op
    match = _DETACHED.search(context.before(edge, quantity))
    return "=" if not match else ">=" if match[1] else "<="


def predicate(context: Context, edge: int, index: int, *, listed: bool = False) -> Statement | None:
    """An indicator, its predicate, the value."""
    quantity = context.values[index]
    left, right = context.before(edge, quantity), context.right(index)
    per_head = _PER_HEAD.search(left)
    if per_head and _predicate_at(left[: per_head.start()]) and per_head.start() > 2:
        left = left[: per_head.start()]
    else:
        per_head = None
    multiple = _MULTIPLE_OF.search(left) if quantities.dimension(quantity.unit) == "multiple" else None
    if multiple:
        left = left[: multiple.start()]
    found = _predicate_at(left)
    if found is None and quantity.span[0] < quantity.core[0]:
        found = None if right.startswith("的") and not listed else (len(left), None)
    if found is None or not (listed or _ends(right)):
        return None
    if per_head:
        quantity, per_head = _per_area(quantity, per_head)
    at, change = found
    if change and quantity.unit and _is_count(quantity) and phrases.make_verbs().match(left.strip("，、")):
        change = None
    end, baseline = _cut_baseline(context, edge, edge + at, unit=quantity.unit)
    end, base_year = _cut_base(context, edge, end)
    prefix, phrase = phrases.yearly(context.text, *phrases.tidy(context.text, _past_outcome(context, edge, end), end))
    noun = None if listed else _noun_after(quantity, right)
    pieces = tuple(piece for piece in (phrase, noun) if piece and piece[0] < piece[1])
    start = pieces[0][0] if pieces else phrases.strip_times(context.text, edge, quantity.span[0])[0]
    prefix = per_head.group() if per_head else prefix
    base_year = multiple["year"] if multiple else base_year
    return Statement(
        quantity, pieces, start, operator(context, edge, quantity), "predicate", change, base_year, baseline,
        prefix=prefix, suffix=_yearly(left[at:]) if change else "",
    )  # fmt: skip


def _past_outcome(context: Context, edge: int, end: int) -> int:
    """Where the phrase starts after an outcome in words that a 、 closes (应免尽免、抗体合格率保持在70%)."""
    from plankb.extractors.qualitative import ends_in_outcome

    for index in range(end - 1, edge, -1):
        if index + 1 < end and context.text[index] == "、" and ends_in_outcome(context.text, edge, index):
            return index + 1
    return edge


def _per_area(quantity: Quantity, per_head: re.Match[str]) -> tuple[Quantity, re.Match[str] | None]:
    """每平方公里1万人 is 1万人/平方公里; what a number of people or things has stays with the indicator."""
    unit = per_head.group()[1:]
    if quantities.dimension(unit) in ("area", "length", "volume"):
        return replace(quantity, unit=f"{quantity.unit}/{unit}"), None
    return quantity, per_head


def _predicate_at(left: str) -> tuple[int, Change | None] | None:
    """(offset of the predicate that ends `left`, its change); the longest one counts."""
    best: tuple[int, Change | None] | None = None
    for kind in ("level", "change"):
        for pattern, change in _predicates(kind):
            match = pattern.search(left)
            if match and (best is None or match.start() < best[0]):
                best = match.start(), change
    return best


def _ends(right: str) -> bool:
    """Whether a statement ends with its value (达到83%节能要求 ends with its noun)."""
    return bool(_GOAL_NOUN.match(right) or _STATEMENT_END.match(right) or _requirement().match(right))


@cache
def _requirement() -> re.Pattern[str]:
    return re.compile(r"[^，。；、的\d]{0,6}要求(?=$|[，。；、])")


def _noun_after(quantity: Quantity, right: str) -> Span | None:
    """达到83%节能要求: the noun after the value completes the indicator; None when there is none."""
    match = _requirement().match(right)
    return (quantity.span[1], quantity.span[1] + match.end()) if match and match.end() > 2 else None


def _yearly(words: str) -> str:
    """年均增长 belongs to the indicator: a yearly change is another measure than one by the end."""
    match = re.search(r"年均(?:增长|提高|提升|降低|下降|减少|增加|递增)", words)
    return match.group() if match else ""


def _cut_baseline(context: Context, edge: int, end: int, *, unit: str) -> tuple[int, Baseline | None]:
    """Where the phrase ends before 由A or 在A的基础上, and A in the unit of the target (None where it has no such)."""
    for index, quantity in enumerate(context.values):
        if edge <= quantity.span[0] and quantity.span[1] <= end and is_baseline(context, index):
            left = context.text[edge : quantity.span[0]]
            lead = re.search(r"(?:由|从)[^由从，。；]{0,14}\Z", left) or re.search(
                r"(?:在|较|(?<!占)比)[^，。；]{0,14}\Z", left
            )
            if lead:
                start = edge + lead.start()
                years = [t for t in context.mentions if start <= t.span[0] and t.span[1] <= quantity.span[1] and t.last]
                year = str(years[-1].last) if years else None
                value = quantities.converted(quantity.value, quantity.unit, unit) if quantity.unit else quantity.value
                return start, None if value is None else Baseline(value=value, year=year)
    return end, None


def subject_before_base(context: Context, index: int) -> int | None:
    """Where the subject of a value's 在A的基础上 ends; None when the value is no such base."""
    edge = context.clause.span[0]
    if not is_baseline(context, index):
        return None
    end, _ = _cut_baseline(context, edge, context.values[index].span[1], unit=context.values[index].unit)
    return end if end < context.values[index].span[0] else None


def _cut_base(context: Context, edge: int, end: int) -> tuple[int, str | None]:
    """Where the phrase ends before 较2020年, and the year."""
    for time in context.mentions:
        between = context.text[time.span[1] : end]
        if time.base and edge <= time.span[0] and time.span[1] <= end and _AFTER_BASE.match(between):
            return time.span[0], str(time.last) if time.last else None
    now = _BASE_NOW.search(context.text[edge:end])
    return (edge + now.start(), None) if now else (end, None)


def _proportion(context: Context, edge: int, quantity: Quantity, right: str) -> Statement | None:
    """A不低于B的10%: what A is of B."""
    left = context.before(edge, quantity)
    match = _PROPORTION.search(left)
    if quantity.unit not in ("%", "％") or not left.endswith("的") or match is None or not _ends(right):
        return None
    subject = phrases.tidy(context.text, edge, edge + match.start())
    whole = (edge + match.start("whole"), edge + match.end("whole") - match["whole"].endswith("的"))
    named = context.text[slice(*subject)]
    whole_said = re.search(r"总(?:数|量|额|人数|面积|规模)的?\Z", match["whole"])
    if len(named) < 2 or not (head_pattern().search(named) or named[-2:] in match["whole"] or whole_said):
        return None
    bound = quantities.find(match["verb"] + "1%")
    op = quantity.op if quantity.op != "=" or not bound else bound[0].op
    return Statement(quantity, (subject, whole), subject[0], op, "proportion", link="占", suffix="的比例")


def _having(context: Context, edge: int, quantity: Quantity) -> Statement | None:
    """需求侧具备3%左右的尖峰负荷响应能力; 完成清单40%的整治目标."""
    left, rest = context.before(edge, quantity), context.after(quantity)
    if not rest.startswith("的"):
        return None
    made = quantity.op == "=" and re.search(
        r"(?:形成|打造|建成|培育)(?P<head>年?(?:产值|总产值|营业收入|营收|规模|产能|销售收入))\Z", left
    )
    if made and quantity.unit not in SHARES:
        noun = (quantity.span[1] + 1, quantity.span[1] + len(rest))
        head = (edge + made.start("head"), edge + made.end("head"))
        return Statement(quantity, (noun, head), edge + made.start(), operator(context, edge, quantity), "having")
    if quantity.unit not in SHARES:
        return None
    verb = re.search(r"(?:具备|形成|拥有|建立)\Z", left)
    if not (verb and head_pattern().search(rest)):
        verb = re.search(r"完成", left) if _GOAL_NOUN.match(rest) else None
    if not verb:
        return None
    subject = phrases.tidy(context.text, edge, edge + verb.start())
    between = (edge + verb.end(), quantity.span[0])
    noun = (quantity.span[1] + 1, quantity.span[1] + len(rest))
    pieces = tuple(piece for piece in (subject, between, noun) if piece[0] < piece[1])
    return Statement(quantity, pieces, pieces[0][0], operator(context, edge, quantity), "having")


def _share(context: Context, edge: int, quantity: Quantity) -> Statement | None:
    """90%以上的机关达到要求: the share of those that do; 认证覆盖80%以上的企业: of those covered."""
    left, rest = context.before(edge, quantity), context.after(quantity)
    if quantity.unit not in ("%", "％") or not rest.startswith("的") or _GOAL_NOUN.match(rest):
        return None
    start, end = phrases.noun(context.text, quantity.span[1] + 1, quantity.span[1] + len(rest))
    scope = phrases.tidy(context.text, edge, quantity.span[0])
    covering = re.search(r"(?:覆盖|惠及|服务|支持|带动)(?:超过|不低于|不少于)?\Z", left)
    op = operator(context, edge, quantity)
    if covering and scope[0] < scope[1]:
        return Statement(quantity, (scope, (start, end)), scope[0], op, "share", link="的", suffix="比例")
    verb = state_verb().search(rest[3:])
    if verb is None or (scope[0] < scope[1] and not phrases.is_scope(context.text[slice(*scope)])):
        return None
    at = start + 2 + verb.start()
    inner = [q.span[0] for q in context.values if start + 1 < q.span[0] < at]
    at = min([at, *inner])
    first = scope[0] if scope[0] < scope[1] else quantity.span[0]
    prefix = context.text[slice(*scope)]
    return Statement(quantity, ((at, end), (start, at)), first, op, "share", prefix=prefix, link="的", suffix="比例")


def _is_count(quantity: Quantity) -> bool:
    unit = re.sub(r"[（(].*", "", quantities.split_unit(quantity.unit)[1])
    return unit in counters() and unit not in ranks()


def _before(context: Context, edge: int, quantity: Quantity, right: str) -> Statement | None:
    """培养100名优秀企业家: the verb, then the noun after the number."""
    if quantity.unit in SHARES or _STATEMENT_END.match(right) or quantity.unit in ranks():
        return None
    if right.startswith("的") and (quantity.op == "=" or not _is_count(quantity)):
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
        kind = "strong" if quantity.small or not _is_count(quantity) else "make"
        if not _verbs(kind).search(words):
            return None
    elif not _is_count(quantity) or not (context.verb or verb or _verbs("make").search(bare_left)):
        return None
    if not words and right.startswith("的") and quantity.text.endswith("以上") and not _verbs("make").search(bare_left):
        return None
    led = context.verb or bare_left.endswith("累计") or _verbs("make").search(bare_left)
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


def shared_noun(context: Context, edge: int, index: int, last: Quantity) -> Statement | None:
    """分别新建3所和5所养老服务中心: a verb, counts for as many times or places, and one noun after the last."""
    quantity = context.values[index]
    verb = _EACH_MADE.search(context.before(edge, quantity))
    right = context.right(context.values.index(last))
    if verb is None or not _is_count(last) or last.unit in ranks() or _STATEMENT_END.match(right):
        return None
    start, end = edge + verb.start("verb"), edge + verb.end("verb")
    noun = phrases.noun(context.text, last.span[1], last.span[1] + len(right))
    made = phrases.make_verbs().fullmatch(context.text, start, end)
    timed = [time for time in context.mentions if edge <= time.span[0] and time.span[1] <= start and time.by]
    if made is None or noun[0] >= noun[1] or len(timed) < 2:
        return None
    op = operator(context, edge, quantity)
    return Statement(quantity, ((start, end), noun), timed[0].span[0], op, "before")


def left_words(context: Context, edge: int, quantity: Quantity) -> str:
    """What stands before a quantity without marks and times."""
    start, end = phrases.strip_times(context.text, edge, quantity.span[0])
    return context.text[start:end].strip("，、；：。 ")


def _measured_next(context: Context, quantity: Quantity, noun: Span) -> bool:
    """Whether the noun after a count is what the next number measures (5条线路总长91公里)."""
    following = [q for q in context.values if q.span[0] >= noun[1]]
    words = context.text[slice(*noun)]
    measured = any(words.endswith(head) for head in phrases.bare_heads())
    return bool(following) and following[0].span[0] == noun[1] and measured and quantity.span[1] <= noun[0]


def _after(context: Context, edge: int, quantity: Quantity, right: str) -> Statement | None:
    """新建甲醇加注站10座, 名校长100名, 安装率100%."""
    if not _STATEMENT_END.match(right) or quantity.small or quantity.unit in ranks():
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
    if quantity.unit in SHARES:
        fits = headed
    elif _is_count(quantity):
        fits = bool(phrases.make_verbs().search(words) or context.anchored)
    else:
        listed = edge > context.clause.span[0]
        fits = bool(phrases.make_verbs().search(words) or (headed and context.anchored) or listed)
    if not fits:
        return None
    op = operator(context, edge, quantity)
    change, named = _changed(context, phrase) if not _is_count(quantity) else (None, phrase)
    piece = phrases.lightened(context.text, *named)
    return Statement(quantity, (piece,), phrase[0], op, "after", change, prefix=prefix)


def _changed(context: Context, phrase: Span) -> tuple[Change | None, Span]:
    """减少化肥使用量1.5万吨: the change and the indicator after the verb that opens the phrase."""
    for pattern, change in _predicates("change"):
        for end in range(phrase[0] + 2, min(phrase[0] + 5, phrase[1] - 1)):
            if pattern.fullmatch(context.text[phrase[0] : end]):
                return change, (end, phrase[1])
    return None, phrase
