"""Indicators: the canonical form that links one indicator across plans. Pure functions."""

from __future__ import annotations

import re


def indicator_id(phrase: str) -> str:
    """The id of an indicator phrase."""
    return re.sub(r"[\s的“”（）()]", "", phrase)
