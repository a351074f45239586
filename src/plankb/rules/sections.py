"""What the sections of the rule files hold where that is more than a `Rule`, and which files have no type yet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from plankb.rules.model import Entry

KINDS: Mapping[tuple[str, str], type[Entry]] = MappingProxyType({})
"""(file, section) to the model of its entries; all others are `Rule`."""

UNTYPED: frozenset[str] = frozenset(
    (
        "answers",
        "bureaus",
        "cells",
        "changes",
        "checks",
        "citations",
        "doubts",
        "glossary",
        "glossary_names",
        "headings",
        "indicators",
        "jurisdictions",
        "operators",
        "past",
        "phrases",
        "plan_info",
        "projects",
        "qualitative",
        "questions",
        "roles",
        "tables",
        "task_tables",
        "tasks",
        "text",
        "times",
        "units",
        "wordings",
    )
)
"""Files that still have sections without a type, read by `rules.load`. Their sections become typed one by one, as `one`
and `many` ask for them; a file leaves this list with its last one, and none is to be added."""
