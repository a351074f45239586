"""Blocks: the targets on one indicator that bind one place, and those that bind the places above it.

Nothing is compared that does not stand in one block, so that nothing is compared that could not be in conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plankb.checks import amounts_of_years
from plankb.checks.compare import Placed, above, binds, placed, specific
from plankb.model import Plan, Target
from plankb.register import Place
from plankb.register.places import COUNTRY


@dataclass(frozen=True)
class Block:
    """The targets on one indicator that bind one place, and those that bind the places above it."""

    place: Place | None
    own: tuple[Placed, ...]
    higher: tuple[Placed, ...]
    texts: Mapping[str, str]
    """The clean texts of plans by id, as far as they are known."""


def blocks(plans: Mapping[str, Plan], targets: Iterable[Target], texts: Mapping[str, str]) -> Iterator[Block]:
    """Blocks by indicator and place; a target of a plan that is not there is left out."""
    by_indicator: dict[str, list[Placed]] = defaultdict(list)
    for target in targets:
        if target.plan in plans and specific(target):
            one = placed(target, plans[target.plan])
            by_indicator[one.indicator].append(one)
    for members in by_indicator.values():
        by_place: dict[Place | None, list[Placed]] = defaultdict(list)
        for member in members:
            by_place[member.place].append(member)
        for place, here in by_place.items():
            higher = [one for other, ones in by_place.items() if above(other, place) for one in ones if _asks(one)]
            homes = {one.home for one in here}
            own = here if len(homes) == 1 else [one for one in here if not any(binds(one, other) for other in here)]
            higher += [one for one in here if one not in own] if own is not here else []
            if place is None:  # of plans whose place is unknown each is compared with itself alone
                for plan in dict.fromkeys(member.plan.id for member in own):
                    yield Block(None, amounts_of_years.marked([one for one in own if one.plan.id == plan]), (), texts)
            else:
                yield Block(place, amounts_of_years.marked(own), amounts_of_years.marked(higher), texts)


def _asks(one: Placed) -> bool:
    """Whether a target asks anything of places below: what a place's plan quotes of the nation does not."""
    return one.place is not COUNTRY or one.home is COUNTRY
