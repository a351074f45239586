"""`plankb ask`: answers, bad input, the prompt, and what it loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from plankb.cli.brief import line_of
from plankb.model import Conflict
from plankb.query import ask
from tests.query.small import make_library, make_store

_HEAVY = ("spacy", "textual", "networkx", "jieba", "whoosh", "docx", "rapidfuzz", "pypinyin")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kb")
    make_store(path / "plankb.sqlite").close()
    return path


def _ask(folder: Path, *words: str, lines: str = "", lang: str | None = None) -> subprocess.CompletedProcess[str]:
    program = "from plankb.cli import main; main()"
    command = [sys.executable, "-c", program, "--kb", str(folder), *(("--lang", lang) if lang else ()), "ask", *words]
    return subprocess.run(command, input=lines, capture_output=True, text=True, check=False)


def test_json_holds_the_fields_of_the_contract(folder: Path) -> None:
    answer = json.loads(_ask(folder, "--format", "json", "市交委牵头哪些任务？").stdout)
    assert list(answer) == ["question", "understood", "answer", "facts", "count", "note"]
    assert list(answer["understood"])[:9] == [
        *("kind", "bureaus", "role", "by", "plan", "indicator", "text", "compare", "aggregate")
    ]  # fmt: skip
    assert [fact["title"] for fact in answer["facts"]] == ["优化货物运输结构", "深化车辆减污降碳"]


def test_text_says_the_answer_the_query_and_the_source(folder: Path) -> None:
    shown = _ask(folder, "市交委牵头哪些任务？").stdout
    assert "牵头2项任务，均在《长沙市绿色城市建设实施方案》：“优化货物运输结构”、“深化车辆减污降碳”。" in shown
    assert "理解为：任务 · 牵头：" in shown
    assert "1. 优化货物运输结构  【牵头】" in shown
    assert shown.count("〔绿色城市方案·已过期〕") == 2  # its period ended with 2025
    detailed = _ask(folder, "--detail", "市交委牵头哪些任务？").stdout
    assert detailed.count("《长沙市绿色") == 3  # the answer, and the source of each task


def test_csv_has_a_mark_for_excel_and_headings_of_the_language(folder: Path) -> None:
    shown = _ask(folder, "--format", "csv", "市交委牵头哪些任务？").stdout
    assert shown.startswith("\ufeff类别,内容,出处,原文\n")
    assert len(shown.splitlines()) == 3


def test_targets_of_several_places_are_a_table_of_places(folder: Path) -> None:
    shown = _ask(folder, "--format", "csv", "各地的绿色出行比例目标").stdout
    heads, *rows = (line.split(",") for line in shown.removeprefix("\ufeff").splitlines())
    assert heads == ["地区", "层级", "指标", "数值", "时间", "规划"]
    assert {tuple(row[:5]) for row in rows} == {
        ("株洲市", "市级", "绿色出行比例", "70%", "2025"),
        ("湖南省", "省级", "绿色出行比例", "≥80%", "2025"),
    }


@pytest.mark.parametrize("ending", ["xlsx", "csv", "md", "docx"])
def test_an_answer_is_written_in_the_format_of_the_file(folder: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"answer.{ending}"
    run = _ask(folder, "市交委牵头哪些任务？", "-o", str(path))
    assert run.returncode == 0
    assert path.stat().st_size > 100


def test_a_question_in_vain_is_kept_on_request(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANKB_CONFIG", str(tmp_path))
    _ask(folder, "市交委牵头哪些任务？", "--log")
    assert not list(tmp_path.iterdir())
    _ask(folder, "海洋牧场的目标", "--log")
    (kept,) = tmp_path.iterdir()
    assert json.loads(kept.read_text(encoding="utf-8"))["question"] == "海洋牧场的目标"


def test_we_are_the_bureau_that_was_set(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANKB_CONFIG", str(tmp_path))
    unknown = json.loads(_ask(folder, "--format", "json", "我们牵头哪些任务？").stdout)
    assert unknown["count"] == 0
    assert "plankb me" in unknown["note"]
    program = "from plankb.cli import main; main()"
    subprocess.run([sys.executable, "-c", program, "me", "市交委", "--place", "长沙"], check=True, capture_output=True)
    answer = json.loads(_ask(folder, "--format", "json", "我们牵头哪些任务？").stdout)
    assert [fact["title"] for fact in answer["facts"]] == ["优化货物运输结构", "深化车辆减污降碳"]


def test_a_place_that_nobody_knows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANKB_CONFIG", str(tmp_path))
    program = "from plankb.cli import main; main()"
    command = [sys.executable, "-c", program, "me", "--place", "火星"]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_an_english_question_is_answered_in_english(folder: Path) -> None:
    shown = _ask(folder, "which tasks does 市交委 lead?").stdout
    assert "2 task(s)" in shown
    assert "understood: " in shown
    assert "理解为" not in shown


def test_a_language_that_was_chosen_is_kept_to(folder: Path) -> None:
    chinese = _ask(folder, "which tasks does 市交委 lead?", lang="zh").stdout
    assert "牵头2项任务" in chinese
    assert "理解为" in chinese
    assert "2 task(s)" in _ask(folder, "市交委牵头哪些任务？", lang="en").stdout


@pytest.mark.parametrize(
    ("question", "code"),
    [("", 2), ("   ", 2), ("？！。……", 2), ("任" * 10_000, 2), ("\x1b[31m\x07", 0), ("[red]市交委[/]", 0)],
)
def test_bad_input_gets_one_clear_line(folder: Path, question: str, code: int) -> None:
    run = _ask(folder, question)
    assert run.returncode == code
    assert "Traceback" not in run.stderr
    assert len(run.stderr.splitlines()) == (1 if code else 0)


def test_markup_is_text(folder: Path) -> None:
    answer = json.loads(_ask(folder, "--format", "json", "[red]市交委[/]牵头哪些任务").stdout)
    assert answer["count"] == 2
    assert "[red]" in answer["question"]


def test_the_prompt_answers_line_after_line(folder: Path) -> None:
    lines = ("市交委牵头哪些任务？", "", "。。。", "那2023年呢？", "exit", "市商务局配合什么？")
    run = _ask(folder, "--format", "json", lines="\n".join(lines))
    counts = [json.loads(line)["count"] for line in run.stdout.splitlines()]
    assert counts == [2, 1]
    assert len(run.stderr.splitlines()) == 1


def test_an_ordinary_question_loads_nothing_heavy(folder: Path) -> None:
    program = (
        "import sys; from plankb.cli.frame import run; "
        f"run(['--kb', {str(folder)!r}, 'ask', '--format', 'json', '市交委牵头哪些任务？']); "
        f"print([name for name in {_HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_a_question_compiles_only_what_no_question_before_it_did(folder: Path) -> None:
    program = (
        "import re, sys; compiled = []; compile = re._compiler.compile; "
        "re._compiler.compile = lambda *args: compiled.append(args) or compile(*args); "
        "from plankb.cli.frame import run; "
        f"run(['--kb', {str(folder)!r}, 'ask', '--format', 'json', '市交委牵头哪些任务？']); "
        "from plankb import kept_patterns; modules = sum(name.startswith('plankb.') for name in sys.modules); "
        "print(len(kept_patterns._new), len(compiled), modules)"
    )
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PLANKB_RULES")}
    env["XDG_CONFIG_HOME"] = str(folder)  # no rules of a user, with which nothing is kept
    for _ in range(2):  # the first keeps what it compiled
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=env)
    made, compiled, modules = map(int, run.stdout.splitlines()[-1].split())
    assert made == 0
    assert compiled < 110  # most of them patterns of other libraries
    assert modules < 196


def test_a_conflict_beside_other_facts_is_told_in_words(tmp_path: Path) -> None:
    library = make_library(make_store(tmp_path / "plankb.sqlite"))
    conflict = next(fact for fact in ask("哪些目标互相矛盾", library).facts if isinstance(fact, Conflict))
    line = line_of(conflict, (), {}, "zh")
    assert line.startswith(f"{conflict.indicator}：")
    assert conflict.why.zh in line
    assert "kind=" not in line
