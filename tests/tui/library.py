"""A small knowledge base made by hand: what the screens show must not change when extraction gets better."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plankb.document import CleanText
from plankb.kb.draft import STORE
from plankb.model import AnyFact, Bureau, Deadline, Doubt, Plan, Target, Task, Words
from plankb.store import Source, StoreWriter
from tests.text import clean

CITY = """示例市绿色发展规划

一、总体要求
到2025年，全市新建绿色建筑占比达到80%，细颗粒物浓度控制在35μg/m³以内。

二、重点任务
（一）发展绿色建筑
推广装配式建筑，2025年底前新建绿色建筑占比达到80%。（市住房城乡建设局牵头，市发展改革委、市财政局配合）
（二）治理扬尘污染
加强工地管理，推行“六个百分之百”，道路机械化清扫率提高到90%。（市生态环境局、市城管局按职责分工负责）
（三）完善监测网络[38.02]
建成[bold]空气质量[/bold]监测站12座。（市生态环境局牵头）
"""
AIR = """示例市空气质量改善规划

一、目标指标
到2025年，新建绿色建筑占比达到100%，细颗粒物浓度控制在35μg/m³以内。

二、主要措施
（一）推进清洁取暖
2024年底前完成清洁取暖改造5万户。（市发展改革委牵头，市财政局、市住房城乡建设局配合）
（二）淘汰老旧车辆
2023年底前淘汰老旧车辆。（市生态环境局牵头，市公安局配合）
"""
PLANS = (
    (
        Plan(
            id="city",
            title="示例市绿色发展规划",
            issuer="示例市人民政府",
            level="city",
            jurisdiction="贵阳市",
            period="2021-2025",
        ),
        CITY,
    ),
    (
        Plan(
            id="air",
            title="示例市空气质量改善规划",
            issuer="示例市生态环境局",
            level="city",
            jurisdiction="贵阳市",
            date="2022-03",
        ),
        AIR,
    ),
)
_BUREAUS = {
    "市住房城乡建设局": "zjj",
    "市发展改革委": "fgw",
    "市财政局": "czj",
    "市生态环境局": "sthjj",
    "市城管局": "cgj",
    "市公安局": "gaj",
}


def build(folder: Path) -> Path:
    """Writes the knowledge base into a folder and returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = StoreWriter(folder / STORE)
    for plan, raw in PLANS:
        text = clean(raw)
        source = Source(path=f"{plan.id}.txt", sha256=plan.id, stamp="", read_at="2026-01-01T00:00:00+00:00")
        facts = tuple(_facts(plan.id, text))
        writer.put(plan, source, text, facts=facts, bureaus=_bureaus(facts))
    writer.commit()
    return folder


def _facts(plan: str, text: CleanText) -> Iterator[AnyFact]:
    if plan == "city":
        yield from _city(_Maker(plan, text))
    else:
        yield from _air(_Maker(plan, text))


def _city(make: _Maker) -> Iterator[AnyFact]:
    goals, work = ("一、总体要求",), "二、重点任务"
    building = (work, "（一）发展绿色建筑")
    yield make.target("新建绿色建筑占比达到80%", goals, "新建绿色建筑占比", op="=", value=80, unit="%", by="2025")
    yield make.target(
        "细颗粒物浓度控制在35μg/m³以内", goals, "细颗粒物浓度", op="<=", value=35, unit="μg/m³", by="2025"
    )
    yield make.task("推广装配式建筑", building, "发展绿色建筑", ("市住房城乡建设局",), ("市发展改革委", "市财政局"))
    yield make.deadline("2025年底前", building, "2025")
    sweeping = (work, "（二）治理扬尘污染")
    joint = ("市生态环境局", "市城管局")
    yield make.task("加强工地管理", sweeping, "治理扬尘污染", joint=joint, by=())
    yield make.target("道路机械化清扫率提高到90%", sweeping, "道路机械化清扫率", op="=", value=90, unit="%", by=None)
    network = (work, "（三）完善监测网络[38.02]")
    yield make.task("建成[bold]空气质量[/bold]监测站12座", network, "完善监测网络[38.02]", ("市生态环境局",), by=())
    yield make.doubt("“六个百分之百”", sweeping)


def _air(make: _Maker) -> Iterator[AnyFact]:
    goals, work = ("一、目标指标",), "二、主要措施"
    yield make.target("新建绿色建筑占比达到100%", goals, "新建绿色建筑占比", op="=", value=100, unit="%", by="2025")
    yield make.target(
        "细颗粒物浓度控制在35μg/m³以内", goals, "细颗粒物浓度", op="<=", value=35, unit="μg/m³", by="2025"
    )
    heating, cars = (work, "（一）推进清洁取暖"), (work, "（二）淘汰老旧车辆")
    helpers = ("市财政局", "市住房城乡建设局")
    yield make.task(
        "2024年底前完成清洁取暖改造5万户", heating, "推进清洁取暖", ("市发展改革委",), helpers, by=("2024",)
    )
    yield make.deadline("2024年底前", heating, "2024")
    yield make.task("2023年底前淘汰老旧车辆", cars, "淘汰老旧车辆", ("市生态环境局",), ("市公安局",), by=("2023",))
    yield make.deadline("2023年底前", cars, "2023")


class _Maker:
    """Makes the facts of one plan, each where its words stand in the text."""

    def __init__(self, plan: str, text: CleanText) -> None:
        self._plan = plan
        self._text = text.text
        self._count = 0

    def _place(self, quote: str, section: tuple[str, ...]) -> dict[str, Any]:
        self._count += 1
        start = self._text.index(quote, self._text.index(section[-1]))
        span = (start, start + len(quote))
        return {
            "id": f"{self._plan}:{self._count}",
            "plan": self._plan,
            "section": section,
            "quote": quote,
            "span": span,
        }

    def target(self, quote: str, section: tuple[str, ...], indicator: str, **fields: Any) -> Target:
        return Target(**self._place(quote, section), indicator=indicator, indicator_id=indicator, **fields)

    def task(
        self,
        quote: str,
        section: tuple[str, ...],
        title: str,
        lead: tuple[str, ...] = (),
        support: tuple[str, ...] = (),
        joint: tuple[str, ...] = (),
        by: tuple[str, ...] = ("2025",),
    ) -> Task:
        names = {name: _BUREAUS[name] for name in (*lead, *support, *joint)}
        place = self._place(quote, section)
        return Task(**place, title=title, text=quote, lead=lead, support=support, joint=joint, by=by, bureaus=names)

    def deadline(self, quote: str, section: tuple[str, ...], year: str) -> Deadline:
        task = f"{self._plan}:{self._count}"  # made just before
        return Deadline(**self._place(quote, section), by=year, bound="by", end=f"{year}-12-31", of=task)

    def doubt(self, quote: str, section: tuple[str, ...]) -> Doubt:
        message = Words(zh="百分之百可能是目标", en="may be a target")
        return Doubt(**self._place(quote, section), reason="maybe_target", message=message)


def _bureaus(facts: tuple[AnyFact, ...]) -> Iterator[Bureau]:
    tasks = [fact for fact in facts if isinstance(fact, Task)]
    for name, id_ in _BUREAUS.items():
        roles = {role: tuple(t.id for t in tasks if name in getattr(t, role)) for role in ("lead", "support", "joint")}
        if any(roles.values()):
            yield Bureau(id=id_, name=name, jurisdiction="示例市", names=(name,), **roles)
