"""The user's own rules: what they change, how they are checked, and that nothing in them can do harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plankb import indicators, quantities, register
from plankb.errors import PlankbError, message
from plankb.kb import user_rules
from plankb.register import places
from plankb.rules import user
from plankb.rules.bounded import refuse_slow
from tests.cli.conftest import run_plankb

BUREAU = """
[[bureau]]
name = "数字产业发展集团"
short = ["数产集团"]
examples = ["市数产集团", "贵阳市数字产业发展集团"]
not = ["市大数据局"]
"""
UNIT = """
[[unit]]
names = ["水方"]
dimension = "volume"
example = "300水方"
value = 300
unit = "立方米"

[[counter]]
names = ["车位组"]
unit = "个"
example = "20车位组"
"""
INDICATOR = """
[[indicator]]
name = "充电设施保有量"
words = ["充电桩总数", "充换电设施数量"]
good = "down"
examples = ["全市充电桩总数"]
not = ["加油站数量"]
"""
WORDING = """
[[rewrite]]
words = ["农村厕所"]
to = "农村户厕"
examples = ["农村厕所普及率"]
gives = "农村户厕普及率"
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes rule files and makes the process use their folder."""

    def write(**files: str) -> Path:
        (own := tmp_path / "own").mkdir(exist_ok=True)
        for name, text in files.items():
            (own / f"{name}.toml").write_text(text, encoding="utf-8")
        monkeypatch.setenv(user.VARIABLE, str(own))
        user.refresh()
        return own

    yield write
    monkeypatch.undo()
    user.refresh()


def test_bodies_are_known_by_name_and_short_form(write: Write) -> None:
    home = places.find("贵阳市")
    assert register.resolve("市数产集团", home=home).name != "贵阳市数字产业发展集团"
    write(bureaus=BUREAU)
    found = {register.resolve(name, home=home).id for name in ("市数产集团", "市数字产业发展集团", "贵阳市数产集团")}
    assert found == {"520100:数字产业发展集团"}
    assert register.resolve("市数产集团", home=home).name == "贵阳市数字产业发展集团"


def test_units_are_read_in_text(write: Write) -> None:
    assert [one.unit for one in quantities.find("新增蓄水300水方")] == []
    write(units=UNIT)
    (one,) = quantities.find("新增蓄水300水方")
    assert quantities.normal(one.value, one.unit).unit == "立方米"


def test_words_for_one_indicator_are_one_and_have_its_direction(write: Write) -> None:
    assert indicators.indicator_id("充电桩总数") != indicators.indicator_id("充电设施保有量")
    write(indicators=INDICATOR, wordings=WORDING)
    assert indicators.indicator_id("全市充电桩总数") == indicators.indicator_id("充电设施保有量")
    assert indicators.canonical("充电桩总数").direction == "down"
    assert indicators.indicator_id("农村厕所普及率") == "农村户厕普及率"


def test_rules_that_agree_with_their_examples_have_no_fault(write: Write) -> None:
    write(bureaus=BUREAU, units=UNIT, indicators=INDICATOR, wordings=WORDING)
    assert user_rules.check() == ()
    assert [rule.finds[0] for rule in user_rules.own()] == [
        "数字产业发展集团",
        "充电设施保有量",
        "水方",
        "车位组",
        "农村厕所",
    ]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("bureaus", BUREAU.replace('"市大数据局"', '"市数产集团"'), ["[[bureau]] 1", "数字产业发展集团", "市数产集团"]),
        ("units", UNIT.replace("value = 300", "value = 30"), ["[[unit]] 1", "水方", "300水方"]),
        ("indicators", INDICATOR.replace("全市充电桩总数", "充电站数量"), ["[[indicator]] 1", "充电站数量"]),
        (
            "wordings",
            WORDING.replace('gives = "农村户厕普及率"', 'gives = "厕所"'),
            ["[[rewrite]] 1", "农村厕所普及率"],
        ),
    ],
    ids=["body", "unit", "indicator", "wording"],
)
def test_an_example_that_does_not_hold_is_named(write: Write, file: str, text: str, said: list[str]) -> None:
    write(**{file: text})
    (fault,) = user_rules.check()
    assert all(part in fault.text("zh") for part in [f"{file}.toml", *said])


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("bureaus", "[[bureau]\n", ["bureaus.toml"]),
        ("bureaus", '[[bureau]]\nname = "数产集团"\n', ["[[bureau]] 1", "examples"]),
        ("bureaus", '[[bureau]]\nname = 3\nexamples = ["市局"]\n', ["[[bureau]] 1", "name"]),
        ("bureaus", '[[function]]\nid = "x"\n', ["function"]),
        ("bureaus", BUREAU.replace("数产集团", "数产\\u202e集团"), ["[[bureau]] 1", "examples"]),
        ("units", UNIT.replace("dimension", "dimensions"), ["[[unit]] 1", "dimension"]),
        ("units", UNIT.replace('["水方"]', '["水方", ""]'), ["[[unit]] 1", "names"]),
        *(
            ("units", UNIT.replace("example", f"factor = {factor}\nexample", 1), ["[[unit]] 1", "factor"])
            for factor in ("0", "-1", "nan", "inf", "1e400")
        ),
        ("wordings", WORDING.replace('words = ["农村厕所"]', "pattern = '(a+)+$'"), ["[[rewrite]] 1", "{0,20}"]),
        ("wordings", WORDING.replace('words = ["农村厕所"]', "pattern = '(a'"), ["[[rewrite]] 1"]),
        ("wordings", WORDING.replace("农村厕所普及率", "农" * 400), ["examples"]),
        ("roles", '[[verb]]\npattern = "x"\n', ["roles.toml", "bureaus.toml"]),
    ],
    ids=[
        "toml",
        "no example",
        "number",
        "section",
        "direction",
        "field",
        "empty",
        "zero",
        "negative",
        "nan",
        "inf",
        "overflow",
        "slow",
        "regex",
        "long",
        "file",
    ],
)
def test_what_cannot_be_used_is_one_line_with_file_and_entry(
    write: Write, file: str, text: str, said: list[str], tmp_path: Path
) -> None:
    write(**{file: text})
    plan = tmp_path / "plan.txt"
    plan.write_text("到2025年，森林覆盖率达到60%。", encoding="utf-8")
    for words in (("rules", "check"), ("rules",), ("extract", plan, "--format", "jsonl")):
        done = run_plankb(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert all(part in done.stderr for part in said)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|aa){1,40}b", ".*.*x", "(a{1,20}){1,20}", r"(a)\1", "(?:[ab]{0,30}){0,30}", "a" * 500, "a{1,9999}"],
)
def test_patterns_that_could_take_long_are_refused(pattern: str) -> None:
    with pytest.raises(PlankbError):
        refuse_slow(pattern)


@pytest.mark.parametrize(
    "pattern", ["农村(?:户用)?厕所", "绿色[^，。]{0,12}占比$", "(?<!人均)用水量", "第[一二三]产业"]
)
def test_patterns_of_ordinary_rules_are_taken(pattern: str) -> None:
    refuse_slow(pattern)


def test_a_change_of_the_rules_makes_the_next_build_read_again(write: Write, tmp_path: Path) -> None:
    plan, kb = tmp_path / "plans" / "plan.txt", tmp_path / "kb"
    plan.parent.mkdir()
    plan.write_text("贵阳市数字经济行动方案\n一、建设平台\n建设城市平台。（市数产集团牵头）\n", encoding="utf-8")
    run_plankb("build", plan, "--kb", kb)
    assert "未变 1" in run_plankb("build", plan, "--kb", kb).stderr
    write(bureaus=BUREAU)
    assert "读取 1" in run_plankb("build", plan, "--kb", kb).stderr
    listed = run_plankb("list", "bureaus", "--kb", kb, "--format", "jsonl")
    assert "520100:数字产业发展集团" in listed.stdout


@pytest.mark.parametrize("name", ["none", "~nobody-of-that-name/rules", "a\nb"])
def test_a_folder_that_is_not_there_is_an_error_when_it_was_named(tmp_path: Path, name: str) -> None:
    named = name if name.startswith("~") else str(tmp_path / name)
    done = run_plankb("rules", PLANKB_RULES=named)
    assert done.returncode == 2
    assert [line.partition("：")[0] for line in done.stderr.splitlines()] == ["找不到文件或文件夹"]


def test_built_in_rules_can_be_looked_at() -> None:
    done = run_plankb("rules", "show", "times", "--format", "jsonl")
    assert done.returncode == 0
    assert '"section":"core"' in done.stdout
    assert run_plankb("rules", "show", "no-such-file").returncode == 2


def test_the_rules_of_the_documentation_agree_with_their_examples(write: Write) -> None:
    page = (Path(__file__).parents[2] / "docs" / "own-rules.md").read_text(encoding="utf-8")
    files = dict(re.findall(r"```toml\n# (\w+)\.toml：[^\n]*\n(.*?)```", page, re.DOTALL))
    assert set(files) == set(user.SECTIONS)
    write(**files)
    assert user_rules.check() == ()


@pytest.mark.parametrize("leads_to", ["bureaus.toml", "nowhere.toml"], ids=["itself", "nowhere"])
@pytest.mark.parametrize("words", [["rules"], ["rules", "check"], ["tasks"]], ids=" ".join)
def test_a_rule_file_that_is_a_link_without_an_end_could_not_be_read(
    tmp_path: Path, leads_to: str, words: list[str]
) -> None:
    (tmp_path / "bureaus.toml").symlink_to(leads_to)
    done = run_plankb(*words, "--kb", tmp_path / "kb", PLANKB_RULES=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == message("E179", file="bureaus.toml")


def test_a_folder_of_rules_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    done = run_plankb("rules", PLANKB_RULES=str(tmp_path))
    assert (done.returncode, done.stderr.strip()) == (2, message("E105", path=tmp_path))
