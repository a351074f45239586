"""The shapes of language in which a quantity says what an indicator shall reach.

predicate     森林覆盖率达到64%, 能耗降低18%, 比例不低于30%, 由10项提高到15项
proportion    职业本科招生规模不低于高职招生规模的10%
having        需求侧具备3%左右的尖峰负荷响应能力
share         90%以上的机关达到创建要求
done          毕业生实现100%就业
within        队伍基本实现2小时内到达现场
having_each   各区建有1所职业培训学校
before        培养100名优秀企业家
after         新建甲醇加注站10座, 名校长100名
"""

from __future__ import annotations

import re
from dataclasses import replace

from plankb import quantities
from plankb.extractors.bases import is_baseline
from plankb.extractors.counts import after, before, having_each
from plankb.extractors.doings import done, within
from plankb.extractors.predicates import predicate
from plankb.extractors.shape_parts import STATEMENT_END, is_count, left_words
from plankb.extractors.shares import having, proportion, share
from plankb.extractors.statements import Context, Statement, signs
from plankb.quantities import Quantity

_LIMITS = ("及以上", "及以下", "或以上", "或以下")
"""After a number these make it the limit of a class of things (75蒸吨及以下锅炉), not a value."""


_GOES_ON = re.compile(r"、[^，。；]{0,24}的[^，。；、]{0,12}(?:\d|[一二三四五六七八九十]+[个家所座名])")
_MEETS = re.compile(r"[^，。；]{2,24}(?:达到|符合|满足)[^，。；]{0,16}(?:要求|标准)")
_MAKING = re.compile(r"(?:培育|引进|打造|建成|建设|形成|招引|引育|新增|扶持|认定)[^，。；、]*\Z")


def _only_tells(context: Context, quantity: Quantity, left: str, right: str) -> bool:
    """Whether a quantity says what support is given, how large a place is, or what the counted things after it are."""
    measured = not is_count(quantity)
    if not measured and not left_words(context, context.clause.span[0], quantity) and _MEETS.fullmatch(right):
        return True
    if measured and signs("support").search(left):
        return True
    if measured and not context.anchored and signs("size").search(left):
        return True
    return measured and bool(_MAKING.search(left) and _GOES_ON.match(context.after(quantity)))


def state(context: Context, edge: int, index: int) -> Statement | None:
    """The statement that a quantity makes; None when it describes a noun, is a baseline, or belongs to a name."""
    quantity = context.values[index]
    left, right = context.before(edge, quantity), context.right(index)
    if quantity.text.endswith(_LIMITS) and not STATEMENT_END.match(right):
        return None
    if quantities.dimension(quantity.unit).startswith("boiler") or _only_tells(context, quantity, left, right):
        return None
    if is_baseline(context, index) or signs("describes").match(right) or signs("belongs").search(left):
        return None
    found = (
        having(context, edge, quantity)
        or done(context, edge, quantity)
        or within(context, edge, quantity)
        or share(context, edge, quantity)
        or proportion(context, edge, quantity, right)
        or predicate(context, edge, index)
        or having_each(context, edge, quantity, right)
        or before(context, edge, quantity, right)
        or after(context, edge, quantity, right)
    )
    part = left_words(context, edge, quantity).startswith("其中")
    return replace(found, part=True) if found and part else found
