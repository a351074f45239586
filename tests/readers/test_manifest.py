"""The manifest of a folder of plans, and the one of the corpus."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import files
from plankb.readers import manifest
from tests import corpus


def test_the_manifest_names_every_plan_of_the_corpus_unchanged() -> None:
    entries = manifest.load(corpus.FOLDER)
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in corpus.FOLDER.glob("*.txt")}
    assert {name: entry.sha256 for name, entry in entries.items()} == digests


@pytest.mark.parametrize("plan", corpus.PLANS)
def test_titles_and_issuers_of_the_corpus_stand_in_the_plans(plan: str) -> None:
    entry = manifest.load(corpus.FOLDER)[f"{plan}.txt"]
    first_page = corpus.clean_text(plan).text[:200]
    assert entry.title
    assert entry.title in first_page
    assert entry.issuer is None or entry.issuer in first_page


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    assert manifest.load(tmp_path) == {}


@pytest.mark.parametrize(
    "content",
    [
        "[[plan]\n",
        '[[plan]]\ntitle = "x"\n',
        '[[plan]]\nfile = "a.txt"\nlevel = "village"\n',
        "plan = 3\n",
        "plan = [3]\n",
        "\xff",
    ],
)
def test_a_faulty_manifest_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / manifest.NAME).write_bytes(content.encode("latin-1"))
    with pytest.raises(PlankbError, match="E106"):
        manifest.load(tmp_path)


def test_a_date_may_be_written_as_one(tmp_path: Path) -> None:
    (tmp_path / manifest.NAME).write_text('[[plan]]\nfile = "a.txt"\ndate = 2022-11-03\n', encoding="utf-8")
    assert manifest.load(tmp_path)["a.txt"].date == "2022-11-03"


GOOD = '[[plan]]\nfile = "甲.txt"\ntitle = "公园规划"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_it_is_read_whatever_editor_saved_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / manifest.NAME).write_bytes(GOOD.encode(encoding))
    assert manifest.load(tmp_path)["甲.txt"].title == "公园规划"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("tilte = '规划'", "不认识“tilte”；可用：file id title"),
        ("date = '2023-02-30'", "“date”的值应为 2026-03-08"),
        ("date = 2023-13", "第 4 行"),
        ("period = '十四五'", "“period”的值应为 2026-2030"),
        ("level = '镇'", "“level”的值应为 national"),
        ('issuer = "市\\u202e政府"', "“issuer”的值应为 1–300 字"),
        ("issuer = ''", "“issuer”的值应为 1–300 字"),
        ("issuer = ['规划']", "“issuer”的值应为"),
        ("title 规划", "第 4 行不合写法：title 规划"),
        ("title = '\x1b[2J'", "第 4 行不合写法：title = '[2J'"),
        ("x = " + "[" * 5000, "括号套得太深"),
        ("[other]\na = 1", "不认识“other”；可用：[[plan]]"),
    ],
)
def test_a_fault_is_told_in_plain_words(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / manifest.NAME).write_text(f"{GOOD}{line}\n", encoding="utf-8")
    with pytest.raises(PlankbError, match="E106") as caught:
        manifest.load(tmp_path)
    told = caught.value.text("zh")
    assert said in told
    assert not any(word in told for word in ("pydantic", "validation", "Expected", "NoneType", "\x1b", "\n"))


def test_a_pipe_and_a_huge_file_are_told_and_not_read(tmp_path: Path) -> None:
    (tmp_path / manifest.NAME).write_text("# " + "长" * 400_000, encoding="utf-8")
    with pytest.raises(PlankbError, match="E106"):
        manifest.load(tmp_path)
    (tmp_path / manifest.NAME).unlink()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / manifest.NAME)
        with pytest.raises(PlankbError, match="E106"):
            manifest.load(tmp_path)


def test_an_entry_of_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / manifest.NAME).write_text(GOOD, encoding="utf-8")
    (tmp_path / "乙.txt").write_text("治理河道。", encoding="utf-8")
    assert [(one.path.name, one.why.code) for one in files.skipped([tmp_path])] == [("甲.txt", "E189")]


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("period", ("2025-2025", "2021-2025"), ("2025-2024", "2025", "十四五")),
        ("date", ("2024", "2024-05", "2024-05-31"), ("2024-00", "2024-05-32", "24-05-01", "")),
        ("level", ("city",), ("town",)),
    ],
)
def test_values_at_the_edge_of_what_a_field_takes(name: str, right: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    assert [value for value in right if not manifest._is_right(name, value)] == []
    assert [value for value in wrong if manifest._is_right(name, value)] == []
