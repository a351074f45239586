"""Finding the passages of the plans' texts that answer a question, whatever was made of it: by its own words.

A question is cut into the clauses that ask for something (`question`), the plans are weighed by the places and titles
that it names (`scope`), and their passages ranked for each clause (`ranking`).
"""

from plankb.query.retrieval.question import Clause, clauses, pairs, said_otherwise, whole
from plankb.query.retrieval.ranking import Evidence, find, heard, ranked_for, share_of
from plankb.query.retrieval.scope import Scope, of_places, scope_of

__all__ = [
    "Clause",
    "Evidence",
    "Scope",
    "clauses",
    "find",
    "heard",
    "of_places",
    "pairs",
    "ranked_for",
    "said_otherwise",
    "scope_of",
    "share_of",
    "whole",
]
