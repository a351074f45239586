"""In which order targets are answered with, and which of them where the highest or lowest is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from plankb import rules
from plankb.model import Target
from plankb.query.model import Understood


def ordered(targets: Sequence[Target], query: Understood) -> tuple[Target, ...]:
    """By weight; by value where the highest or lowest is asked for: then only those with a number."""
    if query.aggregate not in ("highest", "lowest"):
        if query.compare == "years":
            return tuple(sorted(targets, key=lambda target: target.by or ""))
        return tuple(sorted(targets, key=_weight))
    valued = [target for target in targets if target.value is not None]
    return tuple(sorted(_comparable(valued), key=lambda target: target.size, reverse=query.aggregate == "highest"))


def _comparable(targets: Sequence[Target]) -> Sequence[Target]:
    """Of targets in units that do not compare (% and 万千瓦) those of the unit that most have, the first of equals."""
    units: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        units[target.normal.unit if target.normal else target.unit or ""].append(target)
    return max(units.values(), key=len, default=[])


def _weight(target: Target) -> tuple[bool, bool, str, bool]:
    """What says something before what names no thing (我市), figures before words; then by plan, binding ones first."""
    vague = bool(rules.one("question_forms", "vague_subject").fullmatch(target.indicator))
    return vague, target.value is None, target.plan, target.nature != "binding"
