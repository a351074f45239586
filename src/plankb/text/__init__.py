"""Clean text: the plan as it was written, with a map back to the file. `clean` is the door."""

from plankb.text.clean import CleanText, Paragraph, ParagraphKind, clean
from plankb.text.lines import heading_pattern

__all__ = ["CleanText", "Paragraph", "ParagraphKind", "clean", "heading_pattern"]
