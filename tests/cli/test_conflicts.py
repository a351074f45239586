"""`conflicts` and `check`: filters, every format, exit codes, and one line for what cannot be used."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.cli.conftest import run_plankb

PLANS = {
    "a.txt": "贵阳市农业规划\n一、目标\n到2025年，农膜回收率达到80%，秸秆综合利用率达到88%。\n",
    "b.txt": "贵阳市循环经济规划\n一、目标\n到2025年，农膜回收率达到90%。\n",
    "c.txt": "贵州省农业规划\n一、目标\n到2025年，秸秆综合利用率达到90%以上。\n",
}
MANIFEST = """
[[plan]]
file = "a.txt"
title = "贵阳市农业规划"
jurisdiction = "贵阳市"
[[plan]]
file = "b.txt"
title = "贵阳市循环经济规划"
jurisdiction = "贵阳市"
[[plan]]
file = "c.txt"
title = "贵州省农业规划"
jurisdiction = "贵州省"
"""
DRAFT = "贵阳市固废规划\n一、目标\n到2025年，农膜回收率达到85%。\n三、任务\n推进“双碳&工作。\n"


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    for name, text in PLANS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "plans.toml").write_text(MANIFEST, encoding="utf-8")
    assert run_plankb("build", folder, "--kb", folder / "kb").returncode == 0
    return folder / "kb"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "草案.txt"
    path.write_text(DRAFT, encoding="utf-8")
    manifest = (
        '[[plan]]\nfile = "草案.txt"\njurisdiction = "贵阳市"\n[[plan]]\nfile = "草案.docx"\njurisdiction = "贵阳市"\n'
    )
    (tmp_path / "plans.toml").write_text(manifest, encoding="utf-8")
    return path


OWN = ("--no-rule", "not-covered")  # what the province asks and the draft leaves out is another matter

FILTERS = [
    ("", ["conflict", "looser"]),
    ("--type looser", ["looser"]),
    ("--plan b", ["conflict"]),
    ("--severity error", []),
    ("--by 2030", []),
]


@pytest.mark.parametrize(("words", "expected"), FILTERS)
def test_conflicts_under_filters(kb: Path, words: str, expected: list[str]) -> None:
    done = run_plankb("conflicts", *words.split(), "--format", "jsonl", "--kb", kb)
    assert [json.loads(line)["type"] for line in done.stdout.splitlines()] == expected
    assert done.returncode == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_shows_every_quotation_with_its_plan(kb: Path, lang: str) -> None:
    shown = run_plankb("conflicts", "--kb", kb, "--lang", lang).stdout
    for words in ("农膜回收率达到80%", "农膜回收率达到90%", "贵阳市循环经济规划", "贵州省农业规划"):
        assert words in "".join(shown.split())


def test_the_page_and_the_workbook_hold_every_quotation(kb: Path, tmp_path: Path) -> None:
    page = run_plankb("conflicts", "--format", "html", "--kb", kb).stdout
    assert page.count("<blockquote>") == 4
    path = tmp_path / "冲突.xlsx"
    assert run_plankb("conflicts", "--format", "xlsx", "-o", path, "--kb", kb).returncode == 0
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 5
    assert {row[5] for row in rows[1:]} == {"贵阳市农业规划", "贵阳市循环经济规划", "贵州省农业规划"}


def test_a_draft_with_warnings_ends_with_1_and_says_line_rule_and_words(kb: Path, draft: Path) -> None:
    done = run_plankb("check", draft, *OWN, "--kb", kb)
    assert done.returncode == 1
    heads = [line.split()[:3] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert heads == [
        ["第3行", "警告", "与现行规划不一致（target-conflict）"], ["第4行", "警告", "序号有误（numbering）"],
        ["第5行", "警告", "标点不成对（unpaired）"],
    ]  # fmt: skip
    assert "“双碳&工作" in done.stdout


def test_without_a_knowledge_base_a_draft_is_checked_against_itself(draft: Path, tmp_path: Path) -> None:
    done = run_plankb("check", draft, "--format", "jsonl", "--kb", tmp_path / "none")
    assert [json.loads(line)["rule"] for line in done.stdout.splitlines()] == ["numbering", "unpaired"]
    assert not (tmp_path / "none").exists()


def test_a_clean_draft_ends_with_0(tmp_path: Path, kb: Path) -> None:
    path = tmp_path / "clean.md"
    path.write_text("贵阳市规划\n一、目标\n到2025年，公路里程达到500公里。\n二、任务\n推进建设。\n", encoding="utf-8")
    assert run_plankb("check", path, "--kb", kb).returncode == 0


def test_rules_are_chosen_and_findings_accepted_with_a_reason(kb: Path, draft: Path) -> None:
    def rules(*options: str) -> tuple[int, list[str]]:
        done = run_plankb("check", draft, "--format", "jsonl", *OWN, *options, "--kb", kb)
        return done.returncode, [json.loads(line)["rule"] for line in done.stdout.splitlines()]

    assert rules("--rule", "numbering") == (1, ["numbering"])
    assert rules("--no-rule", "numbering", "--no-rule", "unpaired") == (1, ["target-conflict"])
    assert rules("--accept", "numbering@4", "--reason", "附件另行编号") == (1, ["target-conflict", "unpaired"])
    assert rules("--rule", "numbering") == (0, [])
    (draft.parent / "plankb.toml").write_text('[check]\noff = ["unpaired"]\n', encoding="utf-8")
    assert rules() == (1, ["target-conflict"])


def test_a_deadline_is_past_by_the_date_that_the_user_gives(kb: Path, tmp_path: Path) -> None:
    path = tmp_path / "方案.md"
    path.write_text("贵阳市方案\n一、任务\n2022年底前完成改造。\n", encoding="utf-8")
    said = {
        date: run_plankb("check", path, *date.split(), "--format", "jsonl", "--kb", kb).stdout
        for date in ("", "--date 2023", "--date 2022-05")
    }
    assert [date for date, lines in said.items() if "past-deadline" in lines] == ["--date 2023"]


def test_sarif_and_html_hold_the_findings_as_text(kb: Path, draft: Path) -> None:
    log = json.loads(run_plankb("check", draft, *OWN, "--format", "sarif", "--kb", kb).stdout)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["target-conflict", "numbering", "unpaired"]
    assert log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 4
    page = run_plankb("check", draft, "--format", "html", "--kb", kb).stdout
    assert "双碳&amp;工作" in page


def test_a_word_draft_comes_back_with_comments_and_is_left_as_it_was(kb: Path, draft: Path, tmp_path: Path) -> None:
    document = docx.Document()
    for line in DRAFT.splitlines():
        document.add_paragraph(line)
    path = tmp_path / "草案.docx"
    document.save(str(path))
    before = path.read_bytes()
    done = run_plankb("check", path, *OWN, "--format", "docx", "--kb", kb)
    assert done.returncode == 1
    assert path.read_bytes() == before
    written = tmp_path / "草案.checked.docx"
    comments = [comment.text for comment in docx.Document(str(written)).comments]
    assert [text.splitlines()[0].split()[-1] for text in comments] == ["与现行规划不一致", "序号有误", "标点不成对"]
    assert zipfile.ZipFile(io.BytesIO(written.read_bytes())).testzip() is None


BAD = [
    ("conflicts --type nope", "nope"),
    ("check DRAFT --rule nope", "nope"),
    ("check DRAFT --no-rule nope", "nope"),
    ("check DRAFT --config missing.toml", "missing.toml"),
    ("check DRAFT --date 23", "2023-05-18"),
    ("check DRAFT --date 2023-13", "2023-13"),
    ("check DRAFT --accept numbering@99 --reason x", "numbering@99"),
    ("check DRAFT --accept numbering@4", "--reason"),
    ("check DRAFT --format docx", "草案.txt"),
    ("check DRAFT --format html -o DRAFT", "草案.txt"),
    ("check missing.docx", "missing.docx"),
]


@pytest.mark.parametrize(("words", "said"), BAD)
def test_what_cannot_be_used_is_one_line(kb: Path, draft: Path, words: str, said: str) -> None:
    before = draft.read_bytes()
    done = run_plankb(*(str(draft) if word == "DRAFT" else word for word in words.split()), "--kb", kb)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr
    assert draft.read_bytes() == before


@pytest.mark.parametrize("ending", ["html", "xlsx", "docx", "csv", "md", "jsonl"])
def test_the_ending_of_the_file_decides_the_format(kb: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"冲突.{ending}"
    done = run_plankb("conflicts", "--format", "jsonl", "-o", path, "--kb", kb)
    assert (done.returncode, done.stdout) == (0, "")
    data = path.read_bytes()
    assert data.startswith(
        {"html": b"<!DOCTYPE", "xlsx": b"PK", "docx": b"PK", "md": b"##", "jsonl": b"{"}.get(ending, b"\xef\xbb\xbf")
    )


@pytest.mark.parametrize("command", ["conflicts", "check DRAFT", "extract DRAFT"])
def test_a_file_of_an_unknown_ending_is_refused_before_any_work(kb: Path, tmp_path: Path, command: str) -> None:
    draft = tmp_path / "草案.txt"
    draft.write_text("到2025年，公交车保有量达到100辆。", encoding="utf-8")
    words = [str(draft) if word == "DRAFT" else word for word in command.split()]
    done = run_plankb(*words, "-o", tmp_path / "结果.wps", "--kb", kb)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert not (tmp_path / "结果.wps").exists()


FORMER = """贵阳市农业规划（2016—2020年）
一、目标
到2020年，农膜回收率达到80%。
二、其他
到2020年，农膜回收率达到90%。
"""


def test_plans_that_stand_apart_are_named(tmp_path: Path) -> None:
    texts = {
        "a": FORMER,
        "b": "贵阳市节水规划（征求意见稿）\n一、目标\n到2025年，污水处理率达到80%。\n",
        "c": "贵阳市节水规划\n一、目标\n到2025年，污水处理率达到90%。\n",
        "d": "关于推进节水的工作安排\n一、目标\n到2025年，污水处理率达到70%。\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run_plankb("build", tmp_path, "--kb", tmp_path / "kb").returncode == 0
    run = run_plankb("conflicts", "--date", "2026-01-01", "--kb", tmp_path / "kb")
    assert "（已到期）" in run.stdout
    page = run_plankb("conflicts", "--date", "2026-01-01", "--format", "html", "--kb", tmp_path / "kb").stdout
    assert "（已到期）" in page
    assert "污水处理率" not in run.stdout
    assert "1 个规划没有区划" in run.stderr
    assert "b 与 c 是同一文件" in run.stderr
    assert "（已到期）" not in run_plankb("conflicts", "--date", "2019-01-01", "--kb", tmp_path / "kb").stdout
    wrong = run_plankb("conflicts", "--date", "明天", "--kb", tmp_path / "kb")
    assert (wrong.returncode, wrong.stdout) == (2, "")
