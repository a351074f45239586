"""Reading plans: from a document to facts. `read_plan` is the door; spaCy is loaded only when it is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plankb.document import CleanText, Document, Outline, clean
from plankb.errors import PlankbError
from plankb.model import AnyFact, Bureau, Plan, Target, Task

__all__ = ["Reading", "read_clean", "read_plan"]


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


def read_plan(document: Document, plan: Plan) -> Reading:
    """The facts of a plan.

    `plan` says whose facts they are (its fields that are None may be filled from the text). Never raises on odd text:
    what is not understood becomes a doubt, or nothing.
    """
    return read_clean(clean(document), plan, document.remarks)


def read_clean(text: CleanText, plan: Plan, remarks: Iterable[PlankbError] = ()) -> Reading:
    """The same of the clean text of a document with its remarks, so that the document need not be held meanwhile."""
    from plankb.extractors import pipeline

    found = pipeline.run(text, plan)
    facts = found.facts
    if found.clean.pages:
        facts = tuple(fact.model_copy(update={"page": found.clean.page(fact.span[0])}) for fact in facts)
    words = found.tokens.words if found.tokens else ()
    forms = tuple(PlankbError("E190", title=one.title or "") for one in found.plan.attachments if one.blank)
    return Reading(found.plan, found.clean, found.outline, facts, found.bureaus, (*remarks, *forms), words)
