"""What the filters of a table can be set to, and the filter that they make together. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from plankb.columns import title_of
from plankb.errors import Language
from plankb.kb import FactFilter, KnowledgeBase
from plankb.model import ROLES
from plankb.words import word

FactKind = Literal["task", "target"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter and what it is called."""

    value: str
    label: str


Choices = Mapping[str, Sequence[Choice]]
Chosen = Mapping[str, Sequence[str]]


def fact_filter(chosen: Chosen) -> FactFilter:
    """The filter of what was chosen; a filter without a value counts for nothing."""
    return FactFilter(
        plans=tuple(chosen.get("plan", ())),
        bureaus=tuple(chosen.get("bureau", ())),
        roles=tuple(role for role in ROLES if role in chosen.get("role", ())),
        by=tuple(chosen.get("by", ())),
        indicator_ids=tuple(chosen.get("indicator", ())),
    )


def choices(kb: KnowledgeBase, kind: FactKind, lang: Language) -> dict[str, list[Choice]]:
    """What each filter can be set to, in the order to show it."""
    bureaus = sorted(kb.store.tallies.bureau_names().items(), key=lambda named: named[1])
    found = {
        "plan": [Choice(plan.id, title_of(plan)) for plan in kb.store.plans()],
        "bureau": [Choice(id_, name) for id_, name in bureaus],
        "role": [Choice(role, word("role", role, lang)) for role in ROLES],
    }
    found["by"] = [Choice(year, year) for year in kb.store.years(kind)]
    if kind == "target":
        named = {id_: Choice(id_, name) for name, id_ in kb.store.indicators()}
        found["indicator"] = sorted(named.values(), key=lambda made: made.label)
    return found
