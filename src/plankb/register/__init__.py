"""The register: places and bureaus as entities. Needs no spaCy; the index is built once, on first use."""

from __future__ import annotations

from plankb.register.bureaus import find, resolve
from plankb.register.names import (
    LONGEST_NAME,
    Entity,
    has_prefix,
    is_body,
    is_function,
    joint_names,
    may_end,
    renaming,
    slip_of,
    successor,
    suggest,
    without_prefix,
)
from plankb.register.places import COUNTRY, Place, relative
from plankb.register.vocabulary import Renaming, normal, own_function

__all__ = [
    "COUNTRY",
    "LONGEST_NAME",
    "Entity",
    "Place",
    "Renaming",
    "find",
    "has_prefix",
    "is_body",
    "is_function",
    "joint_names",
    "may_end",
    "normal",
    "own_function",
    "relative",
    "renaming",
    "resolve",
    "slip_of",
    "successor",
    "suggest",
    "without_prefix",
]
