"""The same facts make the same bytes, in every format, run after run."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from plankb.exports.formats import FORMATS, render
from plankb.exports.settled import settled
from plankb.kb import KnowledgeBase
from plankb.matrix import Matrix

ROOT = Path(__file__).parents[2]
WRITTEN_ELSEWHERE = {"records", "reading", "ledger", "proposals"}
"""What is made of other things than a knowledge base alone, or tested with its own kind."""


def digests(kb: Path, draft: Path, *, seed: int, later: int) -> dict[str, str]:
    run = subprocess.run(
        [sys.executable, "-m", "tests.exports.rendered", str(kb), str(draft)],
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PLANKB_LATER": str(later)},
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(line.split() for line in run.stdout.splitlines())


@pytest.mark.slow
def test_every_format_is_the_same_run_after_run(corpus_kb: KnowledgeBase, tmp_path: Path) -> None:
    draft = tmp_path / "draft.docx"
    document = docx.Document()
    for text in ("某市供水工作方案", "一、主要目标", "到2025年，供水普及率达到98%。到2025年，供水普及率达到99%。"):
        document.add_paragraph(text)
    document.save(str(draft))
    first = digests(corpus_kb.folder, draft, seed=1, later=0)
    assert {name.partition(".")[0] for name in first} == set(FORMATS) - WRITTEN_ELSEWHERE
    assert digests(corpus_kb.folder, draft, seed=2, later=86_400) == first


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_the_parts_of_an_office_file_have_no_time_of_their_own(matrix: Matrix, ending: str) -> None:
    parts = zipfile.ZipFile(BytesIO(render("matrix", matrix, ending))).infolist()
    assert {part.date_time for part in parts} == {(1980, 1, 1, 0, 0, 0)}


def test_a_file_whose_times_are_fixed_is_left_as_it_is() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(zipfile.ZipInfo("a.xml", (2026, 5, 4, 3, 2, 0)), "<a/>")
    once = settled(stream.getvalue())
    assert once != stream.getvalue()
    assert settled(once) == once
    assert zipfile.ZipFile(BytesIO(once)).read("a.xml") == b"<a/>"


def test_a_large_workbook_whose_parts_have_a_fixed_day_is_not_packed_again() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(zipfile.ZipInfo("a.xml", (1980, 1, 31, 0, 0, 0)), "<a/>")
    data = stream.getvalue()
    assert settled(data, dated=True) is data
