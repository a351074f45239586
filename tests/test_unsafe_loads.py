"""Nothing that runs as code is loaded from data: searched for in the package's own source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import plankb

ROOT = Path(plankb.__file__).parent
MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "imp", "runpy", "code", "cPickle", "yaml"}
CALLS = {"eval", "exec", "compile", "__import__", "execfile"}
ATTRIBUTES = {"load_extension", "enable_load_extension", "read_pickle", "unsafe_load", "from_disk", "from_bytes"}
IMPORTS_BY_NAME = {
    "__init__.py", "checks/check.py", "cli/frame.py", "exports/formats.py",
    "kb/__init__.py", "readers/__init__.py", "search/__init__.py", "store/__init__.py", "tui/screens/main.py",
}  # fmt: skip
"""Where a module is imported by a name out of a table in the code, looked at one by one."""


def findings(source: str) -> Iterator[str]:
    """What loads code, as line and name."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (f"{node.lineno} {one.name}" for one in names if one.name.split(".")[0] in MODULES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in MODULES:
                yield f"{node.lineno} {module}"
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                yield f"{node.lineno} {name}"
            case ast.Call(func=ast.Attribute(attr=name, value=value)) if name in ATTRIBUTES:
                if not (isinstance(value, ast.Name) and value.id == "int"):
                    yield f"{node.lineno} {name}"
            case ast.Call(func=ast.Name(id="import_module") | ast.Attribute(attr="import_module"), args=[first, *_]):
                if not isinstance(first, ast.Constant):
                    yield f"{node.lineno} import_module"


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from marshal import loads",
        "eval('1')",
        "db.enable_load_extension(True)",
        "import_module(name)",
    ],
)
def test_such_a_load_is_found(source: str) -> None:
    assert list(findings(source))


def test_the_package_has_none() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): list(findings(path.read_text(encoding="utf-8")))
        for path in ROOT.rglob("*.py")
    }
    found = {name: all_ for name, all_ in found.items() if all_ and name not in IMPORTS_BY_NAME}
    assert found == {}


def test_whoosh_opens_only_what_was_verified() -> None:
    """Whoosh unpickles what it opens: from the disk only to go on from an index that `make` has verified."""
    opens = [
        path.name for path in sorted((ROOT / "search").glob("*.py")) if "open_index" in path.read_text(encoding="utf-8")
    ]
    assert opens == ["whoosh_engine.py", "whoosh_index.py"]
    engine = (ROOT / "search" / "whoosh_engine.py").read_text(encoding="utf-8")
    assert "FileStorage" not in engine
