"""A small plan with hand-made facts, for tests that need records but no extraction."""

from __future__ import annotations

from dataclasses import dataclass

from plankb.document import CleanText
from plankb.model import AnyFact, Bureau, Citation, Deadline, Doubt, Measurement, Plan, Project, Target, Task, Words
from tests.text import clean

RAW = """某市交通实施方案

一、重点任务

（一）优化货物运输结构。到2025年，铁路货运量占比提高1个百分点。落实《公路条例》（国令〔2020〕1号）。（市交委牵头，市发展改革委配合）

（二）推广新能源车辆。到2030年，新能源公交车辆比例达到80%，建设充电站PM2.5示范项目。（市工信局、市交委按职责分工负责）
"""


@dataclass(frozen=True)
class Sample:
    plan: Plan
    clean: CleanText
    facts: tuple[AnyFact, ...]
    bureaus: tuple[Bureau, ...]


def sample(plan: str = "plan", *, city: str = "某市") -> Sample:
    """The plan under an id; bureaus belong to `city`."""
    text = clean(RAW.replace("某市", city))
    make = _Maker(plan, text.text, city)
    facts = make.facts()
    return Sample(Plan(id=plan, title=f"{city}交通实施方案", jurisdiction=city), text, facts, make.bureaus())


@dataclass(frozen=True)
class _Maker:
    plan: str
    text: str
    city: str

    def facts(self) -> tuple[AnyFact, ...]:
        return (
            Task(
                **self._at("task-1", "（一）优化", "配合）"),
                title="优化货物运输结构",
                text="到2025年，铁路货运量占比提高1个百分点。",
                lead=("市交委",),
                support=("市发展改革委",),
                by=("2025",),
                bureaus={"市交委": f"{self.city}/交通", "市发展改革委": f"{self.city}/发改"},
                targets=(f"{self.plan}:target-1",),
            ),
            Target(
                **self._at("target-1", "到2025年", "百分点"),
                indicator="铁路货运量占比",
                indicator_id="铁路货运量占比",
                op="=",
                value=1,
                unit="个百分点",
                change="increase",
                by="2025",
            ),
            Deadline(
                **self._at("deadline-1", "到2025年", "2025年"),
                by="2025",
                bound="by",
                end="2025-12-31",
                of=f"{self.plan}:task-1",
            ),
            Citation(**self._at("citation-1", "《公路条例》", "1号"), title="公路条例", number="国令〔2020〕1号"),
            Task(
                **self._at("task-2", "（二）推广", "分工负责）"),
                title="推广新能源车辆",
                text="到2030年，新能源公交车辆比例达到80%，建设充电站PM2.5示范项目。",
                joint=("市工信局", "市交委"),
                by=("2030",),
                bureaus={"市工信局": f"{self.city}/工信", "市交委": f"{self.city}/交通"},
            ),
            Target(
                **self._at("target-2", "到2030年", "80%"),
                indicator="新能源公交车辆比例",
                indicator_id="新能源公交车辆比例",
                op="=",
                value=80,
                unit="%",
                by="2030-06",
            ),
            Project(
                **self._at("project-1", "充电站", "项目"),
                name="充电站PM2.5示范项目",
                quantity=(Measurement(value=1, unit="个"),),
            ),
            Doubt(
                **self._at("doubt-1", "示范", "项目"),
                reason="no-number",
                message=Words(zh="没有读出数字", en="no number was read"),
            ),
        )

    def bureaus(self) -> tuple[Bureau, ...]:
        first, second = f"{self.plan}:task-1", f"{self.plan}:task-2"
        return (
            Bureau(
                id=f"{self.city}/交通",
                name="市交通委员会",
                jurisdiction=self.city,
                names=("市交委",),
                lead=(first,),
                joint=(second,),
            ),
            Bureau(id=f"{self.city}/发改", name="市发展改革委", names=("市发展改革委",), support=(first,)),
            Bureau(id=f"{self.city}/工信", name="市工业和信息化局", names=("市工信局",), joint=(second,)),
        )

    def _at(self, name: str, first: str, last: str) -> dict[str, object]:
        start = self.text.index(first)
        end = self.text.index(last, start) + len(last)
        section = ("一、重点任务", self.text[self.text.rindex("\n", 0, start) + 1 :].split("。")[0])
        words = {"section": section, "quote": self.text[start:end], "span": (start, end)}
        return {"id": f"{self.plan}:{name}", "plan": self.plan, **words}
