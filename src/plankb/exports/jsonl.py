"""JSON Lines: records as they are, one object a line, without characters that a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from plankb.errors import Language
from plankb.exports.formats import ConflictList, DraftFindings
from plankb.exports.safe import harmless_json
from plankb.extractors import Reading


def conflicts(made: ConflictList, *, lang: Language = "zh") -> bytes:  # noqa: ARG001 - records hold both languages
    """Conflicts."""
    return records(made.conflicts)


def findings(made: DraftFindings, *, lang: Language = "zh") -> bytes:  # noqa: ARG001
    """Findings."""
    return records(made.findings)


def reading(made: Reading, *, lang: Language = "zh") -> bytes:  # noqa: ARG001
    """Facts and bureaus of a plan."""
    return records([*made.facts, *made.bureaus])


def records(made: Iterable[BaseModel], *, lang: Language = "zh") -> bytes:  # noqa: ARG001
    """Any records."""
    return "".join(harmless_json(record.model_dump_json()) + "\n" for record in made).encode()
