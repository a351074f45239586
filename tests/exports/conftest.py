from __future__ import annotations

from datetime import UTC, datetime

import pytest

from plankb.matrix import Facts, Matrix, PlanSource, build
from plankb.model import Review
from tests import records

MADE = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
REVIEW = Review(action="correct", who="张三", when="2026-01-01T00:00:00+08:00", fields=("roles",))


def example() -> Matrix:
    """Two plans, two jurisdictions, every role, a corrected task, a task that lacks everything, hostile text."""
    city = records.plan(title="某市实施方案", issuer="某市人民政府", period="2021-2025", date="2022-03-01")
    province = records.plan("up", title="=某省方案", level="province", jurisdiction="贵州省")
    tasks = (
        records.task("t1", lead=("市发展改革委",), support=("市交委", "市财政局"), by=("2025",), targets=("g1",)),
        records.task("t2", "@加强监管", joint=("市交委",), span=(50, 60), review=REVIEW),
        records.task("t3", "+推进<b>建设</b>|a", span=(80, 90), text="-做好工作。", collective=("各县区人民政府",)),
        records.task("t4", "完善制度", span=(91, 95), text="完善制度。"),
        records.task(
            "u1", "大力发展新能源", plan="up", lead=("省能源局",), support=("省能源局", "市交委"), by=("2025", "2030")
        ),
    )
    bureaus = [records.bureau(name) for name in ("市发展改革委", "市财政局")]
    bureaus += [records.bureau("市交委", names=("市交委", "市交通委员会")), records.bureau("省能源局", "贵州省")]
    facts = Facts(
        tasks=tasks,
        plans=(
            PlanSource(plan=city, path="=cmd.txt", sha256="ab" * 32, read_at="2026-01-01T00:00:00+00:00"),
            PlanSource(plan=province),
        ),
        bureaus=bureaus,
        targets=(records.target("g1"),),
        deadlines=(records.deadline("d1", of="t1"),),
        doubts=(records.doubt("q1", span=(55, 59)),),
        jurisdictions=("贵州省", "贵阳市"),
        corrections=(
            records.correction(tasks[1], field="roles", subject="市交委", before=("lead",), after=("joint",)),
        ),
        suspects=((records.correction(tasks[3], field="by", after=("2030",)), "changed"),),
    )
    return build(facts, made=MADE)


@pytest.fixture(scope="session")
def matrix() -> Matrix:
    return example()
