"""A label alone on its line (责任单位), with the names on the lines below it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import cast

from plankb import register, rules
from plankb.extractors.notes.note import Note, in_cell
from plankb.extractors.notes.vocabulary import Part, is_known, pattern, role_of_label
from plankb.model import Span

_LONGEST = 120
"""Characters of a line of names."""


def label_alone(text: str, paragraph: Span) -> Part | None:
    """The part that a paragraph names which is nothing but a label; None for any other paragraph."""
    match = _alone().fullmatch(text, *paragraph) if paragraph[1] - paragraph[0] <= _LONGEST else None
    role = role_of_label(match) if match else ""
    return cast(Part, role) if role in ("lead", "support", "answer") else None


def names_below(text: str, paragraph: Span, part: Part) -> Note | None:
    """The names of a paragraph that is nothing but bodies; None for any other paragraph."""
    if paragraph[1] - paragraph[0] > _LONGEST:
        return None
    note = in_cell(text, paragraph, part)
    if note is None or note.unread or note.unclear:
        return None
    placed = (name.collective or is_known(name.text) or register.has_prefix(name.text) for name in note.names)
    return replace(note, labelled=True) if all(placed) else None


@cache
def _alone() -> re.Pattern[str]:
    one, before = rules.union("roles", "label").pattern, pattern("before_label").pattern
    return re.compile(f"(?:{before})?(?P<label>{one})\\s*[：:]?\\s*")
