"""Shares of a whole: 招生规模不低于高职的10%, 具备3%的响应能力, 90%以上的机关达到要求."""

from __future__ import annotations

import re

from plankb import quantities
from plankb.extractors import phrases
from plankb.extractors.coordination import head_pattern
from plankb.extractors.shape_parts import GOAL_NOUN, ends, left_words, operator, state_verb
from plankb.extractors.statements import SHARES, Context, Statement
from plankb.quantities import Quantity

_SHORTEST_STATE, _LONGEST_WHOLE = 4, 14
_PROPORTION = re.compile(
    r"(?P<op>原则上)?(?P<verb>不(?:应|得)?(?:低于|少于|高于|超过|大于)|达到|达|占到?|超过|大于|小于|低于)(?P<whole>[^，。；]{3,30})的?\Z"
)


def proportion(context: Context, edge: int, quantity: Quantity, right: str) -> Statement | None:
    """A不低于B的10%: what A is of B."""
    left = context.before(edge, quantity)
    match = _PROPORTION.search(left)
    if quantity.unit not in ("%", "％") or not left.endswith("的") or match is None or not ends(right):
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


def having(context: Context, edge: int, quantity: Quantity) -> Statement | None:
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
        verb = re.search(r"完成", left) if GOAL_NOUN.match(rest) else None
    if not verb:
        return None
    subject = phrases.tidy(context.text, edge, edge + verb.start())
    between = (edge + verb.end(), quantity.span[0])
    noun = (quantity.span[1] + 1, quantity.span[1] + len(rest))
    pieces = tuple(piece for piece in (subject, between, noun) if piece[0] < piece[1])
    return Statement(quantity, pieces, pieces[0][0], operator(context, edge, quantity), "having")


def share(context: Context, edge: int, quantity: Quantity) -> Statement | None:
    """90%以上的机关达到要求: the share of those that do; 认证覆盖80%以上的企业: of those covered."""
    left, rest = context.before(edge, quantity), context.after(quantity)
    if quantity.unit not in ("%", "％") or GOAL_NOUN.match(rest):
        return None
    if not rest.startswith("的"):
        return _bare_share(context, edge, quantity, rest)
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


def _bare_share(context: Context, edge: int, quantity: Quantity, rest: str) -> Statement | None:
    """75%以上科技人员落户企业, 70%就读普通高中: the same without 的, where the share opens its clause."""
    state = state_verb().search(rest)
    if left_words(context, edge, quantity) or state is None or len(rest) - state.start() < _SHORTEST_STATE:
        return None
    if state.start() > _LONGEST_WHOLE or re.match(r"[，。；、：（(]|以|的", rest):
        return None
    start, end = phrases.noun(context.text, quantity.span[1], quantity.span[1] + len(rest))
    at = start + state.start()
    pieces = ((at, end), (start, at)) if start < at else ((at, end),)
    link = "的" if start < at else ""
    op = operator(context, edge, quantity)
    return Statement(quantity, pieces, quantity.span[0], op, "share", link=link, suffix="比例")
