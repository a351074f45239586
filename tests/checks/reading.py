"""What is found between plans that were read."""

from __future__ import annotations

from collections.abc import Sequence

from plankb.checks import find_conflicts
from plankb.extractors import Reading
from plankb.model import Conflict, Deadline, Target, Task


def conflicts_of(readings: Sequence[Reading]) -> tuple[Conflict, ...]:
    """The conflicts that are shown of some plans as they were read."""
    facts = [fact for reading in readings for fact in reading.facts]
    return find_conflicts(
        [reading.plan for reading in readings],
        [fact for fact in facts if isinstance(fact, Target)],
        [fact for fact in facts if isinstance(fact, Task)],
        [fact for fact in facts if isinstance(fact, Deadline)],
        texts={reading.plan.id: reading.clean.text for reading in readings},
    )
