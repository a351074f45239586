"""The one door that all front ends use: a knowledge base in a folder, and reading one file without one.

What a front end asks with and gets back is named here too, and loaded where it is first used: a front end imports from
`plankb.kb` and from the words (`words`, `phrases`, `columns`, `model`, `errors`), and from nothing behind the door.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from plankb.kb.build_options import Progress
from plankb.kb.door import KnowledgeBase

if TYPE_CHECKING:
    from plankb.comparison import DIFFERS, Compared, compared, plans_of
    from plankb.corrections import ROLES_FIELD
    from plankb.document import INLINE, CleanText, Outline
    from plankb.exports.formats import What, known, render
    from plankb.exports.safe import csv_text, harmless_json, safe
    from plankb.exports.side_by_side import Line, Sheet
    from plankb.exports.tables import Table, correction_text
    from plankb.exports.task_table import chosen_columns
    from plankb.extractors import Reading
    from plankb.graph.questions import Partner, partners
    from plankb.kb.build_options import BuildReport, Failure
    from plankb.kb.files import read_file
    from plankb.ledger import LIGHTS, STATES, Counts, Entry, Ledger, Light
    from plankb.ledger.columns import share_text
    from plankb.ledger.judging import Judged
    from plankb.matrix import HOLE_KINDS, Cell, Column, Matrix, Row, Selection
    from plankb.matrix.cells import read_names, read_times
    from plankb.query import Answer, Chip, Dialogue, Understood, chips, is_english, is_question, role_of
    from plankb.query.model import AnyAnswer
    from plankb.query.short_titles import short_titles
    from plankb.readers.formats import FORMATS
    from plankb.rules import user
    from plankb.search import SearchResult
    from plankb.store import FactFilter, FactKind

_HOMES = {
    "plankb.comparison": ("DIFFERS", "Compared", "compared", "plans_of"),
    "plankb.corrections": ("ROLES_FIELD",),
    "plankb.document": ("INLINE", "CleanText", "Outline"),
    "plankb.exports.formats": ("What", "known", "render"),
    "plankb.exports.safe": ("csv_text", "harmless_json", "safe"),
    "plankb.exports.tables": ("Table", "correction_text"),
    "plankb.exports.task_table": ("chosen_columns",),
    "plankb.extractors": ("Reading",),
    "plankb.graph.questions": ("Partner", "partners"),
    "plankb.kb.files": ("read_file",),
    "plankb.kb.build_options": ("BuildReport", "Failure"),
    "plankb.exports.side_by_side": ("Line", "Sheet"),
    "plankb.ledger.columns": ("share_text",),
    "plankb.ledger.judging": ("Judged",),
    "plankb.ledger": ("LIGHTS", "STATES", "Counts", "Entry", "Ledger", "Light"),
    "plankb.matrix": ("HOLE_KINDS", "Cell", "Column", "Matrix", "Row", "Selection"),
    "plankb.matrix.cells": ("read_names", "read_times"),
    "plankb.query": (*("Answer", "Chip", "Dialogue", "Understood", "chips", "is_english", "is_question", "role_of"),),
    "plankb.query.model": ("AnyAnswer",),
    "plankb.query.short_titles": ("short_titles",),
    "plankb.readers.formats": ("FORMATS",),
    "plankb.rules": ("user",),
    "plankb.search": ("SearchResult",),
    "plankb.store": ("FactFilter", "FactKind"),
}
"""Modules behind the door and what front ends need of them."""
_MODULES = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "DIFFERS", "FORMATS", "HOLE_KINDS", "INLINE", "LIGHTS", "ROLES_FIELD", "STATES", "Answer", "AnyAnswer",
    "BuildReport", "Cell", "Chip", "CleanText", "Column", "Compared", "Counts", "Dialogue", "Entry", "FactFilter",
    "FactKind", "Failure", "Judged", "KnowledgeBase", "Ledger", "Light", "Line", "Matrix", "Outline", "Partner",
    "Progress", "Reading", "Row", "SearchResult", "Selection", "Sheet", "Table", "Understood", "What", "chips",
    "chosen_columns", "compared", "correction_text", "csv_text", "harmless_json", "is_english", "is_question",
    "known", "partners", "plans_of", "read_file", "read_names", "read_times", "render", "role_of", "safe",
    "share_text", "short_titles", "user",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(_MODULES[name]), name)
