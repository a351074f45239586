"""Reading plans: from a document to facts. `read_plan` is the door; spaCy is loaded only when it is used."""

from __future__ import annotations

from collections.abc import Iterable

from plankb.document import CleanText, Document, clean
from plankb.errors import PlankbError
from plankb.extractors.reading import Reading
from plankb.model import Plan

__all__ = ["Reading", "read_clean", "read_plan"]


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
