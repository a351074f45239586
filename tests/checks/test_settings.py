"""Settings and accepted findings: what they turn off, and that bad files are said in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.checks import Draft, check
from plankb.checks.config import Settings, accept, accepted, accepted_file, is_accepted, settings
from plankb.errors import PlankbError
from plankb.model import Finding, Plan
from tests.text import read_plan

RULES = ("numbering", "unpaired")


def findings() -> tuple[Finding, ...]:
    text = "一、甲\n推进“双碳工作。\n三、乙\n完成。"
    return check(Draft(read_plan(text, Plan(id="d", title="d"))))


def test_a_rule_may_be_turned_off_run_alone_or_given_another_severity(tmp_path: Path) -> None:
    path = tmp_path / "plankb.toml"
    path.write_text('[check]\noff = ["unpaired"]\n[check.severity]\nnumbering = "info"\n', encoding="utf-8")
    draft = Draft(read_plan("一、甲\n推进“双碳工作。\n三、乙\n完成。", Plan(id="d", title="d")))
    assert [(f.rule, f.severity) for f in check(draft, settings=settings(path, RULES))] == [("numbering", "info")]
    assert [f.rule for f in check(draft, only=["unpaired"])] == ["unpaired"]
    assert {f.rule for f in check(draft, settings=Settings())} == {"numbering", "unpaired"}


BAD = [
    ("[check\n", "E402"), ("[check]\noff = 1\n", "E402"), ("check = 3\n", "E402"),
    ('[check]\noff = ["no-such-rule"]\n', "E401"), ('[check.severity]\nnumbering = "fatal"\n', "E402"),
    ('[check.severity]\nnope = "info"\n', "E401"), ("\xff", "E402"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), BAD)
def test_settings_that_cannot_be_read_say_why(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "plankb.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(PlankbError) as raised:
        settings(path, RULES)
    assert raised.value.code == code


def test_an_accepted_finding_is_known_again_by_its_rule_and_words(tmp_path: Path) -> None:
    first, second = findings()
    path = accepted_file(tmp_path / "草案.docx")
    assert path.name == "草案.docx.accepted.toml"
    accept(path, first, '领导已"同意"\\')
    accept(path, first, "改了理由")
    entries = accepted(path)
    assert [entry.reason for entry in entries] == ["改了理由"]
    assert [is_accepted(finding, entries) for finding in (first, second)] == [True, False]


def test_no_finding_is_accepted_without_a_reason(tmp_path: Path) -> None:
    with pytest.raises(PlankbError) as raised:
        accept(tmp_path / "x", findings()[0], "  ")
    assert raised.value.code == "E404"


@pytest.mark.parametrize("text", ["[[accepted]]\nrule = 'a'\n", "accepted = 1", "[[", "accepted = [1]"])
def test_a_broken_file_of_accepted_findings_is_one_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.accepted.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlankbError) as raised:
        accepted(path)
    assert raised.value.code == "E403"
