"""Labels: what facts are called, without the rest of their records; enough to link the words of a question to them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from plankb.store.records import full
from plankb.store.rows import SqlRow

LABELS = """
SELECT p.no, p.id, f.key, f.kind, f.section, f.record
FROM plan p JOIN fact f ON f.plan = p.no WHERE f.kind IN ('task', 'target', 'project', 'citation')
ORDER BY p.id, f.start, f.row"""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a fact: a task's or citation's title, a target's indicator, a project's name.

    `unit` is a target's, as printed; `collective` the bodies of a task that are not one bureau; `other` what it is
    called besides: a target's canonical indicator, a citation's number.
    """

    id: str
    plan: str
    kind: str
    section: tuple[str, ...]
    name: str
    unit: str | None
    collective: tuple[str, ...]
    other: str | None = None

    @classmethod
    def of(cls, row: SqlRow, section: tuple[str, ...]) -> Label:
        """A label of a row of `LABELS`."""
        _, plan, key, kind, _, record = row
        said = json.loads(record)
        name = said.get("title") or said.get("indicator") or said.get("name") or ""
        other = said.get("indicator_id") or said.get("number")
        return cls(
            full(plan, key), plan, kind, section, name, said.get("unit"), tuple(said.get("collective", ())), other
        )
