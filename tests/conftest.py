"""Settings of the whole suite: the property tests try the same examples every time."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

# No rules of whoever runs the tests.
os.environ["PLANKB_RULES"] = str(Path(__file__).parent / "rules")

# The same cases every time, so that a run says something about the change and nothing about luck.
# PLANKB_EXPLORE=1 draws others; what it finds becomes a case of its own.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile("explore" if os.environ.get("PLANKB_EXPLORE") else "same")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes are no name of a test: a file made anew differs from run to run, and workers must agree on names."""
    return "bytes" if isinstance(val, bytes) and len(val) > 40 else None
