"""`build`, `add`, `remove`, `plans` as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plankb.errors import message
from plankb.kb import KnowledgeBase
from tests import corpus
from tests.cli.conftest import run_plankb


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one plan."""
    folder = tmp_path / "规划 文件"
    folder.mkdir()
    (folder / "方案.txt").write_bytes("某市实施方案\n\n一、总体要求\n".encode("gbk"))
    return folder


def test_build_add_remove_plans(folder: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    other = tmp_path / "另一个.md"
    other.write_text("# 某县行动计划\n\n一、目标\n", encoding="utf-16")
    built = run_plankb("build", folder, "--kb", kb)
    assert (built.returncode, built.stdout) == (0, "")
    assert "1 规划" in built.stderr
    assert run_plankb("add", other, "--kb", kb).returncode == 0
    assert plans(kb) == {"方案", "另一个"}
    assert run_plankb("remove", "方案", "--kb", kb).returncode == 0
    assert plans(kb) == {"另一个"}


def plans(kb: Path) -> set[str]:
    lines = run_plankb("plans", "--format", "jsonl", "--kb", kb).stdout.splitlines()
    return {json.loads(line)["id"] for line in lines}


def test_a_bad_file_in_a_folder_is_named_and_the_build_is_done(folder: Path, tmp_path: Path) -> None:
    (folder / "空.txt").write_bytes(b"")
    done = run_plankb("build", folder, "--kb", tmp_path / "kb")
    assert done.returncode == 0
    assert "空.txt" in done.stderr


def test_a_bad_file_that_the_user_named_is_exit_2_and_the_rest_is_built(folder: Path, tmp_path: Path) -> None:
    bad = folder / "空.txt"
    bad.write_bytes(b"")
    done = run_plankb("build", folder / "方案.txt", bad, "--kb", tmp_path / "kb")
    assert done.returncode == 2
    assert "空.txt" in done.stderr
    assert plans(tmp_path / "kb") == {"方案"}


def test_a_build_that_is_interrupted_says_so(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    run_plankb("build", folder, "--kb", tmp_path / "kb")
    (folder / "新.txt").write_text("新方案", encoding="utf-8")
    monkeypatch.setattr("plankb.kb.files.read", interrupted)
    done = run_plankb("build", folder, "--kb", tmp_path / "kb")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (130, "", 1)
    assert plans(tmp_path / "kb") == {"方案"}


def test_ctrl_c_when_all_is_written_does_not_say_that_nothing_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def done_and_interrupted(self: KnowledgeBase, *args: Any, **named: Any) -> object:
        add(self, *args, **named)
        raise KeyboardInterrupt

    run_plankb("build", folder, "--kb", tmp_path / "kb")
    (tmp_path / "新.txt").write_text("某市新方案\n\n一、任务\n（一）植树。新增绿地3公顷。", encoding="utf-8")
    add = KnowledgeBase.add
    monkeypatch.setattr(KnowledgeBase, "add", done_and_interrupted)
    done = run_plankb("add", tmp_path / "新.txt", "--kb", tmp_path / "kb")
    assert (done.returncode, done.stderr.splitlines()[-1:]) == (130, [message("E159")])
    assert plans(tmp_path / "kb") == {"方案", "新"}


BAD = {
    "missing": None,
    "empty.txt": b"",
    "blank.txt": b" \n \n",
    "binary.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
}


@pytest.mark.parametrize("command", ["build", "add", "extract"])
@pytest.mark.parametrize("name", BAD)
def test_input_that_cannot_be_used_is_one_line(name: str, command: str, folder: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    run_plankb("build", folder, "--kb", kb)
    content = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    sure = ("--yes",) if command == "build" else ()
    done = run_plankb(command, tmp_path / name, *sure, "--kb", kb)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert name in done.stderr
    assert plans(kb) == {"方案"}


def test_a_folder_without_plans_and_a_folder_to_extract(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    for command, path in (("build", tmp_path / "void"), ("extract", folder)):
        done = run_plankb(command, path, "--kb", tmp_path / "kb")
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_a_damaged_knowledge_base_is_one_line_and_stays(tmp_path: Path) -> None:
    (tmp_path / "plankb.sqlite").write_bytes(b"?" * 3000)
    for words in (f"build {corpus.FOLDER}", "plans", "list targets"):
        done = run_plankb(*words.split(), "--kb", tmp_path)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert (tmp_path / "plankb.sqlite").read_bytes() == b"?" * 3000


def test_a_build_tells_how_many_corrections_have_become_suspect(tmp_path: Path) -> None:
    plan = tmp_path / "plans" / "方案.txt"
    plan.parent.mkdir()
    text = "贵阳市交通方案\n\n一、任务\n\n（一）优化运输。到2025年完成。（市交委牵头）\n"
    plan.write_text(text, encoding="utf-8")
    kb = KnowledgeBase(tmp_path / "kb")
    kb.build([plan.parent])
    (task,) = kb.store.facts("task")
    kb.corrections.correct(task.id, field="by", after=["2026"])
    plan.write_text(text.replace("到2025年完成", "到2025年底全部完成"), encoding="utf-8")
    done = run_plankb("build", plan.parent, "--kb", kb.folder)
    assert done.stderr.splitlines()[0].startswith("1 ")
    assert "plankb review --list" in done.stderr


def test_a_build_that_would_remove_plans_needs_a_yes(folder: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    (folder / "另一个.txt").write_text("某县计划\n\n一、目标\n", encoding="utf-8")
    assert run_plankb("build", folder, "--kb", kb).returncode == 0
    refused = run_plankb("build", folder / "方案.txt", "--kb", kb)
    assert refused.returncode == 2
    assert "另一个" in refused.stderr
    assert "--yes" in refused.stderr
    assert plans(kb) == {"方案", "另一个"}
    assert run_plankb("build", folder / "方案.txt", "--yes", "--kb", kb).returncode == 0
    assert plans(kb) == {"方案"}


def test_files_left_out_and_plans_of_no_known_place_are_named(folder: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    (folder / "照片.jpg").write_bytes(b"x")
    first = run_plankb("build", folder, "--kb", kb)
    again = run_plankb("build", folder, "--kb", kb)
    for done in (first, again):
        assert "照片.jpg" in done.stderr
        assert "1 个规划没有识别出行政区划" in done.stderr
        assert "方案" in done.stderr
    assert run_plankb("plans", "方案", "--set", "地区=绵阳市", "--kb", kb).returncode == 0
    assert "行政区划" not in run_plankb("build", folder, "--kb", kb).stderr


def test_a_plan_is_corrected_by_one_command(folder: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    run_plankb("build", folder, "--kb", kb)
    sets = ("--set", "title=绵阳市方案", "--set", "period=2026-2030")
    done = run_plankb("plans", "方案", *sets, "--format", "jsonl", "--kb", kb)
    (plan,) = map(json.loads, done.stdout.splitlines())
    assert (plan["title"], plan["period"]) == ("绵阳市方案", "2026-2030")
    for wrong in (("--set", "title"), ("--set", "编号=x"), ("--set", "period=早晚")):
        refused = run_plankb("plans", "方案", *wrong, "--kb", kb)
        assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert run_plankb("plans", "--set", "title=x", "--kb", kb).returncode == 2
