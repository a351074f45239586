"""Who answers for work: responsibility notes, the items they belong to, roles, bureaus and deadlines.

A note (`note`) is read into names with their roles (`names`), by the words of `vocabulary`; `items` finds the headings
that can be tasks and gives each its notes; `bureaus` makes the bodies, `deadlines` the times.
"""

from __future__ import annotations

from plankb.extractors.notes.collected import find_notes
from plankb.extractors.notes.note import Note, in_cell, in_paragraph

__all__ = ["Note", "find_notes", "in_cell", "in_paragraph"]
