"""Propositions of plans set against one another: who, when, how often, in which order, allowed or forbidden, …

Each kind reads the clauses of a text into propositions of one slot; `pairing` finds those on one subject; the kind says
whether the two slots can both stand.
"""

from plankb.checks.propositions.comparing import unlike_propositions

__all__ = ["unlike_propositions"]
