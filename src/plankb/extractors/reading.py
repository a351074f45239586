"""What reading one plan gives."""

from __future__ import annotations

from dataclasses import dataclass

from plankb.document import CleanText, Outline
from plankb.errors import PlankbError
from plankb.model import AnyFact, Bureau, Plan, Target, Task


@dataclass(frozen=True)
class Reading:
    """A plan's record, its clean text and outline, its facts in the order of the text, and the bureaus they name.

    `remarks` say what of the file could not be read, or only with doubt, and what was left out. `words` are
    those of the text in order, as it was cut.
    """

    plan: Plan
    clean: CleanText
    outline: Outline
    facts: tuple[AnyFact, ...]
    bureaus: tuple[Bureau, ...]
    remarks: tuple[PlankbError, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks among the facts."""
        return tuple(fact for fact in self.facts if isinstance(fact, Task))

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets among the facts."""
        return tuple(fact for fact in self.facts if isinstance(fact, Target))
