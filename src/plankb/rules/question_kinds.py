"""Entries of the files on questions (`questions.toml`, `question_forms.toml`)."""

from __future__ import annotations

from plankb.rules.model import Entry


class FigureForm(Entry):
    """A form of words with figures in it: «a», «b» stand for a figure, «u» for one with its unit."""

    form: str
    chinese: str
    english: str
    example: str
