"""Reading plans: from a document to facts. `read_plan` is the door; spaCy is loaded only when it is used."""

from __future__ import annotations

from plankb.document import Document, clean
from plankb.extractors.reading import Reading
from plankb.model import Plan

__all__ = ["Reading", "read_plan"]


def read_plan(document: Document, plan: Plan) -> Reading:
    """The facts of a plan.

    `plan` says whose facts they are (its fields that are None may be filled from the text). Never raises on odd text:
    what is not understood becomes a doubt, or nothing.
    """
    from plankb.extractors import pipeline

    doc = pipeline.run(clean(document), plan)
    facts = sorted((fact for name in pipeline.FACTS for fact in doc._.get(name)), key=lambda fact: fact.span)
    if doc._.clean.pages:
        facts = [fact.model_copy(update={"page": doc._.clean.page(fact.span[0])}) for fact in facts]
    words = tuple(token.text for token in doc)
    return Reading(doc._.plan, doc._.clean, doc._.outline, tuple(facts), doc._.bureaus, document.remarks, words)
