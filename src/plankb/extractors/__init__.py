"""Reading plans: from a file's text to facts. `read_plan` is the door; spaCy is loaded only when it is used."""

from __future__ import annotations

from plankb.extractors.reading import Reading
from plankb.model import Plan
from plankb.text import clean

__all__ = ["Reading", "read_plan"]


def read_plan(raw: str, plan: Plan) -> Reading:
    """The facts of a plan.

    `raw` is the text of the file as it was decoded; `plan` says whose facts they are (its fields that are None may be
    filled from the text). Never raises on odd text: what is not understood becomes a doubt, or nothing.
    """
    from plankb.extractors import pipeline

    doc = pipeline.run(clean(raw), plan)
    facts = sorted((fact for name in pipeline.FACTS for fact in doc._.get(name)), key=lambda fact: fact.span)
    return Reading(doc._.plan, doc._.clean, doc._.outline, tuple(facts), doc._.bureaus)
