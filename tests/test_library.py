"""`import plankb`: the examples of docs/python.md, what importing loads, and that every public name is documented."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import plankb

PAGE = (Path(__file__).parents[1] / "docs" / "python.md").read_text(encoding="utf-8")


def test_the_examples_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (plan,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "规划文件夹").mkdir()
    (tmp_path / "规划文件夹" / "某市交通方案.txt").write_text(plan, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(code, {}, "docs/python.md", "docs/python.md", 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    failed, tried = runner.run(test, out=said.append)
    assert tried > 20
    assert failed == 0, "".join(said)


def test_importing_loads_nothing_of_weight() -> None:
    asks = "import sys, plankb; print(*sorted(name for name in sys.modules if name.split('.')[0] in sys.argv[1:]))"
    heavy = ("pydantic", "spacy", "jieba", "textual", "typer", "networkx", "docx", "mcp", "sqlite3", "whoosh")
    done = subprocess.run([sys.executable, "-c", asks, *heavy], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("name", plankb.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(plankb, name)
    assert name == "__version__" or inspect.getdoc(value)


@pytest.mark.parametrize("name", [name for name in vars(plankb.KnowledgeBase) if not name.startswith("_")])
def test_every_method_of_a_knowledge_base_says_what_it_gives(name: str) -> None:
    assert inspect.getdoc(inspect.getattr_static(plankb.KnowledgeBase, name))


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        plankb.nothing  # noqa: B018
    assert "open" in dir(plankb)


def test_own_rules_are_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANKB_RULES", str(tmp_path))
    (tmp_path / "bureaus.toml").write_text("[[bureau]]\nname = 3\n", encoding="utf-8")
    with pytest.raises(plankb.PlankbError, match="E170"):
        plankb.read(tmp_path / "nothing.txt")
