"""What binds all of a thing in one plan and only a part of it in another: 公办机构全部达标, 城区的公办机构达标."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from plankb import rules
from plankb.checks.compare import Placed, is_bound, placed
from plankb.checks.wording import of_targets
from plankb.in_force import comparable
from plankb.model import Conflict, Plan, Target

_LONG_ENOUGH, _ALL = 3, 100
"""Characters of a name that says what is bound; percent of all there is."""


def for_a_part_only(plans: Mapping[str, Plan], targets: Iterable[Target]) -> Iterator[Conflict]:
    """One conflict for each plan that asks of a part what a plan of its place, or of one above, asks of all."""
    worded = [t for t in targets if t.plan in plans and (t.qualitative or _of_all(t))]
    names = {(target.plan, _bare(target.indicator)) for target in worded}
    asked: dict[str, list[Placed]] = defaultdict(list)
    for target in worded:
        one = placed(target, plans[target.plan])
        if one.level and one.level.universal:
            asked[_asked(target)].append(one)
    for target in worded:
        for whole in asked.get(_asked(target), ()):
            if target.plan == whole.plan.id or target.id == whole.target.id:
                continue
            part = placed(target, plans[target.plan])
            less = part.level is None or (_of_all(target) and (target.plan, _bare(whole.target.indicator)) not in names)
            bound = less and is_bound(whole, part) and comparable(whole.plan, part.plan)
            if bound and _is_part(_bare(target.indicator), _bare(whole.target.indicator)):
                yield of_targets("looser", "warning", (whole, part), "E454")
                break


def _of_all(target: Target) -> bool:
    """Whether a target is a share of 100%."""
    return target.value == _ALL and target.unit in ("%", "％") and not target.change


def _asked(target: Target) -> str:
    """What is asked, without the word that binds all."""
    return rules.one("comparing", "binds_all").sub(target.qualitative or "")


def _bare(indicator: str) -> str:
    return rules.one("comparing", "summed").sub(indicator)


def _is_part(name: str, whole: str) -> bool:
    """Whether a name is that of the whole behind words that narrow it."""
    if len(whole) < _LONG_ENOUGH or not name.endswith(whole) or name == whole:
        return False
    return rules.one("comparing", "narrows").search(name.removesuffix(whole)) is not None
