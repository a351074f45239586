"""What is found between plans that were read."""

from __future__ import annotations

from collections.abc import Sequence

from plankb.checks import Known, find_conflicts
from plankb.extractors import Reading
from plankb.model import Conflict, Deadline, Target, Task


def conflicts_of(readings: Sequence[Reading]) -> tuple[Conflict, ...]:
    """The conflicts that are shown of some plans as they were read."""
    facts = [fact for reading in readings for fact in reading.facts]
    known = Known(
        plans=tuple(reading.plan for reading in readings),
        targets=tuple(fact for fact in facts if isinstance(fact, Target)),
        tasks=tuple(fact for fact in facts if isinstance(fact, Task)),
        deadlines=tuple(fact for fact in facts if isinstance(fact, Deadline)),
        texts={reading.plan.id: reading.clean.text for reading in readings},
    )
    return find_conflicts(known)
