"""plankb: a knowledge base and query assistant for Chinese plan documents.

    import plankb

    reading = plankb.read("方案.docx")          # the facts of one file
    kb = plankb.open("规划库")                   # a knowledge base in a folder
    kb.build(["规划文件夹"])
    for task in kb.tasks(bureau="市交委", role="lead"):
        print(task.title, task.quote)

`docs/python.md` is the guide. What is named here is loaded where it is first used; importing the package loads nothing.
"""

from __future__ import annotations

from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING

from plankb.version import __version__

if TYPE_CHECKING:
    from plankb.errors import PlankbError
    from plankb.kb import Answer, BuildReport, FactFilter, KnowledgeBase, Matrix, Reading, SearchResult, Selection
    from plankb.kb.checking import Checked, Choice, ConflictFilter
    from plankb.kb.measuring import Measured, Sample

_HOMES = {
    "plankb.errors": ("PlankbError",),
    "plankb.kb": (
        *("Answer", "BuildReport", "FactFilter", "KnowledgeBase", "Matrix", "Reading", "SearchResult", "Selection"),
    ),
    "plankb.kb.checking": ("Checked", "Choice", "ConflictFilter"),
    "plankb.kb.measuring": ("Measured", "Sample"),
}
"""Where the public names live; the records are in `plankb.model`."""
_MODULES = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Answer", "BuildReport", "Checked", "Choice", "ConflictFilter", "FactFilter", "KnowledgeBase", "Matrix", "Measured",
    "PlankbError", "Reading", "Sample", "SearchResult", "Selection", "__version__", "open", "read",
]  # fmt: skip


def open(folder: str | PathLike[str] | None = None) -> KnowledgeBase:  # noqa: A001  plankb.open, as in shelve.open
    """The knowledge base in a folder, which need not be there yet: `build` makes it.

    `folder` None is PLANKB_KB, else the one in the user's data folder, as on the command line. The user's own rules
    (docs/own-rules.md) are in force; raises E101 or E170 to E181 where these cannot be used. Whether a knowledge base
    is there is told by `exists`; methods that read raise E201 where there is none.
    """
    from plankb.kb import opening

    return opening.knowledge_base(folder)


def read(file: str | PathLike[str]) -> Reading:
    """The facts of one file, without a knowledge base: its plan, tasks, targets, bureaus, clean text and outline.

    The user's own rules are in force. Raises E101 to E108 for a file that cannot be read, E118 and E119 for one that is
    too long, and what `open` raises for the rules.
    """
    from plankb.kb import opening

    return opening.reading(file)


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module 'plankb' has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted((*__all__, "model"))
