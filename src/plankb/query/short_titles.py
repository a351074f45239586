"""Short names of plans for where there is little room: 空气质量规划, 贵阳减污降碳方案; no two plans share one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.model import Plan
from plankb.query.vocabulary import short_place
from plankb.register import places

_PERIOD = compiled(r"[（(][^（）()]*\d[^（）()]*[）)]$")
"""A period in brackets behind a title."""
_STEM = 4
"""Characters of a title's own words."""


def short_titles(plans: Iterable[Plan]) -> Mapping[str, str]:
    """A short name for every plan, by its id; with its place where needed, the whole title where that is not enough."""
    all_plans = tuple(plans)
    names = {plan.id: _short(plan) for plan in all_plans}
    names = _told_apart(names, {plan.id: f"{_place(plan)}{names[plan.id]}" for plan in all_plans})
    return _told_apart(names, {plan.id: plan.title for plan in all_plans})


def _told_apart(names: Mapping[str, str], longer: Mapping[str, str]) -> dict[str, str]:
    counts = Counter(names.values())
    return {id_: name if counts[name] == 1 else longer[id_] for id_, name in names.items()}


def _short(plan: Plan) -> str:
    """The first own words of a title with the kind of document it is."""
    title = _PERIOD.sub("", re.sub(r"[《》“”\"\s]", "", plan.title))
    kind = rules.one("question_forms", "document_kind_end").search(title)
    if kind is None:
        return title[: 2 * _STEM]
    stem = title[: kind.start()]
    stem = stem.removeprefix(plan.jurisdiction or "").removeprefix(_place(plan))
    while len(stem) > _STEM and (found := places.at_start(stem)):  # 贵阳贵安减污降碳
        stem = stem[found[1] :]
    stem = rules.one("question_forms", "title_filler").regex.sub("", stem)
    return (stem[:_STEM] or title[: kind.start()]) + kind.group()


def _place(plan: Plan) -> str:
    return short_place(plan.jurisdiction) if plan.jurisdiction else ""
