"""The formats of files: which there are for what, by the ending of the file's name, and where each is written.

A format is a module; each has a function for each thing that it writes, `matrix(made, *, lang) -> bytes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from plankb.errors import Language, PlankbError
from plankb.late import dataclass
from plankb.model import Conflict, Finding

if TYPE_CHECKING:
    from plankb.extractors import Reading
    from plankb.matrix import Matrix

What = Literal[
    "table", "records", "matrix", "bureau", "graph", "conflicts", "findings", "sides", "reading", "ledger", "proposals"
]
_TABLES = {".xlsx": "xlsx", ".docx": "docx", ".csv": "csv", ".md": "markdown"}
FORMATS: Mapping[What, Mapping[str, str]] = MappingProxyType(
    {
        "table": _TABLES,
        "records": {".jsonl": "json"},
        "matrix": {**_TABLES, ".xlsx": "workbook", ".html": "html"},
        "bureau": {".xlsx": "workbook", ".docx": "docx"},
        "graph": {
            ".graphml": "graph_files:graphml",
            ".gexf": "graph_files:gexf",
            ".json": "graph_files:node_link",
            ".svg": "graph_files:picture",
            ".html": "graph_files:page",
        },
        "conflicts": {**_TABLES, ".html": "html", ".jsonl": "json"},
        "findings": {".docx": "docx_comments", ".html": "html", ".sarif": "json:sarif", ".jsonl": "json"},
        "sides": {
            ".html": "side_by_side:html",
            ".xlsx": "side_by_side:xlsx",
            ".docx": "side_by_side:docx",
            ".md": "side_by_side:markdown",
            ".csv": "side_by_side:csv",
            ".jsonl": "json:records",
        },
        "proposals": {".xlsx": "ledger.proposals:workbook"},
        "ledger": {".xlsx": "ledger.book:ledger", ".ics": "ledger.calendar:ledger"},
        "reading": {".html": "html", ".jsonl": "json"},
    }
)
"""What is written, to the endings of file names, to the module here that writes it (after `:` its function)."""


OPTIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        ".xlsx": frozenset({"columns", "paper", "bureau_sheets"}),
        ".docx": frozenset({"columns", "paper"}),
        ".csv": frozenset({"columns"}),
        ".md": frozenset({"columns"}),
        ".html": frozenset({"columns"}),
    }
)
"""What can be asked of a file of the matrix, by its ending."""


@dataclass(frozen=True, slots=True)
class ConflictList:
    """Conflicts, and the titles of their plans by id."""

    conflicts: Sequence[Conflict]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BureauTasks:
    """The tasks of one bureau, by its id: `matrix` holds these alone."""

    matrix: Matrix
    bureau: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFindings:
    """What `check` found in a draft. `titles` are those of the plans, by id; `reading` is the draft as it was read,
    None where only the findings are known."""

    file: Path
    findings: Sequence[Finding]
    titles: Mapping[str, str]
    reading: Reading | None = None


def known(what: What, path: Path) -> str:
    """The ending of a file to which something can be written; raises E503 for another."""
    ending = path.suffix.lower()
    if ending not in FORMATS[what]:
        raise PlankbError("E503", path=path.name, known=" ".join(FORMATS[what]))
    return ending


def render(what: What, made: object, ending: str, *, lang: Language = "zh", **options: object) -> bytes:
    """The bytes of a file, the same for the same facts. `options` are those of the format (`OPTIONS` of a matrix).

    Raises E407 for comments in a draft that is no Word file.
    """
    from plankb.exports import provenance, settled

    module, _, function = FORMATS[what][ending].partition(":")
    data: bytes = getattr(import_module(f"plankb.exports.{module}"), function or what)(made, lang=lang, **options)
    if ending not in (".docx", ".xlsx"):
        return data
    if ending == ".docx" or what not in ("matrix", "bureau"):  # the workbook of a matrix keeps its own
        data = provenance.embed(data, provenance.facts_in(made))
    return settled.settled(data, dated=what in ("matrix", "bureau", "findings"))


def fitting(ending: str, options: Mapping[str, object]) -> dict[str, object]:
    """The options that are set. Raises E544 for one that means nothing for files of an ending."""
    given = {name: value for name, value in options.items() if value}
    for name in given.keys() - OPTIONS.get(ending, given.keys()):
        raise PlankbError("E544", option=f"--{name.replace('_', '-')}", ending=ending)
    return given
