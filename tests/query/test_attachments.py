"""Questions that name an attachment of a plan rather than a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.kb import KnowledgeBase
from tests.extractors.test_attachments import LISTED


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder: Path = tmp_path_factory.mktemp("attached")
    (folder / "a.txt").write_text(LISTED, encoding="utf-8")
    made = KnowledgeBase(folder / "kb")
    made.build([folder / "a.txt"])
    return made


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("重点任务分工表里有哪些任务？", ["新建泵站35座"]),
        ("《绵阳市农村饮水安全专项行动方案》有哪些任务？", ["建设水厂"]),
        ("农村饮水安全专项行动方案中市水利局牵头哪些任务？", ["建设水厂"]),
        ("水利发展实施方案有哪些任务？", ["治理河道", "新建泵站35座", "建设水厂"]),
        ("市水利局牵头哪些任务？", ["治理河道", "建设水厂"]),
    ],
)
def test_an_attachment_that_is_named_narrows_the_answer_to_its_facts(
    kb: KnowledgeBase, question: str, titles: list[str]
) -> None:
    answer = kb.ask(question)
    assert [fact.title for fact in answer.facts if fact.kind == "task"] == titles
    assert answer.note is None
