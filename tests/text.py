"""Texts as plans: the reader of plain text between a string of a test and what is tested."""

from plankb import document, extractors
from plankb.document import CleanText
from plankb.extractors import Reading
from plankb.model import Plan
from plankb.readers import plain


def clean(text: str) -> CleanText:
    """Clean text of a text file's text."""
    return document.clean(plain.to_document(text))


def read_plan(text: str, plan: Plan) -> Reading:
    """The facts of a text file's text."""
    return extractors.read_plan(plain.to_document(text), plan)
