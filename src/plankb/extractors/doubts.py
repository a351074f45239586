"""Doubts: what was seen and not understood, kept with its reason so that a person can look."""

from __future__ import annotations

from plankb.extractors.reading import Context
from plankb.model import Doubt, Span, Words


def doubt(context: Context, reason: str, span: Span, **details: object) -> Doubt:
    """A doubt about a piece of a plan; `reason` is a table of `words/doubts.toml`, `details` fill its words."""
    quote = context.words(span)
    return Doubt(
        id=context.ids.make("doubt", (reason, quote)),
        plan=context.plan.id,
        section=context.outline.path_at(span[0]),
        quote=quote,
        span=span,
        reason=reason,
        message=Words.of(f"doubts.{reason}", **details),
    )
