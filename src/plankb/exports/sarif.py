"""Findings as SARIF 2.1.0, for editors and review tools."""

from __future__ import annotations

import json
from pathlib import Path

from plankb.errors import Language
from plankb.exports.formats import DraftFindings
from plankb.exports.safe import plain_text
from plankb.model import Finding
from plankb.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def findings(made: DraftFindings, *, lang: Language = "zh") -> bytes:
    """The file's bytes; places are lines of the draft with the words concerned."""
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
