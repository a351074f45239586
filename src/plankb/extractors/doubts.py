"""Doubts: what was seen and not understood, kept with its reason so that a person can look."""

from __future__ import annotations

from typing import Any

from plankb import rules
from plankb.model import Doubt, Span, Words


def doubt(doc: Any, reason: str, span: Span, **details: object) -> Doubt:
    """A doubt about a piece of a plan; `reason` is a table of `rules/doubts.toml`, `details` fill its words."""
    words = rules.load("doubts")[reason]
    quote = doc._.clean.text[slice(*span)]
    return Doubt(
        id=doc._.ids.make("doubt", (reason, quote)),
        plan=doc._.plan.id,
        section=doc._.outline.path_at(span[0]),
        quote=quote,
        span=span,
        reason=reason,
        message=Words(zh=words["zh"].format(**details), en=words["en"].format(**details)),
    )
