"""One plan in every format gives the same facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from plankb import readers
from plankb.kb import read_file
from plankb.readers.office import find
from tests import corpus
from tests.readers import other_formats, plan

pytestmark = pytest.mark.slow

TARGETS = {
    ("治理河道", 120, "公里", "2028", "prose"), ("农村自来水普及率", 92, "%", "2028", "prose"),
    ("新建泵站", 35, "座", "2027", "prose"), ("新建水厂", 6, "座", "2028", "prose"),
    ("治理河道长度", 120, "公里", "2028", "table"), ("水质优良断面比例", 95, "%", "2028", "table"),
    ("农村自来水普及率", 92, "%", "2028", "table"), ("供水管网漏损率", 9, "%", "2028", "table"),
}  # fmt: skip
TASKS = {
    ("推进河道治理", ("市水利局",), ("市财政局", "市自然资源和规划局"), ()),
    ("完善供水管网", (), (), ("市住房城乡建设委", "市水利局")),
    ("保障措施", (), (), ()),
}
BASES = {"治理河道长度": 45, "水质优良断面比例": 88, "农村自来水普及率": 86, "供水管网漏损率": 12}

office = pytest.mark.skipif(find() is None, reason="LibreOffice is not installed")
FORMATS = [
    pytest.param("docx", plan.as_docx, id="docx"),
    pytest.param("html", plan.as_html, id="html"),
    pytest.param("ofd", plan.as_ofd, id="ofd"),
    *(
        pytest.param(ending, lambda ending=ending: plan.made_by_libreoffice(ending), marks=office, id=ending)
        for ending in ("doc", "odt", "rtf", "pdf")
    ),
]


@pytest.mark.parametrize(("ending", "make"), FORMATS)
def test_the_same_facts_are_found(ending: str, make: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / f"plan.{ending}"
    path.write_bytes(make())
    reading = read_file(path)
    found = [fact for fact in reading.facts if fact.kind == "target"]
    assert reading.plan.title == plan.BEFORE[0]
    assert {(t.indicator, t.value, t.unit, t.by, t.source) for t in found} == TARGETS
    assert {t.indicator: t.baseline.value for t in found if t.baseline and t.source == "table"} == BASES
    assert {(t.title, t.lead, t.support, t.joint) for t in reading.facts if t.kind == "task"} == TASKS
    assert all(reading.clean.text[slice(*fact.span)] == fact.quote for fact in reading.facts)
    assert reading.remarks == ()


def facts(path: Path) -> Counter[tuple[object, ...]]:
    """What the targets and tasks of a file say."""
    found: list[tuple[object, ...]] = []
    for fact in read_file(path).facts:
        if fact.kind == "target":
            found.append((fact.indicator, fact.op, fact.value, fact.value_max, fact.unit, fact.by, fact.source))
        elif fact.kind == "task":
            found.append((fact.title, fact.lead, fact.support, fact.joint, fact.collective))
    return Counter(found)


@office
def test_a_real_plan_says_the_same_in_every_format(tmp_path: Path) -> None:
    source = corpus.FOLDER / "ziyang-synergy.txt"
    wanted = facts(source)
    docx = other_formats.as_docx(readers.read(source))
    made = {ending: plan.made_by_libreoffice(ending, docx) for ending in ("doc", "odt", "rtf", "html", "pdf")}
    for ending, data in {"docx": docx, **made, "ofd": other_formats.as_ofd(made["pdf"])}.items():
        path = tmp_path / f"plan.{ending}"
        path.write_bytes(data)
        found = facts(path)
        assert (wanted - found, found - wanted) == (Counter(), Counter()), ending
