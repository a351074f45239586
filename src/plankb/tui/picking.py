"""What the filters of a table can be set to, and the filter that they make together. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from plankb.columns import title_of
from plankb.errors import Language
from plankb.kb import FactFilter, KnowledgeBase
from plankb.model import ROLES, Target, Task
from plankb.words import word

FactKind = Literal["task", "target"]
FILTERS: Mapping[str, str] = {
    "plan": "plans",
    "bureau": "bureaus",
    "role": "roles",
    "by": "by",
    "indicator": "indicator_ids",
}
"""A filter's name to its field of `FactFilter`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter and what it is called."""

    value: str
    label: str


Choices = Mapping[str, Sequence[Choice]]
Chosen = Mapping[str, Sequence[str]]


def fact_filter(chosen: Chosen) -> FactFilter:
    """The filter of what was chosen; a filter without a value counts for nothing."""
    fields: dict[str, Any] = {FILTERS[name]: tuple(values) for name, values in chosen.items() if name in FILTERS}
    return FactFilter(**fields)


def choices(kb: KnowledgeBase, kind: FactKind, lang: Language) -> dict[str, list[Choice]]:
    """What each filter can be set to, in the order to show it."""
    bureaus = sorted(kb.store.bureaus(), key=lambda bureau: bureau.name)
    found = {
        "plan": [Choice(plan.id, title_of(plan)) for plan in kb.store.plans()],
        "bureau": [Choice(bureau.id, bureau.name) for bureau in bureaus],
        "role": [Choice(role, word("role", role, lang)) for role in ROLES],
    }
    facts: Sequence[Task | Target] = kb.store.facts(kind)
    found["by"] = _distinct(facts, _years)
    if kind == "target":
        found["indicator"] = _distinct(facts, lambda fact: [Choice(fact.indicator_id, fact.indicator)])
    return found


def _years(fact: Task | Target) -> list[Choice]:
    by = (fact.by,) if isinstance(fact.by, str) else fact.by or ()
    return [Choice(time[:4], time[:4]) for time in by]


def _distinct(facts: Iterable[Any], choice: Callable[[Any], Iterable[Choice]]) -> list[Choice]:
    found = {made.value: made for fact in facts for made in choice(fact)}
    return sorted(found.values(), key=lambda made: made.label)
