"""The register: places and bureaus as entities. Needs no spaCy; the index is built once, on first use."""

from __future__ import annotations

from plankb.register.bureaus import (
    Entity,
    Renaming,
    find,
    has_prefix,
    is_body,
    is_function,
    joint_names,
    normal,
    relative,
    renaming,
    resolve,
)
from plankb.register.places import COUNTRY, Place
from plankb.register.suggest import suggest

__all__ = [
    "COUNTRY",
    "Entity",
    "Place",
    "Renaming",
    "find",
    "has_prefix",
    "is_body",
    "is_function",
    "joint_names",
    "normal",
    "relative",
    "renaming",
    "resolve",
    "suggest",
]
