from __future__ import annotations

import pytest

from plankb.graph import Graph, GraphFacts, build
from tests import records

HOSTILE = '</script><script>alert(1)</script>&\u2028"\x01'


def example() -> GraphFacts:
    """A province and a city with a plan each; bureaus that work together in a chain a – b – c, and d alone."""
    tasks = (
        records.task("t1", "甲事", lead=("a局",), support=("b局",), by=("2025", "2030"), targets=("g1",), span=(0, 50)),
        records.task("t2", "乙事", joint=("b局", "c局"), by=("2025",), span=(50, 99)),
        records.task("t3", "丙事", lead=("a局",), support=("b局",), span=(100, 150), section=("三、保障", "1.丙事")),
        records.task("t4", "丁事", span=(150, 200)),
        records.task("u1", f"戊事{HOSTILE}", plan="up", lead=("d局",), by=("2030",)),
    )
    return GraphFacts(
        plans=(
            records.plan(title="某市方案"),
            records.plan("up", title="贵州省方案", jurisdiction="贵州省", level="province"),
        ),
        tasks=tasks,
        bureaus=(*(records.bureau(name) for name in ("a局", "b局", "c局")), records.bureau("d局", "贵州省")),
        targets=(records.target("g1"),),
        citations=(
            records.citation("c1", "贵州省方案", span=(60, 66)),
            records.citation("c2", "公路条例", span=(1, 5)),
        ),
    )


@pytest.fixture(scope="session")
def graph() -> Graph:
    return build(example())
