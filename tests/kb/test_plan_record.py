"""What people say of a plan itself: it counts at once, decides whose bureaus are meant, and outlives every build."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase

TEXT = "水利工作要点\n\n一、重点任务\n（一）治理河道。治理河道30公里。（责任单位：市水利局）\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "要点.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def kb(tmp_path: Path, file: Path) -> KnowledgeBase:
    kb = KnowledgeBase(tmp_path / "kb")
    kb.build([file])
    return kb


def test_a_correction_counts_at_once_and_decides_whose_bureaus_are_meant(kb: KnowledgeBase) -> None:
    assert kb.store.plan("要点").jurisdiction is None
    told = kb.describe("要点", {"jurisdiction": "绵阳市", "title": "绵阳市水利工作要点", "period": "2026—2027"})
    assert (told.jurisdiction, told.level, told.title, told.period) == (
        "绵阳市", "city", "绵阳市水利工作要点", "2026-2027",
    )  # fmt: skip
    (task,) = kb.store.facts("task")
    bureau = next(b for b in kb.store.bureaus() if b.id == task.bureaus["市水利局"])
    assert bureau.jurisdiction == "绵阳市"


def test_it_outlives_builds_changes_of_the_file_and_removal(kb: KnowledgeBase, file: Path) -> None:
    kb.describe("要点", {"jurisdiction": "绵阳市"})
    assert kb.build([file]).unchanged == ("要点",)
    file.write_text(TEXT + "（二）加固堤防。\n", encoding="utf-8")
    assert kb.build([file]).read == ("要点",)
    assert kb.store.plan("要点").jurisdiction == "绵阳市"
    kb.remove(["要点"])
    kb.add([file])
    assert kb.store.plan("要点").jurisdiction == "绵阳市"


def test_it_can_be_taken_back_and_stands_among_the_corrections(kb: KnowledgeBase) -> None:
    kb.describe("要点", {"jurisdiction": "绵阳市", "issuer": "绵阳市水利局"})
    kept = kb.corrections.list()
    assert {(one.correction.field, one.correction.after, one.suspicion) for one in kept} == {
        ("jurisdiction", ("绵阳市",), None),
        ("issuer", ("绵阳市水利局",), None),
    }
    kb.describe("要点", {}, unset=["jurisdiction"])
    plan = kb.store.plan("要点")
    assert (plan.jurisdiction, plan.issuer, plan.issuers) == (None, "绵阳市水利局", ("绵阳市水利局",))


def test_several_issuers_and_a_number(kb: KnowledgeBase) -> None:
    plan = kb.describe("要点", {"issuer": "绵阳市水利局、绵阳市财政局", "number": "绵水〔2026〕3号"})
    assert (plan.issuer, plan.issuers, plan.number) == (
        "绵阳市水利局", ("绵阳市水利局", "绵阳市财政局"), "绵水〔2026〕3号",
    )  # fmt: skip


def test_it_counts_though_the_file_is_gone(kb: KnowledgeBase, file: Path) -> None:
    file.unlink()
    assert kb.describe("要点", {"jurisdiction": "绵阳市"}).jurisdiction == "绵阳市"
    assert [task.title for task in kb.store.facts("task")] == ["治理河道"]


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("period", "2026", "2026-2026"), ("period", "2026年至2030年", "2026-2030"),
        ("date", "2026年3月8日", "2026-03-08"),
        ("date", "2026-3", "2026-03"), ("level", "市级", "city"), ("level", "province", "province"),
        ("jurisdiction", "全国", "国家"), ("jurisdiction", "贵州", "贵州省"), ("title", " 水利\n要点 ", "水利 要点"),
    ],
)  # fmt: skip
def test_values_are_kept_as_records_hold_them(kb: KnowledgeBase, field: str, value: str, kept: str) -> None:
    plan = kb.describe("要点", {field: value})
    assert getattr(plan, field) == kept or (field == "jurisdiction" and plan.level == "national")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("period", "十五五"), ("period", "2030-2026"), ("date", "2026-13"), ("level", "总部"), ("title", "  "),
        ("jurisdiction", "那里"), ("id", "x"), ("", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line_and_changes_nothing(kb: KnowledgeBase, field: str, value: str) -> None:
    before = kb.store.plan("要点")
    with pytest.raises(PlankbError, match="E123"):
        kb.describe("要点", {"title": "别的", field: value})
    assert kb.store.plan("要点") == before
    assert kb.corrections.list() == []
    with pytest.raises(PlankbError, match="E204"):
        kb.describe("没有", {"title": "x"})
