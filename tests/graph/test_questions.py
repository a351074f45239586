from __future__ import annotations

import pytest

from plankb.errors import PlankbError
from plankb.graph import Graph, GraphFacts, build, questions
from plankb.graph.levels import answers
from tests import records


def test_tasks_of_a_bureau_by_role(graph: Graph) -> None:
    found = [(duty.task, duty.role, duty.by) for duty in questions.duties(graph, "b:b局")]
    assert found == [("t1", "support", ("2025", "2030")), ("t3", "support", ()), ("t2", "joint", ("2025",))]
    assert [duty.task for duty in questions.duties(graph, "b:b局", roles=("joint",))] == ["t2"]


def test_partners_with_weights(graph: Graph) -> None:
    found = [(partner.name, partner.weight, partner.titles) for partner in questions.partners(graph, "b:b局")]
    assert found == [("a局", 2, ("甲事", "丙事")), ("c局", 1, ("乙事",))]


def test_the_bureau_between_the_others_connects_them(graph: Graph) -> None:
    first, *rest = questions.connectors(graph)
    assert first.name == "b局"
    assert first.betweenness > 0 == sum(one.betweenness for one in rest)
    assert first.fields == ("二、重点任务", "三、保障")


def test_load_by_role_and_year(graph: Graph) -> None:
    found = {(one.name, one.role, one.year): one.tasks for one in questions.load(graph)}
    assert found[("a局", "lead", "2025")] == found[("a局", "lead", "2030")] == found[("a局", "lead", None)] == 1
    assert found[("b局", "support", None)] == 1
    assert len(found) == 9


def test_tasks_that_lack_something(graph: Graph) -> None:
    found = [(gap.lacks, gap.task) for gap in questions.gaps(graph)]
    assert found == [("bureau", "t4"), ("lead", "t2"), ("deadline", "t3"), ("deadline", "t4")]


def test_a_task_of_a_collective_lacks_a_lead_not_a_bureau() -> None:
    task = records.task("t1", collective=("各县区人民政府",), by=("2025",))
    graph = build(GraphFacts(plans=(records.plan(),), tasks=(task,)))
    assert [gap.lacks for gap in questions.gaps(graph)] == ["lead"]


def test_shortest_chain_between_two_bureaus(graph: Graph) -> None:
    links = questions.chain(graph, "b:a局", "b:c局")
    assert [(link.name, link.role, link.title) for link in links][1:] == [("b局", "joint", "乙事"), ("c局", None, None)]
    assert (links[0].name, links[0].role) == ("a局", "lead")
    assert questions.chain(graph, "b:a局", "b:d局") == []
    assert [link.name for link in questions.chain(graph, "b:a局", "b:a局")] == ["a局"]


def test_a_bureau_that_is_not_there(graph: Graph) -> None:
    with pytest.raises(PlankbError, match="E520"):
        questions.partners(graph, "b:x局")


def test_city_tasks_answer_to_the_provinces_by_indicator_or_topic() -> None:
    plans = (
        records.plan("demo"),
        records.plan("up", jurisdiction="贵州省"),
        records.plan("other", jurisdiction="成都市"),
    )
    tasks = (
        records.task("t1", "推进建材行业降碳", text="推动水泥、平板玻璃等建材产品绿色化。"),
        records.task("t2", "保护古树名木", text="古树名木挂牌保护。", targets=("g1",)),
        records.task("t3", "办好群众来信", text="来信按期办结。"),
        records.task("u1", "推动建材行业碳达峰", plan="up", text="严格执行水泥、平板玻璃产能置换，推广绿色建材产品。"),
        records.task("u2", "加强文物工作", plan="up", text="文物普查。", targets=("g2",)),
        records.task("o1", "推动建材行业碳达峰", plan="other", text="推广绿色建材产品。"),
    )
    targets = (records.target("g1"), records.target("g2", plan="up"))
    found = [(one.task, one.above, one.by, one.indicators) for one in answers(plans, tasks, targets)]
    assert found == [("t1", "u1", "topic", ()), ("t2", "u2", "indicator", ("绿色出行比例",))]
