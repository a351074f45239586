"""The documentation: links lead somewhere, every page is on the map, every command in an example is one, and the first
hour does what it says. Strict building of the pages is `make site`."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from plankb.cli.frame import commands
from tests.cli.conftest import run_plankb

ROOT = Path(__file__).parents[1]
PAGES = sorted([*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")])
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_GLOBAL = {"--kb", "--lang", "--rules", "--version", "--help"}
_SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def names(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_links_lead_to_a_file_and_a_heading(page: Path) -> None:
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w-]", "", one.lower().replace(" ", "-")) for one in headings}, link


def test_every_page_is_on_the_map_once() -> None:
    listed = re.findall(r": ([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(page.name for page in (ROOT / "docs").glob("*.md"))


def test_the_pages_fetch_nothing() -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "highlightjs: false" in settings
    assert "http" not in settings
    assert not [page for page in PAGES if re.search(r"!\[[^]]*\]\(http|<(?:img|script|link)", page.read_text("utf-8"))]


def examples() -> Iterator[tuple[str, str]]:
    """Every command of plankb in an example, with the page that it stands on."""
    for page in PAGES:
        for block in _SHELL.findall(page.read_text(encoding="utf-8")):
            yield from ((names(page), line) for line in block.splitlines() if line.startswith("plankb"))


def test_every_example_is_a_command_with_options_that_it_has() -> None:
    reference = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    help_of = {part.split("\n", 1)[0].strip(): part for part in reference.split("\n## plankb")}
    found = list(examples())
    assert len(found) > 50
    for page, line in found:
        words = shlex.split(line, comments=True)[1:]
        named = [word for word in words if word in commands()][:1]
        plain = [word.split("=")[0] for word in words if word.startswith("-") and word != "-"]
        assert named or not [word for word in words if not word.startswith("-")], (page, line)
        for option in plain:
            known = help_of[named[0] if named else ""]
            assert option in _GLOBAL or re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", known), (page, line)


def test_the_readmes_are_twins() -> None:
    one, other = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))
    english, chinese = (
        [re.sub(r"\s+#.*", "", line) for line in "".join(_SHELL.findall(text)).splitlines()] for text in (one, other)
    )
    assert [line for line in english if line not in chinese] == ['plankb ask "all 2025 targets" --format json']
    assert [line for line in chinese if line not in english] == []
    assert re.findall(r"\d\.\d+", one.split("|---|")[1]) == re.findall(r"\d\.\d+", other.split("|---|")[1])


def test_the_first_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "first-hour.md").read_text(encoding="utf-8")
    (plan,) = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    (tmp_path / "规划文件夹").mkdir()
    (tmp_path / "规划文件夹" / "某市交通方案.txt").write_text(plan, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANKB_KB", str(tmp_path / "kb"))
    lines = [line for block in _SHELL.findall(page) for line in block.splitlines() if line.startswith("plankb ")]
    assert len(lines) > 10
    said = {}
    for line in lines:
        words = shlex.split(line, comments=True)[1:]
        done = run_plankb(*words)
        assert done.returncode == 0, (line, done.stderr)
        said[words[0], words[-1]] = done.stdout
    assert "优化运输结构" in said["ask", "市交委牵头哪些任务？"]
    assert "100%" in said["ask", "新能源公交车比例2030年是多少"]
    assert {"责任矩阵.xlsx", "样本.xlsx", "备份.zip"} <= {path.name for path in tmp_path.iterdir()}


@pytest.mark.slow
def test_the_pages_are_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert not re.findall(r"<(?:script|img)[^>]+src=\"(?:https?:)?//", page)
    assert not re.findall(r"<link[^>]+href=\"(?:https?:)?//", page)
