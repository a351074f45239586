"""Language knowledge as data: one TOML file a subject, every entry with an example that a test runs.

`load("headings")` returns the parsed content of `rules/headings.toml`. Patterns are regular expressions of
Python's `re`; they describe the language of plans, never one plan.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `rules/NAME.toml`, read once."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
