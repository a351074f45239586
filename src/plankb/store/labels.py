"""Labels: what facts are called, without the rest of their records; enough to link the words of a question to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

LABELS = """
SELECT id, plan, kind, section_, coalesce(title, indicator, name), unit, collective, other FROM (
    SELECT id, plan, kind, start, row, json_extract(record, '$.section') AS section_,
        json_extract(record, '$.title') AS title, json_extract(record, '$.indicator') AS indicator,
        json_extract(record, '$.name') AS name, json_extract(record, '$.unit') AS unit,
        json_extract(record, '$.collective') AS collective,
        coalesce(json_extract(record, '$.indicator_id'), json_extract(record, '$.number')) AS other
    FROM fact WHERE kind IN ('task', 'target', 'project', 'citation'))
ORDER BY plan, start, row"""


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
    def of(cls, row: tuple[Any, ...]) -> Label:
        """A label of a row of `LABELS`."""
        id_, plan, kind, section, name, unit, collective, other = row
        bodies = tuple(json.loads(collective)) if collective else ()
        return cls(id_, plan, kind, tuple(json.loads(section)), name, unit, bodies, other)
