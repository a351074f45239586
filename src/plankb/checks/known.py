"""What is compared: plans with what was read of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plankb.model import Bureau, Deadline, Plan, Target, Task


@dataclass(frozen=True)
class Known:
    """Plans with their facts and texts: a whole knowledge base, or what it holds beside a draft; empty when a draft is
    checked against itself alone."""

    plans: tuple[Plan, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    bureaus: tuple[Bureau, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """The clean texts of the plans by id; of a plan without, what its text alone says is not compared."""
