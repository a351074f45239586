"""The questions of a model: every fact has its id and quotation and stands in the knowledge base; files stay closed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.mcp.tools import Tools

DRAFT = "某市方案\n\n一、目标\n\n到2025年森林覆盖率达到55%，到2025年森林覆盖率达到60%。\n"


@pytest.fixture
def tools(kb: KnowledgeBase) -> Tools:
    return Tools(kb)


def facts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every fact of an answer, those inside conflicts too."""
    if isinstance(value, Mapping):
        if "quote" in value and "plan" in value and "id" in value:
            yield value
        for one in value.values():
            yield from facts(one)
    elif isinstance(value, list):
        for one in value:
            yield from facts(one)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("ask", {"question": "市交委牵头哪些任务？"}),
        ("tasks", {"bureau": "市交委"}),
        ("targets", {"indicator": "铁路货运量"}),
        ("compare", {"indicator": "铁路货运量"}),
        ("conflicts", {}),
    ],
)
def test_every_fact_stands_in_the_knowledge_base(
    tools: Tools, kb: KnowledgeBase, tool: str, arguments: dict[str, Any]
) -> None:
    answer = getattr(tools, tool)(**arguments)
    found = list(facts(answer))
    assert answer["count"] == 0 or found
    for one in found:
        known = kb.fact(one["id"])
        assert known is not None
        assert known.quote == one["quote"]
        assert one["plan_title"] == kb.store.plan(one["plan"]).title
        json.dumps(answer)


def test_conditions_and_pages(tools: Tools) -> None:
    assert {one["title"] for one in tools.tasks(bureau="市交委", role="lead")["facts"]} == {"优化货物运输结构"}
    assert tools.tasks(plan=["a", "b"], by="2030")["count"] == 2
    first = tools.tasks(limit=4)
    assert (len(first["facts"]), first["next"]) == (4, 4)
    assert len(tools.tasks(limit=4, offset=4)["facts"]) == first["count"] - 4
    assert tools.targets(indicator="没有这个指标")["count"] == 0


def test_ask_says_what_it_understood(tools: Tools) -> None:
    answer = tools.ask("市交委牵头哪些任务？")
    assert answer["understood"]["role"] == "lead"
    assert "优化货物运输结构" in {one["title"] for one in answer["facts"]}


def test_passages_lead_to_their_source(tools: Tools, kb: KnowledgeBase) -> None:
    hit = tools.search("公路条例", plan="a", limit=1)
    assert (len(hit["facts"]), hit["count"]) == (1, 1)
    source = tools.source(hit["facts"][0]["id"])
    assert source["quote"] == hit["facts"][0]["text"]
    text = kb.clean("a").text
    assert (source["before"] + source["quote"] + source["after"]) in text


def test_source_gives_a_fact_whole(tools: Tools) -> None:
    source = tools.source("a:task-1")
    assert source["fact"]["quote"] == source["quote"]
    assert (source["plan"]["id"], source["file"]) == ("a", "plan.txt")
    assert source["line"] > 1


@pytest.mark.parametrize(("limit", "offset"), [(-1, 0), (0, -5), (10**30, 0), (5, 10**30)])
def test_a_page_out_of_bounds_is_the_nearest_that_there_is(tools: Tools, limit: int, offset: int) -> None:
    for found in (
        tools.search("货运", limit=limit, offset=offset), tools.tasks(limit=limit, offset=offset),
        tools.compare("铁路货运量", limit=limit, offset=offset), tools.conflicts(limit=limit, offset=offset),
    ):  # fmt: skip
        assert found["count"] >= len(found["facts"] if "facts" in found else found["indicators"])
        assert found["offset"] == max(offset, 0)


@pytest.mark.parametrize("wrong", ["nothing", "a@0-0", "a@5-2", "a@0-999999", "z@0-3", "../x", "a@-1-3", ""])
def test_a_source_that_is_not_there(tools: Tools, wrong: str) -> None:
    with pytest.raises(PlankbError, match="E513"):
        tools.source(wrong)


def test_a_draft_is_checked_as_text(tools: Tools) -> None:
    found = tools.check(text=DRAFT)
    assert found["severities"]["error"] == 1
    assert found["against_plans"] == 3
    assert [one["quote"] for one in found["facts"] if one["severity"] == "error"] == ["到2025年森林覆盖率达到60%"]


def test_files_are_closed_unless_a_folder_was_opened(kb: KnowledgeBase, tmp_path: Path) -> None:
    inside = tmp_path / "drafts"
    inside.mkdir()
    (inside / "draft.txt").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(DRAFT, encoding="utf-8")
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(PlankbError, match="E640"):
        Tools(kb).check(file="draft.txt")
    tools = Tools(kb, files=inside)
    assert tools.check(file="draft.txt")["severities"]["error"] == 1
    for outside in ("../secret.txt", str(tmp_path / "secret.txt"), "link.txt", "/etc/passwd", "\0"):
        with pytest.raises(PlankbError, match="E641"):
            tools.check(file=outside)


@pytest.mark.parametrize(("arguments", "code"), [({}, "E642"), ({"file": "a", "text": "b"}, "E642")])
def test_a_draft_is_named_once(tools: Tools, arguments: dict[str, Any], code: str) -> None:
    with pytest.raises(PlankbError, match=code):
        tools.check(**arguments)


def test_a_draft_without_end_is_refused(tools: Tools) -> None:
    with pytest.raises(PlankbError, match="E643"):
        tools.check(text="长" * 300_001)


def test_resources(tools: Tools) -> None:
    assert [plan["id"] for plan in json.loads(tools.plans())] == ["a", "b", "c"]
    assert json.loads(tools.plan("c"))["facts"]["task"] == 2
    assert tools.outline("a").splitlines() == ["一、重点任务", "  （一）优化货物运输结构", "  （二）推广新能源车辆"]
    with pytest.raises(PlankbError, match="E204"):
        tools.outline("nothing")


def test_corrections_are_signed_and_taken_back(tools: Tools, kb: KnowledgeBase) -> None:
    kept = tools.correct("a:target-1", "correct", field="value", after=["2"], who="王工")
    target = kb.fact("a:target-1")
    assert target is not None
    assert target.review is not None
    assert (getattr(target, "value", None), target.review.who) == (2, "王工 (mcp)")
    tools.take_back(kept["id"])
    assert kb.corrections.list() == []
