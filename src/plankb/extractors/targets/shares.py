"""Parts of populations: what share of some, or how many of them, do something or have it done to them, and within what
time: forms of assertion without a predicate of their own.

90%以上的机关达到创建要求, 招生规模不低于高职的10%, 毕业生实现100%就业, 队伍2小时内到达现场; 56个贫困村全部退出,
对300户困难家庭进行改造, 3200户、1.1万人搬迁.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from plankb import quantities, rules
from plankb.extractors.targets.clause import PER_CENT, Assertion, Slot, form, form_run, joint, kept, kind
from plankb.indicators import naming
from plankb.indicators import phrase as phrases
from plankb.model import Span
from plankb.quantities import split_unit
from plankb.rules.kinds import AssertionForm

_SHORTEST_STATE, _LONGEST_WHOLE = 4, 14
_WAITS = ("time", "working_days")
"""Dimensions of how long something takes."""
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")


def share(slot: Slot) -> Assertion | None:
    """90%以上的机关达到要求: the share of those that do; 认证覆盖80%以上的企业: of those covered."""
    if slot.quantity.unit not in PER_CENT or form("value.goal_noun").match(slot.rest):
        return None
    if not slot.rest.startswith("的"):
        return _of_measure(slot) or _inner_share(slot) or _bare_share(slot)
    start, end = phrases.noun(slot.text, slot.end + 1, slot.behind[1])
    among = form("share.among").search(slot.left)
    scope = phrases.tidy(slot.text, slot.edge, slot.edge + among.start()) if among else slot.subject
    if form("share.covering").search(slot.left) and scope[0] < scope[1]:
        return Assertion(slot.quantity, (scope, (start, end)), scope[0], slot.op, "share", link="的", suffix="比例")
    owner = form("share.owned_bare").fullmatch(slot.text, start, end)
    if owner is not None and slot.scoped:
        return _owned(slot, owner)
    verb = _state().search(slot.rest[3:])
    if verb is None or not (among or slot.scoped):
        return None
    at = start + 2 + verb.start()
    at = _before_adverbs(slot, start + 2, at)
    at = min([at, *(q.span[0] for q in slot.clause.quantities if start + 1 < q.span[0] < at)])
    made = _share_of(slot, ((start + 2 + verb.start(), end), (start, at)), link="的")
    return replace(made, prefix=slot.words(scope))


def _share_of(slot: Slot, pieces: tuple[Span, ...], *, link: str = "") -> Assertion:
    """The share of a population, within the scope that stands before it."""
    first = slot.subject[0] if slot.subject[0] < slot.subject[1] else slot.start
    scope = slot.words(slot.subject)
    return Assertion(slot.quantity, pieces, first, slot.op, "share", prefix=scope, link=link, suffix="比例")


@cache
def _state() -> re.Pattern[str]:
    """A verb of the state that a share of a population reaches, or of what it has."""
    return re.compile(f"{phrases.state_verb().pattern}|{form('share.has').pattern}")


def _before_adverbs(slot: Slot, start: int, at: int) -> int:
    """Where a population ends before the adverbs of its verb at `at` (县区全部实现…)."""
    adverbs = re.compile(rf"{form_run('share.all').pattern}\Z").search(slot.text, start, at)
    return adverbs.start() if adverbs else at


def _of_measure(slot: Slot) -> Assertion | None:
    """建成区面积的50%达到建设要求: the share, by a measure, of a population that reaches a state."""
    measured = form("share.measured").search(slot.left)
    adverbs = form_run("share.all").match(slot.rest)
    at = adverbs.end() if adverbs else 0
    verb = phrases.state_verb().match(slot.rest, at)
    if measured is None or verb is None or len(slot.rest) - at < _SHORTEST_STATE:
        return None
    whole, act = slot.subject, phrases.noun(slot.text, slot.end + at, slot.behind[1])
    if whole[1] - whole[0] < _SHORTEST_STATE:
        return None
    return Assertion(slot.quantity, (act, whole), whole[0], slot.op, "share", link="的", suffix="比例")


def provided(slot: Slot) -> Assertion | None:
    """新建住宅按停车位的15%配建充电设施: how much of a thing is provided, by what it goes with."""
    before, after = form("share.by").search(slot.left), form("share.provided").match(slot.rest)
    built = form("share.standard").fullmatch(slot.rest)
    if built and before and kind(slot.quantity) == "年一遇":
        what = slot.before_match(before)
        said = Assertion(slot.quantity, (what,), what[0], slot.op, "whole", suffix=f"{built['act']}标准")
        return said if what[0] < what[1] else None
    if slot.quantity.unit not in PER_CENT or before is None or after is None:
        return None
    who, whole = slot.before_match(before), before["whole"].removesuffix("的")
    if who[0] == who[1]:
        return None
    pieces = kept(who, slot.on_right(after, "thing"))
    op = ">=" if slot.op == "=" and before["op"] else slot.op
    return Assertion(slot.quantity, pieces, who[0], op, "whole", suffix=f"{'按' if whole else ''}{whole}配建比例")


def _inner_share(slot: Slot) -> Assertion | None:
    """新建建筑80%达到绿色标准: the share of what stands before it that reaches what stands after it."""
    reached = form_run("share.adverbs").match(slot.rest)
    verb = phrases.state_verb().match(slot.rest, reached.end() if reached else 0)
    if verb is None or len(slot.rest) - verb.start() < _SHORTEST_STATE:
        return None
    noun, act = slot.subject, phrases.noun(slot.text, slot.end + verb.start(), slot.behind[1])
    words = slot.words(noun)
    if len(words) < 2 or naming.has_head(words) or naming.is_scope(words) or naming.predicate_at(words):
        return None
    if form("share.supported").search(slot.words(act)):
        return None
    return Assertion(slot.quantity, (noun, act), noun[0], slot.op, "whole", suffix="比例")


def _bare_share(slot: Slot) -> Assertion | None:
    """75%以上科技人员落户企业, 90%以上村庄的垃圾得到治理: the same without 的, where the share opens its clause."""
    if not slot.scoped:
        return None
    owned = (form(name).fullmatch(slot.text, *slot.behind) for name in ("share.owned", "share.owned_bare"))
    if owner := next(filter(None, owned), None):
        return _owned(slot, owner)
    rest = _ASIDE.sub(lambda match: "　" * len(match.group()), slot.rest)
    state = _state().search(rest, 1)
    if state is None or len(rest) - state.start() < _SHORTEST_STATE:
        return None
    if len(rest[: state.start()].replace("　", "")) > _LONGEST_WHOLE or form("share.no_population").match(rest):
        return None
    start, end = phrases.noun(slot.text, *slot.behind)
    at = start + state.start()
    population = (start, start + len(rest[: state.start()].split("　", 1)[0]))
    return _share_of(slot, (population, (at, end)) if start < at else ((at, end),))


def _owned(slot: Slot, owned: re.Match[str]) -> Assertion:
    """The share of a population (`who`) of whose own things something is true (`act`)."""
    return _share_of(slot, (owned.span("act"), owned.span("who")), link="的")


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


def covered(slot: Slot) -> Assertion | None:
    """光纤网络100%全覆盖: the share that is covered of what stands before it."""
    if slot.quantity.unit not in PER_CENT or not form("share.covered").fullmatch(slot.rest):
        return None
    subject = slot.before_match(rules.pattern("assertions", "parts.reached").search(slot.left))
    if subject[1] - subject[0] < _SHORTEST_STATE or naming.has_head(slot.words(subject)):
        return None
    return Assertion(slot.quantity, (subject,), subject[0], slot.op, "whole", suffix="覆盖率")


def done_within(slot: Slot) -> Assertion | None:
    """一般登记3个工作日内办结: how long something takes until it is done, where the clause says of what."""
    if kind(slot.quantity) not in _WAITS:
        return None
    act = form("done.within").fullmatch(slot.rest if slot.op == "=" else slot.quantity.text[-1:] + slot.rest)
    subject = slot.before_match(form("done.reached_within").search(slot.left))
    if act is None or subject[1] - subject[0] < _SHORTEST_STATE or form("done.procedure").search(slot.left):
        return None
    done = (slot.behind[1] - len(act["act"]), slot.behind[1])
    return Assertion(slot.quantity, (subject, done), subject[0], "<=", "whole", suffix="时间")


def patterned(slot: Slot) -> Assertion | None:
    """The first of the forms that both sides of a value say whole (`rules/assertions.toml`)."""
    forms = rules.many("assertions", "form", AssertionForm)
    return next((made for each in forms if (made := _of_form(slot, each))), None)


def _of_form(slot: Slot, said: AssertionForm) -> Assertion | None:
    measured = slot.quantity.unit in PER_CENT if "per cent" in said.measures else kind(slot.quantity) in said.measures
    bound = slot.led if said.operator == "led" else said.operator in ("", slot.quantity.op)
    if not (measured and bound):
        return None
    left, right = said.sides[0].search(slot.left), said.sides[1].match(slot.rest)
    if left is None or right is None:
        return None
    spans = {name: slot.on_left(left, name) for name in left.groupdict()}
    spans |= {name: slot.on_right(right, name) for name in right.groupdict()}
    subject = spans["subject"] = (
        phrases.tidy(slot.text, *spans["subject"]) if "subject" in spans
        else slot.before_match(left if said.left else None)
    )  # fmt: skip
    if subject[1] - subject[0] < said.least:
        return None
    pieces = tuple(spans[name] for name in said.pieces)
    op = said.binds or slot.op
    return Assertion(slot.quantity, pieces, subject[0], op, said.form, link=said.link, suffix=said.suffix)


def all_do(slot: Slot) -> Assertion | None:
    """56个贫困村全部退出: how many of a population do what stands behind them."""
    found = form("count.all_do").fullmatch(slot.text, *slot.behind) if slot.counts and slot.anchored else None
    if found is None or slot.quantity.small or not slot.scoped:
        return None
    where = slot.subject
    pieces = kept(where, found.span("who"), found.span("act"))
    return Assertion(slot.quantity, pieces, where[0] if where[0] < where[1] else slot.start, slot.op, "whole")


def treated(slot: Slot) -> Assertion | None:
    """对300户困难家庭进行改造, 为80所小学安装设备, 在30个县建设医共体: how many something is done to or for, or in how
    many places it is done."""
    if not slot.counts or slot.quantity.small:
        return None
    noun = (slot.end, slot.end + len(slot.right))
    led = form("count.worked_on").fullmatch(slot.bare_left)
    if led:
        done = form("count.work_done").fullmatch(slot.text, *noun)
        does = done or form("count.work_given").fullmatch(slot.text, *noun)
        if does and led["to"]:
            at = slot.edge + slot.left.rfind(led.group())
            return Assertion(slot.quantity, (noun,), at, slot.op, "whole", prefix=led["to"] + led["where"])
        if done:
            pieces = (done.span("who"), done.span("act"))
            return Assertion(slot.quantity, pieces, slot.start, slot.op, "whole", prefix=led["where"])
        does = does if slot.anchored or slot.verb else None
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
