"""JSON for other programs: records as they are, one object a line (JSON Lines); findings as SARIF 2.1.0, for editors
and review tools. No characters that a terminal would obey."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel

from plankb.errors import Language
from plankb.exports.formats import ConflictList, DraftFindings
from plankb.exports.safe import harmless_json, plain_text
from plankb.extractors import Reading
from plankb.model import Finding
from plankb.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


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


def sarif(made: DraftFindings, *, lang: Language = "zh") -> bytes:
    """Findings as SARIF; places are lines of the draft with the words concerned."""
    rules = list(dict.fromkeys(finding.rule for finding in made.findings))
    run = {
        "tool": {"driver": {"name": "plankb", "version": __version__, "rules": [{"id": rule} for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, made.file, lang) for finding in made.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2).encode()


def _result(finding: Finding, file: Path, lang: Language) -> dict[str, object]:
    text = finding.message.text(lang)
    region = {"startLine": finding.line, "snippet": {"text": plain_text(finding.quote)}}
    place = {"physicalLocation": {"artifactLocation": {"uri": file.absolute().as_uri()}, "region": region}}
    related = [
        {"id": number, "message": {"text": plain_text(f"{fact.plan} {' / '.join(fact.section)}: {fact.quote}")}}
        for number, fact in enumerate(finding.related)
    ]
    result = {"ruleId": finding.rule, "level": _LEVELS[finding.severity], "message": {"text": plain_text(text)}}
    return {**result, "locations": [place], **({"relatedLocations": related} if related else {})}
