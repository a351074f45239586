"""Which program reads plans: the digest of all code and rules that reading comes to, found by following its imports.

A plan is read again when this digest changes, so it must leave out nothing that decides what is read, and should leave
out what does not (front ends, exports).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from plankb.version import __version__

STARTS = ("plankb.extractors", "plankb.readers")
"""The packages that reading enters by."""

_IMPORT = re.compile(
    r"^\s*(?:from (?P<of>plankb[\w.]*) import (?P<names>\([^)]*\)|[^\n]*)|import (?P<whole>plankb[\w.]*))", re.M
)
_NAMED = re.compile(r"[\"'](?P<module>plankb(?:\.\w+)+)[\"']")
"""A module that is imported by its name in a table (the readers of `plankb.readers`)."""


@cache
def digest() -> str:
    """Version and digest of the code and rules that decide how a plan is read."""
    found = hashlib.sha256()
    for module in modules():
        for file in _sources(module):
            found.update(f"{module}/{file.name}".encode() + b"\0" + file.read_bytes())
    return f"{__version__}+{found.hexdigest()[:16]}"


@cache
def modules() -> tuple[str, ...]:
    """The modules that reading a plan imports, at once or when it needs them, by name."""
    seen: set[str] = set()
    waiting = list(STARTS)
    while waiting:
        module = waiting.pop()
        if module in seen or _file(module) is None:
            continue
        seen.add(module)
        waiting += [above for above in (module.rpartition(".")[0],) if above]
        waiting += (
            _imported(module) if module != "plankb" else ("plankb.version",)
        )  # it names the doors, and opens none
    return tuple(sorted(seen))


def _imported(module: str) -> Iterator[str]:
    """The modules of this package that a module names in an import, wherever in its code, or in a table."""
    file = _file(module)
    text = file.read_text(encoding="utf-8") if file else ""
    for match in _IMPORT.finditer(text):
        yield match["whole"] or match["of"]
        for name in re.findall(r"\w+", match["names"] or ""):
            yield f"{match['of']}.{name}"
    for match in _NAMED.finditer(text):
        yield match["module"]


def _file(module: str) -> Traversable | None:
    """The source of a module; None for a name that is no module."""
    path = files("plankb").joinpath(*module.split(".")[1:])
    package = path.joinpath("__init__.py")
    if package.is_file():
        return package
    above = files("plankb").joinpath(*module.split(".")[1:-1])
    single = above.joinpath(module.rpartition(".")[2] + ".py")
    return single if module != "plankb" and single.is_file() else None


def _sources(module: str) -> Iterator[Traversable]:
    """The source of a module, and for a package the data files beside it."""
    file = _file(module)
    if file is None:
        return
    yield file
    if file.name == "__init__.py" and module != "plankb":
        beside = files("plankb").joinpath(*module.split(".")[1:])
        data = (entry for entry in beside.iterdir() if entry.is_file() and not entry.name.endswith((".py", ".pyc")))
        yield from sorted(data, key=lambda entry: entry.name)
