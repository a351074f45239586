from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from plankb.matrix import Facts, Matrix, PlanSource, Selection, build
from plankb.model import ROLES, Task
from tests import records

MADE = datetime(2026, 1, 2, tzinfo=UTC)
CITY, PROVINCE = PlanSource(plan=records.plan()), PlanSource(plan=records.plan("up", level="province"))
NAMES = ("市发展改革委", "市交委", "市财政局", "省能源局")


def matrix(*tasks: Task, selection: Selection | None = None, **fields: object) -> Matrix:
    facts = Facts(tasks=tasks, plans=(CITY, PROVINCE), **fields)  # type: ignore[arg-type]
    return build(facts, made=MADE, selection=selection)


def triples(made: Matrix) -> set[tuple[str, str, str]]:
    return {(row.task.id, id_, role) for row in made.rows for id_, cell in row.cells.items() for role in cell.roles}


@given(st.lists(st.fixed_dictionaries({role: st.lists(st.sampled_from(NAMES), unique=True) for role in ROLES})))
def test_every_task_bureau_role_is_in_the_matrix_and_nothing_more(roles: list[dict[str, list[str]]]) -> None:
    tasks = [
        records.task(f"t{i}", lead=tuple(r["lead"]), support=tuple(r["support"]), joint=tuple(r["joint"]))
        for i, r in enumerate(roles)
    ]
    made = matrix(*tasks)
    wanted = {(t.id, t.bureaus[name], role) for t in tasks for role in ROLES for name in getattr(t, role)}
    assert triples(made) == wanted
    assert {column.bureau.id for column in made.columns} == {bureau for _, bureau, _ in wanted}
    assert made.tally.total == len(wanted) == sum(row.tally.total for row in made.rows)
    assert made.tally.lead == sum(column.tally.lead for column in made.columns)


def test_a_bureau_stands_once_however_each_plan_abbreviates_it() -> None:
    ids = {"市交委": "b:traffic", "市交通委员会": "b:traffic"}
    made = matrix(
        records.task("t1", lead=("市交委",), bureaus=ids),
        records.task("t2", plan="up", support=("市交通委员会",), bureaus=ids),
        bureaus=(records.bureau("市交通委", id="b:traffic"),),
    )
    (column,) = made.columns
    assert (column.bureau.name, column.tally.lead, column.tally.support) == ("市交通委", 1, 1)


def test_rows_of_the_higher_plan_come_first_and_columns_stand_by_jurisdiction() -> None:
    made = matrix(
        records.task("t1", lead=("市交委",), support=("省能源局", "市财政局"), span=(50, 60)),
        records.task("t0", support=("市财政局",), span=(5, 10)),
        records.task("u1", plan="up", lead=("省能源局",), span=(90, 99)),
        bureaus=(records.bureau("市交委"), records.bureau("市财政局"), records.bureau("省能源局", "贵州省")),
        jurisdictions=("贵州省", "贵阳市"),
    )
    assert [(row.number, row.task.id) for row in made.rows] == [(1, "u1"), (2, "t0"), (3, "t1")]
    assert [column.bureau.name for column in made.columns] == ["省能源局", "市财政局", "市交委"]
    assert made.groups() == [("贵州省", 1), ("贵阳市", 2)]


def test_selection_of_bureaus_and_roles_leaves_other_cells_out() -> None:
    task = records.task("t1", lead=("市交委",), support=("市财政局", "市发展改革委"))
    assert triples(matrix(task, selection=Selection(bureaus=("b:市财政局",)))) == {("t1", "b:市财政局", "support")}
    assert triples(matrix(task, selection=Selection(roles=("lead",)))) == {("t1", "b:市交委", "lead")}


def test_gaps_are_rows() -> None:
    doubt = records.doubt("q1", span=(105, 110))
    changed = records.correction(records.task("t9"), field="by")
    made = matrix(
        records.task("t1", lead=("市交委",), by=("2025",)),
        records.task("t2", support=("市交委",), by=("2025",), span=(100, 120)),
        records.task("t3", span=(200, 220)),
        records.task("t4", collective=("各县区人民政府",), by=("2030",), span=(300, 320)),
        doubts=(doubt,),
        suspects=((changed, "changed"),),
    )
    assert [(hole.kind, hole.task) for hole in made.holes] == [
        ("no_bureau", "t3"),
        ("no_lead", "t2"),
        ("no_lead", "t4"),
        ("no_deadline", "t3"),
        ("doubt", "t2"),
        ("suspect", "t9"),
    ]
    assert made.rows[0].holes == ()


def test_targets_and_deadlines_stand_with_their_task() -> None:
    target, deadline = records.target("g1"), records.deadline("d1", of="t1")
    made = matrix(records.task("t1", targets=("g1", "g-gone")), targets=(target,), deadlines=(deadline,))
    assert made.rows[0].targets == (target,)
    assert made.rows[0].deadlines == (deadline,)
