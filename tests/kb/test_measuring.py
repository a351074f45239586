"""A sample of facts, what people say of it, and what follows: in the knowledge base, as a workbook, cases and rules."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase, cases, proposing, sampling
from plankb.kb.corrections import Judgement, Point
from plankb.kb.measuring import Choice, allotted
from plankb.kb.user_rules import check as check_rules

PLANS = {
    "甲": "甲市交通方案\n\n一、主要目标\n\n到2025年，铁路货运量占比达到12%，公交出行率达到40%，绿化率达到35%。\n\n"
    "二、任务\n\n"
    "（一）建设枢纽。2025年底前建成3个物流园。（市交通局牵头，市发展改革委配合）\n\n（二）推广新能源。（市工信局牵头）\n",
    "乙": "乙市水务方案\n\n一、目标\n\n到2030年，供水普及率达到98%。\n\n二、任务\n\n"
    "（一）供水保障。更新管网。（市水务局牵头）\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    for name, text in PLANS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    KnowledgeBase(folder / "kb").build([folder], jobs=1)
    return folder / "kb" / "plankb.sqlite"


@pytest.fixture
def kb(built: Path, tmp_path: Path) -> KnowledgeBase:
    """A knowledge base of two small plans, for one test to change."""
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / built.name).write_bytes(built.read_bytes())
    return KnowledgeBase(folder)


def test_the_sample_is_the_same_and_grows_at_its_end(kb: KnowledgeBase) -> None:
    few, more = kb.sample(Choice(count=4)), kb.sample(Choice(count=9))
    assert few == kb.sample(Choice(count=4))
    assert {item.fact.id for item in few.items} <= {item.fact.id for item in more.items}
    everything = kb.sample(Choice(count=1000))
    assert len(everything.items) == sum(everything.sizes.values())
    assert {item.fact.kind for item in kb.sample(Choice(kinds=("target",))).items} == {"target"}
    assert {item.fact.plan for item in kb.sample(Choice(plans=("乙",))).items} == {"乙"}


def test_another_seed_draws_others(kb: KnowledgeBase) -> None:
    drawn = {
        tuple(item.fact.id for item in kb.sample(Choice(count=3, kinds=("target",), seed=n)).items) for n in range(8)
    }
    assert len(drawn) > 1


def test_every_kind_and_plan_has_its_turn() -> None:
    sizes = {("task", "a"): 100, ("task", "b"): 10, ("task", "c"): 1, ("target", "a"): 2}
    given = allotted(sizes, 12)
    assert sum(given.values()) == 12
    assert given["target", "a"] == 2
    assert min(given["task", plan] for plan in "abc") == 1
    assert given["task", "a"] > given["task", "b"]
    assert allotted(sizes, 10_000) == sizes
    assert allotted(sizes, 1) == {**dict.fromkeys(sizes, 0), ("task", "a"): 1}


def test_what_was_said_is_measured_and_kept(kb: KnowledgeBase) -> None:
    choice = Choice(count=1000, kinds=("target",))
    items = kb.sample(choice).items
    first, second, *rest = (item.fact.id for item in items)
    said = [Judgement(fact=fact, action="accept") for fact in rest]
    said.append(Judgement(fact=first, action="reject"))
    said.append(Judgement(fact=second, action="correct", points=(Point(field="unit", after=("个",)),)))
    kb.corrections.judge(said, who="王工")
    found = kb.measured(choice)
    assert (found.judged, found.count) == (len(items), len(items))
    assert found.shares["target"].value == pytest.approx((len(items) - 2) / len(items))
    assert dict(found.fields) == {"fact": 1, "unit": 1}
    assert kb.fact(first) is None
    assert len(kb.sample(choice).open) == 0  # the struck-out fact stays in the sample


def test_a_later_word_takes_the_place_of_an_earlier_one(kb: KnowledgeBase) -> None:
    choice = Choice(count=1, kinds=("target",))
    (item,) = kb.sample(choice).items
    kb.corrections.judge([Judgement(fact=item.fact.id, action="reject")])
    kb.corrections.judge([Judgement(fact=item.fact.id, action="accept")])
    assert kb.measured(choice).shares["target"].right == 1
    assert len(kb.corrections.list()) == 1


@pytest.mark.parametrize("wrong", [Choice(kinds=("bureau",)), Choice(count=0)])
def test_what_cannot_be_sampled(kb: KnowledgeBase, wrong: Choice) -> None:
    with pytest.raises(PlankbError, match="E123"):
        kb.sample(wrong)


def test_a_workbook_goes_out_and_comes_back(kb: KnowledgeBase, tmp_path: Path) -> None:
    path, choice = tmp_path / "样本.xlsx", Choice(count=1000)
    sampling.write(kb.store, kb.sample(choice), path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:2] == ["任务", "目标"]
    tasks, targets = book["任务"], book["目标"]
    keys = [cell.value for cell in targets[1]]
    for row in range(3, targets.max_row + 1):
        targets.cell(row, keys.index("verdict") + 1).value = "对"
    targets.cell(3, keys.index("value") + 1).value = 99
    targets.cell(4, keys.index("verdict") + 1).value = "错"
    targets.cell(5, keys.index("verdict") + 1).value = "大概"
    lead = [cell.value for cell in tasks[1]].index("lead") + 1
    tasks.cell(3, lead).value = f"{tasks.cell(3, lead).value}、市应急局"
    book.save(path)
    judged = sampling.read(kb.sample(choice), path)
    assert [remark.code for remark in judged.remarks] == ["E657"]
    kb.corrections.judge(judged.judgements)
    assert sampling.read(kb.sample(choice), path).judgements[:1] == judged.judgements[:1]  # corrections say it again
    found = kb.measured(choice)
    assert found.shares["target"].judged == targets.max_row - 3
    assert found.shares["target"].judged - found.shares["target"].right == 2
    assert found.shares["task"].right == 0
    assert any("市应急局" in task.lead for task in kb.tasks())


def test_a_workbook_that_is_no_sample(kb: KnowledgeBase, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(PlankbError, match="E655"):
        sampling.read(kb.sample(), tmp_path / "other.xlsx")


def test_cases_are_carried_to_another_office(kb: KnowledgeBase, tmp_path: Path) -> None:
    path, choice = tmp_path / "cases.jsonl", Choice(count=1000, kinds=("target",))
    with pytest.raises(PlankbError, match="E651"):
        cases.write(kb.store, kb.sample(choice), path)
    first, second, third, *_ = (item.fact for item in kb.sample(choice).items)
    kb.corrections.judge(
        [
            Judgement(fact=first.id, action="accept"),
            Judgement(fact=second.id, action="reject"),
            Judgement(fact=third.id, action="correct", points=(Point(field="indicator", after=("另一个名称",)),)),
        ]
    )
    written = cases.write(kb.store, kb.sample(choice), path)
    assert (written.cases, written.dependent) == (3, 0)
    held = cases.run(cases.read(path))
    assert held.count == 3
    assert held.shares["target"].right == 1
    assert sorted(str((case.expect or {}).get("indicator", "")) for case in held.failed) == ["", "另一个名称"]


@pytest.mark.parametrize("line", ["{", '{"kind": "plan", "plan": "a", "text": "", "read": {}, "expect": null}', "\x00"])
def test_lines_that_are_no_case(tmp_path: Path, line: str) -> None:
    (tmp_path / "cases.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(PlankbError, match="E652"):
        cases.read(tmp_path / "cases.jsonl")


def test_corrections_become_rules_that_hold(kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = kb.targets(indicator="供水普及率")[0]
    other = kb.targets(indicator="绿化率")[0]
    kb.corrections.correct(target.id, field="indicator", after=["自来水普及程度"])
    kb.corrections.correct(other.id, field="indicator", after=["城市绿化率"])  # only read too short: says nothing
    said = [kept.correction for kept in kb.corrections.list()]
    done = proposing.write(said, tmp_path / "rules")
    assert (done.rules, [path.name for path in done.files]) == (1, ["indicators.toml"])
    monkeypatch.setenv("PLANKB_RULES", str(tmp_path / "rules"))
    assert check_rules() == ()
    with pytest.raises(PlankbError, match="E653"):
        proposing.write(said, tmp_path / "rules")
    with pytest.raises(PlankbError, match="E654"):
        proposing.write([], tmp_path / "none")


def test_the_json_of_a_case_is_what_the_page_says(kb: KnowledgeBase, tmp_path: Path) -> None:
    choice = Choice(count=1, kinds=("target",), plans=("乙",))
    (item,) = kb.sample(choice).items
    kb.corrections.judge([Judgement(fact=item.fact.id, action="accept")])
    cases.write(kb.store, kb.sample(choice), tmp_path / "c.jsonl")
    case = json.loads((tmp_path / "c.jsonl").read_text(encoding="utf-8"))
    assert case["read"] == case["expect"] == {
        "indicator": "供水普及率", "op": "=", "value": 98, "unit": "%", "by": "2030"
    }  # fmt: skip
    assert case["text"].startswith("乙市水务方案\n\n一、目标\n\n到2030年")
