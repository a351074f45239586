"""The manifest of a folder of plans, and the one of the corpus."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from plankb.errors import PlankbError
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
    ["[[plan]\n", '[[plan]]\ntitle = "x"\n', '[[plan]]\nfile = "a.txt"\nlevel = "village"\n', "plan = 3\n", "\xff"],
)
def test_a_faulty_manifest_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / manifest.NAME).write_bytes(content.encode("latin-1"))
    with pytest.raises(PlankbError, match="E106"):
        manifest.load(tmp_path)


def test_a_date_may_be_written_as_one(tmp_path: Path) -> None:
    (tmp_path / manifest.NAME).write_text('[[plan]]\nfile = "a.txt"\ndate = 2022-11-03\n', encoding="utf-8")
    assert manifest.load(tmp_path)["a.txt"].date == "2022-11-03"
