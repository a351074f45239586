"""The attachments of a plan in the knowledge base: counted, shown, and named as a plan is."""

from __future__ import annotations

import pytest

from plankb.kb import KnowledgeBase
from tests.cli.conftest import run_plankb
from tests.extractors.test_attachments import CIRCULAR


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("attached")
    (folder / "通知.txt").write_text(CIRCULAR, encoding="utf-8")
    made = KnowledgeBase(folder / "kb")
    made.build([folder / "通知.txt"])
    return made


def test_what_stands_in_each_attachment_is_counted(kb: KnowledgeBase) -> None:
    assert [(one.number, dict(counts)) for one, counts in kb.attached("通知")] == [
        (1, {"task": 1, "target": 2}),
        (2, {"task": 1, "target": 1}),
        (3, {}),
    ]


def test_an_attachment_is_named_as_a_plan_is(kb: KnowledgeBase) -> None:
    assert [task.title for task in kb.facts("task", plan="校舍安全行动方案")] == ["全面排查校舍"]
    assert len(kb.facts("task", plan="通知")) == 2


def test_plans_shows_the_attachments_of_the_plan_that_is_named(kb: KnowledgeBase) -> None:
    shown = run_plankb("plans", "通知", "--kb", kb.folder)
    assert shown.returncode == 0
    assert "平川县幼儿园校舍安全行动方案" in shown.stdout
    assert "供填写的表格或样式" in "".join(shown.stdout.split())
