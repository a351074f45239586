"""`list`: the options become the filter that they name, and the three forms of output hold the facts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from plankb.store import StoreWriter
from tests.cli.conftest import run_plankb
from tests.samples import sample
from tests.store.conftest import SOURCE

CASES = [
    ("tasks --plan a", ["a:task-1", "a:task-2"]),
    ("tasks --plan 他市", ["c:task-1", "c:task-2"]),
    ("tasks --plan a --plan b --by 2030", ["a:task-2", "b:task-2"]),
    ("tasks --bureau 市交委 --role lead --plan a", ["a:task-1"]),
    ("tasks --bureau 交通委员会 --role 牵头 --plan a", ["a:task-1"]),
    ("tasks --bureau 某市/交通 --role joint", ["a:task-2", "b:task-2"]),
    ("targets --indicator 货运 --plan a", ["a:target-1"]),
    ("targets --indicator 没有这样的指标", []),
    ("deadlines --by 2025 --plan a", ["a:deadline-1"]),
    ("bureaus --plan a --role lead", ["某市/交通"]),
    ("projects --plan a", ["a:project-1"]),
    ("citations --plan a", ["a:citation-1"]),
    ("doubts --plan a", ["a:doubt-1"]),
]


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_options_become_filters(sample_kb: Path, words: str, expected: list[str]) -> None:
    done = run_plankb("list", *words.split(), "--format", "jsonl", "--kb", sample_kb)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == expected
    assert done.returncode == 0


BAD = [
    ("tasks --plan 没有", "没有"),
    ("tasks --bureau 没有局", "没有局"),
    ("tasks --role boss", "lead|support|joint"),
    ("tasks --by 明年", "明年"),
]


@pytest.mark.parametrize(("words", "said"), BAD)
def test_an_option_that_names_nothing_is_one_line(sample_kb: Path, words: str, said: str) -> None:
    done = run_plankb("list", *words.split(), "--kb", sample_kb)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr


@pytest.mark.parametrize("kind", ["tasks", "targets", "deadlines", "bureaus", "projects", "citations", "doubts"])
def test_every_kind_has_a_table_and_csv(sample_kb: Path, kind: str) -> None:
    for lang in ("zh", "en"):
        table = run_plankb("list", kind, "--kb", sample_kb, "--lang", lang)
        assert table.returncode == 0
        assert len(table.stdout.splitlines()) > 2
    english = run_plankb("list", kind, "--format", "csv", "--kb", sample_kb, "--lang", "en").stdout
    rows = list(csv.DictReader(io.StringIO(english.removeprefix("\ufeff"))))
    lines = run_plankb("list", kind, "--format", "jsonl", "--kb", sample_kb).stdout.splitlines()
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in lines]
    chinese = run_plankb("list", kind, "--format", "csv", "--kb", sample_kb, "--lang", "zh").stdout
    assert chinese.startswith("\ufeff")  # else Excel shows another encoding's characters
    heads, *cells = csv.reader(io.StringIO(chinese.removeprefix("\ufeff")))
    assert not any(head.isascii() for head in heads)
    assert cells == [list(row.values()) for row in rows]


def test_text_of_documents_is_never_obeyed(tmp_path: Path) -> None:
    plan = sample("a")
    evil = '=HYPERLINK("x")[red]\x1b[31m\x9b31m\u202e@{}'
    facts = tuple(fact.model_copy(update={"title": evil}) if fact.kind == "task" else fact for fact in plan.facts)
    writer = StoreWriter(tmp_path / "plankb.sqlite")
    writer.put(plan.plan, SOURCE, plan.clean, facts=facts, bureaus=plan.bureaus)
    writer.commit()
    forms = {
        form: run_plankb("list", "tasks", "--format", form, "--kb", tmp_path).stdout
        for form in ("table", "jsonl", "csv")
    }
    for text in forms.values():
        assert not {"\x1b", "\x9b", "\u202e"} & set(text)
    assert json.loads(forms["jsonl"].splitlines()[0])["title"] == evil
    first = next(csv.DictReader(io.StringIO(forms["csv"].removeprefix("\ufeff"))))
    assert any(cell.startswith("'=HYPERLINK") for cell in first.values())
    assert "[red]" in forms["table"].replace("\n", "")
