"""A quotation with its source, as one pastes it into a document."""

from __future__ import annotations

from plankb import phrases
from plankb.columns import title_of
from plankb.model import Fact, Passage, Plan
from plankb.tui.cells import plain
from plankb.words import Speaker


def cite(found: Fact | Passage, plan: Plan, say: Speaker) -> str:
    """“quotation”（《plan》，section > section）."""
    words = found.text if isinstance(found, Passage) else found.quote
    title = f"《{title_of(plan)}》"
    section = phrases.trail(found.section)
    source = say("cite.line", plan=title, section=section) if section else say("cite.plan_only", plan=title)
    return plain(f"“{words}”{source}")
